import { encodeEvent, eventSubject } from '../../proto/event.js';
import type { DqoesEvent, EventType } from '../../proto/schemas/event.js';
import type { EventLog } from '../../proto/store.js';
import type { Subjects } from '../../proto/subjects.js';
import type { Clock } from '../../shared/clock.js';
import type { Log } from '../../shared/log.js';

/** The stream and the subjects of events. */
export interface EventPublisherOptions {
  readonly log: Log;
  readonly clock: Clock;
  readonly subjects: Subjects;
  readonly events: EventLog;
  /** Gets the type of each event, once. */
  readonly onQueued?: (type: EventType) => void;
}

/** Events buffered while the stream does not answer; beyond it the oldest are dropped. */
const MAX_WAITING = 5000;
const RETRY_MS = 1000;

/**
 * Appends events to the stream in order and in the background, so that no decision waits for it.
 * The buffer is bounded; an append that fails is repeated every second. The stream drops repeats by
 * the id of the event.
 */
export class EventPublisher {
  readonly #options: EventPublisherOptions;
  readonly #waiting: DqoesEvent[] = [];
  readonly #stopping = new AbortController();
  #draining: Promise<void> | undefined;
  #published = 0;
  #dropped = 0;

  constructor(options: EventPublisherOptions) {
    this.#options = options;
  }

  get counters(): {
    readonly published: number;
    readonly dropped: number;
    readonly waiting: number;
  } {
    return { published: this.#published, dropped: this.#dropped, waiting: this.#waiting.length };
  }

  /** Buffers events for the stream. Never throws. */
  add(events: readonly DqoesEvent[]): void {
    // Not push(...events): the events of a large cluster exceed the number of arguments.
    for (const event of events) {
      this.#waiting.push(event);
      this.#options.onQueued?.(event.type);
    }
    const surplus = this.#waiting.length - MAX_WAITING;
    if (surplus > 0) {
      this.#waiting.splice(0, surplus);
      this.#dropped += surplus;
    }
    this.#start();
  }

  /** Tries each buffered event once more and stops at the first that fails. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#draining;
  }

  #start(): void {
    if (this.#draining !== undefined || this.#waiting.length === 0 || this.#stopping.signal.aborted)
      return;
    this.#draining = this.#drain().finally(() => {
      this.#draining = undefined;
      this.#start();
    });
  }

  async #drain(): Promise<void> {
    const { events, subjects, log, clock } = this.#options;
    let hasFailed = false;
    for (let event = this.#waiting[0]; event !== undefined; event = this.#waiting[0]) {
      const appended = await events.append(
        eventSubject(subjects, event.type),
        event.id,
        encodeEvent(event),
      );
      if (appended.ok) {
        this.#published += 1;
        if (this.#waiting[0] === event) this.#waiting.shift();
        continue;
      }
      if (this.#stopping.signal.aborted) return;
      if (!hasFailed)
        log.warn('events: the stream accepts no events; they are kept and tried again', {
          reason: appended.error,
        });
      hasFailed = true;
      await clock.sleep(RETRY_MS, this.#stopping.signal);
    }
  }
}
