import { randomUUID } from 'node:crypto';
import type { StoreFailure } from '../proto/store.js';
import { type Fault, ok, type Result } from '../shared/result.js';
import { campaign } from './candidate.js';
import { type CoordinatorDeps, type CoordinatorSettings, startCoordinator } from './coordinator.js';
import type { Identity } from './state/persist-lease.js';
import { recallFrom } from './state/persist-mark.js';
import type { Remembered } from './state/persist-refill.js';
import { openStores, type Stores } from './state/persistence.js';

export interface TurnsDeps extends Omit<CoordinatorDeps, 'won' | 'remembered'> {
  readonly signal: AbortSignal;
}

/** What is kept from the last time this coordinator led. */
interface Last {
  readonly lastNonce: string;
  readonly remembered: Remembered;
}

/**
 * Leads whenever it is this coordinator's turn, and stands by otherwise, until the signal (`null`). Buckets that are gone when it leads again, and that nobody else led with meanwhile, are made
 * and filled again from what it remembers. Faults are of what a leader finds in the store: nobody else could lead with it either.
 */
export async function leadInTurn(settings: CoordinatorSettings, deps: TurnsDeps): Promise<readonly Fault[] | null> {
  const { signal, ...others } = deps;
  const { clock, log, stores: provider } = deps;
  const { name: holder, leaseMs, cluster, replicas } = settings;
  const opened = await openStores(provider, cluster);
  if (!opened.ok) return opened.error;
  const stores = opened.value;
  let last: Last | undefined;
  for (;;) {
    const { lastNonce, remembered } = last ?? {};
    const won = await campaign({
      ...{ store: stores.lease, clock, log, holder, newNonce: randomUUID, leaseMs, signal },
      recall: () => recallOf(stores, remembered),
      ...(lastNonce === undefined ? {} : { lastNonce }),
      ...(remembered === undefined ? {} : { onMissing: () => install(deps, settings) }),
    });
    if (won === null) return null;
    const isNext = won.held.epoch === (remembered?.state.epoch ?? Number.NaN) + 1;
    const mine = remembered !== undefined && isNext ? { remembered } : {};
    // Those that are there stay as they are.
    if (mine.remembered !== undefined) await provider.install(cluster, { replicas });
    const coordinator = await startCoordinator(settings, { ...others, won, ...mine });
    if (!coordinator.ok) return coordinator.error;
    await Promise.race([aborted(signal), coordinator.value.ended]);
    await coordinator.value.stop();
    if (signal.aborted) return null;
    last = { lastNonce: coordinator.value.nonce, remembered: coordinator.value.remembered };
  }
}

/** By the buckets, or else by us: whoever knows of the later leader. */
async function recallOf(
  stores: Stores,
  remembered: Remembered | undefined,
): Promise<Result<Identity | null, StoreFailure>> {
  const marked = await recallFrom(stores);
  if (remembered === undefined) return marked;
  const ours: Identity = { ...remembered.state, isMarked: true };
  if (!marked.ok) return marked.error === 'missing-bucket' ? ok(ours) : marked;
  return ok(marked.value !== null && marked.value.epoch > ours.epoch ? marked.value : ours);
}

async function install({ stores, log }: TurnsDeps, { cluster, replicas }: CoordinatorSettings): Promise<void> {
  const made = await stores.install(cluster, { replicas });
  log.error('coordinator: buckets are gone; they are made again', { madeAgain: made.ok });
}

const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
