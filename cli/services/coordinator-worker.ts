// The thread of a worker of `dqoes coordinator`: `thread-workers.ts` starts it.
import { parentPort, workerData } from 'node:worker_threads';
import type { CoordinatorConfig } from '../../coordinator/config.js';
import { makeWorker } from '../../coordinator/make-worker.js';
import {
  type Asked,
  answererOf,
  logThrough,
  noticesThrough,
} from '../../coordinator/workers/port/answerer.js';
import { LeaseCell } from '../../coordinator/workers/port/lease-cell.js';
import type { FromWorker, Poster } from '../../coordinator/workers/port/protocol.js';
import type { WorkerStart } from '../../coordinator/workers/worker-link.js';
import type { Bus } from '../../proto/bus.js';
import { connectNats, type NatsClient } from '../../proto/nats/connect.js';
import type { Log } from '../../shared/log.js';
import type { Fault, Result } from '../../shared/result.js';
import { COORDINATOR_NAME } from '../auth/users.js';
import { clockWithOrigin } from '../clock.js';
import { readCliConfig } from '../config.js';
import { OWN_CHILD, serverUser } from '../server-user.js';
import { connectService } from '../shell/connect-service.js';
import { upKey } from '../up/up-key.js';
import { coordinatorKeysOf, coordinatorPlaceOf } from './coordinator-keys.js';

/** A running `dqoes up`: its NATS, and where its keys are. */
export interface UpPlace {
  readonly url: string;
  readonly stateDir: string;
}

/** What the thread is given. It lies in a module of the engine for as long as the thread runs. */
export interface CoordinatorWorkerData {
  /** As its coordinator read it. */
  readonly config: CoordinatorConfig;
  /** Large, so it is taken out: undefined once it is read. */
  start: WorkerStart | undefined;
  /** Of a `LeaseCell`. */
  readonly lease: SharedArrayBuffer;
  /** Of the clock of its coordinator (`clockOriginMs`). */
  readonly originMs: number;
  /** Absent = NATS is where the settings say. */
  readonly up?: UpPlace;
}

type Port = Poster<FromWorker> & NonNullable<typeof parentPort>;

/** A fault ends the thread, which its coordinator sees. */
function given<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw new Error(sentencesOf(result.error));
}
const sentencesOf = (faults: readonly Fault[]): string =>
  faults.map(({ message }) => message).join('; ');

/**
 * Of its own: with the key of the coordinator, and as that finds NATS. It waits for a server that
 * is away or refuses the key, as its coordinator does once it is connected, which ends the thread.
 */
async function connect(
  { config, up }: CoordinatorWorkerData,
  index: number,
  log: Log,
): Promise<NatsClient> {
  const name = `dqoes coordinator worker ${index + 1}`;
  if (up !== undefined) return connectToUp(up, name, log);
  const app = { config: readCliConfig(), signal: new AbortController().signal };
  return given(await connectService(app, { ...coordinatorPlaceOf(config), name, log }));
}

async function connectToUp({ url, stateDir }: UpPlace, name: string, log: Log) {
  const auth = given(upKey(stateDir, COORDINATOR_NAME));
  const server = { servers: [url], serverUser, runBy: OWN_CHILD, waitOnFirstConnect: true };
  const client = await connectNats({ ...server, name, log, auth });
  if (!client.ok) throw new Error(client.error);
  return client.value;
}

/** A connection that is closed for good by itself ends the thread. */
function endWith(bus: Bus): () => Promise<void> {
  const following = bus.onState((state) => {
    if (state === 'closed')
      queueMicrotask(() => {
        throw new Error('its connection to NATS was closed for good');
      });
  });
  return () => {
    following.unsubscribe();
    return bus.close();
  };
}

function startIn(data: CoordinatorWorkerData): WorkerStart {
  const { start } = data;
  if (start === undefined) throw new Error('the thread was given nothing to begin with');
  data.start = undefined;
  return start;
}

/** Faults: its stores do not answer as they should. */
async function begin(data: CoordinatorWorkerData, port: Port): Promise<Result<Asked>> {
  const start = startIn(data);
  const log = logThrough(port);
  const { commands, vault } = given(coordinatorKeysOf(data.config, log));
  const { bus, stores } = await connect(data, start.index, log);
  const close = endWith(bus);
  const lease = new LeaseCell(data.lease);
  const mayWriteUntilMs = (): number => lease.untilMs;
  const clock = clockWithOrigin(data.originMs);
  const deps = { bus, stores, clock, log, commands, mayWriteUntilMs, onStopped: close };
  const sealing = vault === undefined ? {} : { vault };
  const role = { start, notices: noticesThrough(port) };
  const worker = await makeWorker(data.config, { ...deps, ...sealing }, role);
  if (!worker.ok) await close();
  return worker;
}

async function main(port: Port): Promise<void> {
  const begun = await begin(workerData as CoordinatorWorkerData, port);
  if (begun.ok) port.on('message', answererOf(begun.value, port));
  port.postMessage(begun.ok ? { kind: 'begun' } : { kind: 'not-begun', faults: begun.error });
}

if (parentPort !== null) await main(parentPort);
