// The thread of a worker of `dqoes coordinator`: `thread-workers.ts` starts it.
import { parentPort, workerData } from 'node:worker_threads';
import type { CoordinatorConfig } from '../../coordinator/config.js';
import { makeWorker } from '../../coordinator/make-worker.js';
import type { PrivateKeys } from '../../coordinator/secrets-key.js';
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
import type { NatsClient, ServerRule } from '../../proto/nats/connect.js';
import type { Log } from '../../shared/log.js';
import type { Fault, Result } from '../../shared/result.js';
import { clockWithOrigin } from '../clock.js';
import { readCliConfig } from '../config.js';
import { OWN_CHILD } from '../server-user.js';
import { connectTo } from '../shell/connect-service.js';
import { ruleOfSetting } from '../target/server-rule.js';
import { type NatsTarget, serverRuleAt } from '../target/target.js';
import { withKeys } from './coordinator-keys.js';

/** Where a worker finds NATS, and how it proves there who it is. */
export interface WorkerNats extends Pick<NatsTarget, 'url' | 'auth' | 'tls'> {
  /** Its program runs the server, as `dqoes up` does. Absent = who does is found out. */
  readonly isOwnChild?: boolean;
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
  /** As its coordinator found them when it began. */
  readonly nats: WorkerNats;
  readonly keys: PrivateKeys;
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
  { config, nats }: CoordinatorWorkerData,
  index: number,
  log: Log,
): Promise<NatsClient> {
  const name = `dqoes coordinator worker ${index + 1}`;
  const runBy = nats.isOwnChild === true ? OWN_CHILD : given(ruleAt(config));
  const target = { ...nats, ...(runBy === undefined ? {} : { runBy }) };
  return given(await connectTo(target, { name, log }, new AbortController().signal));
}

/** Who may run the server, by the settings, else as it is found out. */
function ruleAt({ nats, natsUrl }: CoordinatorConfig): Result<ServerRule | undefined> {
  const said = ruleOfSetting(nats.serverUser);
  return said.ok && said.value === undefined ? serverRuleAt(readCliConfig(), natsUrl) : said;
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
  const { commands, vault } = given(withKeys(data.config, data.keys, log));
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
