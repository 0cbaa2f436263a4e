import { join, resolve } from 'node:path';
import type { Log } from '../../shared/log.js';
import type { Result } from '../../shared/result.js';
import { bootOf } from '../drivers/boot.js';
import { GpuJournal } from '../enforce/gpu/journal.js';
import { GpuOriginals } from '../enforce/gpu/originals.js';
import type { OpenFolder } from '../enforce/readable-files.js';
import type { FolderStore } from '../ports/files.js';
import { openIn } from './state-file.js';

/** Where originals of GPUs are noted. */
export const gpuNotesIn = (recordsDir: string, openFolder: OpenFolder): FolderStore =>
  openFolder(join(recordsDir, 'gpus'));

/** The same beside a journal. */
export const gpuNotesBeside = (stateDir: string, openFolder: OpenFolder): FolderStore =>
  gpuNotesIn(join(stateDir, 'engines'), openFolder);

/** The notes of GPUs for the agent that has this state folder. */
export const gpuOriginalsOf = (folder: string, places: readonly FolderStore[]): GpuOriginals =>
  new GpuOriginals({ places, stateDir: resolve(folder), boot: bootOf() });

/**
 * Opens the journal of GPU settings of a state folder; as `openJournal`. `notes`: where originals
 * of GPUs are noted.
 */
export async function openGpuJournal(
  folder: string,
  log: Log,
  notes: FolderStore,
): Promise<Result<GpuJournal>> {
  const originals = gpuOriginalsOf(folder, [notes]);
  const opened = await openIn(folder, 'the journal of GPUs', (files) =>
    GpuJournal.open(files, originals),
  );
  if (opened.ok && opened.value.setAsideAs !== null)
    log.warn('the journal of GPUs was torn and set aside: check their clocks and power limits', {
      folder,
      as: opened.value.setAsideAs,
    });
  return opened;
}
