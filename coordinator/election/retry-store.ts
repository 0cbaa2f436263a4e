import type { Clock } from '../../shared/clock.js';
import type { Log } from '../../shared/log.js';
import type { Fault, Result } from '../../shared/result.js';

export interface PatienceOptions {
  readonly clock: Clock;
  readonly log: Log;
  readonly signal: AbortSignal;
}

/** Time between two tries, and least time between two lines that say so, ms. */
const TRY_MS = 2_000;
const TELL_MS = 60_000;

/**
 * A store without an answer, as while its servers elect one of them, or a leader that was replaced
 * while it took over: somebody may lead soon.
 */
export const isPassing = (faults: readonly Fault[]): boolean =>
  faults.every(({ code }) => code === 'store.silent');

/**
 * Asks a store again until it has answered, however long that takes: its servers may still be
 * starting, or elect. Any other fault is returned at once. null = the signal came first.
 */
export async function untilAnswered<T>(
  ask: () => Promise<Result<T>>,
  { clock, log, signal }: PatienceOptions,
): Promise<Result<T> | null> {
  let toldAtMs = Number.NEGATIVE_INFINITY;
  while (!signal.aborted) {
    const answer = await ask();
    if (answer.ok || !isPassing(answer.error)) return answer;
    if (clock.now() - toldAtMs >= TELL_MS) {
      toldAtMs = clock.now();
      log.warn('coordinator: waits for the store', { why: answer.error[0]?.message });
    }
    await clock.sleep(TRY_MS, signal);
  }
  return null;
}
