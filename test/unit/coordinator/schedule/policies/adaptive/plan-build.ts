import type { NodePlan } from '../../../../../../coordinator/schedule/policies/adaptive/divide/node-plan.js';
import { planNode } from '../../../../../../coordinator/schedule/policies/adaptive/divide/plan.js';
import type { Member } from '../../../../../../coordinator/schedule/policies/adaptive/member.js';
import type { Fairness } from '../../../../../../coordinator/schedule/types.js';
import { type GoalChange, goal, type MemberChange, member } from './build.js';

const sum = (values: readonly number[]): number => values.reduce((total, each) => total + each, 0);

export const NOW = 1e6;

export const plan = (
  members: readonly Member[],
  capacityCores: number,
  fairness: Fairness = 'weighted',
  othersCores = 0,
): NodePlan => planNode({ members, capacityCores, fairness, nowMs: NOW, lending: { othersCores } });

/** The same on a host on which requests took `slowerRatio` times as much until now. */
export const planAfter = (
  members: readonly Member[],
  { cores, slowerRatio, fairness = 'weighted' }: Before,
): NodePlan => planNode({ members, capacityCores: cores, fairness, nowMs: NOW, slowerRatio });

interface Before {
  readonly cores: number;
  readonly slowerRatio: number;
  readonly fairness?: Fairness;
}

export const kinds = ({ allocationGoals }: NodePlan): string =>
  allocationGoals.map(({ kind }) => kind).join(' ');

export const coresOf = ({ allocationGoals }: NodePlan): number[] =>
  allocationGoals.map(({ cores }) => cores);

export const total = (its: NodePlan): number => sum(coresOf(its));

/** One that takes `cores` for its target of 1 s, and has answered. */
export const needing = (
  id: string,
  cores: number,
  change: MemberChange = {},
  its: GoalChange = {},
): Member => {
  const made = goal({ ...its, law: { workSeconds: cores, ...its.law } });
  const answered = { bornAtMs: NOW - 30_000, count: 5, doneCount: 5, ...change.model };
  return member(id, { ...change, model: answered, goal: made });
};
