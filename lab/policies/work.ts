import type { SnapshotAllocation } from '../../coordinator/schedule/types.js';

/** CPU-seconds per request of one container, learnt from its counters. JSON-serialisable. */
export interface Work {
  /** null = not known yet. */
  readonly seconds: number | null;
  /** Counters at the last look. */
  readonly lifeId: string;
  readonly usageTotalSeconds: number;
  readonly totalCount: number;
}

/** Nothing learnt yet. */
export const NO_WORK: Work = { seconds: null, lifeId: '', usageTotalSeconds: 0, totalCount: 0 };
/** Weight of the newest difference in the moving average. */
const NEWEST_RATIO = 0.3;

/**
 * W = Δ CPU usage ÷ Δ requests since the last look, as a moving average. Counters are compared only
 * within one life of the container. Without a new request nothing is learnt, and the CPU since then
 * counts for the next.
 */
export function learnWork({ report }: SnapshotAllocation, before: Work): Work {
  const usageTotalSeconds = report?.cpu?.usageTotalSeconds;
  const totalCount = report?.latency?.totalCount;
  if (report === null || usageTotalSeconds === undefined || totalCount === undefined) return before;
  const now = { lifeId: report.lifeId, usageTotalSeconds, totalCount };
  if (report.lifeId !== before.lifeId) return { ...now, seconds: before.seconds };
  const requests = totalCount - before.totalCount;
  const usage = usageTotalSeconds - before.usageTotalSeconds;
  if (requests <= 0 || usage <= 0) return before;
  const newest = usage / requests;
  const seconds =
    before.seconds === null ? newest : before.seconds + NEWEST_RATIO * (newest - before.seconds);
  return { ...now, seconds };
}
