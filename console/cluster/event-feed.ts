import type { Bus, Subscription } from '../../proto/bus.js';
import { eventsOf, type StoredMessage, StreamReader } from '../../proto/stream-reader.js';
import { subjectsOf } from '../../proto/subjects.js';
import type { Clock } from '../../shared/clock.js';
import { err, ok, type Result } from '../../shared/result.js';
import { WakeLoop } from '../../shared/wake-loop.js';

/** One stored event as it is passed on. */
export interface FedEvent {
  readonly sequence: number;
  /** The CloudEvent as JSON on one line. */
  readonly json: string;
}

/** Where the events are. */
export interface EventFeedOptions {
  readonly bus: Bus;
  readonly cluster: string;
  readonly clock: Clock;
}

/** The newest events are kept, so that many clients cost the store what one does. */
const MAX_KEPT = 2000;
/** How often it looks without a hint, ms. */
const LOOK_MS = 5000;
/** Events read at once for a page. */
const BATCH = 32;
type StoredPlace = Pick<StoredMessage, 'sequence' | 'atMs'>;
/** Before the first event. */
const NOTHING: StoredPlace = { sequence: 0, atMs: 0 };

/**
 * Reads the stream of events one after the other and hands them to any number of readers, each of
 * which has a place of its own: a slow one holds up nobody, and nothing is queued for it.
 */
export class EventFeed {
  readonly #options: EventFeedOptions;
  readonly #stream: StreamReader;
  readonly #kept: FedEvent[] = [];
  /** Older ones that pages were read of, by sequence: the same pages are asked for by many. */
  readonly #paged = new Map<number, FedEvent>();
  readonly #waiting = new Set<() => void>();
  readonly #loop: WakeLoop;
  #subscription: Subscription | undefined;
  /** The place of the newest event that was read; undefined = not known yet. */
  #last: StoredPlace | undefined;
  #begun = 0;

  constructor(options: EventFeedOptions) {
    this.#options = options;
    this.#stream = new StreamReader(options.bus, eventsOf(options.cluster));
    this.#loop = new WakeLoop({
      clock: options.clock,
      pass: () => this.#read(),
      onError: () => {},
      pauseMs: () => LOOK_MS,
      coalesceMs: () => 20,
    });
  }

  start(): void {
    const { bus, cluster } = this.#options;
    // A plain message says that there is something, not its number.
    this.#subscription = bus.subscribe(subjectsOf(cluster).allEvents, () => this.#loop.wake());
    this.#loop.start();
  }

  async stop(): Promise<void> {
    this.#subscription?.unsubscribe();
    await this.#loop.stop();
    this.#wakeAll();
  }

  /** Sequence of the newest event; 0 = there is none, or it is not known yet. */
  get last(): number {
    return this.#last?.sequence ?? 0;
  }

  /** How often the stream was made again: what a reader knew of its places counts no more. */
  get begun(): number {
    return this.#begun;
  }

  /** The stream has answered since the start. */
  get isKnown(): boolean {
    return this.#last !== undefined;
  }

  /**
   * The first event after that sequence; null = there is none yet; undefined = the store does not
   * answer. Removed ones are passed over.
   */
  async after(sequence: number): Promise<FedEvent | null | undefined> {
    if (sequence >= this.last) return null;
    const oldest = this.#kept[0];
    if (oldest !== undefined && oldest.sequence <= sequence + 1) return this.#keptAfter(sequence);
    const stored = await this.#stream.next(sequence + 1);
    return stored === undefined || stored === null ? stored : fed(stored);
  }

  /** Resolves when something new was read, or when the signal aborts. */
  waitForMore(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const done = (): void => {
        this.#waiting.delete(done);
        signal.removeEventListener('abort', done);
        resolve();
      };
      if (signal.aborted) return resolve();
      this.#waiting.add(done);
      signal.addEventListener('abort', done, { once: true });
    });
  }

  /** At most `limit` events after a sequence, oldest first; without one the newest. */
  async page(
    after: number | undefined,
    limit: number,
  ): Promise<Result<{ readonly events: readonly unknown[]; readonly last: number }>> {
    const range = await this.#stream.range();
    if (!range.ok) return range;
    const { first, last } = range.value;
    const start = Math.max(first, after === undefined ? last - limit + 1 : after + 1);
    const end = Math.min(last, start + limit - 1);
    const events: unknown[] = [];
    for (let at = start; at <= end; at += BATCH) {
      const size = Math.min(BATCH, end - at + 1);
      const sequences = Array.from({ length: size }, (_, index) => at + index);
      const read = await Promise.all(sequences.map((sequence) => this.#eventAt(sequence, last)));
      for (const found of read) {
        if (found === undefined) return err([this.#stream.silent()]);
        if (found === null || found.json === UNREADABLE) continue;
        events.push({ sequence: found.sequence, event: JSON.parse(found.json) as unknown });
      }
    }
    return ok({ events, last });
  }

  /** null = it was removed; undefined = no answer. `last`: of the stream that holds it now. */
  async #eventAt(sequence: number, last: number): Promise<FedEvent | null | undefined> {
    // A stream that ends before what we know was made again, with other events.
    const isSame = last >= this.last;
    const known = isSame ? this.#rememberedAt(sequence) : undefined;
    if (known !== undefined) return known;
    const { begun } = this;
    const stored = await this.#stream.get({ seq: sequence });
    if (stored === undefined || stored === null) return stored;
    const event = fed(stored);
    if (isSame && begun === this.begun) this.#remember(event);
    return event;
  }

  #rememberedAt(sequence: number): FedEvent | undefined {
    const kept = this.#keptAfter(sequence - 1);
    return kept?.sequence === sequence ? kept : this.#paged.get(sequence);
  }

  #remember(event: FedEvent): void {
    this.#paged.set(event.sequence, event);
    for (const oldest of this.#paged.keys()) {
      if (this.#paged.size <= MAX_KEPT) break;
      this.#paged.delete(oldest);
    }
  }

  #keptAfter(sequence: number): FedEvent | null {
    let [low, high] = [0, this.#kept.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#kept[middle]?.sequence ?? 0) <= sequence) low = middle + 1;
      else high = middle;
    }
    return this.#kept[low] ?? null;
  }

  async #read(): Promise<void> {
    if (this.#last === undefined) {
      const newest = await this.#newest();
      if (newest === undefined) return;
      this.#last = newest ?? NOTHING;
      this.#wakeAll();
    }
    for (let isFirst = true; !this.#loop.isStopping; isFirst = false) {
      const stored = await this.#stream.next(this.#last.sequence + 1);
      if (stored === undefined) return;
      if (stored === null) {
        if (!isFirst || !(await this.#isMadeAgain(this.#last))) return;
        this.#beginAgain();
        continue;
      }
      this.#last = stored;
      this.#kept.push(fed(stored));
      if (this.#kept.length > MAX_KEPT) this.#kept.splice(0, this.#kept.length - MAX_KEPT);
      this.#wakeAll();
    }
  }

  #newest(): Promise<StoredMessage | null | undefined> {
    return this.#stream.get({ last_by_subj: eventsOf(this.#options.cluster).all });
  }

  /** A stream that was lost is made again and counts from 1: its last event is lower, and later. */
  async #isMadeAgain({ sequence, atMs }: StoredPlace): Promise<boolean> {
    const newest = await this.#newest();
    return newest != null && newest.sequence < sequence && newest.atMs > atMs;
  }

  #beginAgain(): void {
    this.#last = NOTHING;
    this.#kept.length = 0;
    this.#paged.clear();
    this.#begun += 1;
  }

  #wakeAll(): void {
    for (const wake of [...this.#waiting]) wake();
  }
}

function jsonIn({ data }: StoredMessage): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(data));
  } catch {
    return undefined;
  }
}

/** Stands for what is no JSON. */
const UNREADABLE = 'null';

// On one line, however it was written: a line break would end the message of a stream.
const fed = (stored: StoredMessage): FedEvent => ({
  sequence: stored.sequence,
  json: JSON.stringify(jsonIn(stored)) ?? UNREADABLE,
});
