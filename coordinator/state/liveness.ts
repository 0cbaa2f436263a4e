import type { Liveness } from './model.js';

/** Missed reports after which a node is suspect. */
export const SUSPECT_AFTER_REPORTS = 3;
/** Missed reports after which a node is down. */
export const DOWN_AFTER_REPORTS = 8;
/**
 * Bounds of the report interval that counts, ms: a node that announces a long one would never be
 * down, and one that announces a short one would flap.
 */
const MIN_INTERVAL_MS = 2000;
const MAX_INTERVAL_MS = 60_000;

/** A node whose report is no older is ready, whatever its interval, ms. */
export const SURELY_READY_MS = SUSPECT_AFTER_REPORTS * MIN_INTERVAL_MS;

/** What liveness depends on. */
export interface LivenessInput {
  /** Time since the last report, or since the node became known, ms. */
  readonly ageMs: number;
  readonly intervalMs: number;
  /** False until the first report; a node that never reported is never ready. */
  readonly hasReported: boolean;
}

/** `ready` up to three report intervals, `down` after eight, `suspect` in between. */
export function judgeLiveness({ ageMs, intervalMs, hasReported }: LivenessInput): Liveness {
  const interval = Math.min(MAX_INTERVAL_MS, Math.max(MIN_INTERVAL_MS, intervalMs));
  if (ageMs > DOWN_AFTER_REPORTS * interval) return 'down';
  return hasReported && ageMs <= SUSPECT_AFTER_REPORTS * interval ? 'ready' : 'suspect';
}
