import type { Clock } from '../../shared/clock.js';
import { messageOf } from '../../shared/errors.js';
import type { Log } from '../../shared/log.js';
import { WakeLoop } from '../../shared/wake-loop.js';
import type { PolicyParams } from '../schedule/types.js';

/** When passes run, and what a pass does. */
export interface LoopOptions {
  readonly clock: Clock;
  readonly log: Log;
  /** Longest time between two passes, ms. */
  readonly periodMs: number;
  /**
   * After being woken, least time to wait for more of it before the pass, ms; as long as the pass
   * before took, since what is read together costs less, but not so long that more than
   * `rhythmMs` lie between the beginnings of two passes: what came during a long one waits already.
   */
  readonly coalesceMs: number;
  readonly rhythmMs: number;
  readonly pass: () => Promise<void>;
}

const COALESCE_MS = 20;
/**
 * Time between the beginnings of two passes while reports come all the time, ms. To wait for as
 * long as a pass took feeds on itself: the next one then reads more and takes longer.
 */
const RHYTHM_MS = 60;
/**
 * Longest time between two passes, ms: what bounds the delay of a due listener or of a node found
 * silent.
 */
const MAX_PERIOD_MS = 1000;

/** When passes run where nodes report as often as that. */
export const rhythmFor = ({
  intervalMs,
}: Pick<PolicyParams, 'intervalMs'>): Pick<
  LoopOptions,
  'periodMs' | 'coalesceMs' | 'rhythmMs'
> => ({
  periodMs: Math.min(MAX_PERIOD_MS, intervalMs / 2),
  coalesceMs: COALESCE_MS,
  rhythmMs: RHYTHM_MS,
});

/**
 * One pass at a time, on a timer and when woken; what comes during a pass causes one more. A pass
 * that throws is logged and the loop goes on.
 */
export class Loop {
  readonly #loop: WakeLoop;

  constructor({ clock, log, periodMs, coalesceMs, rhythmMs, pass }: LoopOptions) {
    this.#loop = new WakeLoop({
      clock,
      pass,
      onError: (cause) => log.error('coordinator: a pass failed', { cause: messageOf(cause) }),
      pauseMs: () => periodMs,
      coalesceMs: (tookMs) => Math.max(coalesceMs, Math.min(tookMs, rhythmMs - tookMs)),
    });
  }

  start(): void {
    this.#loop.start();
  }

  /** Something changed: pass soon. */
  wake(): void {
    this.#loop.wake();
  }

  /** Resolves after the pass in progress. */
  stop(): Promise<void> {
    return this.#loop.stop();
  }
}
