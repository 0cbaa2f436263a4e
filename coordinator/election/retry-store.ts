import type { Clock } from '../../shared/clock.js';
import type { Log } from '../../shared/log.js';
import type { Fault, Result } from '../../shared/result.js';

/** How `retryUntilAnswered` waits, and where it says that it waits. */
export interface RetryOptions {
  readonly clock: Clock;
  readonly log: Log;
  readonly signal: AbortSignal;
}

/** Time between two tries, ms. */
const RETRY_MS = 2_000;
/** Shortest time between two log lines about it, ms. */
const LOG_INTERVAL_MS = 60_000;

/**
 * Whether all faults may pass by themselves: a store without an answer, as while NATS servers elect
 * a leader, or a takeover during which another coordinator took the lease.
 */
export const isTransient = (faults: readonly Fault[]): boolean =>
  faults.every(({ code }) => code === 'store.silent');

/**
 * Repeats `ask` every 2 s until the store answers, without a time limit: its servers may still be
 * starting or electing a leader. A fault that does not pass by itself is returned at once. null =
 * the signal was aborted first.
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
      log.warn('coordinator: waiting for the store', { why: answer.error[0]?.message });
    }
    await clock.sleep(RETRY_MS, signal);
  }
  return null;
}
