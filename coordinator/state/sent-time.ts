/** The offset of an agent's clock to ours, and when its newest report was sent on our clock. */
export interface SentTime {
  /** Boot of the agent; its clock starts again with each. */
  readonly bootId: string;
  /** The coordinator's clock minus the agent's, by the fastest report, ms. */
  readonly leadMs: number;
  /** When the newest report was sent, coordinator clock, ms. */
  readonly atMs: number;
}

/** The two times of one report. */
export interface ReceivedTime {
  readonly bootId: string;
  /** The agent's monotonic clock, ms. */
  readonly sentAtMs: number;
  /** The coordinator's, ms. */
  readonly receivedAtMs: number;
}

/** Two clocks drift apart by less than this ratio. */
const DRIFT_RATIO = 1e-3;
/** A larger delay is a clock that stood still (the machine slept), not a late report, ms. */
const JUMP_MS = 5000;
const MIN_STEP_MS = 1;

/**
 * When a report was sent, on the coordinator's clock. The scheduler compares reports by the times
 * they were sent, because a busy coordinator or network delivers them late by more than the time
 * between two answers of a container. The smallest delay seen counts as zero. The times of one node
 * strictly increase. `before` null = the first report of the node.
 */
export function sentTimeOf(before: SentTime | null, received: ReceivedTime): SentTime {
  const { bootId, sentAtMs, receivedAtMs } = received;
  const seenMs = receivedAtMs - sentAtMs;
  const expectedMs = expectedLeadMs(before, received);
  const leadMs = hasJumped(before, received) ? seenMs : Math.min(seenMs, expectedMs);
  const minMs = before === null ? Number.NEGATIVE_INFINITY : before.atMs + MIN_STEP_MS;
  return { bootId, leadMs, atMs: Math.max(minMs, sentAtMs + leadMs) };
}

/** Whether the agent's clock seems to have stood still before the report: or it is very late. */
export function hasJumped(before: SentTime | null, received: ReceivedTime): boolean {
  const seenMs = received.receivedAtMs - received.sentAtMs;
  return seenMs > expectedLeadMs(before, received) + JUMP_MS;
}

function expectedLeadMs(
  before: SentTime | null,
  { bootId, sentAtMs, receivedAtMs }: ReceivedTime,
): number {
  if (before === null || before.bootId !== bootId) return receivedAtMs - sentAtMs;
  return before.leadMs + DRIFT_RATIO * Math.max(0, sentAtMs + before.leadMs - before.atMs);
}
