import type { EventLog, StoreFailure } from '../../proto/store.js';
import type { Clock } from '../../shared/clock.js';
import { err, type Result } from '../../shared/result.js';
import { Backlog, type StreamMessage } from './backlog.js';
import { StuckFirst } from './stuck-first.js';

/** The stream, and what to tell of it. */
export interface AppendQueueOptions {
  /** Default: an empty one. */
  readonly backlog?: Backlog | undefined;
  readonly stream: EventLog;
  readonly clock: Clock;
  /**
   * Messages that wait while the stream does not answer; beyond it the oldest minor ones are
   * dropped, then the oldest.
   */
  readonly maxWaiting: number;
  /**
   * Messages sent before the first is answered, in order. One that fails is stored behind those
   * sent with it. Default 1.
   */
  readonly atOnce?: number;
  /** Those sent together are about different things, each named by `about`. Default no. */
  readonly keepsOrder?: boolean;
  /** Called when an append fails; not again until one has succeeded. */
  readonly onFailing: (reason: StoreFailure) => void;
  /**
   * Says in the stream how many were dropped: appended where they would have been, once a
   * second at most while others wait. Absent = the gap has no sign.
   */
  readonly noteOf?: (dropped: number) => StreamMessage;
  /**
   * Called with the first message that the stream never takes, which is dropped. `unknown`: it did
   * not say why.
   */
  readonly onRefused: (id: string, reason: 'refused' | 'unknown') => void;
}

const RETRY_MS = 1000;
const NOTE_MS = 1000;
const STOP_MS = 5000;

/**
 * Appends messages to a stream in order and in the background, so that no decision waits for it.
 * The buffer is bounded; an append that fails is repeated every second, but for a message that the
 * stream never takes: it is dropped, so that the others do not wait for it. A stream that does not
 * say why it takes none may be down or may not take this one: others are then sent beside it, and
 * it is dropped once three of them were stored.
 */
export class AppendQueue {
  readonly #options: AppendQueueOptions;
  readonly #backlog: Backlog;
  readonly #stopping = new AbortController();
  #draining: Promise<void> | undefined;
  /** The stream has not answered it yet. */
  #sent = 0;
  #notedMs = Number.NEGATIVE_INFINITY;
  #stopAtMs = Number.POSITIVE_INFINITY;
  #isFailing = false;
  #hasRefused = false;
  readonly #stuck = new StuckFirst<StreamMessage>();
  #wake: (() => void)[] = [];
  #published = 0;
  #dropped = 0;

  constructor(options: AppendQueueOptions) {
    this.#options = options;
    this.#backlog = options.backlog ?? new Backlog();
  }

  get counters(): {
    readonly published: number;
    readonly dropped: number;
    readonly waiting: number;
  } {
    return {
      published: this.#published,
      dropped: this.#dropped,
      waiting: this.#backlog.waiting.length,
    };
  }

  /** Buffers messages for the stream. Never throws. */
  add(messages: Iterable<StreamMessage>): void {
    // Not push(...messages): the events of a large cluster exceed the number of arguments.
    for (const message of messages) this.#backlog.waiting.push(message);
    const surplus = this.#backlog.waiting.length - this.#options.maxWaiting;
    if (surplus > 0) this.#drop(surplus);
    this.#start();
  }

  #drop(surplus: number): void {
    const { waiting } = this.#backlog;
    let left = surplus;
    // The stream may have those that were sent: they are not lost.
    const kept = waiting.splice(this.#sent).filter(({ isMinor }) => {
      const goes = isMinor === true && left > 0;
      if (goes) left -= 1;
      return !goes;
    });
    for (const message of kept.slice(left)) waiting.push(message);
    this.#dropped += surplus;
    this.#backlog.gap += surplus;
  }

  /**
   * Resolves when `count` more messages make at most `limit` wait, or none waits; at once while the
   * stream takes none and after `stop`.
   */
  async roomFor(count: number, limit: number): Promise<void> {
    while (!this.#hasRoom(count, limit))
      await new Promise<void>((resolve) => {
        this.#wake.push(resolve);
      });
  }

  /**
   * Tries each buffered message once more and stops at the first that fails, or after five seconds:
   * a stream that answers slowly must not keep a leader from handing over.
   */
  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#stopAtMs = this.#options.clock.now() + STOP_MS;
    this.#wakeAll();
    await this.#draining;
    const { waiting } = this.#backlog;
    for (let at = waiting.length - 1; at >= 0; at -= 1)
      if (waiting[at]?.comesAgain === true) waiting.splice(at, 1);
  }

  #start(): void {
    if (
      this.#draining !== undefined ||
      this.#backlog.waiting.length === 0 ||
      this.#stopping.signal.aborted
    )
      return;
    this.#draining = this.#drain().finally(() => {
      this.#draining = undefined;
      this.#start();
    });
  }

  async #drain(): Promise<void> {
    const { clock, onFailing } = this.#options;
    for (let batch = this.#nextBatch(); batch.length > 0; batch = this.#nextBatch()) {
      this.#sent = this.#backlog.waiting.indexOf(batch.at(-1) as StreamMessage) + 1;
      const appended = await Promise.all(batch.map((message) => this.#append(message)));
      const failure = this.#settle(batch, appended);
      this.#sent = 0;
      if (failure === undefined) {
        this.#isFailing = false;
        this.#wakeAll();
        if (clock.now() >= this.#stopAtMs) return;
        continue;
      }
      if (this.#stopping.signal.aborted) return;
      if (!this.#isFailing) onFailing(failure);
      this.#isFailing = true;
      this.#wakeAll();
      await clock.sleep(RETRY_MS, this.#stopping.signal);
    }
  }

  /** Takes out what is stored or never will be; why the first of the rest failed, if any did. */
  #settle(
    batch: readonly StreamMessage[],
    appended: readonly Result<void, StoreFailure>[],
  ): StoreFailure | undefined {
    let failure: StoreFailure | undefined;
    const done = new Set<StreamMessage>();
    const isNeverTaken = this.#stuck.isNeverTaken(batch[0], appended);
    for (const [index, message] of batch.entries()) {
      const result = appended[index];
      if (result === undefined) continue;
      if (result.ok) this.#noteStored(message);
      else if (result.error === 'refused') this.#noteRefused(message, 'refused');
      else if (index === 0 && isNeverTaken) this.#noteRefused(message, 'unknown');
      else {
        failure ??= result.error;
        continue;
      }
      done.add(message);
    }
    const { note, waiting } = this.#backlog;
    if (note !== undefined && done.has(note)) this.#backlog.note = undefined;
    const left = waiting.slice(0, this.#sent).filter((message) => !done.has(message));
    waiting.splice(0, this.#sent, ...left);
    return failure;
  }

  async #append({ subject, id, encode }: StreamMessage): Promise<Result<void, StoreFailure>> {
    let data: Uint8Array;
    try {
      data = encode();
    } catch {
      return err('refused');
    }
    return this.#options.stream.append(subject, id, data);
  }

  #noteStored({ onStored }: StreamMessage): void {
    this.#published += 1;
    onStored?.();
  }

  #noteRefused(message: StreamMessage, reason: 'refused' | 'unknown'): void {
    this.#dropped += 1;
    // A note of a note that is refused would never end.
    if (message !== this.#backlog.note) this.#backlog.gap += 1;
    if (!this.#hasRefused) this.#options.onRefused(message.id, reason);
    this.#hasRefused = true;
  }

  #nextBatch(): readonly StreamMessage[] {
    const { clock, noteOf } = this.#options;
    const isDue = this.#backlog.waiting.length === 0 || clock.now() - this.#notedMs >= NOTE_MS;
    if (
      noteOf &&
      this.#backlog.note === undefined &&
      this.#backlog.gap > 0 &&
      !this.#isFailing &&
      isDue
    ) {
      this.#backlog.note = noteOf(this.#backlog.gap);
      this.#notedMs = clock.now();
      this.#backlog.gap = 0;
    }
    const { note, waiting } = this.#backlog;
    const { atOnce = 1, keepsOrder = false } = this.#options;
    const first = note ?? waiting[0];
    if (first === undefined) return [];
    if (this.#stuck.needsAnother(first)) return [first, ...this.#besides(first)];
    if (note !== undefined) return [note];
    const most = this.#isFailing ? 1 : atOnce;
    return waiting.slice(0, keepsOrder ? unrelated(waiting, most) : most);
  }

  /** One more that may be stored before that one; none where the order forbids all. */
  #besides(first: StreamMessage): readonly StreamMessage[] {
    const { keepsOrder = false } = this.#options;
    const mayPass = ({ about }: StreamMessage): boolean =>
      !keepsOrder || (about !== undefined && about !== first.about);
    const other = this.#backlog.waiting.find((each) => each !== first && mayPass(each));
    return other === undefined ? [] : [other];
  }

  #hasRoom(count: number, limit: number): boolean {
    const { length } = this.#backlog.waiting;
    if (length === 0 || length + count <= limit) return true;
    return this.#isFailing || this.#stopping.signal.aborted;
  }

  #wakeAll(): void {
    for (const wake of this.#wake.splice(0)) wake();
  }
}

/** How many of the first messages, at most `most` but at least one, are about different things. */
function unrelated(waiting: readonly StreamMessage[], most: number): number {
  const seen = new Set<string>();
  for (let count = 0; count < Math.min(most, waiting.length); count += 1) {
    const about = waiting[count]?.about;
    if (about === undefined) return Math.max(1, count);
    if (seen.has(about)) return count;
    seen.add(about);
  }
  return most;
}
