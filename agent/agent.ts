import { randomUUID } from 'node:crypto';
import type { Bus, BusState } from '../proto/bus.js';
import type { StoreProvider } from '../proto/store.js';
import type { Clock } from '../shared/clock.js';
import { messageOf } from '../shared/errors.js';
import type { NodeId } from '../shared/ids.js';
import type { Log } from '../shared/log.js';
import { err, type Fault, ok, type Result } from '../shared/result.js';
import type { AgentConfig } from './config.js';
import { createParentReader } from './drivers/cgroup-parent.js';
import { createCgroupReader } from './drivers/cgroup-reader.js';
import { connectDocker, type DockerEngine } from './drivers/docker-engine.js';
import { createFileStore } from './drivers/file-store.js';
import { createProcessOwner } from './drivers/gpu/process-owner.js';
import { createHostReader } from './drivers/host-reader.js';
import { createPatternCompiler } from './drivers/host-regexp.js';
import { createHttpClient } from './drivers/http-client.js';
import { createPushReceiver } from './drivers/push-receiver.js';
import { GpuJournal } from './enforce/gpu/gpu-journal.js';
import { type GpuRestoreReport, restoreGpus } from './enforce/gpu/gpu-restore.js';
import { Journal } from './enforce/journal.js';
import { KernelLimits } from './enforce/kernel-limits.js';
import { type RestoreReport, restoreAll } from './enforce/restore.js';
import { gpuToolsOf } from './gpu-root.js';
import { NodeAgent, type StopOptions } from './node-agent.js';
import { NodeGpus } from './node-gpus.js';

export type { RestoreReport };
/** What was put back: containers and GPUs. */
export interface RestoredHost extends RestoreReport {
  readonly gpus: GpuRestoreReport;
}

export const AGENT_VERSION = '0.1.0';

export interface AgentDeps {
  readonly bus: Bus;
  readonly stores: StoreProvider;
  readonly clock: Clock;
  readonly log: Log;
}
export interface AgentHandle {
  readonly node: NodeId;
  readonly bootId: string;
  /** Ends every loop in reverse order; idempotent. The bus stays open: it belongs to the caller. */
  stop(options: StopOptions): Promise<void>;
  /** Resolves when the agent has stopped, or with `bus-closed` when the bus is gone for good and the caller should stop it. */
  readonly done: Promise<'stopped' | 'bus-closed'>;
}

/** Starts an agent on this machine. Faults are sentences with the cure: no Docker Engine, no rights, a journal that cannot be read. */
export async function startAgent(config: AgentConfig, deps: AgentDeps): Promise<Result<AgentHandle>> {
  const engine = await engineOf(config, deps.clock);
  if (!engine.ok) return engine;
  const journal = await openJournal(config, deps.log);
  if (!journal.ok) {
    engine.value.close();
    return journal;
  }
  const gpuJournal = await openGpuJournal(config, deps.log);
  if (!gpuJournal.ok) {
    engine.value.close();
    return gpuJournal;
  }
  const host = createHostReader();
  const hostInfo = await host.info();
  const bootId = randomUUID();
  const agent = new NodeAgent(config, {
    ...deps,
    ...{ engine: engine.value, journal: journal.value, host, hostInfo, bootId },
    cgroups: createCgroupReader(),
    parents: createParentReader({ parent: config['docker.cgroup-parent'] }),
    compile: createPatternCompiler(),
    openHttp: createHttpClient,
    version: AGENT_VERSION,
    ...pushOf(config),
    ...gpusOf(config, deps, gpuJournal.value),
  });
  await agent.start();
  deps.log.info('agent started', { node: config.node, cluster: config.cluster, cpuCores: hostInfo.cpuCores });
  return ok(handleOf({ agent, engine: engine.value, bootId }, config, deps));
}

/** For `dqoes agent restore`: puts back what the journal remembers, with no agent running and without NATS. */
export async function restoreFromJournal(
  config: AgentConfig,
  deps: { readonly clock: Clock; readonly log: Log },
): Promise<Result<RestoredHost>> {
  // GPUs first: an engine that does not answer must not keep them set.
  const gpuJournal = await openGpuJournal(config, deps.log);
  if (!gpuJournal.ok) return gpuJournal;
  const tool = gpuToolsOf(config, deps.clock).find(({ vendor }) => vendor === 'nvidia');
  const gpus = await restoreGpus(gpuJournal.value, () => tool);
  const engine = await engineOf(config, deps.clock);
  if (!engine.ok) return engine;
  const kernel = new KernelLimits(createCgroupReader());
  try {
    const journal = await openJournal(config, deps.log);
    if (!journal.ok) return journal;
    const limitHooked = config['gpu.limit-hooked'];
    return ok({ ...(await restoreAll({ engine: engine.value, kernel, limitHooked }, journal.value, config)), gpus });
  } catch (cause) {
    return err([
      { code: 'journal.torn', field: 'state-dir', message: `the journal cannot be written: ${messageOf(cause)}` },
    ]);
  } finally {
    await kernel.close();
    engine.value.close();
  }
}

async function engineOf(config: AgentConfig, clock: Clock): Promise<Result<DockerEngine>> {
  const { defaultMemoryBytes, pidsLimit } = config.policy;
  const labelPrefix = config['label-prefix'];
  const socketPath = config['docker.socket'];
  const weightRule = config['cpu-weight'];
  const mpsPipeDirectory = config['gpu.mps-pipe-directory'];
  const options = { mpsPipeDirectory, socketPath, labelPrefix, clock, defaultMemoryBytes, pidsLimit, weightRule };
  const connected = await connectDocker(options);
  if (connected.ok) return connected;
  return err([{ code: 'docker.unavailable', field: 'docker.socket', message: connected.error.message }]);
}

async function openJournal(config: AgentConfig, log: Log): Promise<Result<Journal>> {
  const folder = config['state-dir'];
  try {
    const journal = await Journal.open(createFileStore(folder));
    if (journal.setAsideAs !== null) log.warn('the journal was torn and set aside', { folder, as: journal.setAsideAs });
    return ok(journal);
  } catch (cause) {
    const message = `the journal in ${folder} cannot be opened (${messageOf(cause)}): check the folder and your rights, or set state-dir`;
    return err([{ code: 'config.bad', field: 'state-dir', message } satisfies Fault]);
  }
}

async function openGpuJournal(config: AgentConfig, log: Log): Promise<Result<GpuJournal>> {
  const folder = config['state-dir'];
  try {
    const journal = await GpuJournal.open(createFileStore(folder));
    if (journal.setAsideAs !== null)
      log.warn('the journal of GPUs was torn and set aside', { folder, as: journal.setAsideAs });
    return ok(journal);
  } catch (cause) {
    const message = `the journal of GPUs in ${folder} cannot be opened (${messageOf(cause)}): check the folder and your rights`;
    return err([{ code: 'config.bad', field: 'state-dir', message } satisfies Fault]);
  }
}

/** Nothing where there is no tool for GPUs: such a host has no cost of them. */
function gpusOf(config: AgentConfig, { clock, log }: AgentDeps, journal: GpuJournal): { readonly gpus?: NodeGpus } {
  const tools = config['gpu.enable'] ? gpuToolsOf(config, clock) : [];
  if (tools.length === 0) return {};
  const gpus = new NodeGpus({
    ...{ tools, clock, log, journal },
    ownerOf: createProcessOwner(),
    intervalMs: config['gpu.interval'],
    minChangeMs: config['gpu.min-change'],
    bounds: config.policy.gpu,
    mayEnforce: config.control === 'enforce',
  });
  return { gpus };
}

function pushOf(config: AgentConfig) {
  if (!config['push.enable']) return {};
  const [host, httpPort, udpPort] = [config['push.address'], config['push.http-port'], config['push.udp-port']];
  return { push: createPushReceiver({ host, httpPort, udpPort }) };
}

interface Parts {
  readonly agent: NodeAgent;
  readonly engine: DockerEngine;
  readonly bootId: string;
}

function handleOf({ agent, engine, bootId }: Parts, config: AgentConfig, { bus, log }: AgentDeps): AgentHandle {
  let end: (why: 'stopped' | 'bus-closed') => void = () => {};
  const done = new Promise<'stopped' | 'bus-closed'>((resolve) => {
    end = resolve;
  });
  const watching = bus.onState((state: BusState) => state === 'closed' && end('bus-closed'));
  let stopping: Promise<void> | undefined;
  const stop = async (options: StopOptions): Promise<void> => {
    watching.unsubscribe();
    await agent.stop(options).catch((cause) => log.error('stopping failed', { cause: messageOf(cause) }));
    engine.close();
    log.info('agent stopped', { node: config.node });
    end('stopped');
  };
  return {
    node: config.node,
    bootId,
    done,
    stop: (options) => {
      stopping ??= stop(options);
      return stopping;
    },
  };
}
