import { lstatSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { messageOf } from '../../shared/errors.js';
import { err, ok, type Result } from '../../shared/result.js';

/**
 * Makes a folder of this user where everybody may make one, as in /tmp. One that is there already
 * is taken only where nobody else can write to it: a name that is known before may be anybody's,
 * and lead elsewhere. The error is why it cannot be used, with the cure.
 */
export function ownFolder(path: string): Result<void, string> {
  try {
    mkdirSync(path, { mode: 0o700 });
    return ok(undefined);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'EEXIST')
      return err(`${path} cannot be made (${messageOf(cause)}): set TMPDIR to a folder of yours`);
  }
  const found = lstatSync(path, { throwIfNoEntry: false });
  const isOwn =
    found?.isDirectory() === true &&
    found.uid === (process.getuid?.() ?? found.uid) &&
    (found.mode & OTHERS_WRITE) === 0;
  if (isOwn) return ok(undefined);
  return err(`${path} is no folder of yours alone: remove it, or set TMPDIR to a folder of yours`);
}

const OTHERS_WRITE = 0o022;

/**
 * Removes what is in a folder, but for the names that are kept; the folder stays, and with it whose
 * it is.
 */
export function emptyFolder(path: string, kept: readonly string[] = []): void {
  for (const name of readdirSync(path))
    if (!kept.includes(name)) rmSync(join(path, name), { recursive: true, force: true });
}
