import type { Clock } from '../../shared/clock.js';

/** How often is asked whether work is still wanted, ms: a pull may take hours. */
const ASK_MS = 1000;

/**
 * Does work that may take long. The signal that it gets is aborted as soon as it is wanted no more;
 * what of it can be left then should be.
 */
export async function whileWanted<T>(
  work: (left: AbortSignal) => Promise<T>,
  { clock, isWanted }: { readonly clock: Clock; readonly isWanted: () => boolean },
): Promise<T> {
  const [left, over] = [new AbortController(), new AbortController()];
  const watch = async (): Promise<void> => {
    while (!over.signal.aborted && isWanted()) await clock.sleep(ASK_MS, over.signal);
    if (!over.signal.aborted) left.abort();
  };
  void watch();
  try {
    return await work(left.signal);
  } finally {
    over.abort();
  }
}
