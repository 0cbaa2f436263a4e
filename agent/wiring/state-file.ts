import { messageOf } from '../../shared/errors.js';
import { err, type Fault, ok, type Result } from '../../shared/result.js';
import { createFileStore } from '../drivers/file-store.js';
import type { FileStore } from '../ports/files.js';

/** Opens a file of a state folder; the error is a fault with the cure. */
export async function openIn<T>(
  folder: string,
  what: string,
  opens: (files: FileStore) => Promise<T>,
): Promise<Result<T>> {
  try {
    return ok(await opens(createFileStore(folder)));
  } catch (cause) {
    return err([stateFault(`${what} in ${folder} cannot be opened`, cause)]);
  }
}

/** What may be over a moment later, without another setting. */
const PASSING: ReadonlySet<unknown> = new Set([
  'ENOSPC',
  'EDQUOT',
  'EROFS',
  'EIO',
  'ESTALE',
  'EMFILE',
  'ENFILE',
  'ENOMEM',
]);

/** Whether what the disk refused may be over a moment later. */
export const isPassing = (cause: unknown): boolean =>
  PASSING.has((cause as NodeJS.ErrnoException | null)?.code);

/**
 * The fault of a state folder. A service is started again after a fault of the disk, and not after
 * one of its settings.
 */
export function stateFault(what: string, cause: unknown): Fault {
  const mayPass = isPassing(cause);
  const cure = mayPass
    ? 'make room there, or mend the disk'
    : 'check the folder and your rights, or set state-dir';
  return {
    code: mayPass ? 'journal.disk' : 'config.bad',
    field: 'state-dir',
    message: `${what} (${messageOf(cause)}): ${cure}`,
  };
}
