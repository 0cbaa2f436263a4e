/**
 * Since when a host delivers less CPU than the limits of its containers allow. Times are those of
 * reports, ms.
 */
export interface Shortage {
  /** 0 = it delivers all. */
  readonly sinceMs: number;
  /** When the newest report was made that counts; 0 = none. */
  readonly atMs: number;
}

/** Before the first report: nothing is short. */
export const NO_SHORTAGE: Shortage = { sinceMs: 0, atMs: 0 };

/** What the newest reports of a node say. */
export interface ShortageSeen {
  readonly isShort: boolean;
  /** When the newest was made, ms. */
  readonly atMs: number;
  readonly reportIntervalMs: number;
}

/** After a silence of more reports than this nobody knows what was meanwhile. */
const MAX_GAP_REPORTS = 10;

/**
 * Folds the newest reports. A report is never counted twice, and one after a silence begins the
 * count again.
 */
export function foldShortage(
  before: Shortage,
  { isShort, atMs, reportIntervalMs }: ShortageSeen,
): Shortage {
  if (atMs <= before.atMs) return before;
  const isGap = atMs - before.atMs > MAX_GAP_REPORTS * reportIntervalMs;
  const sinceMs = isGap || before.sinceMs === 0 ? atMs : before.sinceMs;
  return { sinceMs: isShort ? sinceMs : 0, atMs };
}

/**
 * A shortage of at most this number of intervals is waited for. Weights, which are as the limits,
 * share what there is meanwhile. A new division comes too late for the interval in which a burst
 * began, and has to be taken back after it.
 */
const WAIT_INTERVALS = 0.5;

/** Whether a shortage has lasted long enough to divide what is left. */
export const isLasting = ({ sinceMs, atMs }: Shortage, intervalMs: number): boolean =>
  sinceMs > 0 && atMs - sinceMs >= WAIT_INTERVALS * intervalMs;
