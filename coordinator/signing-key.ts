import type { KeyObject } from 'node:crypto';
import { type CommandCodec, UNSIGNED } from '../proto/command-codec.js';
import { publicTextOf, signedCommands } from '../proto/signing/signed-commands.js';
import { err, ok, type Result } from '../shared/result.js';
import { badConfig } from '../shared/schema/bad-config.js';
import type { CoordinatorConfig } from './config.js';
import { type KeyKind, makeKeyFile, readKeyFile } from './key-file.js';

const SIGNING: KeyKind = {
  type: 'ed25519',
  title: 'Ed25519',
  setting: 'signing-key',
  make: 'dqoes coordinator key --make',
};

type SigningConfig = Pick<CoordinatorConfig, 'cluster' | 'trustedKeys'>;

/**
 * How a coordinator with these settings signs and checks desired states. `signingKey`: as it was
 * read; undefined = the settings name none.
 */
export function commandsOf(
  { cluster, trustedKeys }: SigningConfig,
  signingKey: KeyObject | undefined,
): Result<CommandCodec> {
  if (signingKey === undefined) return trustedKeys.length === 0 ? ok(UNSIGNED) : err([WITHOUT_KEY]);
  const trusted = [publicTextOf(signingKey), ...trustedKeys];
  return ok(signedCommands({ cluster, signingKey, trusted }));
}

/** Reads an Ed25519 key (PKCS #8, PEM) that nobody else may read. */
export const readSigningKey = (path: string): Result<KeyObject> => readKeyFile(path, SIGNING);

/** Makes a key that only this user may read; one that is there stays as it is. */
export const makeSigningKey = (path: string): Result<KeyObject> => makeKeyFile(path, SIGNING);

const WITHOUT_KEY = badConfig(
  'coordinator-keys',
  'count beside signing-key, which is missing: what this coordinator writes would be refused, ' +
    'also by itself; set signing-key, or leave them out',
);
