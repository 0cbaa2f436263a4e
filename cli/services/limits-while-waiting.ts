import type { Clock } from '../../shared/clock.js';

/** What is waited for, and what is done meanwhile. */
export interface WaitingOptions {
  readonly clock: Clock;
  /** Time after which limits are put back, and then again, ms; 0 = never. */
  readonly afterMs: number;
  /** Aborts when there is nothing to wait for any more. */
  readonly signal: AbortSignal;
  /** Puts back what agents of this host left. Must not reject. */
  readonly putBack: () => Promise<void>;
}

/**
 * What becomes of limits while an agent waits for NATS: nobody corrects what an agent before it
 * left, so after a while it is put back. Resolves when the signal has aborted and nothing is being
 * put back.
 */
export async function putBackWhileWaiting(options: WaitingOptions): Promise<void> {
  const { clock, afterMs, signal, putBack } = options;
  if (afterMs === 0) return;
  while (!signal.aborted) {
    await clock.sleep(afterMs, signal);
    if (!signal.aborted) await putBack();
  }
}
