import { statisticOf } from '../../shared/samples.js';
import { intervalConditions } from '../bench/moments.js';
import { scenarioTargetOf } from '../sim/spec.js';
import type { DecisionRecord, IntervalRecord, JobInterval, RunRecord } from '../types.js';
import type { Fit } from './fit.js';
import type { JobSeries } from './series.js';

/** Policy name of the measured run. */
export const RECORDED = 'recorded';

/**
 * The measurements as a record of the lab: the last report in each interval. Latencies come from
 * the window of the agent, so they contain noise. Jobs come from the scenario: a job without a
 * report in an interval counts as unsatisfied.
 */
export function measuredRun({ scenario, series }: Fit): RunRecord {
  const { intervalMs } = scenario;
  const cursors = new Map(series.map((each) => [each.id, new Cursor(each)]));
  const updates = series.flatMap(({ limits }) => limits.slice(1).map(({ atMs }) => atMs));
  const intervals = intervalConditions(scenario).map(
    ({ endMs, conditions, changes }): IntervalRecord => {
      const fromMs = endMs - intervalMs;
      return {
        jobs: conditions.jobs.map((job): JobInterval => {
          const targetMs = conditions.targetMs.get(job.id) ?? job.targetMs;
          const look = cursors.get(job.id)?.lookAt(fromMs, endMs) ?? NOT_MEASURED;
          return {
            id: job.id,
            target: scenarioTargetOf(job, targetMs),
            weight: job.weight,
            ...look,
          };
        }),
        changes,
        limitUpdates: updates.filter((atMs) => atMs >= fromMs && atMs < endMs).length,
        // In a replay every job stays on its node.
        moves: 0,
      };
    },
  );
  const { name, seed } = scenario;
  return {
    scenario: name,
    policy: RECORDED,
    seed,
    intervalMs,
    intervals,
    decisions: series.flatMap(decisionsOf),
  };
}

type MeasuredInterval = Pick<
  JobInterval,
  'node' | 'latencyMs' | 'limitCores' | 'periodUs' | 'usageCores'
>;
const NOT_MEASURED: MeasuredInterval = {
  node: null,
  latencyMs: null,
  limitCores: null,
  periodUs: 100_000,
  usageCores: 0,
};

/** Reads the reports of one job, interval by interval. */
class Cursor {
  #next = 0;
  #usedSeconds: number;

  readonly #series: JobSeries;

  constructor(series: JobSeries) {
    this.#series = series;
    // One that ran before the recording has used CPU already: its first reading says how much.
    const first = series.points.find(
      ({ container: { cpu, state } }) => cpu !== null || state !== 'running',
    );
    this.#usedSeconds = first?.container.cpu?.usageTotalSeconds ?? 0;
  }

  lookAt(fromMs: number, endMs: number): MeasuredInterval {
    const { points, node } = this.#series;
    while ((points[this.#next]?.atMs ?? Number.POSITIVE_INFINITY) <= endMs) this.#next += 1;
    const seen = points[this.#next - 1];
    if (seen === undefined || seen.atMs <= fromMs) return NOT_MEASURED;
    const { latency, target, observed, applied, cpu, state } = seen.container;
    const limit = observed ?? applied;
    const isSeen = latency !== null && target !== null && state === 'running';
    const before = this.#usedSeconds;
    this.#usedSeconds = cpu?.usageTotalSeconds ?? before;
    return {
      node,
      latencyMs: isSeen ? statisticOf(latency.window, target.statistic) : null,
      limitCores: limit?.cpuCores ?? null,
      periodUs: limit?.periodUs ?? 100_000,
      usageCores: (1000 * Math.max(0, this.#usedSeconds - before)) / (endMs - fromMs),
    };
  }
}

function decisionsOf({ id, limits }: JobSeries): readonly DecisionRecord[] {
  return limits.map(({ atMs, limit, reason }, i) => ({
    atMs,
    job: id,
    fromCores: limits[i - 1]?.limit.cpuCores ?? null,
    toCores: limit.cpuCores,
    reason,
  }));
}
