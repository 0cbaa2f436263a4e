import type { Clock } from '../../shared/clock.js';
import type { Steps } from '../../shared/steps.js';

/** After this long, work lets timers and messages run before it goes on, ms. */
const SLICE_MS = 25;

/**
 * Hands out time slices to long work. The lease has to be renewed and calls answered on the same
 * thread, so no work may keep it for long.
 */
export interface Pace {
  /** Starts a slice; to be called where long work begins. */
  begin(): TimeSlice;
}

/** How long one piece of work may keep the thread. */
export interface TimeSlice {
  /** Whether the slice is used up. */
  readonly isOver: boolean;
  /** Resolves after timers and messages had their turn, with a new slice. Never rejects. */
  yield(): Promise<void>;
}

/** Slices of 25 ms. With a clock that stands still during work (tests) no slice is ever over. */
export const paceOf = (clock: Clock): Pace => ({
  begin: () => {
    let sinceMs = clock.now();
    return {
      get isOver() {
        return clock.now() - sinceMs >= SLICE_MS;
      },
      yield: async () => {
        await clock.sleep(0);
        sinceMs = clock.now();
      },
    };
  },
});

/**
 * Runs a step generator to its end and resolves with its value, yielding the thread between steps
 * where the slice is over. Rejects with what a step throws.
 */
export async function runSteps<T>(steps: Steps<T>, slice: TimeSlice): Promise<T> {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
    if (slice.isOver) await slice.yield();
  }
}
