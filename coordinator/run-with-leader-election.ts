import type { StoreFailure } from '../proto/store.js';
import { subjectsOf } from '../proto/subjects.js';
import { isWithinReach } from '../shared/command.js';
import { err, type Fault, ok, type Result } from '../shared/result.js';
import type { CoordinatorDeps, CoordinatorHandle, CoordinatorSettings } from './contract.js';
import { Backlog } from './dispatch/backlog.js';
import {
  type AcquiredLease,
  type AcquireLeaseOptions,
  acquireLease,
} from './election/candidate.js';
import { isTransient, retryUntilAnswered } from './election/retry-store.js';
import { StandbyNotice } from './election/standby.js';
import { ElectionMemory } from './election-memory.js';
import { othersHaveLedSince } from './ingest/led-since.js';
import { startCoordinator } from './start.js';
import { identityFromMarks } from './store/bucket-mark.js';
import type { RecalledIdentity } from './store/lease.js';
import { openStores, type Stores, storeFault } from './store/open-stores.js';

/** What a coordinator runs on, and how it takes part in the election. */
export interface LeaderElectionDeps extends Omit<CoordinatorDeps, 'acquiredLease' | 'lastKnown'> {
  /** A fresh random text per call. */
  readonly newNonce: () => string;
  /** Ends the run. */
  readonly signal: AbortSignal;
  /**
   * This is the cluster's only coordinator: it takes the lease at the start from any holder.
   * Default false.
   */
  readonly isOnly?: boolean;
  /** Called with each coordinator that leads. */
  readonly onLeading?: (coordinator: CoordinatorHandle) => void;
}

const RETRIES_PER_LEASE = 4;

/**
 * Leads whenever this coordinator acquires the lease and stands by as a follower otherwise, until
 * the signal is aborted (then null). Buckets that are missing when it leads again are created and
 * refilled from memory, unless another coordinator has led since. Returns the faults of a start
 * that no coordinator could lead with; a store that does not answer is tried again without a time
 * limit.
 */
export async function runWithLeaderElection(
  settings: CoordinatorSettings,
  deps: LeaderElectionDeps,
): Promise<readonly Fault[] | null> {
  const { isOnly = false } = deps;
  const open = () => openStores(deps.stores, settings.cluster);
  const opened = isOnly ? await open() : await retryUntilAnswered(open, deps);
  if (opened === null) return null;
  if (!opened.ok) return opened.error;
  const memory = new ElectionMemory();
  const backlogs = { audit: new Backlog(), events: new Backlog() };
  const onLook = lookerOf(settings, deps, opened.value);
  const nextTerm = (): Promise<AcquiredLease | null> =>
    acquireLease(leaseOptionsOf(settings, { ...deps, buckets: opened.value, memory, onLook }));
  for (
    let acquired = isOnly ? undefined : await nextTerm();
    acquired !== null;
    acquired = await nextTerm()
  ) {
    const faults = await runTerm(settings, deps, { acquired, memory, backlogs });
    if (faults !== null) return faults;
  }
  return null;
}

/** A term, and what goes on from one to the next. */
interface Term {
  /** undefined = it is to be taken. */
  readonly acquired: AcquiredLease | undefined;
  readonly memory: ElectionMemory;
  readonly backlogs: { readonly audit: Backlog; events: Backlog };
}

/**
 * Leads until that ends; the faults of a start that none could lead with. What a term held is as
 * large as the cluster: it is all in here, so that none of it is held while this stands by.
 */
async function runTerm(
  settings: CoordinatorSettings,
  deps: LeaderElectionDeps,
  term: Term,
): Promise<readonly Fault[] | null> {
  const { signal, clock, log, onLeading } = deps;
  const { acquired, memory } = term;
  const coordinator = await startTerm(settings, deps, term);
  if (coordinator.ok) {
    memory.noteTermBegin();
    onLeading?.(coordinator.value);
    await ended(coordinator.value, signal);
    await coordinator.value.stop();
    memory.noteTermEnd(coordinator.value);
    return null;
  }
  if (acquired === undefined || !isTransient(coordinator.error)) return coordinator.error;
  memory.noteAttempt(acquired);
  log.warn('coordinator: cannot lead yet; standing by again', { why: coordinator.error });
  await clock.sleep(settings.leaseMs / RETRIES_PER_LEASE, signal);
  return null;
}

/** Begins a term with what is known from the one before. */
async function startTerm(
  settings: CoordinatorSettings,
  deps: LeaderElectionDeps,
  { acquired, memory, backlogs }: Term,
): Promise<Result<CoordinatorHandle>> {
  const known: Pick<CoordinatorDeps, 'acquiredLease' | 'lastKnown'> =
    acquired === undefined ? {} : { acquiredLease: acquired, ...memory.lastKnownFor(acquired) };
  // What happened under another leader came after the events that wait.
  if (known.lastKnown === undefined) backlogs.events = new Backlog();
  const { audit: auditBacklog, events: eventBacklog } = backlogs;
  return startWithBuckets(settings, { auditBacklog, eventBacklog, ...deps, ...known });
}

/**
 * Begins to lead, after missing buckets were created where this coordinator knows what they held;
 * existing ones stay as they are. A start that fails where one could not be made has had no answer.
 */
async function startWithBuckets(
  settings: CoordinatorSettings,
  deps: CoordinatorDeps,
): Promise<Result<CoordinatorHandle>> {
  const { cluster, replicas } = settings;
  const isKnown = deps.lastKnown !== undefined;
  const made = isKnown ? await deps.stores.install(cluster, { replicas }) : ok(undefined);
  const started = await startCoordinator(settings, deps);
  if (started.ok || made.ok || made.error !== 'unknown') return started;
  return err([storeFault(started.error[0]?.field ?? '', made.error)]);
}

interface ElectionDeps extends LeaderElectionDeps {
  readonly buckets: Stores;
  readonly memory: ElectionMemory;
  readonly onLook: (leads: boolean) => void;
}

/** What happens at each look at the lease: a watchdog hears of it, and now and then a leader. */
function lookerOf(
  { name }: CoordinatorSettings,
  { clock, version, onPass }: LeaderElectionDeps,
  { lease: store }: Stores,
): (leads: boolean) => void {
  const notice =
    version === undefined ? undefined : new StandbyNotice({ store, clock }, { name, version });
  return (leads) => {
    onPass?.();
    if (!leads) void notice?.say();
  };
}

function leaseOptionsOf(settings: CoordinatorSettings, deps: ElectionDeps): AcquireLeaseOptions {
  const { clock, log, signal, newNonce, buckets, memory, onLook } = deps;
  const { name: holder, leaseMs } = settings;
  const { lastNonce, lastKnown, obeyedEpoch } = memory;
  return {
    store: buckets.lease,
    clock,
    log,
    holder,
    newNonce,
    leaseMs,
    signal,
    obeyedEpoch,
    recallIdentity: () => identityOf(buckets, memory),
    missingLease: () => memory.missingLease,
    onGone: () => judgeMemory(settings, deps),
    onSeen: (lease) => memory.noteLease(lease),
    onOwnSeen: (lease) => memory.noteAttempt(lease),
    onLook,
    ...(lastNonce === undefined ? {} : { lastNonce }),
    ...(lastKnown === undefined ? {} : { onMissing: () => install(deps, settings) }),
  };
}

/**
 * Asks the nodes, by what they report, whether another coordinator has led since our last term,
 * where that may be: a process that stood still knows nothing of it, and the store is lost.
 */
async function judgeMemory(
  { cluster, leaseMs, root }: CoordinatorSettings,
  { bus, clock, log, signal, memory }: ElectionDeps,
): Promise<void> {
  const known = memory.doubtful(clock.now(), leaseMs);
  if (known === undefined) return;
  const subjects = subjectsOf(cluster, root);
  const isOutdated = await othersHaveLedSince(known.state, { bus, subjects, clock, signal });
  if (isOutdated)
    log.warn(
      'coordinator: the store is lost, and others have led since this one did: what it knows is ' +
        'used only if none of them comes',
      { epoch: known.state.epoch },
    );
  memory.judge(isOutdated);
}

/**
 * The latest lease known, by the marks of the buckets or by what this process has seen. A lease
 * that was seen may have been forged, so it counts only where the marks could have led to it.
 */
async function identityOf(
  stores: Stores,
  { seen }: ElectionMemory,
): Promise<Result<RecalledIdentity | null, StoreFailure>> {
  const marked = await identityFromMarks(stores);
  if (seen === null) return marked;
  if (!marked.ok) return marked.error === 'missing-bucket' ? ok(seen) : marked;
  const known = marked.value;
  if (known === null) return ok(seen);
  const isLater =
    seen.incarnation === known.incarnation &&
    seen.epoch > known.epoch &&
    isWithinReach(seen.epoch, known.epoch);
  return ok(isLater ? { ...known, epoch: seen.epoch } : known);
}

async function install(
  { stores, log, memory }: ElectionDeps,
  { cluster, replicas }: CoordinatorSettings,
): Promise<void> {
  if (memory.lastKnown === undefined) return;
  const made = await stores.install(cluster, { replicas });
  log.error('coordinator: buckets are missing; creating them again', { createdAgain: made.ok });
}

/** Resolves when leadership is lost or the signal is aborted. */
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
