import { err, ok, type Result } from '../shared/result.js';
import type { Bus } from './bus.js';
import type { MinuteRecord } from './schemas/view.js';
import {
  eachOfSubject,
  firstSince,
  historyOf,
  partsOf,
  type SequenceRange,
  StreamReader,
} from './stream-reader.js';
import { subjectsOf } from './subjects.js';
import { decodeMinute } from './view.js';

/** Which minutes are read, and what may end it. */
export interface MinuteQuestion {
  readonly cluster: string;
  /** Unix times, ms: the begin of the first minute, and the end of the last one. */
  readonly fromMs: number;
  readonly toMs: number;
  /** Nobody waits for it any more. */
  readonly signal?: AbortSignal | undefined;
  /** Called with how many of how many messages were read. */
  readonly onProgress?: ((read: number, all: number) => void) | undefined;
}

/** What is known beside the minutes. */
export interface MinutesRead {
  /** Begin of the oldest minute that is stored, Unix time; null = none is. */
  readonly storedSinceMs: number | null;
  /** Messages that are no minutes as this version knows them. */
  readonly unreadable: number;
}

/** A record may be written so long after its minute: a leader that ended was followed late. */
const LATE_MS = 3_600_000;
/**
 * After a longer break, of leaders or of the store, what is late is stored first: this number of
 * messages in a row that are not late ends it.
 */
const ENOUGH_IN_TIME = 16;
/** The clocks of coordinators and of the store may differ by so much. */
const SKEW_MS = 600_000;
const MINUTE_MS = 60_000;

/**
 * Hands on the stored minutes of a time, none kept, in no order; others may be among them. A fault
 * where the stream does not answer for one of them: a part would look like all.
 */
export async function eachMinute(
  bus: Bus,
  question: MinuteQuestion,
  take: (record: MinuteRecord) => void,
): Promise<Result<MinutesRead>> {
  const { cluster, fromMs, toMs, signal, onProgress } = question;
  const stream = new StreamReader(bus, historyOf(cluster));
  const range = await stream.range();
  if (!range.ok) return range;
  const oldest = await stream.next(range.value.first);
  const part = await partOf(stream, range.value, { fromMs, toMs });
  if (oldest === undefined || part === undefined) return err([stream.silent()]);
  const all = part.last - part.first + 1;
  let [read, unreadable] = [0, 0];
  const takeBytes = (data: Uint8Array): boolean => {
    const record = decodeMinute(data);
    if (record.ok) take(record.value);
    else unreadable += 1;
    read += 1;
    onProgress?.(read, all);
    return signal?.aborted !== true;
  };
  const subject = subjectsOf(cluster).allMinutes;
  const ended = await Promise.all(
    partsOf(part).map((each) =>
      eachOfSubject(stream, each, { subject, take: ({ data }) => takeBytes(data) }),
    ),
  );
  if (ended.includes(false)) return err([stream.silent()]);
  return ok({ storedSinceMs: beginOf(oldest), unreadable });
}

/** The messages among which all minutes of that time are. */
async function partOf(
  stream: StreamReader,
  range: SequenceRange,
  { fromMs, toMs }: Pick<MinuteQuestion, 'fromMs' | 'toMs'>,
): Promise<SequenceRange | undefined> {
  const first = await firstSince(stream, range, fromMs - SKEW_MS);
  const end = await firstSince(stream, range, toMs + LATE_MS);
  if (first === undefined || end === undefined) return undefined;
  const last = await lastLate(stream, { first: end, last: range.last }, toMs);
  return last === undefined ? undefined : { first, last };
}

/** The last of the minutes of that time that stand behind its messages; one before if none does. */
async function lastLate(
  stream: StreamReader,
  { first, last }: SequenceRange,
  toMs: number,
): Promise<number | undefined> {
  let found = first - 1;
  let inTime = 0;
  for (let sequence = first; sequence <= last && inTime < ENOUGH_IN_TIME; ) {
    const stored = await stream.next(sequence);
    if (stored === undefined) return undefined;
    if (stored === null) break;
    const beginMs = beginOf(stored);
    const isLate = beginMs !== null && beginMs < toMs;
    if (isLate) found = stored.sequence;
    inTime = isLate ? 0 : inTime + 1;
    sequence = stored.sequence + 1;
  }
  return found;
}

function beginOf(stored: { readonly data: Uint8Array } | null): number | null {
  const record = stored === null ? undefined : decodeMinute(stored.data);
  return record?.ok === true ? record.value.minute * MINUTE_MS : null;
}
