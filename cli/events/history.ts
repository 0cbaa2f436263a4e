import type { Bus } from '../../proto/bus.js';
import { eventStreamOf } from '../../proto/subjects.js';
import { err, ok, type Result } from '../../shared/result.js';
import { type ClusterEvent, readEvent } from './event.js';
import { jetstreamApi, noEventStream } from './jetstream.js';

/** Messages requested at once. */
const BATCH = 32;
/** Messages that a filter reads at most. */
const MAX_SCANNED = 5000;

/**
 * The newest `count` events that `wanted` accepts, oldest first. Reads the stream backwards by
 * sequence.
 */
export async function recentEvents(
  bus: Bus,
  asked: {
    readonly cluster: string;
    readonly count: number;
    readonly wanted: (event: ClusterEvent) => boolean;
  },
): Promise<Result<readonly ClusterEvent[]>> {
  const stream = eventStreamOf(asked.cluster);
  const state = await streamState(bus, stream);
  if (!state.ok) return state;
  const { first, last } = state.value;
  const least = Math.max(first, last - MAX_SCANNED + 1);
  let found: readonly ClusterEvent[] = [];
  for (let end = last; end >= least && found.length < asked.count; end -= BATCH) {
    const start = Math.max(least, end - BATCH + 1);
    const sequences = Array.from({ length: end - start + 1 }, (_, index) => start + index);
    const batch = await Promise.all(
      sequences.map((sequence) => storedEvent(bus, stream, sequence)),
    );
    found = [...batch.filter((event) => event !== undefined).filter(asked.wanted), ...found];
  }
  return ok(asked.count === 0 ? [] : found.slice(-asked.count));
}

async function streamState(
  bus: Bus,
  stream: string,
): Promise<Result<{ readonly first: number; readonly last: number }>> {
  const answer = await jetstreamApi(bus, `STREAM.INFO.${stream}`, {});
  const state = (answer as { state?: { first_seq?: unknown; last_seq?: unknown } } | undefined)
    ?.state;
  if (typeof state?.first_seq === 'number' && typeof state.last_seq === 'number')
    return ok({ first: state.first_seq, last: state.last_seq });
  return err([noEventStream(stream)]);
}

async function storedEvent(
  bus: Bus,
  stream: string,
  sequence: number,
): Promise<ClusterEvent | undefined> {
  const answer = await jetstreamApi(bus, `STREAM.MSG.GET.${stream}`, { seq: sequence });
  const data = (answer as { message?: { data?: unknown } } | undefined)?.message?.data;
  return typeof data === 'string' ? readEvent(Buffer.from(data, 'base64')) : undefined;
}
