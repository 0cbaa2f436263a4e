import { err, type Fault, ok, type Result } from '../shared/result.js';
import type { Bus } from './bus.js';
import { deniedFault, USER_ROLES, type UserRole } from './roles.js';
import {
  auditStreamOf,
  directGetCall,
  eventStreamOf,
  historyStreamOf,
  subjectsOf,
} from './subjects.js';

/** The sequences that the stream holds; it is empty where `last` is below `first`. */
export interface SequenceRange {
  readonly first: number;
  readonly last: number;
}

/** One message of the stream. */
export interface StoredMessage {
  readonly sequence: number;
  /** When it was stored, Unix time, ms. */
  readonly atMs: number;
  readonly data: Uint8Array;
}

/** The message of that number; the first one from there on of a subject; the last one of it. */
export type StreamQuery =
  | { readonly seq: number; readonly next_by_subj?: string }
  | { readonly last_by_subj: string };

type Answer = StoredMessage | 'absent' | 'denied' | 'silent';

const CALL_TIMEOUT_MS = 5000;
const NOT_FOUND = '404';

/** A stream of a cluster, and who may read it. */
export interface StreamName {
  readonly name: string;
  /** The subjects of all its messages. */
  readonly all: string;
  /** What is read, and the stream, for people. */
  readonly what: string;
  readonly title: string;
  readonly roles: readonly UserRole[];
}

/** The stream of events of a cluster. */
export const eventsOf = (cluster: string): StreamName => ({
  name: eventStreamOf(cluster),
  all: subjectsOf(cluster).allEvents,
  what: 'events',
  title: 'event stream',
  roles: USER_ROLES,
});
/** The stream of minutes of a cluster. */
export const historyOf = (cluster: string): StreamName => ({
  name: historyStreamOf(cluster),
  all: subjectsOf(cluster).allMinutes,
  what: 'minutes',
  title: 'stream of minutes',
  roles: USER_ROLES,
});
/** The stream of who changed what in a cluster. */
export const auditOf = (cluster: string): StreamName => ({
  name: auditStreamOf(cluster),
  all: subjectsOf(cluster).allAudit,
  what: 'the audit',
  title: 'audit stream',
  roles: ['operator'],
});

/**
 * The messages that a stream keeps, read one by one (direct get, NATS ADR-31). A consumer would
 * need a right that nobody but a coordinator has (docs/decisions, 76).
 */
export class StreamReader {
  readonly #bus: Bus;
  readonly #stream: StreamName;

  constructor(bus: Bus, stream: StreamName) {
    this.#bus = bus;
    this.#stream = stream;
  }

  /** What there is now; a fault where the stream does not answer, or may not be read. */
  async range(): Promise<Result<SequenceRange>> {
    const { all, what, roles } = this.#stream;
    const first = await this.#ask({ seq: 1, next_by_subj: all });
    if (first === 'absent') return ok({ first: 1, last: 0 });
    if (first === 'denied') return err([deniedFault(`read ${what}`, roles)]);
    const last = await this.#ask({ last_by_subj: all });
    if (typeof first === 'string' || typeof last === 'string') return err([this.silent()]);
    return ok({ first: first.sequence, last: last.sequence });
  }

  /** The first message at that number or after it; as `get`. */
  next(seq: number): Promise<StoredMessage | null | undefined> {
    return this.get({ seq, next_by_subj: this.#stream.all });
  }

  /** The last message that there is now; as `get`. */
  newest(): Promise<StoredMessage | null | undefined> {
    return this.get({ last_by_subj: this.#stream.all });
  }

  /** null = there is no such message; undefined = no readable answer. Never throws. */
  async get(query: StreamQuery): Promise<StoredMessage | null | undefined> {
    const answer = await this.#ask(query);
    if (typeof answer !== 'string') return answer;
    return answer === 'absent' ? null : undefined;
  }

  /** The fault of a stream that does not answer. */
  silent(): Fault {
    const { name, title } = this.#stream;
    return {
      code: 'service.unavailable',
      field: name,
      message:
        `The ${title} ${name} does not answer: is a coordinator of this cluster running, and is ` +
        '--cluster right? One that an older dqoes made needs dqoes coordinator --install once ' +
        'more.',
    };
  }

  async #ask(query: StreamQuery): Promise<Answer> {
    const request = new TextEncoder().encode(JSON.stringify(query));
    const sent = { timeoutMs: CALL_TIMEOUT_MS };
    const answer = await this.#bus.request(directGetCall(this.#stream.name), request, sent);
    if (!answer.ok) return answer.error === 'denied' ? 'denied' : 'silent';
    const { headers, data } = answer.value;
    if (headers.Status === NOT_FOUND) return 'absent';
    const sequence = Number(headers['Nats-Sequence']);
    const atMs = Date.parse(headers['Nats-Time-Stamp'] ?? '');
    if (!Number.isSafeInteger(sequence) || Number.isNaN(atMs)) return 'silent';
    return { sequence, atMs, data };
  }
}

/** Parts of the stream that are read side by side. */
const MAX_PARTS = 16;
/** A part is not smaller than this, messages. */
const MIN_PART = 64;

/**
 * Sequence of the first message stored at that time or later, or one after the last; undefined = no
 * readable answer.
 */
export async function firstSince(
  stream: StreamReader,
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

/** The range in parts that may be read side by side. */
export function partsOf({ first, last }: SequenceRange): readonly SequenceRange[] {
  const size = Math.max(MIN_PART, Math.ceil((last - first + 1) / MAX_PARTS));
  const parts: SequenceRange[] = [];
  for (let start = first; start <= last; start += size)
    parts.push({ first: start, last: Math.min(last, start + size - 1) });
  return parts;
}

/** How far a subject was followed in a part. */
interface Walked {
  /** false = the stream stopped answering, or it was ended. */
  readonly complete: boolean;
  /** Number behind the last one looked at: no message of the subject lies between the two. */
  readonly next: number;
}
/** The messages of a subject in a part, in order, and how far it was followed. */
export interface Followed extends Walked {
  readonly messages: readonly StoredMessage[];
}

/** Reads the messages of a subject in a part. Never throws. */
export async function followSubject(
  stream: StreamReader,
  part: SequenceRange,
  subject: string,
): Promise<Followed> {
  const messages: StoredMessage[] = [];
  const walked = await walk(stream, part, {
    subject,
    take: (stored) => {
      messages.push(stored);
      return true;
    },
  });
  return { messages, ...walked };
}

interface Walk {
  readonly subject: string;
  readonly take: (stored: StoredMessage) => boolean;
}

/**
 * Hands on the messages of a subject in a part, in order, and keeps none, until `take` answers
 * false. False = it stopped answering, or was ended.
 */
export const eachOfSubject = async (
  stream: StreamReader,
  part: SequenceRange,
  asked: Walk,
): Promise<boolean> => (await walk(stream, part, asked)).complete;

async function walk(
  stream: StreamReader,
  { first, last }: SequenceRange,
  { subject, take }: Walk,
): Promise<Walked> {
  let next = first;
  while (next <= last) {
    const stored = await stream.get({ seq: next, next_by_subj: subject });
    if (stored === undefined) return { complete: false, next };
    // What one copy of the stream does not have yet another may have: no later part is passed over.
    if (stored === null) return { complete: true, next: last + 1 };
    if (stored.sequence > last) return { complete: true, next: stored.sequence };
    if (!take(stored)) return { complete: false, next };
    next = stored.sequence + 1;
  }
  return { complete: true, next };
}
