import type { Bus } from '../../proto/bus.js';
import { PartsInOrder } from '../../proto/parts-in-order.js';
import {
  eventsOf,
  firstSince,
  followSubject,
  partsOf,
  type SequenceRange,
  type StoredMessage,
  StreamReader,
} from '../../proto/stream-reader.js';
import { err, ok, type Result } from '../../shared/result.js';
import { type ClusterEvent, readEvent } from './event.js';

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
  const stream = new StreamReader(bus, eventsOf(asked.cluster));
  const found = await messagesSince(stream, asked);
  if (!found.ok) return found;
  const events = found.value.messages.flatMap(({ data }) => {
    const event = readEvent(data);
    return event !== undefined && asked.wanted(event) ? [event] : [];
  });
  return ok({ events, complete: found.value.complete });
}

/**
 * The messages on a subject since a moment, part by part, so that few of them are held. A fault
 * where the stream does not answer, or may not be read.
 */
export async function partsSince(
  stream: StreamReader,
  { subject, fromMs }: { readonly subject: string; readonly fromMs: number },
): Promise<Result<PartsInOrder>> {
  const since = await rangeSince(stream, fromMs);
  return since.ok ? ok(new PartsInOrder(stream, since.value, subject)) : since;
}

async function rangeSince(stream: StreamReader, fromMs: number): Promise<Result<SequenceRange>> {
  const range = await stream.range();
  if (!range.ok) return range;
  const { last } = range.value;
  const first = await firstSince(stream, range.value, fromMs);
  return first === undefined ? err([stream.silent()]) : ok({ first, last });
}

/** As `eventsSince`, of any stream and not decoded. */
export async function messagesSince(
  stream: StreamReader,
  { subjects, fromMs }: Pick<SinceQuestion, 'subjects' | 'fromMs'>,
): Promise<Result<{ readonly messages: readonly StoredMessage[]; readonly complete: boolean }>> {
  const since = await rangeSince(stream, fromMs);
  if (!since.ok) return since;
  const read = await Promise.all(
    partsOf(since.value).flatMap((part) =>
      subjects.map((subject) => followSubject(stream, part, subject)),
    ),
  );
  const messages = read.flatMap((each) => each.messages);
  messages.sort((a, b) => a.sequence - b.sequence);
  return ok({ messages, complete: read.every(({ complete }) => complete) });
}
