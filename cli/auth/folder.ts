import { chmodSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { messageOf } from '../../shared/errors.js';
import { err, type Fault, ok, type Result } from '../../shared/result.js';
import { makeFolder } from '../files/make-folder.js';
import { replaceFile } from '../files/replace-file.js';
import { keyPath, recordPath, serverConfigPath, serverFolder } from './folder-paths.js';
import { parseRecord, recordText } from './record-file.js';
import { serverConfig } from './server-config.js';
import type { AuthRecord } from './users.js';

export {
  authFolderOf,
  keyPath,
  recordPath,
  serverConfigPath,
  serverFolder,
} from './folder-paths.js';

/** Reads the record of a folder; undefined = the folder holds none. */
export function readFolder(folder: string): Result<AuthRecord | undefined> {
  let text: string;
  try {
    text = readFileSync(recordPath(folder), 'utf8');
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return ok(undefined);
    return err([badFolder(`${recordPath(folder)} cannot be read (${messageOf(cause)})`)]);
  }
  const record = parseRecord(text);
  if (record !== undefined) return ok(record);
  return err([
    badFolder(`${recordPath(folder)} is not a list of keys: bring it back from a backup`),
  ]);
}

/** Writes the record and the configuration made of it. */
export function writeFolder(folder: string, record: AuthRecord): Result<void> {
  return trying(folder, () => {
    makeFolders(folder);
    replaceFile(recordPath(folder), recordText(record), 0o600);
    replaceFile(serverConfigPath(folder), serverConfig(record), 0o644);
  });
}

/** Writes the file of a secret key. */
export function writeKey(folder: string, name: string, text: string): Result<void> {
  return trying(folder, () => {
    makeFolders(folder);
    replaceFile(keyPath(folder, name), text, 0o600);
  });
}

function makeFolders(folder: string): void {
  for (const [path, mode] of [
    [folder, 0o711],
    [join(folder, 'keys'), 0o700],
    [serverFolder(folder), 0o755],
  ] as const) {
    makeFolder(path, mode);
    chmodSync(path, mode);
  }
}

/** Runs a change of the folder; the fault names it. */
export function trying(folder: string, write: () => void): Result<void> {
  try {
    write();
    return ok(undefined);
  } catch (cause) {
    return err([badFolder(`${folder} cannot be written (${messageOf(cause)})`)]);
  }
}

/** The fault of a folder of keys. */
export const badFolder = (what: string): Fault => ({
  code: 'auth.bad',
  field: 'dir',
  message: `The folder of keys: ${what}.`,
});
