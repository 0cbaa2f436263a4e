import { randomUUID } from 'node:crypto';
import { UNSIGNED } from '../proto/command-codec.js';
import type { EventLog, HistoryLog } from '../proto/store.js';
import { err, ok, type Result } from '../shared/result.js';
import type { CoordinatorDeps, CoordinatorHandle, CoordinatorSettings } from './contract.js';
import { Coordinator } from './coordinator.js';
import type { AcquiredLease } from './election/candidate.js';
import { Leadership } from './election/leadership.js';
import { isTransient } from './election/retry-store.js';
import { paceOf } from './pacing/pace.js';
import { identityFromMarks } from './store/bucket-mark.js';
import { type HeldLease, takeLease } from './store/lease.js';
import { type LoadedState, loadState } from './store/load-state.js';
import { openStores, type Stores, storeFault } from './store/open-stores.js';
import { type RefilledBucket, reclaim } from './store/reclaim.js';

/**
 * Takes the lease (epoch + 1) unless `acquiredLease` is given, claims and loads the buckets, writes
 * every desired state under the new epoch, then listens, answers and decides. A restart continues
 * where the last coordinator stopped: desired states keep their revisions and no container is
 * touched. Faults name the bucket or value that is wrong; a lease already taken is then released,
 * or kept to be tried again (see `takeOver`).
 */
export async function startCoordinator(
  settings: CoordinatorSettings,
  deps: CoordinatorDeps,
): Promise<Result<CoordinatorHandle>> {
  const opened = await openStores(deps.stores, settings.cluster);
  if (!opened.ok) return opened;
  const events = await eventsOf(settings, deps);
  if (!events.ok) return events;
  const history = await historyOf(settings, deps);
  if (!history.ok) return history;
  const acquired = await leaseOf(settings, deps, opened.value);
  if (!acquired.ok) return acquired;
  const { leaseMs } = settings;
  const leadership = new Leadership({
    ...acquired.value,
    store: opened.value.lease,
    clock: deps.clock,
    leaseMs,
  });
  leadership.start();
  const lease = acquired.value.held;
  const loaded = await takeOver(settings, {
    ...deps,
    stores: opened.value,
    lease,
    leadership,
  });
  if (!loaded.ok) return loaded;
  leadership.noteBucketsMarked();
  const parts = {
    stores: opened.value,
    events: events.value,
    audit: deps.stores.auditLog(settings.cluster, { replicas: settings.replicas }),
    history: history.value,
    lease,
    follows: acquired.value.follows,
    leadership,
    ...loaded.value,
  };
  // What lost buckets were refilled with is as large as the cluster, and of no more use.
  const { lastKnown: _, ...held } = deps;
  const coordinator = new Coordinator(settings, held, parts);
  const begun = await coordinator.start();
  return begun.ok ? ok(coordinator) : begun;
}

/** No decision depends on the stream of events: where it is missing it is made again. */
async function eventsOf(
  { cluster, replicas }: CoordinatorSettings,
  { stores, log }: CoordinatorDeps,
): Promise<Result<EventLog>> {
  const opened = await stores.openEvents(cluster);
  if (opened.ok) return opened;
  if (opened.error !== 'missing-bucket') return err([storeFault('events', opened.error)]);
  const made = await stores.install(cluster, { replicas });
  const again = made.ok ? await stores.openEvents(cluster) : opened;
  log.error('coordinator: the event stream was missing; its past events are lost', {
    createdAgain: again.ok,
  });
  return again.ok ? again : err([storeFault('events', again.error)]);
}

/** null = there is no stream of minutes, or these credentials are of before there was one. */
async function historyOf(
  { cluster }: CoordinatorSettings,
  { stores, log }: CoordinatorDeps,
): Promise<Result<HistoryLog | null>> {
  const opened = await stores.openHistory(cluster);
  if (opened.ok) return opened;
  const isOld = opened.error === 'missing-bucket' || opened.error === 'denied';
  if (!isOld) return err([storeFault('history', opened.error)]);
  log.warn(
    'coordinator: nothing is remembered: have the stream of minutes made once with "dqoes ' +
      'coordinator --install"',
    { reason: opened.error },
  );
  return ok(null);
}

interface TakingOver {
  readonly stores: Stores;
  readonly lease: HeldLease;
  readonly leadership: Leadership;
}

/**
 * Marks the buckets as ours, refills lost ones, then loads the state. Ends the leadership where it
 * fails; one that knows what was lost and had no answer keeps the lease, because another would take
 * it at once and know less.
 */
async function takeOver(
  { policy, acceptLost, registration = 'open' }: CoordinatorSettings,
  {
    stores,
    lease,
    leadership,
    clock,
    pace,
    log,
    commands = UNSIGNED,
    vault,
    lastKnown,
  }: Omit<CoordinatorDeps, 'stores'> & TakingOver,
): Promise<Result<{ readonly loaded: LoadedState; readonly refilled: readonly RefilledBucket[] }>> {
  const ours = lastKnown === undefined ? {} : { lastKnown };
  const leads = (): boolean => leadership.leads;
  const reclaimed = await reclaim(stores, { lease, leads, acceptLost, log, commands, ...ours });
  if (!reclaimed.ok) {
    const isKept = lastKnown !== undefined && isTransient(reclaimed.error);
    await (isKept ? leadership.leave() : leadership.stop());
    return reclaimed;
  }
  const slice = (pace ?? paceOf(clock)).begin();
  const yieldThread = async (): Promise<void> => {
    if (slice.isOver) await slice.yield();
  };
  const loaded = await loadState(stores, {
    lease,
    policy,
    registration,
    atMs: clock.now(),
    log,
    commands,
    yieldThread,
    ...(vault === undefined ? {} : { secretTroubleOf: vault.troubleOf }),
  });
  if (loaded.ok) return ok({ loaded: loaded.value, refilled: reclaimed.value });
  await leadership.stop();
  return loaded;
}

async function leaseOf(
  { name }: CoordinatorSettings,
  { acquiredLease, clock }: CoordinatorDeps,
  stores: Stores,
): Promise<Result<AcquiredLease>> {
  if (acquiredLease !== undefined) return ok(acquiredLease);
  const takenAtMs = clock.now();
  const recallIdentity = () => identityFromMarks(stores);
  const lease = await takeLease(stores.lease, {
    holder: name,
    newNonce: randomUUID,
    recallIdentity,
  });
  return lease.ok ? ok({ ...lease.value, takenAtMs }) : err([storeFault('lease', lease.error)]);
}
