import type { Bus } from '../../proto/bus.js';

/** Resolves when the signal aborts. */
export const untilAborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });

/** The value, or undefined when the signal aborts first. Leaves no listener behind. */
export function orAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T | undefined> {
  if (signal.aborted) return Promise.resolve(undefined);
  return new Promise((resolve, reject) => {
    const onAbort = (): void => resolve(undefined);
    signal.addEventListener('abort', onAbort, { once: true });
    const over = (): void => signal.removeEventListener('abort', onAbort);
    promise.then(
      (value) => {
        over();
        resolve(value);
      },
      (cause: unknown) => {
        over();
        reject(cause);
      },
    );
  });
}

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
