import { Worker } from 'node:worker_threads';
import type { CoordinatorConfig } from '../../coordinator/config.js';
import type { PrivateKeys } from '../../coordinator/secrets-key.js';
import { LeaseCell } from '../../coordinator/workers/port/lease-cell.js';
import { linkTo } from '../../coordinator/workers/port/thread-link.js';
import type { BeginWorker } from '../../coordinator/workers/worker-link.js';
import type { Clock } from '../../shared/clock.js';
import type { Log } from '../../shared/log.js';
import { ok } from '../../shared/result.js';
import { clockOriginMs } from '../clock.js';
import type { CoordinatorWorkerData, WorkerNats } from './coordinator-worker.js';

/** What the coordinator of the workers runs on. */
export interface ThreadWorkersDeps {
  /** `realClock`, on this thread. */
  readonly clock: Clock;
  /** Gets what workers log, with their numbers from 1. */
  readonly log: Log;
  /** Called with each thread. Absent = nobody asks. */
  readonly onThread?: (thread: Worker, index: number) => void;
  /** Where NATS is, and the keys, as the coordinator read them when it began. */
  readonly nats: WorkerNats;
  readonly keys: PrivateKeys;
}

const PROGRAM = new URL('./coordinator-worker.js', import.meta.url);

/**
 * Begins workers as threads, each with a connection and stores of its own. Their keys are those of
 * the coordinator, whatever their files hold by now: a service reads its keys when it begins.
 * `config`: of the coordinator.
 */
export const threadWorkers =
  (
    config: CoordinatorConfig,
    { clock, log, onThread, nats, keys }: ThreadWorkersDeps,
  ): BeginWorker =>
  async (start, notices, signal) => {
    const { index } = start;
    const lease = new LeaseCell();
    lease.untilMs = start.mayWriteUntilMs;
    const shared = { lease: lease.buffer, originMs: clockOriginMs() };
    const data: CoordinatorWorkerData = { config, start, ...shared, keys, nats: plainOf(nats) };
    const number = index + 1;
    const thread = new Worker(PROGRAM, { workerData: data, name: `worker ${number}` });
    const link = linkTo(thread, { lease, notices, clock, log: numbered(log, number) });
    onThread?.(thread, index);
    const giveUp = (): void => void link.giveUp();
    signal.addEventListener('abort', giveUp, { once: true });
    if (signal.aborted) giveUp();
    try {
      const begun = await link.begin();
      if (begun.ok) return ok(link);
      await link.giveUp();
      return begun;
    } finally {
      signal.removeEventListener('abort', giveUp);
    }
  };

/** Nothing else may be in it: a function cannot be given to a thread. */
const plainOf = ({ url, auth, tls, isOwnChild }: WorkerNats): WorkerNats => ({
  url,
  ...(auth === undefined ? {} : { auth }),
  ...(tls === undefined ? {} : { tls }),
  ...(isOwnChild === undefined ? {} : { isOwnChild }),
});

/** Each record says which worker it is of. */
function numbered(log: Log, worker: number): Log {
  const at =
    (level: keyof Log) =>
    (message: string, fields: Readonly<Record<string, unknown>> = {}): void =>
      log[level](message, { worker, ...fields });
  return { info: at('info'), warn: at('warn'), error: at('error') };
}
