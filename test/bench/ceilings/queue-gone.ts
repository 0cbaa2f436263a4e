import type { Request } from './answers.js';

/** Where the end of a queue is looked for, and what is late. */
export interface Search {
  /** Looked for from here to there, Unix ms. */
  readonly fromMs: number;
  readonly toMs: number;
  readonly ceilingMs: number;
}

/** No request may be late for this long. */
const HOLD_MS = 3000;
/**
 * A job without a late request for this long never had a queue; a later one is the tail that a
 * percentile allows.
 */
const NEVER_MS = 5000;

/**
 * First moment from `fromMs` on after which, for three seconds, every request is answered within
 * the ceiling (Unix ms): the queue is gone then. `fromMs` where there never was one; null =
 * not before `toMs`.
 */
export function queueGoneAtMs(
  requests: readonly Request[],
  { fromMs, toMs, ceilingMs }: Search,
): number | null {
  const those = requests
    .filter(({ arrivedAtMs }) => arrivedAtMs >= fromMs && arrivedAtMs < toMs)
    .sort((a, b) => a.arrivedAtMs - b.arrivedAtMs);
  const late = those.filter(({ latencyMs }) => latencyMs === null || latencyMs > ceilingMs);
  const first = late[0]?.arrivedAtMs ?? Number.POSITIVE_INFINITY;
  if (those.length > 0 && first > fromMs + NEVER_MS) return fromMs;
  for (const [index, { arrivedAtMs }] of late.entries()) {
    const nextMs = late[index + 1]?.arrivedAtMs ?? toMs;
    if (nextMs - arrivedAtMs < HOLD_MS) continue;
    // Nobody came is no proof that anybody would have been answered.
    if (those.some((one) => one.arrivedAtMs > arrivedAtMs && one.arrivedAtMs < nextMs))
      return arrivedAtMs;
  }
  return null;
}
