import type { Bus } from '../../proto/bus.js';
import { StreamReader } from '../../proto/stream-reader.js';
import { ok, type Result } from '../../shared/result.js';
import { type ClusterEvent, readEvent } from './event.js';

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
  const stream = new StreamReader(bus, asked.cluster, 'events');
  const range = await stream.range();
  if (!range.ok) return range;
  const { first, last } = range.value;
  const least = Math.max(first, last - MAX_SCANNED + 1);
  let found: readonly ClusterEvent[] = [];
  for (let end = last; end >= least && found.length < asked.count; end -= BATCH) {
    const start = Math.max(least, end - BATCH + 1);
    const sequences = Array.from({ length: end - start + 1 }, (_, index) => start + index);
    const batch = await Promise.all(
      sequences.map(async (seq) => {
        const stored = await stream.get({ seq });
        return stored ? readEvent(stored.data) : undefined;
      }),
    );
    found = [...batch.filter((event) => event !== undefined).filter(asked.wanted), ...found];
  }
  return ok(asked.count === 0 ? [] : found.slice(-asked.count));
}
