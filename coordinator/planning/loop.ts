import type { Clock } from '../../shared/clock.js';
import { messageOf } from '../../shared/errors.js';
import type { Log } from '../../shared/log.js';

export interface LoopOptions {
  readonly clock: Clock;
  readonly log: Log;
  /** Longest time between two passes, ms. */
  readonly periodMs: number;
  /**
   * After being woken, least time to wait for more of it before the pass, ms; as long as the pass
   * before took, up to `maxCoalesceMs`: what is read together costs less.
   */
  readonly coalesceMs: number;
  readonly maxCoalesceMs: number;
  readonly pass: () => Promise<void>;
}

/**
 * One pass at a time, on a timer and when woken; what comes during a pass causes one more. A pass
 * that throws is logged and the loop goes on.
 */
export class Loop {
  readonly #options: LoopOptions;
  readonly #stopping = new AbortController();
  #isDirty = false;
  #nap = new AbortController();
  #running: Promise<void> | undefined;

  constructor(options: LoopOptions) {
    this.#options = options;
  }

  start(): void {
    this.#running ??= this.#run();
  }

  /** Something changed: pass soon. */
  wake(): void {
    this.#isDirty = true;
    this.#nap.abort();
  }

  /** Resolves after the pass in progress. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#nap.abort();
    await this.#running;
  }

  async #run(): Promise<void> {
    const { clock, log, coalesceMs, maxCoalesceMs, pass } = this.#options;
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      this.#isDirty = false;
      const begunMs = clock.now();
      try {
        await pass();
      } catch (cause) {
        log.error('coordinator: a pass failed', { cause: messageOf(cause) });
      }
      const restMs = Math.min(maxCoalesceMs, Math.max(coalesceMs, clock.now() - begunMs));
      await this.#sleep();
      if (this.#isDirty && !signal.aborted) await clock.sleep(restMs, signal);
    }
  }

  async #sleep(): Promise<void> {
    const { clock, periodMs } = this.#options;
    this.#nap = new AbortController();
    if (this.#isDirty || this.#stopping.signal.aborted) return;
    await clock.sleep(periodMs, this.#nap.signal);
  }
}
