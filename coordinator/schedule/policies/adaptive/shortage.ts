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

/** Folds the newest reports. A report is never counted twice. */
export function foldShortage(before: Shortage, isShort: boolean, atMs: number): Shortage {
  if (atMs <= before.atMs) return before;
  return { sinceMs: isShort ? before.sinceMs || atMs : 0, atMs };
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
