import type { Clock } from '../../shared/clock.js';
import type { Steps } from '../../shared/steps.js';

/** Work that takes longer lets timers and messages have a turn in between, ms. */
const SLICE_MS = 25;

/**
 * How long work may keep the thread: the lease has to be renewed and calls be answered meanwhile.
 */
export interface Pace {
  /** To be called where long work begins. */
  begin(): TimeSlice;
}

export interface TimeSlice {
  /** Whether this work has kept the thread for as long as it may. */
  readonly isOver: boolean;
  /** Resolves when others had a turn; a new slice begins. Never rejects. */
  yield(): Promise<void>;
}

/** Slices of 25 ms. By a clock that stands still while work is done, nothing ever rests. */
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

/** Takes all steps, with rests between them. Throws what a step throws. */
export async function runSteps<T>(steps: Steps<T>, slice: TimeSlice): Promise<T> {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
    if (slice.isOver) await slice.yield();
  }
}
