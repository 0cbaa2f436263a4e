import type { Policy } from '../../../../coordinator/schedule/types.js';
import { closedLoop } from '../../../../lab/attainable/closed-loop.js';
import type { SeenJob } from '../../../../lab/attainable/types.js';
import { LAB_POLICIES } from '../../../../lab/policies/index.js';
import { countInterval } from '../../../../lab/score/verdict.js';
import { simulatedIntervals } from '../../../../lab/sim/attainable.js';
import { Judge } from '../../../../lab/sim/judge.js';
import { simulate } from '../../../../lab/sim/simulate.js';
import type { Scenario } from '../../../../lab/types.js';

const LOOP = closedLoop(1);

export const seen = (id: string, change: Partial<SeenJob> = {}): SeenJob => ({
  id,
  target: { latencyMs: 1000, statistic: 'mean', toleranceRatio: 0.1, mode: 'band' },
  isRunning: true,
  latencyMs: 1000,
  requests: 20,
  usageCores: 0.5,
  limitCores: 0.5,
  periodUs: 100_000,
  workFactor: 1,
  model: LOOP,
  ...change,
});

/** A run of the simulation as a judge of a real run sees it: closed loops on one host. */
export function judgedRun(scenario: Scenario, named: string | Policy) {
  const policy = typeof named === 'string' ? LAB_POLICIES[named] : named;
  if (policy === undefined) throw new Error(`no policy ${named}`);
  const record = simulate({ scenario, policy, judge: new Judge(), bySamples: true });
  return {
    intervals: simulatedIntervals(scenario, record),
    satisfied: record.intervals.map((each) => countInterval(each).satisfied),
  };
}
