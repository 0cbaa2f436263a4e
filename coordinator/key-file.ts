import { createPrivateKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import {
  existsSync,
  linkSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { messageOf } from '../shared/errors.js';
import { err, ok, type Result } from '../shared/result.js';
import { badConfig } from '../shared/schema/bad-config.js';

/** Rights of others, and of the group beyond reading. */
const TOO_OPEN = 0o037;

/** A kind of private key of a coordinator, and how people speak of it. */
export interface KeyKind {
  /** As `node:crypto` calls it. */
  readonly type: 'ed25519' | 'x25519';
  readonly title: string;
  /** The setting that names its file. */
  readonly setting: string;
  /** The command that makes it. */
  readonly make: string;
}

/** Reads a private key (PKCS #8, PEM) that nobody else may read. */
export function readKeyFile(path: string, kind: KeyKind): Result<KeyObject> {
  const fault = (message: string) => err([badConfig(kind.setting, message)]);
  try {
    if ((statSync(path).mode & TOO_OPEN) !== 0)
      return fault(`${path} can be read by others, or changed by its group: chmod 600 ${path}`);
    return keyIn(path, readFileSync(path), kind);
  } catch (cause) {
    // The service runs as a user of its own, and the key was made by root.
    const isKept = (cause as NodeJS.ErrnoException).code === 'EACCES';
    const cure = isKept
      ? `give it to the group of the coordinator: chgrp dqoes ${path}, then chmod 640 ${path}`
      : `make one with "${kind.make}"`;
    return fault(`${path} cannot be read (${messageOf(cause)}): ${cure}`);
  }
}

function keyIn(path: string, pem: Buffer, kind: KeyKind): Result<KeyObject> {
  try {
    const key = createPrivateKey(pem);
    if (key.asymmetricKeyType === kind.type) return ok(key);
    return err([notAKey(path, kind, key.asymmetricKeyType ?? 'none')]);
  } catch (cause) {
    return err([notAKey(path, kind, messageOf(cause))]);
  }
}

/** Makes a key that only this user may read; one that is there stays as it is. */
export function makeKeyFile(path: string, kind: KeyKind): Result<KeyObject> {
  const privateKey = newKey(kind.type);
  try {
    makeFolders(dirname(path));
    writeNew(path, privateKey.export({ type: 'pkcs8', format: 'pem' }));
    return ok(privateKey);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'EEXIST') return readKeyFile(path, kind);
    return err([badConfig(kind.setting, `${path} cannot be written: ${messageOf(cause)}`)]);
  }
}

/**
 * One by one: `mkdirSync` with `recursive` never returns where the system refuses a folder with
 * ENOENT, as in /proc.
 */
function makeFolders(folder: string): void {
  if (existsSync(folder)) return;
  makeFolders(dirname(folder));
  try {
    mkdirSync(folder, { mode: 0o700 });
  } catch (cause) {
    // Another process may have made it meanwhile.
    if (!existsSync(folder)) throw cause;
  }
}

const newKey = (type: KeyKind['type']): KeyObject =>
  (type === 'ed25519' ? generateKeyPairSync('ed25519') : generateKeyPairSync('x25519')).privateKey;

/** Writes all of it or nothing, also where this process is killed, and never over another file. */
function writeNew(path: string, text: string | Buffer): void {
  const next = `${path}.${process.pid}`;
  rmSync(next, { force: true });
  try {
    writeFileSync(next, text, { mode: 0o600, flag: 'wx', flush: true });
    linkSync(next, path);
  } finally {
    rmSync(next, { force: true });
  }
}

const notAKey = (path: string, { title, setting, make }: KeyKind, why: string) =>
  badConfig(
    setting,
    `${path} is no ${title} key (${why}): bring it back from a backup, or move it away and make ` +
      `one with "${make}"`,
  );
