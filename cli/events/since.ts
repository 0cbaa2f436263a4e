import type { Bus } from '../../proto/bus.js';
import { err, ok, type Result } from '../../shared/result.js';
import { type ClusterEvent, readEvent } from './event.js';
import { EventStream, eventsOf, type SequenceRange, type StoredEvent } from './event-stream.js';

/** Parts of the stream that are read side by side. */
const MAX_PARTS = 16;
/** A part is not smaller than this, messages. */
const MIN_PART = 64;

/** Which events are asked for. */
export interface SinceQuestion {
  readonly cluster: string;
  /** The server sends only these subjects. */
  readonly subjects: readonly string[];
  /** Unix time of the oldest event asked for, ms. */
  readonly fromMs: number;
  readonly wanted: (event: ClusterEvent) => boolean;
}
/** The events found, and whether they are all. */
export interface Since {
  readonly events: readonly ClusterEvent[];
  /** False when the stream stopped answering before all events had been read. */
  readonly complete: boolean;
}

/**
 * The events since a moment that `wanted` accepts, oldest first. The moment is found by halving;
 * from there each subject is followed from message to message, in several parts of the stream at
 * once.
 */
export async function eventsSince(bus: Bus, asked: SinceQuestion): Promise<Result<Since>> {
  const stream = new EventStream(bus, eventsOf(asked.cluster));
  const found = await messagesSince(stream, asked);
  if (!found.ok) return found;
  const events = found.value.messages.flatMap(({ data }) => {
    const event = readEvent(data);
    return event !== undefined && asked.wanted(event) ? [event] : [];
  });
  return ok({ events, complete: found.value.complete });
}

/** As `eventsSince`, of any stream and not decoded. */
export async function messagesSince(
  stream: EventStream,
  { subjects, fromMs }: Pick<SinceQuestion, 'subjects' | 'fromMs'>,
): Promise<Result<{ readonly messages: readonly StoredEvent[]; readonly complete: boolean }>> {
  const range = await stream.range();
  if (!range.ok) return range;
  const first = await firstSince(stream, range.value, fromMs);
  if (first === undefined) return err([stream.silent()]);
  const parts = partsOf({ first, last: range.value.last });
  const read = await Promise.all(
    parts.flatMap((part) => subjects.map((subject) => follow(stream, part, subject))),
  );
  const messages = read.flatMap(({ events }) => events);
  messages.sort((a, b) => a.sequence - b.sequence);
  return ok({ messages, complete: read.every(({ complete }) => complete) });
}

/**
 * Sequence of the first message stored at that time or later, or one after the last; undefined = no
 * readable answer.
 */
async function firstSince(
  stream: EventStream,
  { first, last }: SequenceRange,
  fromMs: number,
): Promise<number | undefined> {
  let [low, high] = [first, last + 1];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const stored = await stream.next(middle);
    if (stored === undefined) return undefined;
    if (stored === null || stored.atMs >= fromMs) high = middle;
    else low = stored.sequence + 1;
  }
  return low;
}

function partsOf({ first, last }: SequenceRange): readonly SequenceRange[] {
  const size = Math.max(MIN_PART, Math.ceil((last - first + 1) / MAX_PARTS));
  const parts: SequenceRange[] = [];
  for (let start = first; start <= last; start += size)
    parts.push({ first: start, last: Math.min(last, start + size - 1) });
  return parts;
}

async function follow(
  stream: EventStream,
  { first, last }: SequenceRange,
  subject: string,
): Promise<{ readonly events: readonly StoredEvent[]; readonly complete: boolean }> {
  const events: StoredEvent[] = [];
  for (let sequence = first; sequence <= last; ) {
    const stored = await stream.get({ seq: sequence, next_by_subj: subject });
    if (stored === undefined) return { events, complete: false };
    if (stored === null || stored.sequence > last) break;
    events.push(stored);
    sequence = stored.sequence + 1;
  }
  return { events, complete: true };
}
