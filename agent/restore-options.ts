import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Clock } from '../shared/clock.js';
import type { GpuId } from '../shared/gpu.js';
import type { Log } from '../shared/log.js';
import type { Fault } from '../shared/result.js';
import type { AgentConfig } from './config.js';
import type { GpuRestoreReport } from './enforce/gpu/restore.js';
import type { RestoredContainer } from './enforce/restore.js';
import type { UnknownLimit } from './enforce/unknown-limits.js';
import { noteActIn } from './wiring/engine.js';
import { foldersWithin } from './wiring/state-folders.js';

/** What a restore found on this host, and what became of it. */
export interface RestoredHost {
  readonly containers: readonly RestoredContainer[];
  readonly gpus: GpuRestoreReport;
  /** Limits that no journal or record knows; their owners may have set them. */
  readonly unknown: readonly UnknownLimit[];
  /** State folders of agents that run: left alone. */
  readonly inUse: readonly string[];
  /** Journals and records that could not be read, and an Engine that does not answer. */
  readonly faults: readonly Fault[];
}

/** Which host is restored, and how. */
export interface RestoreOptions {
  readonly clock: Clock;
  readonly log: Log;
  /**
   * The settings are the defaults, because those of the agent cannot be read: put back is what
   * agents that do not run have left, also where one runs by the defaults.
   */
  readonly areDefaults?: boolean;
  /** User who asks for it, for the list of acts; absent = the agent itself. */
  readonly by?: string;
  /**
   * State folders of `dqoes up` or of agents, beside those that are registered; it is a fault
   * where their agent runs.
   */
  readonly folders?: readonly string[];
  /** Where such folders may be, too. */
  readonly likelyFolders?: readonly string[];
  /** GPUs that have left this host, as a person says: forgotten, unless a tool lists them. */
  readonly removedGpus?: readonly GpuId[];
}

/**
 * Where journals may lie: in the folder itself, or, of `dqoes up`, in one for each of its agents.
 */
export function foldersOf(
  config: AgentConfig,
  { folders = [], likelyFolders = [] }: RestoreOptions,
): readonly string[] {
  const within = [...folders, ...likelyFolders].flatMap(foldersWithin);
  return [...new Set([resolve(config['state-dir']), ...within])];
}

/** What became of a host. */
export interface Acted {
  /** Names of containers, and ids of GPUs. */
  readonly restored: readonly string[];
  readonly forgotten: readonly GpuId[];
}

/** Notes who restored what, in each state folder. */
export async function noteRestore(
  folders: readonly string[],
  { by, clock, log }: RestoreOptions,
  { restored, forgotten }: Acted,
): Promise<void> {
  const acts = [
    restored.length === 0 ? '' : `restored ${restored.join(', ')}`,
    forgotten.length === 0 ? '' : `forgot ${forgotten.join(', ')}`,
  ].filter((act) => act !== '');
  if (by === undefined || acts.length === 0) return;
  const what = acts.join('; ');
  for (const folder of folders.filter((each) => existsSync(each)))
    await noteActIn(folder, log, { timeMs: clock.wall(), verb: 'restore', who: by, what });
}
