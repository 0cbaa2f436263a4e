import { decodeAudit } from '../../proto/audit.js';
import type { Bus } from '../../proto/bus.js';
import type { AuditLine } from '../../proto/schemas/audit.js';
import { auditOf, type StoredMessage, StreamReader } from '../../proto/stream-reader.js';
import { subjectsOf } from '../../proto/subjects.js';
import { err, ok, type Result } from '../../shared/result.js';
import { orAborted } from '../shell/aborted.js';
import { MAX_SCANNED, type OnCut, recentMessages } from './history.js';
import { EventIds } from './live-events.js';
import { Newest } from './newest.js';
import { eachSince, type Reading } from './since.js';

/** Which lines of the audit are asked for. */
export interface AuditQuestion {
  readonly cluster: string;
  /** Unix time of the oldest line, ms; absent = as far back as `MAX_SCANNED` lines. */
  readonly fromMs?: number;
  /** Number of lines, the newest of them; absent = all since `fromMs`. */
  readonly count?: number | undefined;
  /** Name (`token:<name>` of a token), public key or token id of who asked for it. */
  readonly user?: string | undefined;
  readonly job?: string | undefined;
  readonly node?: string | undefined;
  readonly verb?: string | undefined;
  readonly onCut?: OnCut | undefined;
}

/** Who gets what is found. */
export interface AuditReader extends Reading {
  /** Gets the lines one by one, oldest first. */
  readonly onLine: (line: AuditLine) => void;
  /** Gets the number of lines that could not be read, if there is any, behind the others. */
  readonly onUnreadable?: (count: number) => void;
}

/**
 * Hands on the lines asked for as they are read: few are held. Ends early by the signal. A fault
 * where the stream does not answer; lines before it are handed on by then.
 */
export async function eachAuditLine(
  bus: Bus,
  asked: AuditQuestion,
  { onLine, onUnreadable = () => {}, ...reading }: AuditReader,
): Promise<Result<void>> {
  const stream = new StreamReader(bus, auditOf(asked.cluster));
  const known = new EventIds();
  let unreadable = 0;
  const read = (data: Uint8Array): AuditLine | undefined => {
    const line = decodeAudit(data);
    if (!line.ok) unreadable += 1;
    // A line that was written again after the window of the stream is the same line.
    return line.ok && isWanted(line.value, asked) && known.isNew(line.value)
      ? line.value
      : undefined;
  };
  const found = await eachFound(stream, asked, { ...reading, read, onLine });
  if (unreadable > 0) onUnreadable(unreadable);
  return found;
}

async function eachFound(
  stream: StreamReader,
  { cluster, fromMs, count, verb, onCut }: AuditQuestion,
  {
    read,
    onLine,
    ...reading
  }: Reading & {
    readonly read: (data: Uint8Array) => AuditLine | undefined;
    readonly onLine: (line: AuditLine) => void;
  },
): Promise<Result<void>> {
  if (fromMs === undefined) {
    const asking = recentMessages(stream, { count: count ?? MAX_SCANNED, read, onCut });
    const recent = await orAborted(asking, reading.signal);
    if (recent?.ok === false) return recent;
    for (const line of recent?.value.found ?? []) onLine(line);
    return ok(undefined);
  }
  const subjects = subjectsOf(cluster);
  const subject = verb === undefined ? subjects.allAudit : subjects.audit(verb);
  const newest = new Newest(count, onLine);
  const take = ({ data }: StoredMessage): void => {
    const line = read(data);
    if (line !== undefined) newest.take(line);
  };
  const since = await eachSince(stream, { subjects: [subject], fromMs, take }, reading);
  if (!since.ok) return since;
  // Without a word half of an audit would look like all of it.
  if (since.value.end === 'silent') return err([stream.silent()]);
  if (since.value.end === 'whole') newest.end();
  return ok(undefined);
}

/** All the lines asked for, oldest first, as `eachAuditLine` hands them on. */
export async function auditLines(
  bus: Bus,
  asked: AuditQuestion,
  onUnreadable: (count: number) => void = () => {},
): Promise<Result<readonly AuditLine[]>> {
  const lines: AuditLine[] = [];
  const { signal } = new AbortController();
  const onLine = (line: AuditLine): void => void lines.push(line);
  const read = await eachAuditLine(bus, asked, { signal, onLine, onUnreadable });
  return read.ok ? ok(lines) : read;
}

const isWanted = (line: AuditLine, { user, job, node, verb }: AuditQuestion): boolean =>
  (user === undefined || line.who === user || line.key === user) &&
  (job === undefined || line.job === job) &&
  (node === undefined || line.node === node) &&
  (verb === undefined || line.verb === verb);
