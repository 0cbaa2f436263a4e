import type { Clock } from './clock.js';

/** When the work of a loop is done, and by which clock. */
export interface WakeLoopOptions {
  readonly clock: Clock;
  /**
   * One round of work. `woken` aborts when the loop is woken or stopped meanwhile, so that a pass
   * that waits can end its wait early.
   */
  readonly pass: (woken: AbortSignal) => Promise<void>;
  /** Called with what a pass rejected with; the loop goes on. */
  readonly onError: (cause: unknown) => void;
  /** Longest sleep between two passes, ms; asked after each pass. */
  readonly pauseMs: () => number;
  /**
   * Wait between being woken and the pass, ms, so that wake-ups close together make one pass.
   * `tookMs` is what the pass before took. Absent = no wait.
   */
  readonly coalesceMs?: (tookMs: number) => number;
}

const WOKEN = 'woken';

/**
 * One pass at a time: the first at once, then when the pause ends or the loop is woken. A wake-up
 * during a pass causes one more pass, however often it comes. Time is the injected clock's.
 */
export class WakeLoop {
  readonly #options: WakeLoopOptions;
  readonly #stopping = new AbortController();
  /** Of the round in progress; aborted = the loop was woken since the round began. */
  #round = new AbortController();
  #running: Promise<void> | undefined;

  constructor(options: WakeLoopOptions) {
    this.#options = options;
  }

  /** True from `stop` on. */
  get isStopping(): boolean {
    return this.#stopping.signal.aborted;
  }

  /** Begins with a pass. Idempotent. */
  start(): void {
    this.#running ??= this.#run();
  }

  /** Asks for a pass soon. Cheap; many calls make one pass. */
  wake(): void {
    // Aborting again would make an exception with its stack for each message that comes.
    if (!this.#round.signal.aborted) this.#round.abort(WOKEN);
  }

  /** Resolves after the pass in progress; no pass begins afterwards. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    this.wake();
    await this.#running;
  }

  async #run(): Promise<void> {
    const { clock, pass, onError, pauseMs, coalesceMs } = this.#options;
    const { signal: stopping } = this.#stopping;
    while (!stopping.aborted) {
      this.#round = new AbortController();
      const { signal: woken } = this.#round;
      const beganMs = clock.now();
      try {
        await pass(woken);
      } catch (cause) {
        onError(cause);
      }
      const tookMs = clock.now() - beganMs;
      if (!woken.aborted) await clock.sleep(pauseMs(), woken);
      const restMs = woken.aborted ? (coalesceMs?.(tookMs) ?? 0) : 0;
      if (restMs > 0 && !stopping.aborted) await clock.sleep(restMs, stopping);
    }
  }
}
