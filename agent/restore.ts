import { messageOf } from '../shared/errors.js';
import { err, type Fault, ok, type Result } from '../shared/result.js';
import type { AgentConfig } from './config.js';
import { createCgroupReader } from './drivers/cgroup-reader.js';
import { UPDATE_DEADLINE_MS } from './drivers/docker-calls.js';
import type { DockerEngine } from './drivers/docker-engine.js';
import { createFileStore } from './drivers/file-store.js';
import { onlineCpus } from './drivers/host-cpus.js';
import { Journal } from './enforce/journal.js';
import { KernelLimits } from './enforce/kernel-limits.js';
import type { OriginalRecords } from './enforce/original-records.js';
import { ReadableFiles } from './enforce/readable-files.js';
import { type HostRestoreReport, restoreKnown } from './enforce/restore-host.js';
import type { StateEntry } from './enforce/state-registry.js';
import {
  findUnknownLimits,
  type LimitSearch,
  type UnknownLimit,
} from './enforce/unknown-limits.js';
import { GpuRestore, journalIn } from './restore-gpus.js';
import {
  foldersOf,
  noteRestore,
  type RestoredHost,
  type RestoreOptions,
} from './restore-options.js';
import {
  leaveRegistries,
  notForgottenFault,
  notListedFault,
  type TornState,
  tornFault,
  unlistedFault,
} from './torn-state.js';
import {
  type EngineShare,
  type EngineStore,
  engineOf,
  engineStoreBeside,
  engineStoreIn,
  shareOf,
} from './wiring/engine.js';
import { restoreParents } from './wiring/parent-weights.js';
import { ShareLocks } from './wiring/share-locks.js';
import { foldersWithin } from './wiring/state-folders.js';

export type { RestoredHost, RestoreOptions } from './restore-options.js';

/**
 * Puts back what any agent of this host left, without NATS: of the folder that the settings name,
 * of `folders`, and of all that are registered; then looks at what containers have. Refused while
 * an agent runs that shares the label prefix or the node, unless these are defaults only: then what
 * is that agent's is left to it. Without an Engine GPUs are put back all the same, except by
 * defaults; the report says so.
 */
export async function restoreHost(
  config: AgentConfig,
  options: RestoreOptions,
): Promise<Result<RestoredHost>> {
  const { clock, removedGpus = [] } = options;
  const files = new ReadableFiles(createFileStore);
  const gpus = new GpuRestore(config, { clock, files, removed: new Set(removedGpus) });
  // An agent that runs has its last list; a restore has no other answer to go by.
  const engine = await engineOf(config, clock, UPDATE_DEADLINE_MS);
  if (!engine.ok && options.areDefaults === true) return engine;
  if (!engine.ok) return ok(await restoreGpusOnly(config, options, { gpus, faults: engine.error }));
  const restore = new HostRestore(config, options, { engine: engine.value, files, gpus });
  try {
    return await restore.run();
  } catch (cause) {
    const message = `the journal cannot be written: ${messageOf(cause)}`;
    return err([{ code: 'journal.torn', field: 'state-dir', message }]);
  } finally {
    await restore.close();
  }
}

/** Of the folders that need no Engine to be found. */
async function restoreGpusOnly(
  config: AgentConfig,
  options: RestoreOptions,
  { gpus, faults }: { readonly gpus: GpuRestore; readonly faults: readonly Fault[] },
): Promise<RestoredHost> {
  const folders = foldersOf(config, options);
  const inUse: string[] = [];
  const locks = new ShareLocks('', options.clock);
  for (const folder of folders)
    if ((await locks.holdFolder(shareOf(config), folder)).ok) await gpus.putBack(folder);
    else inUse.push(folder);
  const { report } = gpus;
  await noteRestore(folders, options, { restored: report.restored, forgotten: report.gone });
  await locks.release();
  const none = { containers: [], unknown: [], inUse };
  return { ...none, gpus: report, faults: [...faults, ...gpus.faults] };
}

interface RestoreState {
  readonly stateDir: string;
  readonly share: EngineShare;
  readonly sinceMs: number;
}
interface OpenedState extends RestoreState {
  readonly journal: Journal;
  /** No GPU is left to be put back, and both journals could be read. */
  readonly isRead: boolean;
}
interface RestoreParts {
  readonly engine: DockerEngine;
  readonly files: ReadableFiles;
  readonly gpus: GpuRestore;
}

class HostRestore {
  readonly #config: AgentConfig;
  readonly #options: RestoreOptions;
  readonly #engine: DockerEngine;
  readonly #files: ReadableFiles;
  readonly #gpus: GpuRestore;
  readonly #places: readonly EngineStore[];
  readonly #kernel = new KernelLimits(createCgroupReader());
  readonly #locks: ShareLocks;
  readonly #faults: Fault[] = [];
  readonly #inUse: string[] = [];

  constructor(config: AgentConfig, options: RestoreOptions, parts: RestoreParts) {
    const { engineId } = parts.engine;
    const { open } = parts.files;
    this.#config = config;
    this.#options = options;
    this.#engine = parts.engine;
    this.#files = parts.files;
    this.#gpus = parts.gpus;
    const beside = foldersOf(config, options).map((folder) =>
      engineStoreBeside(folder, engineId, open),
    );
    this.#locks = new ShareLocks(engineId, options.clock);
    this.#places = [engineStoreIn(config['records-dir'], engineId, open), ...beside];
  }

  async run(): Promise<Result<RestoredHost>> {
    const locked = await this.#locks.hold(shareOf(this.#config), this.#config['state-dir']);
    if (!locked.ok && this.#options.areDefaults !== true) return locked;
    const states: OpenedState[] = [];
    for (const state of await this.#states()) {
      const opened = await this.#open(state);
      if (opened !== null) states.push(opened);
    }
    this.#faults.push(...this.#gpus.faults);
    const [records, config] = [await this.#records(), this.#config];
    const host = {
      engine: this.#engine,
      kernel: this.#kernel,
      clock: this.#options.clock,
      limitHooked: config['gpu.limit-hooked'],
      hostCpus: onlineCpus(),
    };
    const isInUse = (prefix: string): boolean => !this.#locks.holdsLabels(prefix);
    const dead = states.map(({ journal, share }) => ({ journal, owner: ownerOf(share) }));
    const report = await restoreKnown(host, { states: dead, records, isInUse });
    const gpus = this.#gpus.report;
    const back = report.containers.filter(({ outcome }) => outcome === 'restored');
    const restored = [...back.map(({ name }) => name), ...gpus.restored];
    const folders = states.map(({ stateDir }) => stateDir);
    await noteRestore(folders, this.#options, { restored, forgotten: gpus.gone });
    this.#faults.push(...report.notForgotten.map(notForgottenFault));
    this.#faults.push(...(await restoreParents(this.#places, this.#options.log, config)));
    if (report.notListed === '') await this.#leave(states);
    const unknown = await this.#unknown(report);
    this.#faults.push(...this.#files.unlisted.map(unlistedFault));
    const { containers } = report;
    return ok({ containers, gpus, unknown, inUse: this.#inUse, faults: this.#faults });
  }

  async close(): Promise<void> {
    await this.#locks.release();
    await this.#kernel.close();
    this.#engine.close();
  }

  /**
   * All state folders there may be, in the order of time; those that are not registered come last.
   */
  async #states(): Promise<readonly RestoreState[]> {
    const registered: StateEntry[] = [];
    for (const { registry } of this.#places) {
      const { entries, torn } = await registry.list();
      registered.push(...entries);
      for (const file of torn)
        this.#torn(`an entry of the registry of state folders (${file})`, 'folders', file);
    }
    const states = new Map<string, RestoreState>();
    for (const entry of registered.sort((a, b) => a.sinceMs - b.sinceMs))
      states.set(entry.stateDir, {
        stateDir: entry.stateDir,
        share: entry,
        sinceMs: entry.sinceMs,
      });
    for (const stateDir of foldersOf(this.#config, this.#options))
      if (!states.has(stateDir))
        states.set(stateDir, { stateDir, share: shareOf(this.#config), sinceMs: 0 });
    return [...states.values()];
  }

  /** null = its agent runs. */
  async #open(state: RestoreState): Promise<OpenedState | null> {
    const { stateDir, share } = state;
    const shared = await this.#locks.hold(share, stateDir);
    const locked = shared.ok ? await this.#locks.holdFolder(share, stateDir) : shared;
    if (!locked.ok) {
      const isAsked = (this.#options.folders ?? []).flatMap(foldersWithin).includes(stateDir);
      if (isAsked) this.#faults.push(...locked.error);
      else this.#inUse.push(stateDir);
      return null;
    }
    const journal = await Journal.open(this.#files.open(stateDir));
    const { setAsideAs } = journal;
    const isThere = setAsideAs !== null && this.#files.whyStays(setAsideAs) !== undefined;
    if (setAsideAs !== null) this.#torn(journalIn(stateDir, setAsideAs), 'containers', setAsideAs);
    const isGpuDone = await this.#gpus.putBack(stateDir);
    return { ...state, journal, isRead: isGpuDone && !isThere };
  }

  async #records(): Promise<readonly OriginalRecords[]> {
    const all: OriginalRecords[] = [];
    for (const place of this.#places) {
      const records = await place.openRecords(this.#config['label-prefix']);
      for (const file of records.torn)
        this.#torn(`a record of an original (${file})`, 'containers', file);
      all.push(records);
    }
    // These journals may be lost together with their folders.
    for (const labelPrefix of new Set(
      all.flatMap((records) => records.all.map((record) => record.labelPrefix)),
    ))
      await this.#locks.holdLabels(
        { ...shareOf(this.#config), labelPrefix },
        this.#config['state-dir'],
      );
    return all;
  }

  async #leave(states: readonly OpenedState[]): Promise<void> {
    for (const { stateDir, journal, isRead } of states) {
      if (journal.ledger.entries.length > 0 || !isRead) continue;
      const fault = await leaveRegistries(this.#places, stateDir);
      if (fault !== undefined) this.#faults.push(fault);
    }
  }

  async #unknown({ known, notListed }: HostRestoreReport): Promise<readonly UnknownLimit[]> {
    const [config, engine] = [this.#config, this.#engine];
    const labelPrefix = config['label-prefix'];
    const isAgentRunning: LimitSearch['isAgentRunning'] = async (owner) =>
      !(await this.#locks.hold({ labelPrefix, ...owner }, config['state-dir'])).ok;
    const found = await findUnknownLimits({
      engine,
      kernel: this.#kernel,
      labelPrefix,
      known,
      isAgentRunning,
    });
    const reason = found.ok ? notListed : found.error.message;
    if (reason !== '') this.#faults.push(notListedFault(reason));
    return found.ok ? found.value : [];
  }

  /** `file`: its name now. */
  #torn(what: string, knew: TornState['knew'], file: string): void {
    this.#faults.push(tornFault({ what, knew, stays: this.#files.whyStays(file) }));
  }
}

const ownerOf = ({ node, cluster }: EngineShare) => ({
  node: node as AgentConfig['node'],
  cluster,
});
