import { encodeEvent, eventSubject } from '../../proto/event.js';
import type { DqoesEvent, EventType } from '../../proto/schemas/event.js';
import type { EventLog } from '../../proto/store.js';
import type { Subjects } from '../../proto/subjects.js';
import type { Clock } from '../../shared/clock.js';
import type { Log } from '../../shared/log.js';
import { AppendQueue } from './append-queue.js';
import type { Backlog } from './backlog.js';

/** The stream and the subjects of events. */
export interface EventPublisherOptions {
  readonly log: Log;
  readonly clock: Clock;
  readonly subjects: Subjects;
  readonly events: EventLog;
  /** Those that wait at the end stay in it. Default: an empty one. */
  readonly backlog?: Backlog | undefined;
  /** Gets the type of each event, once. */
  readonly onQueued?: (type: EventType) => void;
}

/** What the log says where the stream of events does not take them. */
export const EVENTS_WAIT = 'events: the stream accepts no events; they are kept and tried again';

/** Events buffered while the stream does not answer; beyond it some are dropped. */
const MAX_WAITING = 5000;
/** Of a cluster there are thousands of these at a time, and the next ones say as much. */
const MINOR: ReadonlySet<EventType> = new Set([
  'dqoes.allocation.limit-changed',
  'dqoes.job.class-changed',
]);
/** Events of different jobs sent side by side: one after the other, each waits for its answer. */
const EVENTS_AT_ONCE = 32;

/** Appends events to the stream in the background (`AppendQueue`), by the id of the event. */
export class EventPublisher {
  readonly #subjects: Subjects;
  readonly #queue: AppendQueue;
  readonly #onQueued: EventPublisherOptions['onQueued'];
  /** Of each type that was seen: there are few types, and thousands of events a second. */
  readonly #subjectOf = new Map<EventType, string>();

  constructor({ log, clock, subjects, events, backlog, onQueued }: EventPublisherOptions) {
    this.#subjects = subjects;
    this.#onQueued = onQueued;
    this.#queue = new AppendQueue({
      stream: events,
      backlog,
      clock,
      maxWaiting: MAX_WAITING,
      atOnce: EVENTS_AT_ONCE,
      keepsOrder: true,
      onFailing: (reason) => log.warn(EVENTS_WAIT, { reason }),
      onRefused: (id, reason) =>
        log.error('events: the stream never takes this event; dropped', { id, reason }),
    });
  }

  get counters(): AppendQueue['counters'] {
    return this.#queue.counters;
  }

  /** Buffers events for the stream. Never throws. */
  add(events: readonly DqoesEvent[]): void {
    this.#queue.add(
      events.map((event) => ({
        subject: this.#subjectFor(event.type),
        id: event.id,
        about: 'job' in event.data ? event.data.job : undefined,
        isMinor: MINOR.has(event.type),
        encode: () => encodeEvent(event),
      })),
    );
    for (const { type } of events) this.#onQueued?.(type);
  }

  #subjectFor(type: EventType): string {
    const known = this.#subjectOf.get(type);
    if (known !== undefined) return known;
    const subject = eventSubject(this.#subjects, type);
    this.#subjectOf.set(type, subject);
    return subject;
  }

  /** Tries each buffered event once more; stops at the first that fails, or after five seconds. */
  stop(): Promise<void> {
    return this.#queue.stop();
  }
}
