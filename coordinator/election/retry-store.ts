import type { Clock } from '../../shared/clock.js';
import type { Log } from '../../shared/log.js';
import type { Fault, Result } from '../../shared/result.js';

export interface RetryOptions {
  readonly clock: Clock;
  readonly log: Log;
  readonly signal: AbortSignal;
}

/** Time between two tries, and least time between two lines that say so, ms. */
const RETRY_MS = 2_000;
const LOG_INTERVAL_MS = 60_000;

/**
 * A store without an answer, as while its servers elect one of them, or a leader that was replaced
 * while it took over: somebody may lead soon.
 */
export const isTransient = (faults: readonly Fault[]): boolean =>
  faults.every(({ code }) => code === 'store.silent');

/**
 * Asks a store again until it has answered, however long that takes: its servers may still be
 * starting, or elect. Any other fault is returned at once. null = the signal came first.
 */
export async function retryUntilAnswered<T>(
  ask: () => Promise<Result<T>>,
  { clock, log, signal }: RetryOptions,
): Promise<Result<T> | null> {
  let loggedAtMs = Number.NEGATIVE_INFINITY;
  while (!signal.aborted) {
    const answer = await ask();
    if (answer.ok || !isTransient(answer.error)) return answer;
    if (clock.now() - loggedAtMs >= LOG_INTERVAL_MS) {
      loggedAtMs = clock.now();
      log.warn('coordinator: waits for the store', { why: answer.error[0]?.message });
    }
    await clock.sleep(RETRY_MS, signal);
  }
  return null;
}
