import { randomUUID } from 'node:crypto';
import { resolve } from 'node:path';
import type { Bus, BusState } from '../proto/bus.js';
import type { StoreProvider } from '../proto/store.js';
import type { Clock } from '../shared/clock.js';
import { messageOf } from '../shared/errors.js';
import type { NodeId } from '../shared/ids.js';
import type { Log } from '../shared/log.js';
import type { SampleSource } from '../shared/monitoring/samples.js';
import { ok, type Result } from '../shared/result.js';
import { shownKey } from '../shared/secret.js';
import { BUILT_VERSION } from '../shared/version.js';
import type { AgentConfig } from './config.js';
import { createParentReader } from './drivers/cgroup-parent.js';
import { createCgroupReader } from './drivers/cgroup-reader.js';
import type { DockerEngine } from './drivers/docker-engine.js';
import type { HeldLock } from './drivers/engine-lock.js';
import { onlineCpus } from './drivers/host-cpus.js';
import { createHostReader } from './drivers/host-reader.js';
import { createPatternCompiler } from './drivers/host-regexp.js';
import { createHttpClient } from './drivers/http-client.js';
import { createParentWeights } from './drivers/parent-weights.js';
import { createPushReceiver } from './drivers/push-receiver.js';
import type { GpuJournal } from './enforce/gpu/journal.js';
import type { Journal } from './enforce/journal.js';
import { pruneRecords } from './enforce/original-records.js';
import { AgentMeter } from './monitoring/meter.js';
import { NodeAgent, type StopOptions } from './node-agent.js';
import {
  actsIn,
  countStartIn,
  engineOf,
  lockNamesOf,
  lockShare,
  openJournal,
  type Registered,
  registerAgent,
  shareOf,
} from './wiring/engine.js';
import { claimFormerNames, incarnationBefore } from './wiring/former-names.js';
import { nodeGpusOf } from './wiring/gpu.js';
import { openGpuJournal } from './wiring/gpu-journal.js';
import type { UnownedJobs } from './wiring/job-owners.js';
import type { AgentLoop, NodeAgentDeps } from './wiring/node-deps.js';
import { nodeKeyIn } from './wiring/node-key.js';
import { lockStateFolder } from './wiring/state-lock.js';

/** What the caller of an agent brings. */
export interface AgentDeps {
  readonly bus: Bus;
  readonly stores: StoreProvider;
  readonly clock: Clock;
  readonly log: Log;
  /** Called when a loop has finished a pass, well or not; must not throw. */
  readonly onPass?: (loop: AgentLoop) => void;
}

export type { UnownedJobs } from './wiring/job-owners.js';
/** The loops that `onPass` names. */
export { AGENT_LOOPS, type AgentLoop } from './wiring/node-deps.js';

/** Why an agent ended, or should be stopped. */
export type AgentEnd = 'stopped' | 'bus-closed' | 'twin';

/** A running agent. */
export interface AgentHandle {
  readonly node: NodeId;
  readonly bootId: string;
  /** Ends every loop in reverse order; idempotent. The bus stays open: it belongs to the caller. */
  stop(options: StopOptions): Promise<void>;
  /**
   * Resolves when the agent has stopped; with `bus-closed` when the bus is gone for good, or `twin`
   * when another agent had its name first: the caller should then stop it.
   */
  readonly done: Promise<AgentEnd>;
  /** What the agent exports of itself and its host, and of no other. */
  readonly source: SampleSource;
  /** Job containers of other clusters that its state folder was of, and that no agent has now. */
  readonly unowned: readonly UnownedJobs[];
  /** How it goes, in one line. */
  summary(): string;
}

/** How long to wait for an agent that is about to end, ms. */
const LOCK_WAIT_MS = 5000;

/**
 * Starts an agent on this machine. Faults are sentences with the cure: no Docker Engine, another
 * agent on it or on its state folder, no rights, a journal that cannot be read.
 */
export async function startAgent(
  config: AgentConfig,
  deps: AgentDeps,
): Promise<Result<AgentHandle>> {
  const { clock, log } = deps;
  const engine = await engineOf(config, clock);
  if (!engine.ok) return engine;
  const { engineId } = engine.value;
  const stateDir = config['state-dir'];
  const share = shareOf(config);
  const names = Object.values(lockNamesOf(engineId, share.labelPrefix, share));
  const lock = await lockShare({ names, share, stateDir, clock, waitMs: LOCK_WAIT_MS });
  if (!lock.ok) {
    engine.value.close();
    return lock;
  }
  const waiting = { clock, waitMs: LOCK_WAIT_MS, mayMake: true };
  const folderLock = await lockStateFolder({ ...share, stateDir }, waiting);
  const locks = folderLock.ok ? [lock.value, folderLock.value] : [lock.value];
  const opened = folderLock.ok ? await openState(config, engine.value, deps) : folderLock;
  if (!opened.ok) {
    await Promise.all(locks.map((each) => each.release()));
    engine.value.close();
    return opened;
  }
  const host = createHostReader();
  const hostInfo = await host.info();
  const bootId = randomUUID();
  const boot = await countStartIn(stateDir, log);
  const { node, cluster } = config;
  const nodeKey = await nodeKeyIn({ folder: stateDir, cluster, node, log });
  const { before } = opened.value;
  const former = await claimFormerNames(config, { engine: engine.value, before, clock, log });
  const leaving = new AbortController();
  const onLeave = (): void => leaving.abort();
  const life = {
    host,
    hostInfo,
    formerNames: former.names,
    bootId,
    onLeave,
    acts: await actsIn(stateDir, log),
    ...(boot === undefined ? {} : { boot }),
    ...(nodeKey === undefined ? {} : { nodeKey }),
  };
  const agent = nodeAgentOf(config, deps, { ...opened.value, ...life, engine: engine.value });
  await agent.start();
  const sealingKey = nodeKey === undefined ? 'none' : shownKey(nodeKey.publicKey);
  log.info('agent started', { node, cluster, cpuCores: hostInfo.cpuCores, sealingKey });
  const held = { locks: [...locks, former.lock], unowned: former.unowned };
  const parts = { engine: engine.value, ...held, bootId, leaving: leaving.signal };
  return ok(handleOf({ ...opened.value, ...parts, agent }, config, deps));
}

type Life = Pick<
  NodeAgentDeps,
  | 'host'
  | 'hostInfo'
  | 'formerNames'
  | 'bootId'
  | 'boot'
  | 'nodeKey'
  | 'acts'
  | 'onLeave'
  | 'engine'
>;

const nodeAgentOf = (
  config: AgentConfig,
  deps: AgentDeps,
  { gpuJournal, journal, parentWeights, boot, nodeKey, acts, onLeave, ...life }: State & Life,
): NodeAgent =>
  new NodeAgent(config, {
    ...deps,
    ...life,
    journal,
    ...(acts === undefined ? {} : { acts }),
    ...(boot === undefined ? {} : { boot }),
    ...(nodeKey === undefined ? {} : { nodeKey }),
    ...(onLeave === undefined ? {} : { onLeave }),
    cgroups: createCgroupReader(),
    parents: createParentReader({ parent: config['docker.cgroup-parent'] }),
    ...(parentWeights === undefined ? {} : { parentWeights }),
    compile: createPatternCompiler(),
    openHttp: createHttpClient,
    onlineCpus: () => onlineCpus(),
    version: BUILT_VERSION,
    meter: new AgentMeter(),
    ...pushOf(config),
    ...nodeGpusOf(config, deps, gpuJournal),
  });

interface State
  extends Pick<NodeAgentDeps, 'parentWeights' | 'formerIncarnation'>,
    Pick<Registered, 'place' | 'before'> {
  readonly journal: Journal;
  readonly gpuJournal: GpuJournal;
}

/**
 * Registers the state folder, then opens what is in it: nothing is touched before both are durable.
 */
async function openState(
  config: AgentConfig,
  engine: DockerEngine,
  deps: AgentDeps,
): Promise<Result<State>> {
  const { clock, log } = deps;
  const entered = await registerAgent(config, { engineId: engine.engineId, clock, log });
  if (!entered.ok) return entered;
  const { place, records, before } = entered.value;
  const journal = await openJournal(config['state-dir'], log, entered.value);
  if (!journal.ok) return journal;
  const gpuJournal = await openGpuJournal(config['state-dir'], log, place.gpus);
  if (!gpuJournal.ok) return gpuJournal;
  try {
    await pruneRecords(records, engine);
    // The journals may be from before there were records.
    await records.note(journal.value.ledger.entries);
    await gpuJournal.value.noteKnown();
  } catch (cause) {
    log.warn('the records of originals cannot be tidied', { cause: messageOf(cause) });
  }
  const { labels: by } = lockNamesOf(engine.engineId, config['label-prefix']);
  // Without records that all agents of the host see nobody would know who is to put back what.
  const parentWeights = { parents: createParentWeights(), files: place.parents, by };
  const former = incarnationBefore(config, { before, journal: journal.value });
  const journals = { journal: journal.value, gpuJournal: gpuJournal.value };
  const opened = { place, before, ...journals, ...former };
  return ok(place.isHosts ? { ...opened, parentWeights } : opened);
}

function pushOf(config: AgentConfig) {
  if (!config['push.enable']) return {};
  const [host, httpPort, udpPort] = [
    config['push.address'],
    config['push.http-port'],
    config['push.udp-port'],
  ];
  return { push: createPushReceiver({ host, httpPort, udpPort }) };
}

interface Parts extends State {
  readonly agent: NodeAgent;
  readonly engine: DockerEngine;
  readonly locks: readonly HeldLock[];
  readonly unowned: readonly UnownedJobs[];
  readonly bootId: string;
  /** Aborts when another agent had the name first. */
  readonly leaving: AbortSignal;
}

function handleOf(parts: Parts, config: AgentConfig, { bus, log }: AgentDeps): AgentHandle {
  const { agent, engine, locks, unowned, bootId, leaving } = parts;
  let end: (why: AgentEnd) => void = () => {};
  const done = new Promise<AgentEnd>((resolve) => {
    end = resolve;
  });
  leaving.addEventListener('abort', () => end('twin'), { once: true });
  if (leaving.aborted) end('twin');
  const watching = bus.onState((state: BusState) => state === 'closed' && end('bus-closed'));
  let stopping: Promise<void> | undefined;
  const stop = async (options: StopOptions): Promise<void> => {
    watching.unsubscribe();
    await agent
      .stop(options)
      .catch((cause) => log.error('stopping the agent failed', { cause: messageOf(cause) }));
    await deregister(parts, config).catch((cause) =>
      log.warn('deregistering the state folder failed', { cause: messageOf(cause) }),
    );
    engine.close();
    await Promise.all(locks.map((lock) => lock.release()));
    log.info('agent stopped', { node: config.node });
    end('stopped');
  };
  return {
    node: config.node,
    bootId,
    done,
    source: { name: 'agent', collect: (samples) => agent.collect(samples) },
    unowned,
    summary: () => agent.summary(),
    stop: (options) => {
      stopping ??= stop(options);
      return stopping;
    },
  };
}

/**
 * A state folder that still holds originals stays registered, so that `dqoes agent restore` finds
 * it.
 */
async function deregister(
  { place, journal, gpuJournal }: State,
  config: AgentConfig,
): Promise<void> {
  const isDone = journal.ledger.entries.length === 0 && gpuJournal.ledger.entries.length === 0;
  if (isDone) await place.registry.leave(resolve(config['state-dir']));
}
