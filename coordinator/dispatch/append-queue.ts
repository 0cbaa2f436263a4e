import type { EventLog, StoreFailure } from '../../proto/store.js';
import type { Clock } from '../../shared/clock.js';

/** One message for a stream. */
export interface StreamMessage {
  readonly subject: string;
  /** The stream drops repeats by it. */
  readonly id: string;
  /** Called once for each attempt. */
  readonly encode: () => Uint8Array;
}

/** The stream, and what to tell of it. */
export interface AppendQueueOptions {
  readonly stream: EventLog;
  readonly clock: Clock;
  /** Messages that wait while the stream does not answer; beyond it the oldest are dropped. */
  readonly maxWaiting: number;
  /** Called when an append fails; not again until one has succeeded. */
  readonly onFailing: (reason: StoreFailure) => void;
  /** Called when one succeeds again. */
  readonly onRecovered?: () => void;
  readonly onDropped?: (count: number) => void;
}

const RETRY_MS = 1000;

/**
 * Appends messages to a stream in order and in the background, so that no decision waits for it.
 * The buffer is bounded; an append that fails is repeated every second.
 */
export class AppendQueue {
  readonly #options: AppendQueueOptions;
  readonly #waiting: StreamMessage[] = [];
  readonly #stopping = new AbortController();
  #draining: Promise<void> | undefined;
  #isFailing = false;
  #published = 0;
  #dropped = 0;

  constructor(options: AppendQueueOptions) {
    this.#options = options;
  }

  get counters(): {
    readonly published: number;
    readonly dropped: number;
    readonly waiting: number;
  } {
    return { published: this.#published, dropped: this.#dropped, waiting: this.#waiting.length };
  }

  /** Buffers messages for the stream. Never throws. */
  add(messages: Iterable<StreamMessage>): void {
    // Not push(...messages): the events of a large cluster exceed the number of arguments.
    for (const message of messages) this.#waiting.push(message);
    const surplus = this.#waiting.length - this.#options.maxWaiting;
    if (surplus > 0) {
      this.#waiting.splice(0, surplus);
      this.#dropped += surplus;
      this.#options.onDropped?.(surplus);
    }
    this.#start();
  }

  /** Tries each buffered message once more and stops at the first that fails. */
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
    const { stream, clock, onFailing } = this.#options;
    for (let next = this.#waiting[0]; next !== undefined; next = this.#waiting[0]) {
      const appended = await stream.append(next.subject, next.id, next.encode());
      if (appended.ok) {
        this.#published += 1;
        if (this.#waiting[0] === next) this.#waiting.shift();
        this.#noteSuccess();
        continue;
      }
      if (this.#stopping.signal.aborted) return;
      if (!this.#isFailing) onFailing(appended.error);
      this.#isFailing = true;
      await clock.sleep(RETRY_MS, this.#stopping.signal);
    }
  }

  #noteSuccess(): void {
    if (!this.#isFailing) return;
    this.#isFailing = false;
    this.#options.onRecovered?.();
  }
}
