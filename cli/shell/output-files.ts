import { accessSync, constants, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { messageOf } from '../../shared/errors.js';
import type { Fault } from '../../shared/result.js';

/**
 * Checks, before the work that they are to hold is done, that files can be written; one fault for
 * each that cannot, by the option that names it.
 */
export function outputFaults(
  outputs: Readonly<Record<string, string | undefined>>,
): readonly Fault[] {
  return Object.entries(outputs).flatMap(([option, path]) => {
    if (path === undefined) return [];
    const cause = whyNotWritable(path);
    if (cause === undefined) return [];
    const what = `--${option} ${path}: cannot be written (${cause})`;
    const message = `${what}: check the path and its permissions`;
    return [{ code: 'cli.usage', field: option, message }];
  });
}

function whyNotWritable(path: string): string | undefined {
  try {
    const found = statSync(path, { throwIfNoEntry: false });
    if (found?.isDirectory() === true) return 'it is a folder';
    // A device or a pipe is written where it is; the folder of a file gets another one.
    const written = found === undefined || found.isFile() ? dirname(resolve(path)) : path;
    accessSync(written, constants.W_OK);
    return undefined;
  } catch (cause) {
    return messageOf(cause);
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
    return messageOf(cause);
  }
}
