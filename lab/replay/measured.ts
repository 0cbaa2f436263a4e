import { statisticOf } from '../../shared/samples.js';
import { recordOf, type SeenDecision, type SeenJob } from '../bench/record.js';
import type { RunRecord } from '../types.js';
import type { Fit } from './fit.js';
import type { JobSeries, Seen } from './series.js';

/** Name under which the score of what was measured is shown. */
export const RECORDED = 'recorded';
/** A report this many intervals before the end of an interval no longer tells of it. */
const LATE_INTERVALS = 1;

/** What was measured, in the words of the lab: per interval the last report in it. Latencies are those of the agent's window and so hold noise. */
export function measuredRun({ scenario, series }: Fit): RunRecord {
  const { intervalMs, durationMs } = scenario;
  const count = Math.floor(durationMs / intervalMs + 1e-9);
  const cursors = series.map((each) => ({
    series: each,
    startSeconds: each.points[0]?.container.cpu?.usageTotalSeconds ?? 0,
    next: 0,
  }));
  const looks = Array.from({ length: count }, (_, k) => {
    const endMs = (k + 1) * intervalMs;
    const look = new Map<string, SeenJob>();
    for (const cursor of cursors) {
      const { points, id } = cursor.series;
      while ((points[cursor.next]?.atMs ?? Number.POSITIVE_INFINITY) <= endMs) cursor.next += 1;
      const seen = points[cursor.next - 1];
      if (seen === undefined || seen.atMs <= endMs - LATE_INTERVALS * intervalMs) continue;
      look.set(id, lookAt(cursor.series, seen, cursor.startSeconds));
    }
    return look;
  });
  const targetsMs = new Map(scenario.jobs.map(({ id, targetMs }) => [id, targetMs]));
  return recordOf({ scenario, policy: RECORDED, targetsMs, seen: { looks, decisions: series.flatMap(decisionsOf) } });
}

function lookAt({ node }: JobSeries, { container }: Seen, startSeconds: number): SeenJob {
  const { latency, target, observed, applied, cpu, state } = container;
  const limit = observed ?? applied;
  const isSeen = latency !== null && target !== null && state === 'running';
  return {
    node,
    latencyMs: isSeen ? statisticOf(latency.window, target.statistic) : null,
    limitCores: limit?.cpuCores ?? null,
    periodUs: limit?.periodUs ?? 100_000,
    requests: latency?.totalCount ?? 0,
    cpuSeconds: cpu === null ? null : Math.max(0, cpu.usageTotalSeconds - startSeconds),
  };
}

function decisionsOf({ id, limits }: JobSeries): readonly SeenDecision[] {
  return limits.map(({ atMs, limit, reason }, i) => ({
    atMs,
    job: id,
    fromCores: limits[i - 1]?.limit.cpuCores ?? null,
    toCores: limit.cpuCores,
    reason,
    isFirst: i === 0,
  }));
}
