import type { Bus } from '../../proto/bus.js';
import { deniedFault, USER_ROLES, type UserRole } from '../../proto/roles.js';
import { auditStreamOf, directGetCall, eventStreamOf, subjectsOf } from '../../proto/subjects.js';
import { err, type Fault, ok, type Result } from '../../shared/result.js';

/** The sequences that the stream holds; it is empty where `last` is below `first`. */
export interface SequenceRange {
  readonly first: number;
  readonly last: number;
}

/** One message of the stream. */
export interface StoredEvent {
  readonly sequence: number;
  /** When it was stored, Unix time, ms. */
  readonly atMs: number;
  readonly data: Uint8Array;
}

/** The message of that number; the first one from there on of a subject; the last one of it. */
export type EventQuery =
  | { readonly seq: number; readonly next_by_subj?: string }
  | { readonly last_by_subj: string };

type Answer = StoredEvent | 'absent' | 'denied' | 'silent';

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
export class EventStream {
  readonly #bus: Bus;
  readonly #stream: StreamName;
  readonly #name: string;
  readonly #all: string;

  constructor(bus: Bus, stream: StreamName) {
    this.#bus = bus;
    this.#stream = stream;
    this.#name = stream.name;
    this.#all = stream.all;
  }

  /** What there is now; a fault where the stream does not answer, or may not be read. */
  async range(): Promise<Result<SequenceRange>> {
    const first = await this.#ask({ seq: 1, next_by_subj: this.#all });
    if (first === 'absent') return ok({ first: 1, last: 0 });
    if (first === 'denied') {
      const { what, roles } = this.#stream;
      return err([deniedFault(`read ${what}`, roles)]);
    }
    const last = await this.#ask({ last_by_subj: this.#all });
    if (typeof first === 'string' || typeof last === 'string') return err([this.silent()]);
    return ok({ first: first.sequence, last: last.sequence });
  }

  /** The first message at that number or after it; as `get`. */
  next(seq: number): Promise<StoredEvent | null | undefined> {
    return this.get({ seq, next_by_subj: this.#all });
  }

  /** null = there is no such message; undefined = no readable answer. Never throws. */
  async get(query: EventQuery): Promise<StoredEvent | null | undefined> {
    const answer = await this.#ask(query);
    if (typeof answer !== 'string') return answer;
    return answer === 'absent' ? null : undefined;
  }

  /** The fault of a stream that does not answer. */
  silent(): Fault {
    return {
      code: 'service.unavailable',
      field: this.#name,
      message:
        `The ${this.#stream.title} ${this.#name} does not answer: is a coordinator of this ` +
        'cluster running, and is --cluster right? One that an older dqoes made needs dqoes ' +
        'coordinator --install once more.',
    };
  }

  async #ask(query: EventQuery): Promise<Answer> {
    const request = new TextEncoder().encode(JSON.stringify(query));
    const sent = { timeoutMs: CALL_TIMEOUT_MS };
    const answer = await this.#bus.request(directGetCall(this.#name), request, sent);
    if (!answer.ok) return answer.error === 'denied' ? 'denied' : 'silent';
    const { headers, data } = answer.value;
    if (headers.Status === NOT_FOUND) return 'absent';
    const sequence = Number(headers['Nats-Sequence']);
    const atMs = Date.parse(headers['Nats-Time-Stamp'] ?? '');
    if (!Number.isSafeInteger(sequence) || Number.isNaN(atMs)) return 'silent';
    return { sequence, atMs, data };
  }
}
