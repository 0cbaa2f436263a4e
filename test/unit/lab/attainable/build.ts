import { closedLoop } from '../../../../lab/attainable/closed-loop.js';
import type { SeenInterval, SeenJob } from '../../../../lab/attainable/types.js';
import { seenJob } from '../../../../lab/bench/attainable-run.js';
import { foreignBursts } from '../../../../lab/foreign/bursts.js';
import { foreignSteps, meanForeignRatio } from '../../../../lab/foreign/steps.js';
import { LAB_POLICIES } from '../../../../lab/policies/index.js';
import { countInterval } from '../../../../lab/score/verdict.js';
import { Judge } from '../../../../lab/sim/judge.js';
import { simulate } from '../../../../lab/sim/simulate.js';
import type { Scenario } from '../../../../lab/types.js';

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
  model: closedLoop(1),
  ...change,
});

/** A run of the simulation as a judge of a real run sees it: closed loops on one host. */
export function judgedRun(scenario: Scenario, policyName: string) {
  const policy = LAB_POLICIES[policyName];
  if (policy === undefined) throw new Error(`no policy ${policyName}`);
  const record = simulate({ scenario, policy, judge: new Judge(), bySamples: true });
  const [node] = scenario.nodes;
  const steps = foreignSteps(foreignBursts(scenario, { node: node?.id ?? '', repetition: 1 }));
  const intervals = record.intervals.map(({ jobs }, k): SeenInterval => {
    const [fromMs, untilMs] = [k * scenario.intervalMs, (k + 1) * scenario.intervalMs];
    return {
      capacityCores: (node?.cpuCores ?? 0) * (1 - meanForeignRatio(steps, fromMs, untilMs)),
      jobs: jobs.map((job) => seenJob(job, { model: closedLoop(1), workFactor: 1 })),
    };
  });
  return { intervals, satisfied: record.intervals.map((each) => countInterval(each).satisfied) };
}
