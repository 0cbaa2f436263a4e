import { chmodSync, existsSync, linkSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import type { NewFile } from './replace-file.js';

/** A file that is on the disk with all its text, and not yet in its place. */
export interface StagedFile {
  /** Puts it into its place, where nothing may be yet. Throws with the reason, as `EEXIST`. */
  create(): void;
  /** Puts it into its place, whatever is there. Throws with the reason. */
  replace(): void;
  /** Forgets it. To be called in any case; after the others it does nothing. */
  discard(): void;
}

/**
 * Writes a file beside its place and waits until the disk has it, so that what comes next does not
 * depend on room or rights any more: on a full disk it throws, and leaves nothing behind.
 */
export function stageFile(file: NewFile, write = writeSynced): StagedFile {
  const { path } = file;
  // Of this process alone: what another one stages for the same place is not ours to put there.
  const next = `${path}.${process.pid}.next`;
  const discard = (): void => rmSync(next, { force: true });
  discard();
  try {
    write({ ...file, path: next });
  } catch (cause) {
    discard();
    throw cause;
  }
  return { create: () => putNew(next, path), replace: () => renameSync(next, path), discard };
}

function writeSynced({ path, text, mode }: NewFile): void {
  writeFileSync(path, text, { mode, flag: 'wx', flush: true });
  chmodSync(path, mode);
}

/** A link is refused where something is already. File systems as that of USB sticks have none. */
function putNew(next: string, path: string): void {
  try {
    linkSync(next, path);
  } catch (cause) {
    const { code = '' } = cause as NodeJS.ErrnoException;
    if (!NO_LINKS.includes(code) || existsSync(path)) throw cause;
    renameSync(next, path);
  }
}

const NO_LINKS: readonly string[] = ['EPERM', 'ENOSYS', 'ENOTSUP', 'EOPNOTSUPP', 'EMLINK'];

/**
 * Makes a file that must not be there yet: with all its text, or not at all. Throws with the
 * reason, as `EEXIST`.
 */
export function createFile(file: NewFile, write = writeSynced): void {
  const staged = stageFile(file, write);
  try {
    staged.create();
  } finally {
    staged.discard();
  }
}

/** Writes a file in one step, whatever is there, also while other processes write the same one. */
export function putFile(file: NewFile): void {
  const staged = stageFile(file);
  try {
    staged.replace();
  } finally {
    staged.discard();
  }
}
