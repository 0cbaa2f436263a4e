import { PartsInOrder } from '../../proto/parts-in-order.js';
import {
  firstSince,
  type SequenceRange,
  type StoredMessage,
  type StreamReader,
} from '../../proto/stream-reader.js';
import { err, ok, type Result } from '../../shared/result.js';
import { orAborted } from '../shell/aborted.js';

/** What ends a reading, and what holds it up. */
export interface Reading {
  readonly signal: AbortSignal;
  /** Waited for after each part of the stream; absent = nothing holds it up. */
  readonly ready?: (() => Promise<void>) | undefined;
}
/** `whole`: all was read; `ended`: by the signal; `silent`: the stream stopped answering. */
export type ReadingEnd = 'whole' | 'ended' | 'silent';

/** Which messages are asked for, and who gets them. */
interface Messages {
  /** The server sends only these; a message is on one of them only. */
  readonly subjects: readonly [string, ...string[]];
  /** Gets them one by one, oldest first; behind a gap none. */
  readonly take: (message: StoredMessage) => void;
}

/** Hands on the messages of a range as they are read, part by part: few are held. */
export async function eachMessage(
  stream: StreamReader,
  { subjects, range, take }: Messages & { readonly range: SequenceRange },
  { signal, ready }: Reading,
): Promise<ReadingEnd> {
  const parts = new PartsInOrder(stream, range, subjects);
  for (;;) {
    const part = await orAborted(parts.next(), signal);
    if (part === undefined) return signal.aborted ? 'ended' : 'whole';
    for (const message of part.messages) take(message);
    if (!part.complete) return 'silent';
    if (ready !== undefined) await orAborted(ready(), signal);
  }
}

/** What became of a reading; `last`: number of the last message that there was when it began. */
export interface ReadSince {
  readonly end: ReadingEnd;
  readonly last: number;
}

/**
 * Hands on the messages since a moment (`fromMs`: Unix time, ms), which is found by halving, as
 * they are read. A fault where the stream does not answer at the start, or may not be read.
 */
export async function eachSince(
  stream: StreamReader,
  { fromMs, ...asked }: Messages & { readonly fromMs: number },
  reading: Reading,
): Promise<Result<ReadSince>> {
  const since = await orAborted(rangeSince(stream, fromMs), reading.signal);
  if (since === undefined) return ok({ end: 'ended', last: 0 });
  if (!since.ok) return since;
  const range = since.value;
  return ok({ end: await eachMessage(stream, { ...asked, range }, reading), last: range.last });
}

async function rangeSince(stream: StreamReader, fromMs: number): Promise<Result<SequenceRange>> {
  const range = await stream.range();
  if (!range.ok) return range;
  const { last } = range.value;
  const first = await firstSince(stream, range.value, fromMs);
  return first === undefined ? err([stream.silent()]) : ok({ first, last });
}
