import type { Clock } from '../../shared/clock.js';

/** Longest time between two resyncs, ms: watch messages may be lost. */
const MAX_INTERVAL_MS = 30_000;
/** Delay after a watch message, ms. Our own writes cause messages too, so they are gathered. */
const HINT_DELAY_MS = 2_000;
/** A new leader looks that often for what the one before stored late, ms, and for how long. */
const EARLY_INTERVAL_MS = 4_000;
const EARLY_MS = 60_000;
/** Longest time between two full resyncs, which do not trust the store's revision, ms. */
const FULL_INTERVAL_MS = 600_000;

/** Reads a store again; `full`: every value, whatever the store's revision. Must not reject. */
export type ResyncTask = (full: boolean) => Promise<void>;

/** What is read again, and when not to. */
export interface ResyncOptions {
  readonly clock: Clock;
  /** Asked before each task. */
  readonly leads: () => boolean;
  /** Run one after the other. */
  readonly tasks: readonly ResyncTask[];
  /** Run every 4 s in the first minute, beside the tasks; must not reject. Absent = none. */
  readonly early?: () => Promise<void>;
}

/**
 * Reads the stores again every 30 s, and 2 s after a watch message; in full every 10 minutes and
 * after a reconnect. What this process remembers of a store may differ from what the store holds.
 */
export class Resync {
  readonly #options: ResyncOptions;
  #dueAtMs: number;
  #fullAtMs: number;
  #earlyAtMs: number;
  readonly #earlyEndMs: number;

  constructor(options: ResyncOptions) {
    this.#options = options;
    this.#dueAtMs = options.clock.now() + MAX_INTERVAL_MS;
    this.#fullAtMs = options.clock.now() + FULL_INTERVAL_MS;
    this.#earlyAtMs = options.clock.now() + EARLY_INTERVAL_MS;
    this.#earlyEndMs = options.clock.now() + EARLY_MS;
  }

  /** A value may have changed: resync in 2 s at the latest. */
  requestSoon(): void {
    this.#dueAtMs = Math.min(this.#dueAtMs, this.#options.clock.now() + HINT_DELAY_MS);
  }

  /** The connection was lost: servers that lost writes may reuse their revisions, so read all. */
  requestFull(): void {
    this.requestSoon();
    this.#fullAtMs = this.#dueAtMs;
  }

  /** Runs all tasks where a resync is due, else nothing. Not to be called during a pass. */
  async runIfDue(): Promise<void> {
    const { clock, leads, tasks } = this.#options;
    const nowMs = clock.now();
    if (nowMs < this.#dueAtMs) return this.#runEarlyIfDue(nowMs);
    const full = nowMs >= this.#fullAtMs;
    this.#dueAtMs = nowMs + MAX_INTERVAL_MS;
    if (full) this.#fullAtMs = nowMs + FULL_INTERVAL_MS;
    for (const task of tasks) if (leads()) await task(full);
  }

  async #runEarlyIfDue(nowMs: number): Promise<void> {
    const { leads, early } = this.#options;
    if (early === undefined || nowMs < this.#earlyAtMs || nowMs > this.#earlyEndMs) return;
    this.#earlyAtMs = nowMs + EARLY_INTERVAL_MS;
    if (leads()) await early();
  }
}
