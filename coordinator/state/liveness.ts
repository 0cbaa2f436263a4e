import type { Liveness } from './model.js';

/** Reports missed until a node is suspect, and until it is down. */
export const SUSPECT_AFTER_REPORTS = 3;
export const DOWN_AFTER_REPORTS = 8;
/**
 * A node cannot talk us into believing in it for ever, nor into flapping: its interval counts
 * within these, ms.
 */
const MIN_INTERVAL_MS = 2000;
const MAX_INTERVAL_MS = 60_000;

export interface LivenessInput {
  /** Since the last report, or since the node was first known of, ms. */
  readonly ageMs: number;
  readonly intervalMs: number;
  /** False until the first report: unknown is never shown as ready. */
  readonly hasReported: boolean;
}

/** `ready` up to three report intervals, `down` after eight, `suspect` between. */
export function judgeLiveness({ ageMs, intervalMs, hasReported }: LivenessInput): Liveness {
  const interval = Math.min(MAX_INTERVAL_MS, Math.max(MIN_INTERVAL_MS, intervalMs));
  if (ageMs > DOWN_AFTER_REPORTS * interval) return 'down';
  return hasReported && ageMs <= SUSPECT_AFTER_REPORTS * interval ? 'ready' : 'suspect';
}
