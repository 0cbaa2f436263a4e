import { UNSIGNED } from '../proto/command-codec.js';
import type { HistoryLog } from '../proto/store.js';
import { subjectsOf } from '../proto/subjects.js';
import { timedStores } from '../proto/timed-stores.js';
import { err, ok, type Result } from '../shared/result.js';
import type { CoordinatorDeps, CoordinatorSettings } from './contract.js';
import { eventSourceOf } from './own-events.js';
import { paceOf } from './pacing/pace.js';
import { openStores, storeFault } from './store/open-stores.js';
import { PendingNotices } from './workers/body/pending-notices.js';
import { WorkerBody } from './workers/body/worker-body.js';
import type { WorkerDeps } from './workers/body/worker-parts.js';
import type { WorkerNotices, WorkerStart } from './workers/worker-link.js';

/** What a worker of a coordinator runs on: a connection of its own, and the same keys. */
export type OwnDeps = Pick<
  CoordinatorDeps,
  'bus' | 'stores' | 'clock' | 'log' | 'commands' | 'vault' | 'pace'
> &
  Pick<WorkerDeps, 'mayWriteUntilMs' | 'onStopped'>;

/** What of the settings of its coordinator a worker needs. */
export type OwnSettings = Pick<CoordinatorSettings, 'cluster' | 'root' | 'params' | 'prices'>;

/** What it begins with, and where what it says goes. */
export interface WorkerRole {
  readonly start: WorkerStart;
  readonly notices: WorkerNotices;
}

/**
 * Makes a worker for a term that has begun: its coordinator has loaded the buckets and made the
 * stream of events. Faults name what could not be opened. Nothing is written before its `start`.
 */
export async function makeWorker(
  settings: OwnSettings,
  deps: OwnDeps,
  role: WorkerRole,
): Promise<Result<WorkerBody>> {
  const { cluster, root, params, prices } = settings;
  const pending = new PendingNotices(role.notices);
  const stores = timedStores(deps.stores, deps.clock, (operation, seconds, failure) =>
    pending.store({ operation, seconds, ...(failure === undefined ? {} : { failure }) }),
  );
  const opened = await openStores(stores, cluster);
  if (!opened.ok) return opened;
  const events = await stores.openEvents(cluster);
  if (!events.ok) return err([storeFault('events', events.error)]);
  const history = await historyOf(settings, { stores });
  if (!history.ok) return history;
  const { bus, clock, log, commands = UNSIGNED, vault, mayWriteUntilMs, onStopped } = deps;
  return ok(
    new WorkerBody({
      ...{ ...role, pending },
      settings: {
        subjects: subjectsOf(cluster, root),
        source: eventSourceOf(cluster),
        params,
        ...(prices === undefined ? {} : { prices }),
      },
      deps: {
        ...{ bus, clock, log, commands, mayWriteUntilMs },
        stores: opened.value,
        events: events.value,
        history: history.value,
        pace: deps.pace ?? paceOf(clock),
        ...(vault === undefined ? {} : { seal: vault.sealFor }),
        ...(onStopped === undefined ? {} : { onStopped }),
      },
    }),
  );
}

/** null = there is no stream of minutes, as its coordinator has said. */
async function historyOf(
  { cluster }: OwnSettings,
  { stores }: Pick<OwnDeps, 'stores'>,
): Promise<Result<HistoryLog | null>> {
  const opened = await stores.openHistory(cluster);
  if (opened.ok) return opened;
  const isNone = opened.error === 'missing-bucket' || opened.error === 'denied';
  return isNone ? ok(null) : err([storeFault('history', opened.error)]);
}
