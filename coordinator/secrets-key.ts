import type { KeyObject } from 'node:crypto';
import type { Log } from '../shared/log.js';
import { ok, type Result } from '../shared/result.js';
import type { CoordinatorConfig } from './config.js';
import { type KeyKind, makeKeyFile, readKeyFile } from './key-file.js';
import { Vault } from './secrets/vault.js';
import { readSigningKey } from './signing-key.js';

const SECRETS: KeyKind = {
  type: 'x25519',
  title: 'X25519',
  setting: 'secrets-key',
  make: 'dqoes coordinator key --secrets --make',
};

export type { Vault };

type VaultConfig = Pick<CoordinatorConfig, 'cluster' | 'secretsKeyFile' | 'signingKeyFile'>;

/** What opens and seals secrets under these settings; undefined = they name no key for them. */
export function vaultOf(config: VaultConfig, log: Log): Result<Vault | undefined> {
  const { cluster, secretsKeyFile, signingKeyFile } = config;
  if (secretsKeyFile === '') return ok(undefined);
  const secretsKey = readSecretsKey(secretsKeyFile);
  if (!secretsKey.ok) return secretsKey;
  const signing = signingKeyFile === '' ? ok(undefined) : readSigningKey(signingKeyFile);
  if (!signing.ok) return signing;
  const signed = signing.value === undefined ? {} : { signingKey: signing.value };
  return ok(new Vault({ cluster, secretsKey: secretsKey.value, ...signed }, log));
}

/** Reads an X25519 key (PKCS #8, PEM) that nobody else may read. */
export const readSecretsKey = (path: string): Result<KeyObject> => readKeyFile(path, SECRETS);

/** Makes a key that only this user may read; one that is there stays as it is. */
export const makeSecretsKey = (path: string): Result<KeyObject> => makeKeyFile(path, SECRETS);
