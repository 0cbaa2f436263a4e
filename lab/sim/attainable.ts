import { sum } from '../../coordinator/schedule/limits/fit.js';
import { attainableOf } from '../attainable/attainable.js';
import { closedLoop } from '../attainable/closed-loop.js';
import { seenJob } from '../attainable/seen.js';
import type { SeenInterval, SeenJob } from '../attainable/types.js';
import type { AttainableSeries, RunRecord, Scenario } from '../types.js';
import { momentsOf, NO_LOAD } from './conditions.js';

/** Whether every job is a client that asks again after each answer, on the CPU alone. */
const isAllClosed = ({ jobs }: Scenario): boolean =>
  jobs.every(
    ({ model }) =>
      model !== null && model.arrivals.kind === 'closed' && model.gpuSeconds === undefined,
  );

/**
 * What was attainable in a simulated run that was judged by samples, as in a real one; all nodes
 * pooled. null = some jobs have open arrivals or a GPU, for which there is no measure here.
 */
export function attainableInSimulation(
  scenario: Scenario,
  record: RunRecord,
): AttainableSeries | null {
  if (!isAllClosed(scenario)) return null;
  return attainableOf(simulatedIntervals(scenario, record), scenario.intervalMs);
}

/** The intervals of a simulated run of closed loops, as `attainableOf` takes them. */
export function simulatedIntervals(scenario: Scenario, record: RunRecord): readonly SeenInterval[] {
  const { intervalMs } = scenario;
  const moments = momentsOf(scenario);
  const models = new Map(
    scenario.jobs.map(({ id, model }) => [id, closedLoop(model?.parallelism ?? 1)]),
  );
  return record.intervals.map(({ jobs, leftCores = 0 }, k) => {
    const untilMs = (k + 1) * intervalMs;
    const conditions = moments.findLast(({ atMs }) => atMs < untilMs)?.conditions;
    const usedCores = sum(jobs.map(({ usageCores }) => usageCores));
    return {
      capacityCores: Math.max(leftCores, usedCores),
      jobs: jobs.map(
        (job): SeenJob =>
          seenJob(job, {
            model: models.get(job.id) ?? closedLoop(1),
            workFactor: (conditions?.load.get(job.id) ?? NO_LOAD).workFactor,
          }),
      ),
    };
  });
}
