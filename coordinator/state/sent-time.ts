/**
 * How the clock of an agent stands to the coordinator's, and when its newest report was sent on the
 * latter, ms.
 */
export interface SentTime {
  /** Of which life of the agent; its clock begins anew with each. */
  readonly bootId: string;
  /** The coordinator's clock less the agent's, as the fastest report showed it, ms. */
  readonly leadMs: number;
  readonly atMs: number;
}

export interface ReceivedTime {
  readonly bootId: string;
  /** The agent's monotonic clock, ms. */
  readonly sentAtMs: number;
  /** The coordinator's, ms. */
  readonly receivedAtMs: number;
}

/** Clocks drift by less than this: so much later may the next report seem without being late. */
const DRIFT_RATIO = 1e-3;
/** A clock that stood still (a machine that slept) is no late report, ms. */
const JUMP_MS = 5000;
const MIN_STEP_MS = 1;

/**
 * When a report was sent, on the coordinator's clock: what happened between two reports is told by
 * the times they were sent, since a busy coordinator or network delivers them late by more than the
 * time between two answers. The least delay seen is taken for none. Times of one node always grow.
 */
export function sentTimeOf(
  before: SentTime | null,
  { bootId, sentAtMs, receivedAtMs }: ReceivedTime,
): SentTime {
  const seenMs = receivedAtMs - sentAtMs;
  const known = before !== null && before.bootId === bootId ? before : null;
  const expectedMs =
    known === null
      ? seenMs
      : known.leadMs + DRIFT_RATIO * Math.max(0, sentAtMs + known.leadMs - known.atMs);
  const leadMs = seenMs > expectedMs + JUMP_MS ? seenMs : Math.min(seenMs, expectedMs);
  const minMs = before === null ? Number.NEGATIVE_INFINITY : before.atMs + MIN_STEP_MS;
  return { bootId, leadMs, atMs: Math.max(minMs, sentAtMs + leadMs) };
}
