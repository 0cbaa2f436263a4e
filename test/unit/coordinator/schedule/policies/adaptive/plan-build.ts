import {
  type NodePlan,
  planNode,
} from '../../../../../../coordinator/schedule/policies/adaptive/divide/plan.js';
import type { Member } from '../../../../../../coordinator/schedule/policies/adaptive/members.js';
import type { Fairness } from '../../../../../../coordinator/schedule/types.js';
import { type GoalChange, goal, type MemberChange, member } from './build.js';

/** The time of every plan, ms. */
export const NOW = 1e6;

/** The plan for these members. */
export const plan = (
  members: readonly Member[],
  capacityCores: number,
  fairness: Fairness = 'weighted',
): NodePlan => planNode({ members, capacityCores, fairness, nowMs: NOW });

/** One that takes `cores` for its target of 1 s. */
export const needing = (
  id: string,
  cores: number,
  change: MemberChange = {},
  its: GoalChange = {},
): Member => {
  const made = goal({ ...its, law: { workSeconds: cores, ...its.law } });
  return member(id, { ...change, known: { bornAtMs: NOW - 30_000, ...change.known }, goal: made });
};
