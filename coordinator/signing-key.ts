import { createPrivateKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { type CommandCodec, UNSIGNED } from '../proto/command-codec.js';
import { publicTextOf, signedCommands } from '../proto/signing/signed-commands.js';
import { messageOf } from '../shared/errors.js';
import { err, ok, type Result } from '../shared/result.js';
import { badConfig } from '../shared/schema/settings.js';
import type { CoordinatorConfig } from './config.js';

/** Rights of others, and of the group beyond reading. */
const TOO_OPEN = 0o037;

type SigningConfig = Pick<CoordinatorConfig, 'cluster' | 'signingKeyFile' | 'trustedKeys'>;

/** How a coordinator with these settings signs and checks desired states. */
export function commandsOf(config: SigningConfig): Result<CommandCodec> {
  const { cluster, signingKeyFile, trustedKeys } = config;
  if (signingKeyFile === '') return trustedKeys.length === 0 ? ok(UNSIGNED) : err([WITHOUT_KEY]);
  const key = readSigningKey(signingKeyFile);
  if (!key.ok) return key;
  const trusted = [publicTextOf(key.value), ...trustedKeys];
  return ok(signedCommands({ cluster, signingKey: key.value, trusted }));
}

/** Reads an Ed25519 key (PKCS #8, PEM) that nobody else may read. */
export function readSigningKey(path: string): Result<KeyObject> {
  try {
    if ((statSync(path).mode & TOO_OPEN) !== 0)
      return err([
        fault(`${path} can be read by others, or changed by its group: chmod 600 ${path}`),
      ]);
    return keyIn(path, readFileSync(path));
  } catch (cause) {
    return err([fault(`${path} cannot be read (${messageOf(cause)}): ${MAKE}`)]);
  }
}

function keyIn(path: string, pem: Buffer): Result<KeyObject> {
  try {
    const key = createPrivateKey(pem);
    if (key.asymmetricKeyType === 'ed25519') return ok(key);
    return err([notAKey(path, key.asymmetricKeyType ?? 'none')]);
  } catch (cause) {
    return err([notAKey(path, messageOf(cause))]);
  }
}

/** Makes a key that only this user may read; one that is there stays as it is. */
export function makeSigningKey(path: string): Result<KeyObject> {
  const { privateKey } = generateKeyPairSync('ed25519');
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    writeNew(path, privateKey.export({ type: 'pkcs8', format: 'pem' }));
    return ok(privateKey);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'EEXIST') return readSigningKey(path);
    return err([fault(`${path} cannot be written: ${messageOf(cause)}`)]);
  }
}

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

const MAKE = 'make one with "dqoes coordinator key --make"';
const fault = (message: string) => badConfig('signing-key', message);
const notAKey = (path: string, why: string) =>
  fault(
    `${path} is no Ed25519 key (${why}): bring it back from a backup, or move it away and ${MAKE}`,
  );
const WITHOUT_KEY = badConfig(
  'coordinator-keys',
  'count beside signing-key, which is missing: what this coordinator writes would be refused, ' +
    'also by itself; set signing-key, or leave them out',
);
