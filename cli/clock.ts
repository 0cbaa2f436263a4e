import type { Clock } from '../shared/clock.js';

/** The clock of this machine. All code that needs time gets it as an argument. */
export const realClock: Clock = {
  now: () => performance.now(),
  wall: () => Date.now(),
  sleep: (ms, signal) =>
    new Promise((resolve) => {
      if (signal?.aborted === true) return resolve();
      const end = (): void => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', end);
        resolve();
      };
      const timer = setTimeout(end, ms);
      signal?.addEventListener('abort', end, { once: true });
    }),
};

/** Each looks at two clocks in turn: the thread may rest between them, but not each time. */
const LOOKS = 8;

/**
 * What the time of this machine, which all threads share, is ahead of `realClock` on this thread,
 * ms: the monotonic clock of each thread begins with it.
 */
export function clockOriginMs(): number {
  const seen = Array.from(
    { length: LOOKS },
    () => Number(process.hrtime.bigint()) / 1e6 - performance.now(),
  );
  return Math.max(...seen);
}

/** The clock of this machine as it is on the thread with this origin. */
export function clockWithOrigin(originMs: number): Clock {
  const aheadMs = clockOriginMs() - originMs;
  return { ...realClock, now: () => performance.now() + aheadMs };
}
