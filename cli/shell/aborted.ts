import type { Bus } from '../../proto/bus.js';

/** Resolves when the signal aborts. */
export const untilAborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });

/** True when the bus closed for good, false when the signal aborted first. */
export function untilClosedOrAborted(bus: Bus, signal: AbortSignal): Promise<boolean> {
  return new Promise((resolve) => {
    if (bus.state === 'closed') return resolve(true);
    const subscription = bus.onState((state) => {
      if (state === 'closed') resolve(true);
    });
    void untilAborted(signal).then(() => {
      subscription.unsubscribe();
      resolve(false);
    });
  });
}
