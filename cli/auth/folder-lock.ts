import { randomUUID } from 'node:crypto';
import { readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { messageOf } from '../../shared/errors.js';
import { err, type Result } from '../../shared/result.js';
import { isLinked } from '../files/link-file.js';
import { makeFolder } from '../files/make-folder.js';
import { badFolder } from './folder.js';

/** A change takes milliseconds: a lock that old was left by a process that was killed. */
const STALE_MS = 5000;
const WAIT_MS = 10_000;
const PAUSE_MS = 10;

/**
 * Runs a change of the folder of keys while no other process of this user changes it. The change
 * must read the folder itself, and must not wait for anything. Waits up to 10 s; the fault names
 * the file that is in the way.
 */
export function locked<T>(folder: string, change: () => Result<T>): Result<T> {
  const lock = join(folder, 'users.lock');
  const mark = randomUUID();
  try {
    makeFolder(folder, 0o711);
    if (!take(lock, mark)) return err([badFolder(`another dqoes changes it, by ${lock}`)]);
  } catch (cause) {
    return err([badFolder(`${folder} cannot be written (${messageOf(cause)})`)]);
  }
  try {
    return change();
  } finally {
    if (textOf(lock) === mark) rmSync(lock, { force: true });
  }
}

function take(lock: string, mark: string): boolean {
  const own = `${lock}.${mark}`;
  writeFileSync(own, mark, { mode: 0o600, flag: 'wx' });
  try {
    for (let waitedMs = 0; waitedMs <= WAIT_MS; waitedMs += PAUSE_MS) {
      const now = new Date();
      utimesSync(own, now, now);
      if (isLinked(own, lock)) return true;
      clearStale(lock, mark);
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE_MS);
    }
    return false;
  } finally {
    rmSync(own, { force: true });
  }
}

/** Moves away what a killed process left; one that others took meanwhile is put back. */
function clearStale(lock: string, mark: string): void {
  const held = textOf(lock);
  if (held === undefined || Date.now() - changedAtMs(lock) < STALE_MS) return;
  const aside = `${lock}.stale.${mark}`;
  try {
    renameSync(lock, aside);
    if (textOf(aside) !== held) isLinked(aside, lock);
    rmSync(aside, { force: true });
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'ENOENT') throw cause;
  }
}

/** undefined = there is none. */
function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

/** A file that is gone is new. */
const changedAtMs = (path: string): number =>
  statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Date.now();
