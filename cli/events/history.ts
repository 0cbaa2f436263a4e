import type { Bus } from '../../proto/bus.js';
import { eventsOf, StreamReader } from '../../proto/stream-reader.js';
import { err, ok, type Result } from '../../shared/result.js';
import { type ClusterEvent, readEvent } from './event.js';

/** Messages requested at once. */
const BATCH = 32;
/** Messages that a filter reads at most. */
export const MAX_SCANNED = 5000;

/**
 * The newest `count` events that `wanted` accepts, oldest first. Reads the stream backwards by
 * sequence.
 */
export const recentEvents = (
  bus: Bus,
  { cluster, count, wanted, onCut }: RecentEvents,
): Promise<Result<Recent<ClusterEvent>>> =>
  recentMessages(new StreamReader(bus, eventsOf(cluster)), {
    count,
    onCut,
    read: (data) => {
      const event = readEvent(data);
      return event !== undefined && wanted(event) ? event : undefined;
    },
  });

interface RecentEvents {
  readonly cluster: string;
  readonly count: number;
  readonly wanted: (event: ClusterEvent) => boolean;
  readonly onCut?: OnCut | undefined;
}

/** Told where fewer were found than asked for, and older messages were not looked at. */
export type OnCut = (looked: number) => void;

interface RecentMessages<T> {
  readonly count: number;
  readonly read: (data: Uint8Array) => T | undefined;
  readonly onCut?: OnCut | undefined;
}

/** What was found, oldest first. */
export interface Recent<T> {
  readonly found: readonly T[];
  /** Number of the last message that there was when it was asked for. */
  readonly last: number;
}

/**
 * The newest `count` messages of which `read` makes something, oldest first; a fault where one of
 * them gets no answer, since half would look like all.
 */
export async function recentMessages<T>(
  stream: StreamReader,
  { count, read, onCut }: RecentMessages<T>,
): Promise<Result<Recent<T>>> {
  const range = await stream.range();
  if (!range.ok) return range;
  const { first, last } = range.value;
  const least = Math.max(first, last - MAX_SCANNED + 1);
  let found: readonly T[] = [];
  for (let end = last; end >= least && found.length < count; end -= BATCH) {
    const start = Math.max(least, end - BATCH + 1);
    const sequences = Array.from({ length: end - start + 1 }, (_, index) => start + index);
    const batch = await Promise.all(
      sequences.map(async (seq) => {
        const stored = await stream.get({ seq });
        return stored && { made: read(stored.data) };
      }),
    );
    if (batch.includes(undefined)) return err([stream.silent()]);
    found = [...batch.flatMap((each) => each?.made ?? []), ...found];
  }
  if (found.length < count && least > first) onCut?.(MAX_SCANNED);
  return ok({ found: count === 0 ? [] : found.slice(-count), last });
}
