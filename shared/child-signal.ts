/** A signal of its own that a longer-lived one aborts too. */
export interface ChildSignal {
  readonly signal: AbortSignal;
  /** Aborts it and forgets the parent. Call it when the work is done, too. */
  abort(reason?: unknown): void;
}

/**
 * Aborts when `parent` does, or by its own `abort`, which also takes the listener off the parent.
 * `AbortSignal.any` leaves about 55 B on a long-lived parent at each call (Node 20), which adds up
 * to 100 MB a day in an agent with ten sources.
 */
export function childSignal(parent: AbortSignal): ChildSignal {
  const own = new AbortController();
  const onAbort = (): void => own.abort(parent.reason);
  if (parent.aborted) onAbort();
  else parent.addEventListener('abort', onAbort, { once: true });
  return {
    signal: own.signal,
    abort: (reason) => {
      parent.removeEventListener('abort', onAbort);
      own.abort(reason);
    },
  };
}
