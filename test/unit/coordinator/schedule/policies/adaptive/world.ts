import { POLICIES } from '../../../../../../coordinator/schedule/policies/index.js';
import type {
  Policy,
  PolicyInput,
  PolicyParams,
  Unreachable,
} from '../../../../../../coordinator/schedule/types.js';
import { Judge } from '../../../../../../lab/sim/judge.js';
import { simulate } from '../../../../../../lab/sim/simulate.js';
import type {
  IntervalRecord,
  JobInterval,
  RunRecord,
  Scenario,
} from '../../../../../../lab/types.js';
import { classify, isSatisfied } from '../../../../../../shared/qoe.js';

const judge = new Judge();

export interface Played {
  readonly record: RunRecord;
  /** What was named out of reach at the last evaluation. */
  readonly unreachable: readonly Unreachable[];
}

export type Watch = (
  input: PolicyInput,
  memory: unknown,
  decided: ReturnType<Policy['decide']>,
) => void;

/** A simulated run under `adaptive`; `watch` sees every evaluation. */
export function play(
  scenario: Scenario,
  params: Partial<PolicyParams> = {},
  watch: Watch = () => undefined,
): Played {
  let unreachable: readonly Unreachable[] = [];
  const policy: Policy = {
    ...POLICIES.adaptive,
    decide: (input, memory) => {
      const decided = POLICIES.adaptive.decide(input, memory);
      unreachable = decided.unreachable ?? [];
      watch(input, memory, decided);
      return decided;
    },
  };
  return { record: simulate({ scenario, policy, judge, params }), unreachable };
}

export const isJobSatisfied = ({ target, latencyMs }: JobInterval): boolean =>
  latencyMs !== null && isSatisfied(target, classify(target, latencyMs));

export const satisfiedIn = (interval: IntervalRecord | undefined): readonly string[] =>
  (interval?.jobs ?? []).filter(isJobSatisfied).map(({ id }) => id);

export const jobIn = (interval: IntervalRecord | undefined, id: string): JobInterval => {
  const found = interval?.jobs.find((job) => job.id === id);
  if (found === undefined) throw new Error(`no job ${id} in this interval`);
  return found;
};

/** Limit updates per container-minute over the last `intervals`. */
export function updatesAtRest({ intervals, intervalMs }: RunRecord, last: number): number {
  const part = intervals.slice(-last);
  const updates = part.reduce((sum, { limitUpdates }) => sum + limitUpdates, 0);
  const containers = part.reduce((sum, { jobs }) => sum + jobs.length, 0);
  return (updates * 60_000) / (containers * intervalMs);
}
