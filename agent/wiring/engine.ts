import { randomUUID } from 'node:crypto';
import { join, resolve } from 'node:path';
import type { Clock } from '../../shared/clock.js';
import { messageOf } from '../../shared/errors.js';
import type { Log } from '../../shared/log.js';
import type { BootOrder, HostAct } from '../../shared/report.js';
import { err, type Fault, ok, type Result } from '../../shared/result.js';
import type { AgentConfig } from '../config.js';
import { connectDocker, type DockerEngine } from '../drivers/docker-engine.js';
import { type HeldLock, holdLock } from '../drivers/engine-lock.js';
import { createFileStore } from '../drivers/file-store.js';
import { type Act, noteAct, readActs } from '../enforce/acts.js';
import { countStart } from '../enforce/boots.js';
import { heldVersion } from '../enforce/held-version.js';
import { JOURNAL_FILE, Journal } from '../enforce/journal.js';
import { OriginalRecords } from '../enforce/original-records.js';
import { type PastJournal, pastJournal } from '../enforce/past-journal.js';
import type { OpenFolder } from '../enforce/readable-files.js';
import { type StateEntry, StateRegistry } from '../enforce/state-registry.js';
import type { EngineHolder } from '../ports/engine.js';
import type { FolderStore } from '../ports/files.js';
import { gpuNotesIn } from './gpu-journal.js';
import { isPassing, openIn, stateFault } from './state-file.js';

/**
 * Connects the Docker Engine that the settings name. `readDeadlineMs`: see `DockerEngineOptions`.
 */
export async function engineOf(
  config: AgentConfig,
  clock: Clock,
  readDeadlineMs?: number,
): Promise<Result<DockerEngine>> {
  const { defaultMemoryBytes, pidsLimit } = config.policy;
  const labelPrefix = config['label-prefix'];
  const socketPath = config['docker.socket'];
  const weightRule = config['cpu-weight'];
  const mpsPipeDirectory = config['gpu.mps-pipe-directory'];
  const registryAuthFile = config['docker.registry-auth'];
  const options = {
    registryAuthFile,
    mpsPipeDirectory,
    socketPath,
    labelPrefix,
    clock,
    defaultMemoryBytes,
    pidsLimit,
    weightRule,
    ...(readDeadlineMs === undefined ? {} : { readDeadlineMs }),
  };
  const connected = await connectDocker(options);
  if (connected.ok) return connected;
  return err([
    { code: 'docker.unavailable', field: 'docker.socket', message: connected.error.message },
  ]);
}

/**
 * What one agent manages on an Engine: containers that opted in by its prefix, and its node's
 * jobs.
 */
export type EngineShare = Pick<StateEntry, 'labelPrefix' | 'cluster' | 'node'>;

/** The share that an agent with these settings manages. */
export const shareOf = (config: AgentConfig): EngineShare => ({
  labelPrefix: config['label-prefix'],
  cluster: config.cluster,
  node: config.node,
});

/**
 * Names of the locks of an agent. Two agents exclude each other by label prefix over containers
 * that opted in, and by node over jobs.
 */
export function lockNamesOf(
  engineId: string,
  labelPrefix: string,
  owner?: Pick<EngineShare, 'cluster' | 'node'>,
) {
  const labels = `${engineId} labels ${labelPrefix}`;
  return owner === undefined
    ? { labels }
    : { labels, jobs: `${engineId} jobs ${owner.cluster}/${owner.node}` };
}

/** Names to hold, and who holds them. */
export interface ShareLockRequest {
  /** Of `lockNamesOf`. */
  readonly names: readonly string[];
  readonly share: EngineShare;
  readonly stateDir: string;
  readonly clock: Clock;
  readonly waitMs: number;
}

/**
 * Holds names of an Engine until released; no other process of this network namespace has them
 * meanwhile. The error says who holds them.
 */
export async function lockShare(request: ShareLockRequest): Promise<Result<HeldLock>> {
  const { names, share, stateDir, clock, waitMs } = request;
  const { cluster, node } = share;
  const holder = {
    pid: process.pid,
    stateDir: resolve(stateDir),
    sinceMs: clock.wall(),
    cluster,
    node,
  };
  try {
    const held = await holdLock({ names, holder, waitMs, clock });
    return held.ok ? held : err([heldFault(held.error)]);
  } catch (cause) {
    const message =
      `the lock of the Docker Engine cannot be taken (${messageOf(cause)}): an agent needs ` +
      'Unix sockets';
    return err([{ code: 'engine.held', field: 'docker.socket', message }]);
  }
}

function heldFault(holder: EngineHolder | null): Fault {
  const who =
    holder === null
      ? 'Another process, which does not answer, holds this Docker Engine: "ss -xlp | grep ' +
        'dqoes-engine" tells its pid; end it'
      : `Another agent (process ${holder.pid}, state folder ${holder.stateDir}, cluster ` +
        `${holder.cluster}, since ${new Date(holder.sinceMs).toISOString()}) holds this ` +
        'Docker Engine: end it';
  const cure = 'or give this one a label-prefix, a node and a state-dir of its own.';
  const message = `${who} first, ${cure}`;
  return { code: 'engine.held', field: 'docker.socket', message };
}

/**
 * What outlives the agents of one Engine: the registry of their state folders, and the original
 * settings of containers, of the cgroups above them and of GPUs.
 */
export interface EngineStore {
  /** False for one that this agent alone knows. */
  readonly isHosts: boolean;
  readonly registry: StateRegistry;
  /** Of the cgroups that hold containers, which Engines may share; `ParentWeightControl`. */
  readonly parents: FolderStore;
  /** Of GPUs, which no Engine has for itself; `GpuOriginals`. */
  readonly gpus: FolderStore;
  openRecords(labelPrefix: string): Promise<OriginalRecords>;
}

/** The store of an Engine in the records folder; its name is made safe for a folder. */
export function engineStoreIn(
  recordsDir: string,
  engineId: string,
  openFolder: OpenFolder = createFileStore,
): EngineStore {
  const folder = join(recordsDir, engineId.replace(/[^A-Za-z0-9._-]/g, '-').slice(0, 100));
  return {
    isHosts: true,
    registry: new StateRegistry(openFolder(join(folder, 'agents'))),
    parents: createFileStore(join(recordsDir, 'parents')),
    gpus: gpuNotesIn(recordsDir, openFolder),
    openRecords: (labelPrefix) =>
      OriginalRecords.open(openFolder(join(folder, 'originals')), labelPrefix),
  };
}

/** The store beside a journal, for agents that may not write to the host's records folder. */
export const engineStoreBeside = (
  stateDir: string,
  engineId: string,
  openFolder: OpenFolder = createFileStore,
): EngineStore => ({
  ...engineStoreIn(join(stateDir, 'engines'), engineId, openFolder),
  isHosts: false,
});

/** An agent that may touch containers from now on. */
export interface Registered {
  readonly place: EngineStore;
  readonly records: OriginalRecords;
  /** Of the agent that registered before. */
  readonly past: PastJournal;
  /** State folders as they were registered before this start, in the order of time. */
  readonly before: readonly StateEntry[];
}

/**
 * Registers the state folder durably in the host's records folder, or, with a warning, beside the
 * journal. A full disk keeps no agent away whose folder is registered from before: it has limits to
 * hold, and to put back.
 */
export async function registerAgent(
  config: AgentConfig,
  { engineId, clock, log }: { readonly engineId: string; readonly clock: Clock; readonly log: Log },
): Promise<Result<Registered>> {
  const [recordsDir, stateDir] = [config['records-dir'], resolve(config['state-dir'])];
  const own = { ...shareOf(config), stateDir };
  const enter = async (place: EngineStore, isFull = false): Promise<Registered> => {
    const { entries } = await place.registry.list();
    const past = await pastJournal(entries, own, readJournal);
    const held = await heldVersion(entries, own, readJournal);
    if (!isFull) await place.registry.enter({ ...own, ...held, sinceMs: clock.wall() });
    else if (!entries.some((entry) => isSameAgent(entry, own))) throw new Error('not registered');
    const records = await place.openRecords(config['label-prefix']);
    if (records.torn.length > 0)
      log.warn('records of originals were torn and set aside', { files: records.torn });
    return { place, records, past, before: entries };
  };
  const [hosts, beside] = [
    engineStoreIn(recordsDir, engineId),
    engineStoreBeside(stateDir, engineId),
  ];
  try {
    return ok(await enter(hosts));
  } catch (cause) {
    const why = messageOf(cause);
    log.warn(
      `${recordsDir} cannot be written (${why}), so only ${stateDir} knows what containers ` +
        `had before: after a crash use dqoes agent restore --state ${stateDir}, or set ` +
        'records-dir',
    );
  }
  try {
    return ok(await enter(beside));
  } catch (cause) {
    const fault = stateFault(`${stateDir} cannot be written`, cause);
    const known = isPassing(cause)
      ? await enter(hosts, true)
          .catch(() => enter(beside, true))
          .catch(() => undefined)
      : undefined;
    if (known === undefined) return err([fault]);
    log.warn(`limits are held, and put back at the end, but none is set: ${fault.message}`);
    return ok(known);
  }
}

const readJournal = (folder: string): Promise<string | null> =>
  createFileStore(folder).read(JOURNAL_FILE);

const isSameAgent = (a: Omit<StateEntry, 'sinceMs'>, b: Omit<StateEntry, 'sinceMs'>): boolean =>
  a.stateDir === b.stateDir &&
  a.labelPrefix === b.labelPrefix &&
  a.cluster === b.cluster &&
  a.node === b.node;

/**
 * Opens the journal of a state folder. The error is a fault with the cure; a torn journal is set
 * aside with a warning.
 */
export async function openJournal(
  folder: string,
  log: Log,
  known: Partial<Pick<Registered, 'records' | 'past'>> = {},
): Promise<Result<Journal>> {
  const { records, past } = known;
  const opened = await openIn(folder, 'the journal', (files) => Journal.open(files, records, past));
  if (opened.ok && opened.value.setAsideAs !== null)
    log.warn('the journal was torn and set aside', { folder, as: opened.value.setAsideAs });
  return opened;
}

/**
 * Counts this start in the state folder; undefined where the disk refuses, since an agent that
 * cannot write there still has limits to put back.
 */
export async function countStartIn(folder: string, log: Log): Promise<BootOrder | undefined> {
  try {
    return await countStart(createFileStore(folder), randomUUID);
  } catch (cause) {
    log.warn('this start of the agent could not be counted', { folder, cause: messageOf(cause) });
    return undefined;
  }
}

/** Notes what a person did there; where that cannot be written it is logged, and no more. */
export async function noteActIn(folder: string, log: Log, act: Act): Promise<void> {
  try {
    await noteAct(createFileStore(folder), act);
  } catch (cause) {
    log.warn('what was done could not be noted', { folder, ...act, cause: messageOf(cause) });
  }
}

/** What people did there; none where that cannot be read, which is logged. */
export async function actsIn(folder: string, log: Log): Promise<readonly HostAct[]> {
  try {
    return await readActs(createFileStore(folder));
  } catch (cause) {
    log.warn('what people did on this host cannot be read', { folder, cause: messageOf(cause) });
    return [];
  }
}
