import type { Clock } from '../shared/clock.js';
import type { GpuId } from '../shared/gpu.js';
import type { Fault } from '../shared/result.js';
import type { AgentConfig } from './config.js';
import { GpuJournal } from './enforce/gpu/journal.js';
import { type GpuRestoreReport, restoreGpus } from './enforce/gpu/restore.js';
import type { ReadableFiles } from './enforce/readable-files.js';
import type { FolderStore } from './ports/files.js';
import type { GpuTool } from './ports/gpu.js';
import { tornFault } from './torn-state.js';
import { gpuToolsOf } from './wiring/gpu.js';
import { gpuNotesBeside, gpuNotesIn, gpuOriginalsOf } from './wiring/gpu-journal.js';

/** How GPUs are put back. */
export interface GpuRestoreOptions {
  readonly clock: Clock;
  readonly files: ReadableFiles;
  /** GPUs that a person says have left this host. */
  readonly removed: ReadonlySet<GpuId>;
}

/** Puts back what agents set on GPUs, by the journals of their state folders. Needs no Docker. */
export class GpuRestore {
  readonly #options: GpuRestoreOptions;
  readonly #tool: GpuTool | undefined;
  /** What agents noted of GPUs for all of the host. */
  readonly #hostNotes: FolderStore;
  readonly #reports: GpuRestoreReport[] = [];
  /** Journals that could not be read. */
  readonly faults: Fault[] = [];

  constructor(config: AgentConfig, options: GpuRestoreOptions) {
    this.#options = options;
    this.#hostNotes = gpuNotesIn(config['records-dir'], options.files.open);
    this.#tool = gpuToolsOf(config, options.clock).find(({ vendor }) => vendor === 'nvidia');
  }

  /** False = the journal of this folder still knows a GPU, or cannot be read. Never rejects. */
  async putBack(folder: string): Promise<boolean> {
    const { files, removed } = this.#options;
    const notes = [this.#hostNotes, gpuNotesBeside(folder, files.open)];
    const journal = await GpuJournal.open(files.open(folder), gpuOriginalsOf(folder, notes));
    const { setAsideAs } = journal;
    const stays = setAsideAs === null ? undefined : files.whyStays(setAsideAs);
    if (setAsideAs !== null)
      this.faults.push(tornFault({ what: journalIn(folder, setAsideAs), knew: 'gpus', stays }));
    this.#reports.push(await restoreGpus(journal, () => this.#tool, removed));
    return stays === undefined && journal.ledger.entries.length === 0;
  }

  /** Of all folders. */
  get report(): GpuRestoreReport {
    return {
      restored: this.#reports.flatMap(({ restored }) => restored),
      gone: this.#reports.flatMap(({ gone }) => gone),
      failed: this.#reports.flatMap(({ failed }) => failed),
    };
  }
}

/** How people are told of a journal that could not be read; `file`: its name now. */
export const journalIn = (folder: string, file: string): string =>
  `a journal in ${folder} (${file})`;
