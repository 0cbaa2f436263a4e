import type { Clock } from '../../shared/clock.js';
import type { Steps } from '../../shared/steps.js';

/** After so long, work lets requests and messages have their turn, ms. */
const SLICE_MS = 25;

/**
 * Takes all steps and resolves with what they return, yielding the thread between two of them where
 * a slice is used up. Rejects with what a step throws.
 */
export async function inSlices<T>(steps: Steps<T>, clock: Clock): Promise<T> {
  let sinceMs = clock.now();
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
    if (clock.now() - sinceMs < SLICE_MS) continue;
    await clock.sleep(0);
    sinceMs = clock.now();
  }
}
