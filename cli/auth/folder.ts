import { chmodSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { messageOf } from '../../shared/errors.js';
import { err, type Fault, ok, type Result } from '../../shared/result.js';
import { makeFolder } from '../files/make-folder.js';
import { replaceFiles } from '../files/replace-file.js';
import { actsPath, keyPath, recordPath, serverConfigPath, serverFolder } from './folder-paths.js';
import { actsTextAfter } from './key-acts.js';
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

/** A secret key, and the name under which its file lies. */
export interface NamedKey {
  readonly name: string;
  readonly text: string;
}

/**
 * Writes the record and the configuration made of it, with the file of a new key where there is
 * one, and notes who did what to which key: all of them, or on a full disk none.
 */
export function writeFolder(folder: string, record: AuthRecord, key?: NamedKey): Result<void> {
  return trying(folder, () => {
    makeFolders(folder);
    const before = readFolder(folder);
    const users = before.ok ? (before.value?.users ?? []) : [];
    const acts = actsTextAfter(folder, users, record.users);
    replaceFiles([
      ...(key === undefined
        ? []
        : [{ path: keyPath(folder, key.name), text: key.text, mode: 0o600 }]),
      { path: recordPath(folder), text: recordText(record), mode: 0o600 },
      { path: serverConfigPath(folder), text: serverConfig(record), mode: 0o644 },
      ...(acts === undefined ? [] : [{ path: actsPath(folder), text: acts, mode: 0o600 }]),
    ]);
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
