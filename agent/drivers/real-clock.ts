import { performance } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import type { Clock } from '../../shared/clock.js';

/** The machine's clock. Composition roots make one and hand it down. */
export const realClock = (): Clock => ({
  now: () => performance.now(),
  wall: () => Date.now(),
  sleep: async (ms, signal) => {
    if (signal?.aborted === true) return;
    await delay(ms, undefined, signal === undefined ? {} : { signal }).catch(() => undefined);
  },
});
