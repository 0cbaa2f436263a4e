import { chmodSync, renameSync, rmSync, writeFileSync } from 'node:fs';

/** A file as it is to be. */
export interface NewFile {
  readonly path: string;
  readonly text: string;
  readonly mode: number;
}

/**
 * Writes several files, each in one step. Where one of them cannot be written, as on a full disk,
 * all stay as they were; none takes its place before the disk has all of them, so that a power cut
 * leaves no empty one. Throws with the reason.
 */
export function replaceFiles(files: readonly NewFile[]): void {
  const written: string[] = [];
  try {
    for (const { path, text, mode } of files) {
      const next = nextOf(path);
      rmSync(next, { force: true });
      written.push(next);
      writeFileSync(next, text, { mode, flag: 'wx', flush: true });
      chmodSync(next, mode);
    }
    for (const { path } of files) renameSync(nextOf(path), path);
  } catch (cause) {
    for (const next of written) rmSync(next, { force: true });
    throw cause;
  }
}

const nextOf = (path: string): string => `${path}.next`;
