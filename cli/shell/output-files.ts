import { accessSync, constants, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { fileTrouble } from '../../shared/errors.js';
import type { Fault } from '../../shared/result.js';

/**
 * Checks, before the work that they are to hold is done, that files can be written, and that no two
 * options name the same one; one fault for each that cannot, by the option that names it.
 */
export function outputFaults(
  outputs: Readonly<Record<string, string | undefined>>,
): readonly Fault[] {
  const taken = new Map<string, string>();
  return Object.entries(outputs).flatMap(([option, path]) => {
    if (path === undefined) return [];
    const fault = (what: string): Fault[] => [
      { code: 'cli.usage', field: option, message: `--${option} ${path}: ${what}` },
    ];
    const cause = whyNotWritable(path);
    if (cause !== undefined)
      return fault(`cannot be written (${cause}): check the path and its permissions`);
    const other = taken.get(resolve(path));
    if (other !== undefined)
      return fault(`--${other} is to be written there too: give each a file of its own`);
    if (isFileOf(path)) taken.set(resolve(path), option);
    return [];
  });
}

/** A device or a pipe takes what several write to it. */
const isFileOf = (path: string): boolean =>
  statSync(path, { throwIfNoEntry: false })?.isFile() !== false;

function whyNotWritable(path: string): string | undefined {
  try {
    const found = statSync(path, { throwIfNoEntry: false });
    if (found?.isDirectory() === true) return 'it is a folder';
    // A device or a pipe is written where it is; the folder of a file gets another one.
    const written = found === undefined || found.isFile() ? dirname(resolve(path)) : path;
    accessSync(written, constants.W_OK);
    return undefined;
  } catch (cause) {
    return fileTrouble(cause);
  }
}

/**
 * Writes a file atomically: a reader sees the old or the new one. Pipes and devices are written
 * directly. Returns what went wrong; undefined = nothing.
 */
export function writeWhole(path: string, text: string): string | undefined {
  try {
    if (statSync(path, { throwIfNoEntry: false })?.isFile() === false) {
      writeFileSync(path, text);
      return undefined;
    }
    const draft = `${path}.draft-${process.pid}`;
    try {
      writeFileSync(draft, text);
      renameSync(draft, path);
    } finally {
      rmSync(draft, { force: true });
    }
    return undefined;
  } catch (cause) {
    return fileTrouble(cause);
  }
}
