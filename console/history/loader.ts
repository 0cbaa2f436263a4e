import type { Bus, BusState, Subscription } from '../../proto/bus.js';
import {
  eachOfSubject,
  firstSince,
  historyOf,
  partsOf,
  StreamReader,
} from '../../proto/stream-reader.js';
import { subjectsOf } from '../../proto/subjects.js';
import { decodeMinute } from '../../proto/view.js';
import type { Clock } from '../../shared/clock.js';
import type { Log } from '../../shared/log.js';
import { WakeLoop } from '../../shared/wake-loop.js';

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
/** A connection may have been gone for so long before that is noticed, ms. */
const UNNOTICED_MS = 120_000;

/** What is stored from a time on and may not be known. */
interface Missing {
  /** Unix time, ms. */
  readonly sinceMs: number;
  hasSaid: boolean;
}

/**
 * Fills a day from the stored minutes, and keeps it filled from those that come; those that came
 * while the connection was lost are read when it is back. Reading goes on in the background: what
 * is not read yet is not known yet.
 */
export class DayLoader {
  readonly #options: LoaderOptions;
  readonly #loop: WakeLoop;
  readonly #subscriptions: Subscription[] = [];
  /** undefined = all that is stored is known. */
  #missing: Missing | undefined;

  constructor(options: LoaderOptions) {
    this.#options = options;
    this.#loop = new WakeLoop({
      clock: options.clock,
      pass: () => this.#look(),
      onError: (cause) => options.log.error('console: reading stored minutes failed', { cause }),
      pauseMs: () => RETRY_MS,
    });
  }

  start(): void {
    const { bus, cluster, clock } = this.#options;
    const { allMinutes } = subjectsOf(cluster);
    this.#subscriptions.push(
      bus.subscribe(allMinutes, ({ data }) => void this.#take(data)),
      bus.onState((state) => this.#onState(state)),
    );
    this.#missing = { sinceMs: clock.wall() - DAY_MS, hasSaid: false };
    this.#loop.start();
  }

  async stop(): Promise<void> {
    for (const each of this.#subscriptions.splice(0)) each.unsubscribe();
    await this.#loop.stop();
  }

  #onState(state: BusState): void {
    const { clock, day } = this.#options;
    if (state === 'connected') {
      this.#loop.wake();
      return;
    }
    const before = this.#missing?.sinceMs ?? Number.POSITIVE_INFINITY;
    this.#missing = { sinceMs: Math.min(before, clock.wall() - UNNOTICED_MS), hasSaid: false };
    day.noteMissing();
  }

  /** False = nothing more is wanted. */
  #take(data: Uint8Array): boolean {
    const record = decodeMinute(data);
    if (record.ok) this.#options.day.takeMinute(record.value);
    return !this.#loop.isStopping;
  }

  async #look(): Promise<void> {
    const { bus, log, day } = this.#options;
    const missing = this.#missing;
    if (missing === undefined || bus.state !== 'connected') return;
    const problem = await this.#read(missing.sinceMs);
    // Another break meanwhile: what came in it is missing still.
    if (this.#loop.isStopping || this.#missing !== missing) return;
    if (problem === undefined) {
      this.#missing = undefined;
      return day.noteLoaded();
    }
    if (!missing.hasSaid) log.warn('console: stored minutes cannot be read yet', { why: problem });
    missing.hasSaid = true;
  }

  /** What kept it from reading all since then; undefined = nothing did. */
  async #read(sinceMs: number): Promise<string | undefined> {
    const { bus, cluster } = this.#options;
    const stream = new StreamReader(bus, historyOf(cluster));
    const range = await stream.range();
    if (!range.ok) return range.error[0]?.message ?? 'no answer';
    const first = await firstSince(stream, range.value, sinceMs);
    if (first === undefined) return stream.silent().message;
    // Each is taken as it comes: a day of a thousand allocations would fill the memory, and hold
    // up everybody who asks while all of it is read at once.
    const asked = {
      subject: subjectsOf(cluster).allMinutes,
      take: ({ data }: { readonly data: Uint8Array }) => this.#take(data),
    };
    const read = await Promise.all(
      partsOf({ first, last: range.value.last }).map((part) => eachOfSubject(stream, part, asked)),
    );
    return read.every((isWhole) => isWhole) ? undefined : stream.silent().message;
  }
}
