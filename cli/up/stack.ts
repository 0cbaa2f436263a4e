import { type AgentHandle, startAgent, type UnownedJobs } from '../../agent/agent.js';
import type { AgentConfig } from '../../agent/config.js';
import type { CoordinatorConfig } from '../../coordinator/config.js';
import type { CoordinatorDeps, CoordinatorStatus } from '../../coordinator/contract.js';
import { type MonitoredCoordinator, monitorCoordinator } from '../../coordinator/monitored.js';
import type { PrivateKeys } from '../../coordinator/secrets-key.js';
import type { Bus } from '../../proto/bus.js';
import type { CommandCodec } from '../../proto/command-codec.js';
import type { NatsAuth } from '../../proto/nats/auth.js';
import { connectNats, type NatsClient } from '../../proto/nats/connect.js';
import type { PolicyName, ServiceCalls } from '../../proto/schemas/service.js';
import { callService } from '../../proto/service-client.js';
import { type Subjects, subjectsOf } from '../../proto/subjects.js';
import { timedStores } from '../../proto/timed-stores.js';
import type { Log } from '../../shared/log.js';
import { err, type Fault, ok, type Result } from '../../shared/result.js';
import { agentName, COORDINATOR_NAME, OPERATOR_NAME } from '../auth/users.js';
import { OWN_CHILD, serverUser } from '../server-user.js';
import { adoptStore, prepareAuth } from './auth.js';
import { type PartConfig, readConfigs } from './configs.js';
import { startUpConsole, type UpConsole } from './console.js';
import { keepNats } from './keep-nats.js';
import { type LeaderHandle, startLeader } from './leader.js';
import type { NatsPrograms } from './nats-launch.js';
import { endLeftover, startNatsServer } from './nats-server.js';
import { freePort } from './probe.js';
import { natsFault, notStarted, storeFault } from './stack-faults.js';
import { keysOf } from './stack-keys.js';
import { metricsOf, type StackMetrics } from './stack-metrics.js';
import { lockState, unlockState } from './state-lock.js';
import { untilTwin } from './twin.js';
import { upKey } from './up-key.js';

/** What `dqoes up`, the demo and the bench start. */
export interface StackOptions extends StackMetrics {
  /** Folder of all durable state: NATS store, agent journal, lock of this process. */
  readonly stateDir: string;
  readonly cluster: string;
  /** Port of NATS; absent = any free one. */
  readonly natsPort?: number;
  /** Policy of a new cluster; absent = as the configuration of the coordinator says. */
  readonly policy?: PolicyName;
  /** A policy object that replaces the named policy. */
  readonly decide?: CoordinatorDeps['policy'];
  /** Configuration of the agents, one per node; absent = one agent with defaults. */
  readonly agents?: readonly PartConfig[];
  readonly coordinator?: PartConfig;
  readonly programs: NatsPrograms;
  /** Image used where there is no `nats-server` program. */
  readonly natsImage?: string;
  /** A console on loopback; absent = none. */
  readonly console?: UpConsole;
  /** Begins workers of the coordinator with these settings. Absent = it can have none. */
  readonly workers?: (
    config: CoordinatorConfig,
    place: WorkerPlace,
  ) => CoordinatorDeps['beginWorker'];
  /** Ends the start while it waits for NATS, whose image may have to be fetched. */
  readonly signal?: AbortSignal;
}

/** Where a worker finds NATS, and with which keys. */
export interface WorkerPlace {
  readonly url: string;
  /** Of the coordinator. */
  readonly auth: NatsAuth;
  readonly keys: PrivateKeys;
}

/** NATS, coordinator and agents of one machine, in this process (NATS as its child). */
export interface Stack {
  /** Of the operator. */
  readonly bus: Bus;
  readonly subjects: Subjects;
  readonly natsUrl: string;
  /** Where the metrics of all parts are read; null = they are off. */
  readonly metricsUrl: string | null;
  /** Where the console is; absent = there is none. */
  readonly consoleUrl?: string;
  /** Job containers of other clusters that the state folder was of, and that nobody has now. */
  readonly unowned: readonly UnownedJobs[];
  /** The state of the cluster as the coordinator knows it. */
  status(): CoordinatorStatus;
  /** Resolves with a sentence when a part ends unexpectedly. */
  readonly died: Promise<string>;
  call<V extends keyof ServiceCalls>(
    verb: V,
    request: ServiceCalls[V]['request'],
  ): Promise<Result<ServiceCalls[V]['response']>>;
  /**
   * Ends everything in reverse order: jobs (unless kept), restored limits, coordinator, NATS. Safe
   * to call twice.
   */
  stop(options: { readonly keepJobs: boolean }): Promise<void>;
}

const CALL_TIMEOUT_MS = 5000;

type TeardownOptions = { readonly keepJobs: boolean };
type Teardown = (ending: TeardownOptions) => Promise<void>;

/** Starts everything or nothing: after a fault, what was already started is stopped. */
export async function startStack(options: StackOptions): Promise<Result<Stack>> {
  const endings: Teardown[] = [];
  let ended: Promise<void> | undefined;
  const stop = (ending: TeardownOptions): Promise<void> => {
    ended ??= endAll(endings, ending, options.log);
    return ended;
  };
  const started = await startParts(options, endings).catch((cause: unknown) =>
    err([notStarted(options.stateDir, cause)]),
  );
  if (started.ok) return ok({ ...started.value, stop });
  await stop({ keepJobs: true });
  return started;
}

async function endAll(
  endings: readonly Teardown[],
  ending: TeardownOptions,
  log: Log,
): Promise<void> {
  for (const end of [...endings].reverse()) {
    try {
      await end(ending);
    } catch (cause) {
      log.error('up: a part did not stop cleanly', { error: cause });
    }
  }
}

async function startParts(
  options: StackOptions,
  endings: Teardown[],
): Promise<Result<Omit<Stack, 'stop'>>> {
  const configs = readConfigs(options);
  if (!configs.ok) return configs;
  const nats = await startNats(options, configs.value.agents, endings);
  if (!nats.ok) return nats;
  const { url: natsUrl } = nats.value;
  const connect: Connect = (key, name) => connectAs(options, endings, { url: natsUrl, key, name });
  const operator = await connect(OPERATOR_NAME, 'dqoes up');
  if (!operator.ok) return operator;
  const signing = keysOf(options, configs.value.coordinator);
  if (!signing.ok) return signing;
  const { commands, publicKey, vault, keys } = signing.value;
  const config = configs.value.coordinator;
  const monitored = monitorCoordinator(config.metrics.allocations);
  const auth = upKey(options.stateDir, COORDINATOR_NAME);
  if (!auth.ok) return auth;
  const beginWorker = options.workers?.(config, { url: natsUrl, auth: auth.value, keys });
  const coordinator = await startCoordinator(options, config, {
    ...{ connect, commands, vault, monitored, beginWorker },
  });
  if (!coordinator.ok) return coordinator;
  endings.push(() => coordinator.value.stop());
  const agents = await startAgents(
    options,
    configs.value.agents.map((config) => ({ ...config, 'coordinator-keys': [publicKey] })),
    connect,
  );
  endings.push(({ keepJobs }) => stopAgents(agents.running, keepJobs));
  if (agents.faults.length > 0) return err(agents.faults);
  const console = await startUpConsole(options, connect);
  if (!console.ok) return console;
  if (console.value !== undefined) endings.push(console.value.stop);
  const parts = [...agents.running, ...(console.value === undefined ? [] : [console.value])];
  const sources = [monitored.source, ...parts.map(({ source }) => source)];
  const metrics = await metricsOf(options, config, sources);
  endings.push(() => metrics.close());
  const { bus } = operator.value;
  const subjects = subjectsOf(options.cluster);
  return ok({
    bus,
    subjects,
    natsUrl,
    metricsUrl: metrics.url,
    unowned: agents.running.flatMap(({ unowned }) => unowned),
    ...(console.value === undefined ? {} : { consoleUrl: console.value.url }),
    status: () => coordinator.value.status(),
    died: Promise.race([
      nats.value.died,
      coordinator.value.died,
      untilTwin(agents.running, options.cluster),
    ]),
    call: (verb, request) =>
      callService({ bus, subjects, timeoutMs: CALL_TIMEOUT_MS }, verb, request),
  });
}

type Connect = (key: string, name: string) => Promise<Result<NatsClient>>;

/** A connection by the key of that name; each program has its own. */
async function connectAs(
  { stateDir, log }: StackOptions,
  endings: Teardown[],
  { url, key, name }: { readonly url: string; readonly key: string; readonly name: string },
): Promise<Result<NatsClient>> {
  const auth = upKey(stateDir, key);
  if (!auth.ok) return auth;
  const server = { servers: [url], serverUser, runBy: OWN_CHILD };
  const client = await connectNats({ ...server, name, log, auth: auth.value });
  if (!client.ok) return err([natsFault(client.error)]);
  endings.push(() => client.value.bus.close());
  return client;
}

interface CoordinatorPorts {
  readonly connect: Connect;
  readonly commands: CommandCodec;
  readonly vault: CoordinatorDeps['vault'];
  readonly monitored: MonitoredCoordinator;
  readonly beginWorker: CoordinatorDeps['beginWorker'];
}

async function startCoordinator(
  { cluster, clock, log, decide }: StackOptions,
  config: CoordinatorConfig,
  { connect, commands, vault, monitored, beginWorker }: CoordinatorPorts,
): Promise<Result<LeaderHandle>> {
  const client = await connect(COORDINATOR_NAME, 'dqoes coordinator');
  if (!client.ok) return client;
  const installed = await client.value.stores.install(cluster, { replicas: 1 });
  if (!installed.ok) return err([storeFault(installed.error)]);
  const policy = decide === undefined ? {} : { policy: decide };
  const { meter, onLeading } = monitored;
  const stores = timedStores(client.value.stores, clock, (...one) => meter.store(...one));
  const ports = { bus: client.value.bus, stores, clock, log, commands, meter, onLeading };
  const given = {
    ...(vault === undefined ? {} : { vault }),
    ...(beginWorker === undefined ? {} : { beginWorker }),
  };
  return startLeader(config, { ...ports, ...given, ...policy });
}

/** Started together, so that they report at nearly the same time. */
async function startAgents(
  { clock, log }: StackOptions,
  configs: readonly AgentConfig[],
  connect: Connect,
): Promise<{ readonly running: readonly AgentHandle[]; readonly faults: readonly Fault[] }> {
  const clients = await Promise.all(
    configs.map(({ node }) => connect(agentName(node), `dqoes agent ${node}`)),
  );
  const agents = await Promise.all(
    configs.map(async (config, index): Promise<Result<AgentHandle>> => {
      const client = clients[index];
      if (client?.ok !== true) return err(client?.error ?? []);
      return startAgent(config, { ...client.value, clock, log });
    }),
  );
  return {
    running: agents.flatMap((agent) => (agent.ok ? [agent.value] : [])),
    faults: agents.flatMap((agent) => (agent.ok ? [] : agent.error)),
  };
}

async function stopAgents(agents: readonly AgentHandle[], keepJobs: boolean): Promise<void> {
  await Promise.all(agents.map((agent) => agent.stop({ restore: true, stopJobs: !keepJobs })));
}

async function startNats(
  options: StackOptions,
  agents: readonly AgentConfig[],
  endings: Teardown[],
): Promise<Result<{ readonly url: string; readonly died: Promise<string> }>> {
  const { stateDir, cluster, log, clock, programs, natsPort, natsImage, signal } = options;
  const claimed = lockState(stateDir);
  if (!claimed.ok) return claimed;
  endings.push(async () => unlockState(stateDir));
  if (claimed.value.leftover !== undefined) await endLeftover(claimed.value.leftover, clock);
  adoptStore(stateDir);
  const nodes = agents.map(({ node }) => node);
  const inContainer = programs.natsServer === undefined;
  const auth = prepareAuth({ stateDir, cluster, nodes, inContainer });
  if (!auth.ok) return auth;
  // The port is chosen once, so that a server that is started again is found where it was.
  const port = natsPort ?? (await freePort());
  const image = natsImage === undefined ? {} : { image: natsImage };
  const start = (isFirst: boolean) => {
    // A later one is stopped with all the rest.
    const until = isFirst && signal !== undefined ? { signal } : {};
    return startNatsServer({ stateDir, programs, log, clock, port, ...image, ...until });
  };
  const server = await keepNats({ start, log, clock });
  if (!server.ok) return server;
  endings.push(() => server.value.stop());
  const died = server.value.died.then((words) => `NATS ended by itself: ${words}`);
  return ok({ url: server.value.url, died });
}
