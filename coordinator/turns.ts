import type { KeyValueStore } from '../proto/store.js';
import type { Fault } from '../shared/result.js';
import { campaign } from './candidate.js';
import {
  type CoordinatorDeps,
  type CoordinatorHandle,
  type CoordinatorSettings,
  startCoordinator,
} from './coordinator.js';

export interface Turns extends Omit<CoordinatorDeps, 'won'> {
  readonly lease: KeyValueStore;
  /** A fresh random text per call. */
  readonly newNonce: () => string;
  readonly signal: AbortSignal;
}

/**
 * Leads whenever it is this coordinator's turn, and stands by otherwise, until the signal (null). Faults are of what a leader finds in the store: nobody else could lead with
 * it either.
 */
export async function leadInTurn(settings: CoordinatorSettings, turns: Turns): Promise<readonly Fault[] | null> {
  const { lease, newNonce, signal, ...deps } = turns;
  const { clock, log } = deps;
  const { name: holder, leaseMs } = settings;
  let last: { readonly lastNonce?: string } = {};
  for (;;) {
    const won = await campaign({ store: lease, clock, log, holder, newNonce, leaseMs, signal, ...last });
    if (won === null) return null;
    const coordinator = await startCoordinator(settings, { ...deps, won });
    if (!coordinator.ok) return coordinator.error;
    await ended(coordinator.value, signal);
    await coordinator.value.stop();
    if (signal.aborted) return null;
    last = { lastNonce: coordinator.value.nonce };
  }
}

/** Resolves when it leads no more, or when the signal says so. */
async function ended(coordinator: CoordinatorHandle, signal: AbortSignal): Promise<void> {
  let stop: () => void = () => {};
  const aborted = new Promise<void>((resolve) => {
    stop = resolve;
    signal.addEventListener('abort', stop, { once: true });
    if (signal.aborted) resolve();
  });
  await Promise.race([aborted, coordinator.ended]);
  signal.removeEventListener('abort', stop);
}
