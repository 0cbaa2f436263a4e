import { POLICIES } from '../../../../coordinator/schedule/policies/index.js';
import {
  NO_MEMORY,
  type SchedulerMemory,
  schedule,
} from '../../../../coordinator/schedule/schedule.js';
import type {
  Decision,
  Plan,
  SnapshotJob,
  SnapshotNode,
} from '../../../../coordinator/schedule/types.js';
import { PARAMS, snapshot } from '../build.js';

/** A decision that is not about a limit. */
export type Placing = Exclude<Decision, { readonly kind: 'limit' }>;

/** Plans one after the other, each with what is remembered of those before. */
export class Plans {
  memory: SchedulerMemory = NO_MEMORY;
  readonly #policy: keyof typeof POLICIES;

  constructor(policy: keyof typeof POLICIES = 'equal') {
    this.#policy = policy;
  }

  /** The next plan, and what it decides but for limits. */
  next(
    nodes: readonly SnapshotNode[],
    jobs: readonly SnapshotJob[],
    nowMs: number,
  ): { readonly plan: Plan; readonly placing: readonly Placing[] } {
    const input = { snapshot: snapshot(nodes, jobs), nowMs, params: PARAMS };
    const { plan, memory } = schedule({ ...input, policy: POLICIES[this.#policy] }, this.memory);
    this.memory = memory;
    return { plan, placing: plan.decisions.filter((each) => each.kind !== 'limit') };
  }
}
