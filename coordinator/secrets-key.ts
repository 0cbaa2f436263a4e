import type { KeyObject } from 'node:crypto';
import type { Log } from '../shared/log.js';
import type { Result } from '../shared/result.js';
import { type KeyKind, makeKeyFile, readKeyFile } from './key-file.js';
import { Vault } from './secrets/vault.js';

const SECRETS: KeyKind = {
  type: 'x25519',
  title: 'X25519',
  setting: 'secrets-key',
  make: 'dqoes coordinator key --secrets --make',
};

export type { Vault };

/** The private keys of a coordinator, as they were read; absent = the settings name none. */
export interface PrivateKeys {
  /** Ed25519. */
  readonly signing?: KeyObject;
  /** X25519. */
  readonly secrets?: KeyObject;
}

/** What opens and seals the secrets of a cluster; undefined = there is no key for them. */
export function vaultOf(
  cluster: string,
  { signing, secrets }: PrivateKeys,
  log: Log,
): Vault | undefined {
  if (secrets === undefined) return undefined;
  const signed = signing === undefined ? {} : { signingKey: signing };
  return new Vault({ cluster, secretsKey: secrets, ...signed }, log);
}

/** Reads an X25519 key (PKCS #8, PEM) that nobody else may read. */
export const readSecretsKey = (path: string): Result<KeyObject> => readKeyFile(path, SECRETS);

/** Makes a key that only this user may read; one that is there stays as it is. */
export const makeSecretsKey = (path: string): Result<KeyObject> => makeKeyFile(path, SECRETS);
