import type { MinuteRecord } from '../../proto/schemas/view.js';
import {
  firstSince,
  followSubject,
  historyOf,
  partsOf,
  StreamReader,
} from '../../proto/stream-reader.js';
import { decodeMinute } from '../../proto/view.js';
import type { Session } from '../shell/session.js';

/** How far back a sparkline goes, ms. */
const BACK_MS = 600_000;
/** Records that are read at most: sparklines of a large cluster begin later. */
const MAX_RECORDS = 3000;

/** Reads the stored minutes of the last ten; what cannot be read is left out, silently. */
export async function readMinutes(
  { bus, cluster, subjects }: Session,
  wallMs: number,
  onMinute: (record: MinuteRecord) => void,
): Promise<void> {
  const stream = new StreamReader(bus, historyOf(cluster));
  const range = await stream.range();
  if (!range.ok) return;
  const { last } = range.value;
  const since = await firstSince(stream, range.value, wallMs - BACK_MS);
  if (since === undefined) return;
  const first = Math.max(since, last - MAX_RECORDS + 1);
  const read = await Promise.all(
    partsOf({ first, last }).map((part) => followSubject(stream, part, subjects.allMinutes)),
  );
  for (const { data } of read.flatMap(({ messages }) => messages)) {
    const record = decodeMinute(data);
    if (record.ok) onMinute(record.value);
  }
}
