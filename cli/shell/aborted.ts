import type { Bus } from '../../proto/bus.js';
import type { ExitCode } from '../output/faults.js';
import type { App } from './app.js';

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

/** Who stopped a list has not got all of it; a program that closed the pipe wanted no more. */
export const cutShort = ({ isEndAsked, signal }: App): ExitCode =>
  (isEndAsked?.() ?? signal.aborted) ? 1 : 0;

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
