import { decodeAudit } from '../../proto/audit.js';
import type { Bus } from '../../proto/bus.js';
import type { AuditLine } from '../../proto/schemas/audit.js';
import { auditOf, StreamReader } from '../../proto/stream-reader.js';
import { subjectsOf } from '../../proto/subjects.js';
import { err, ok, type Result } from '../../shared/result.js';
import { MAX_SCANNED, type OnCut, recentMessages } from './history.js';
import { messagesSince } from './since.js';

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

/**
 * The lines asked for, oldest first. `onUnreadable` gets the number of lines that could not be
 * read, if there is any.
 */
export async function auditLines(
  bus: Bus,
  asked: AuditQuestion,
  onUnreadable: (count: number) => void = () => {},
): Promise<Result<readonly AuditLine[]>> {
  let unreadable = 0;
  const lines = await readLines(bus, asked, () => {
    unreadable += 1;
  });
  if (unreadable > 0) onUnreadable(unreadable);
  return lines;
}

async function readLines(
  bus: Bus,
  asked: AuditQuestion,
  onUnreadable: () => void,
): Promise<Result<readonly AuditLine[]>> {
  const stream = new StreamReader(bus, auditOf(asked.cluster));
  const seen = new Set<string>();
  const read = (data: Uint8Array): AuditLine | undefined => {
    const line = decodeAudit(data);
    if (!line.ok) onUnreadable();
    if (!line.ok || !isWanted(line.value, asked)) return undefined;
    // A line that was written again after the window of the stream is the same line.
    const isRepeat = seen.has(line.value.id);
    seen.add(line.value.id);
    return isRepeat ? undefined : line.value;
  };
  const { fromMs, count, verb, onCut } = asked;
  if (fromMs === undefined)
    return recentMessages(stream, { count: count ?? MAX_SCANNED, read, onCut });
  const subjects = subjectsOf(asked.cluster);
  const subject = verb === undefined ? subjects.allAudit : subjects.audit(verb);
  const found = await messagesSince(stream, { subjects: [subject], fromMs });
  if (!found.ok) return found;
  // Half of an audit would look like all of it.
  if (!found.value.complete) return err([stream.silent()]);
  const lines = found.value.messages.flatMap(({ data }) => read(data) ?? []);
  return ok(count === undefined ? lines : lines.slice(-count));
}

const isWanted = (line: AuditLine, { user, job, node, verb }: AuditQuestion): boolean =>
  (user === undefined || line.who === user || line.key === user) &&
  (job === undefined || line.job === job) &&
  (node === undefined || line.node === node) &&
  (verb === undefined || line.verb === verb);
