import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from '../../shared/clock.js';

/** Real time that passes `factor` times as fast, for deadlines of real programs. */
export function fastClock(factor: number): Clock {
  return {
    now: () => performance.now() * factor,
    wall: () => Date.now(),
    sleep: async (ms, signal) => {
      await sleep(ms / factor, undefined, signal === undefined ? {} : { signal }).catch(
        () => undefined,
      );
    },
  };
}
