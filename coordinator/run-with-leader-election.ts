import type { StoreFailure } from '../proto/store.js';
import { type Fault, ok, type Result } from '../shared/result.js';
import type { CoordinatorDeps, CoordinatorHandle, CoordinatorSettings } from './contract.js';
import { type AcquiredLease, acquireLease, type CampaignOptions } from './election/candidate.js';
import { isPassing, untilAnswered } from './election/retry-store.js';
import { startCoordinator } from './start.js';
import { follows, type Identity } from './store/lease.js';
import { recallFrom } from './store/bucket-mark.js';
import { openStores, type Stores } from './store/persistence.js';
import type { Remembered } from './store/refill.js';

export interface TurnsDeps extends Omit<CoordinatorDeps, 'won' | 'remembered'> {
  /** A fresh random text per call. */
  readonly newNonce: () => string;
  readonly signal: AbortSignal;
  /**
   * Knows itself to be the only one: takes the lease at first from whoever holds it. Default no.
   */
  readonly isOnly?: boolean;
  /** Told of each coordinator that leads. */
  readonly onLeading?: (coordinator: CoordinatorHandle) => void;
}

const TRIES_PER_LEASE = 4;

/**
 * Leads whenever it is this coordinator's turn, and stands by otherwise, until the signal (`null`).
 * Buckets that are gone when it leads again, and that nobody else led with meanwhile, are made and
 * filled again from what it remembers. Faults are of what a leader finds in the store, and nobody
 * else could lead with either; a store that does not answer is tried again, however long.
 */
export async function runWithLeaderElection(
  settings: CoordinatorSettings,
  deps: TurnsDeps,
): Promise<readonly Fault[] | null> {
  const { signal, newNonce: _, isOnly = false, onLeading, ...others } = deps;
  const { cluster, replicas } = settings;
  const open = () => openStores(deps.stores, cluster);
  const opened = isOnly ? await open() : await untilAnswered(open, deps);
  if (opened === null) return null;
  if (!opened.ok) return opened.error;
  const memory = new Memory();
  const turn = (): Promise<AcquiredLease | null> =>
    acquireLease(campaignOf(settings, { ...deps, buckets: opened.value, memory }));
  for (let won = isOnly ? undefined : await turn(); won !== null; won = await turn()) {
    const mine: Pick<CoordinatorDeps, 'won' | 'remembered'> =
      won === undefined ? {} : { won, ...memory.rememberedFor(won) };
    // Those that are there stay as they are.
    if (mine.remembered !== undefined) await deps.stores.install(cluster, { replicas });
    const coordinator = await startCoordinator(settings, { ...others, ...mine });
    if (coordinator.ok) {
      onLeading?.(coordinator.value);
      await ended(coordinator.value, signal);
      await coordinator.value.stop();
      memory.hasLed(coordinator.value);
    } else {
      if (won === undefined || !isPassing(coordinator.error)) return coordinator.error;
      memory.sees(won.held);
      deps.log.warn('coordinator: cannot lead yet; it stands by again', { why: coordinator.error });
      await deps.clock.sleep(settings.leaseMs / TRIES_PER_LEASE, signal);
    }
  }
  return null;
}

/** What this process knows from the last time it led, and of whoever led since. */
class Memory {
  lastNonce: string | undefined;
  remembered: Remembered | undefined;
  obeyedEpoch = 0;
  #seen: Identity | null = null;

  /** What lost buckets may be filled with by the winner of this lease. */
  rememberedFor({ held }: AcquiredLease): { readonly remembered?: Remembered } {
    const { remembered } = this;
    return remembered !== undefined && follows(held.epoch, remembered.state.epoch)
      ? { remembered }
      : {};
  }

  /** The latest lease that was seen. */
  get seen(): Identity | null {
    return this.#seen;
  }

  hasLed({ nonce, remembered, obeyedEpoch, incarnation, epoch }: CoordinatorHandle): void {
    this.lastNonce = nonce;
    this.remembered = obeyedEpoch > epoch ? undefined : remembered;
    this.obeyedEpoch = obeyedEpoch;
    this.sees({ incarnation, epoch, isMarked: true });
  }

  /** Once somebody else has led, what we knew is out of date. */
  sees(lease: Identity): void {
    this.#seen = lease;
    if (this.remembered !== undefined && lease.epoch > this.remembered.state.epoch)
      this.remembered = undefined;
  }
}

interface CampaignDeps extends TurnsDeps {
  readonly buckets: Stores;
  readonly memory: Memory;
}

function campaignOf(settings: CoordinatorSettings, deps: CampaignDeps): CampaignOptions {
  const { clock, log, signal, newNonce, buckets, memory } = deps;
  const { name: holder, leaseMs } = settings;
  const { lastNonce, remembered, obeyedEpoch } = memory;
  return {
    ...{ store: buckets.lease, clock, log, holder, newNonce, leaseMs, signal, obeyedEpoch },
    recall: () => recallOf(buckets, memory),
    isOfAnother: () => memory.seen !== null && memory.remembered === undefined,
    onSeen: (lease) => memory.sees(lease),
    ...(lastNonce === undefined ? {} : { lastNonce }),
    ...(remembered === undefined ? {} : { onMissing: () => install(deps, settings) }),
  };
}

/** By the buckets, or else by what we have seen: whichever knows of the later leader. */
async function recallOf(
  stores: Stores,
  { seen }: Memory,
): Promise<Result<Identity | null, StoreFailure>> {
  const marked = await recallFrom(stores);
  if (seen === null) return marked;
  if (!marked.ok) return marked.error === 'missing-bucket' ? ok(seen) : marked;
  return ok(marked.value !== null && marked.value.epoch > seen.epoch ? marked.value : seen);
}

async function install(
  { stores, log, memory }: CampaignDeps,
  { cluster, replicas }: CoordinatorSettings,
): Promise<void> {
  if (memory.remembered === undefined) return;
  const made = await stores.install(cluster, { replicas });
  log.error('coordinator: buckets are gone; they are made again', { madeAgain: made.ok });
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
