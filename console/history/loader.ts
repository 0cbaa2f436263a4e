import type { Bus, Subscription } from '../../proto/bus.js';
import {
  firstSince,
  followSubject,
  historyOf,
  partsOf,
  StreamReader,
} from '../../proto/stream-reader.js';
import { subjectsOf } from '../../proto/subjects.js';
import { decodeMinute } from '../../proto/view.js';
import type { Clock } from '../../shared/clock.js';
import type { Log } from '../../shared/log.js';

import type { Day } from './day.js';

/** Where minutes are, and what they fill. */
export interface LoaderOptions {
  readonly bus: Bus;
  readonly cluster: string;
  readonly clock: Clock;
  readonly log: Log;
  readonly day: Day;
}

const RETRY_MS = 10_000;
const DAY_MS = 86_400_000;

/**
 * Fills a day from the stored minutes, and keeps it filled from those that come. Reading goes on in
 * the background: what is not read yet is not known yet.
 */
export class DayLoader {
  readonly #options: LoaderOptions;
  readonly #stopping = new AbortController();
  #subscription: Subscription | undefined;
  #loading: Promise<void> | undefined;

  constructor(options: LoaderOptions) {
    this.#options = options;
  }

  start(): void {
    const { bus, cluster } = this.#options;
    const { allMinutes } = subjectsOf(cluster);
    this.#subscription = bus.subscribe(allMinutes, ({ data }) => this.#take(data));
    this.#loading = this.#load();
  }

  async stop(): Promise<void> {
    this.#subscription?.unsubscribe();
    this.#stopping.abort();
    await this.#loading;
  }

  #take(data: Uint8Array): void {
    const record = decodeMinute(data);
    if (record.ok) this.#options.day.takeMinute(record.value);
  }

  async #load(): Promise<void> {
    const { clock, log, day } = this.#options;
    const { signal } = this.#stopping;
    for (let hasSaid = false; !signal.aborted; hasSaid = true) {
      const problem = await this.#read();
      if (problem === undefined) return day.noteLoaded();
      if (!hasSaid) log.warn('console: stored minutes cannot be read yet', { why: problem });
      await clock.sleep(RETRY_MS, signal);
    }
  }

  /** What kept it from reading all; undefined = nothing did. */
  async #read(): Promise<string | undefined> {
    const { bus, cluster, clock } = this.#options;
    const stream = new StreamReader(bus, historyOf(cluster));
    const range = await stream.range();
    if (!range.ok) return range.error[0]?.message ?? 'no answer';
    const first = await firstSince(stream, range.value, clock.wall() - DAY_MS);
    if (first === undefined) return stream.silent().message;
    const { allMinutes } = subjectsOf(cluster);
    const read = await Promise.all(
      partsOf({ first, last: range.value.last }).map((part) =>
        followSubject(stream, part, allMinutes),
      ),
    );
    for (const { messages } of read) for (const { data } of messages) this.#take(data);
    return read.every(({ complete }) => complete) ? undefined : stream.silent().message;
  }
}
