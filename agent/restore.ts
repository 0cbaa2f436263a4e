import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Clock } from '../shared/clock.js';
import { messageOf } from '../shared/errors.js';
import type { Log } from '../shared/log.js';
import { err, type Fault, ok, type Result } from '../shared/result.js';
import type { AgentConfig } from './config.js';
import { createCgroupReader } from './drivers/cgroup-reader.js';
import type { DockerEngine } from './drivers/docker-engine.js';
import { type GpuRestoreReport, restoreGpus } from './enforce/gpu/restore.js';
import type { Journal } from './enforce/journal.js';
import { KernelLimits } from './enforce/kernel-limits.js';
import type { OriginalRecords } from './enforce/original-records.js';
import type { RestoredContainer } from './enforce/restore.js';
import { type HostRestoreReport, restoreKnown } from './enforce/restore-host.js';
import type { StateEntry } from './enforce/state-registry.js';
import {
  findUnknownLimits,
  type LimitSearch,
  type UnknownLimit,
} from './enforce/unknown-limits.js';
import { leaveRegistries, notForgottenFault, type TornState, tornFault } from './torn-state.js';
import {
  type EngineShare,
  type EngineStore,
  engineOf,
  engineStoreBeside,
  engineStoreIn,
  noteActIn,
  openGpuJournal,
  openJournal,
  shareOf,
} from './wiring/engine.js';
import { gpuToolsOf } from './wiring/gpu.js';
import { restoreParents } from './wiring/parent-weights.js';
import { ShareLocks } from './wiring/share-locks.js';
import { foldersWithin } from './wiring/state-folders.js';

/** What a restore found on this host, and what became of it. */
export interface RestoredHost {
  readonly containers: readonly RestoredContainer[];
  readonly gpus: GpuRestoreReport;
  /** Limits that no journal or record knows; their owners may have set them. */
  readonly unknown: readonly UnknownLimit[];
  /** State folders of agents that run: left alone. */
  readonly inUse: readonly string[];
  /** Journals and records that could not be read. */
  readonly faults: readonly Fault[];
}

/** Which host is restored, and how. */
export interface RestoreOptions {
  readonly clock: Clock;
  readonly log: Log;
  /** User who asks for it, for the list of acts; absent = the agent itself. */
  readonly by?: string;
  /**
   * State folders of `dqoes up` or of agents, beside those that are registered; it is a fault
   * where their agent runs.
   */
  readonly folders?: readonly string[];
  /** Where such folders may be, too. */
  readonly likelyFolders?: readonly string[];
}

/**
 * Puts back what any agent of this host left, without NATS: of the folder that the settings name,
 * of `folders`, and of all that are registered; then looks at what containers have. Refused while
 * an agent runs that shares the label prefix or the node.
 */
export async function restoreHost(
  config: AgentConfig,
  options: RestoreOptions,
): Promise<Result<RestoredHost>> {
  const engine = await engineOf(config, options.clock);
  if (engine.ok) {
    const restore = new HostRestore(config, options, engine.value);
    try {
      return await restore.run();
    } catch (cause) {
      const message = `the journal cannot be written: ${messageOf(cause)}`;
      return err([{ code: 'journal.torn', field: 'state-dir', message }]);
    } finally {
      await restore.close();
    }
  }
  // GPUs are put back even when the engine does not answer.
  for (const folder of foldersOf(config, options)) {
    const journal = await openGpuJournal(folder, options.log);
    if (journal.ok) await restoreGpus(journal.value, () => nvidiaOf(config, options.clock));
  }
  return engine;
}

const nvidiaOf = (config: AgentConfig, clock: Clock) =>
  gpuToolsOf(config, clock).find(({ vendor }) => vendor === 'nvidia');

/**
 * Where journals may lie: in the folder itself, or, of `dqoes up`, in one for each of its agents.
 */
function foldersOf(
  config: AgentConfig,
  { folders = [], likelyFolders = [] }: RestoreOptions,
): readonly string[] {
  const within = [...folders, ...likelyFolders].flatMap(foldersWithin);
  return [...new Set([resolve(config['state-dir']), ...within])];
}

interface RestoreState {
  readonly stateDir: string;
  readonly share: EngineShare;
  readonly sinceMs: number;
}
interface OpenedState extends RestoreState {
  readonly journal: Journal;
  readonly isGpuDone: boolean;
}

class HostRestore {
  readonly #config: AgentConfig;
  readonly #options: RestoreOptions;
  readonly #engine: DockerEngine;
  readonly #places: readonly EngineStore[];
  readonly #kernel = new KernelLimits(createCgroupReader());
  readonly #locks: ShareLocks;
  readonly #gpus: GpuRestoreReport[] = [];
  readonly #faults: Fault[] = [];
  readonly #inUse: string[] = [];

  constructor(config: AgentConfig, options: RestoreOptions, engine: DockerEngine) {
    this.#config = config;
    this.#options = options;
    this.#engine = engine;
    const beside = foldersOf(config, options).map((folder) =>
      engineStoreBeside(folder, engine.engineId),
    );
    this.#locks = new ShareLocks(engine.engineId, options.clock);
    this.#places = [engineStoreIn(config['records-dir'], engine.engineId), ...beside];
  }

  async run(): Promise<Result<RestoredHost>> {
    const locked = await this.#locks.hold(shareOf(this.#config), this.#config['state-dir']);
    if (!locked.ok) return locked;
    const states: OpenedState[] = [];
    for (const state of await this.#states()) {
      const opened = await this.#open(state);
      if (opened !== null) states.push(opened);
    }
    const [records, config] = [await this.#records(), this.#config];
    const host = {
      engine: this.#engine,
      kernel: this.#kernel,
      clock: this.#options.clock,
      limitHooked: config['gpu.limit-hooked'],
    };
    const isInUse = (prefix: string): boolean => !this.#locks.holdsLabels(prefix);
    const dead = states.map(({ journal, share }) => ({ journal, owner: ownerOf(share) }));
    const report = await restoreKnown(host, { states: dead, records, isInUse });
    await this.#noteAct(states, report);
    this.#faults.push(...report.notForgotten.map(notForgottenFault));
    this.#faults.push(...(await restoreParents(this.#places, this.#options.log, config)));
    await this.#leave(states);
    return ok({
      containers: report.containers,
      gpus: {
        restored: this.#gpus.flatMap(({ restored }) => restored),
        failed: this.#gpus.flatMap(({ failed }) => failed),
      },
      unknown: await this.#unknown(report),
      inUse: this.#inUse,
      faults: this.#faults,
    });
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
      for (const file of torn) this.#torn(`an entry of the registry of state folders (${file})`);
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

  /** null = it cannot be read, or its agent runs. */
  async #open(state: RestoreState): Promise<OpenedState | null> {
    const { stateDir, share } = state;
    const locked = await this.#locks.hold(share, stateDir);
    if (!locked.ok) {
      const isAsked = (this.#options.folders ?? []).flatMap(foldersWithin).includes(stateDir);
      if (isAsked) this.#faults.push(...locked.error);
      else this.#inUse.push(stateDir);
      return null;
    }
    const { log, clock } = this.#options;
    const journal = await openJournal(stateDir, log);
    const gpuJournal = await openGpuJournal(stateDir, log);
    for (const opened of [journal, gpuJournal])
      if (!opened.ok) this.#faults.push(...opened.error.map(unreadable));
    for (const [opened, knew] of [[journal, 'containers'] as const, [gpuJournal, 'gpus'] as const])
      if (opened.ok && opened.value.setAsideAs !== null)
        this.#torn(`a journal in ${stateDir} (now ${opened.value.setAsideAs})`, knew);
    if (gpuJournal.ok)
      this.#gpus.push(await restoreGpus(gpuJournal.value, () => nvidiaOf(this.#config, clock)));
    if (!journal.ok) return null;
    const isGpuDone = gpuJournal.ok && gpuJournal.value.ledger.entries.length === 0;
    return { ...state, journal: journal.value, isGpuDone };
  }

  async #records(): Promise<readonly OriginalRecords[]> {
    const all: OriginalRecords[] = [];
    for (const place of this.#places) {
      const records = await place.openRecords(this.#config['label-prefix']);
      for (const file of records.torn) this.#torn(`a record of an original (${file})`);
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

  /** In each state folder that was restored from. */
  async #noteAct(states: readonly OpenedState[], report: HostRestoreReport): Promise<void> {
    const { by, clock, log } = this.#options;
    const back = report.containers.filter(({ outcome }) => outcome === 'restored');
    const all = [...back.map(({ name }) => name), ...this.#gpus.flatMap((gpu) => gpu.restored)];
    if (by === undefined || all.length === 0) return;
    const what = `restored ${all.join(', ')}`;
    for (const { stateDir } of states.filter((state) => existsSync(state.stateDir)))
      await noteActIn(stateDir, log, { timeMs: clock.wall(), verb: 'restore', who: by, what });
  }

  async #leave(states: readonly OpenedState[]): Promise<void> {
    for (const { stateDir, journal, isGpuDone } of states) {
      if (journal.ledger.entries.length > 0 || !isGpuDone) continue;
      const fault = await leaveRegistries(this.#places, stateDir);
      if (fault !== undefined) this.#faults.push(fault);
    }
  }

  async #unknown({ known }: HostRestoreReport): Promise<readonly UnknownLimit[]> {
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
    if (found.ok) return found.value;
    const message =
      `the containers cannot be listed (${found.error.message}): run dqoes agent restore ` +
      'again';
    this.#faults.push({ code: 'docker.refused', field: 'docker.socket', message });
    return [];
  }

  #torn(what: string, knew: TornState['knew'] = 'containers'): void {
    this.#faults.push(tornFault({ what, knew }));
  }
}

const ownerOf = ({ node, cluster }: EngineShare) => ({
  node: node as AgentConfig['node'],
  cluster,
});

/** Exit code 1, because restore was not used wrongly. */
const unreadable = (fault: Fault): Fault => ({ ...fault, code: 'journal.torn' });
