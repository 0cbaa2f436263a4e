import type { KeyObject } from 'node:crypto';
import type { CoordinatorConfig } from '../../coordinator/config.js';
import {
  type PrivateKeys,
  readSecretsKey,
  type Vault,
  vaultOf,
} from '../../coordinator/secrets-key.js';
import { commandsOf, readSigningKey } from '../../coordinator/signing-key.js';
import type { CommandCodec } from '../../proto/command-codec.js';
import type { Log } from '../../shared/log.js';
import { err, type Fault, ok, type Result } from '../../shared/result.js';
import { COORDINATOR_NAME } from '../auth/users.js';

/** What the keys of a coordinator are for. */
export interface CoordinatorKeys {
  readonly commands: CommandCodec;
  /** undefined = the settings name no key for secrets. */
  readonly vault: Vault | undefined;
}

/** Reads the key files that the settings name; the faults of all of them. */
export function coordinatorKeysOf(
  config: CoordinatorConfig,
  log: Log,
): Result<CoordinatorKeys & { readonly keys: PrivateKeys }> {
  const signing = keyOf(config.signingKeyFile, readSigningKey);
  const secrets = keyOf(config.secretsKeyFile, readSecretsKey);
  if (!signing.ok || !secrets.ok) {
    const ofSigning = signing.ok ? commandsOf(config, signing.value) : signing;
    return err([...faultsOf(ofSigning), ...faultsOf(secrets)]);
  }
  const keys: PrivateKeys = {
    ...(signing.value === undefined ? {} : { signing: signing.value }),
    ...(secrets.value === undefined ? {} : { secrets: secrets.value }),
  };
  const used = withKeys(config, keys, log);
  return used.ok ? ok({ ...used.value, keys }) : used;
}

/** What keys are for that were read before. */
export function withKeys(
  config: Pick<CoordinatorConfig, 'cluster' | 'trustedKeys'>,
  keys: PrivateKeys,
  log: Log,
): Result<CoordinatorKeys> {
  const commands = commandsOf(config, keys.signing);
  if (!commands.ok) return commands;
  return ok({ commands: commands.value, vault: vaultOf(config.cluster, keys, log) });
}

/** undefined = no file is named. */
const keyOf = (
  file: string,
  read: (path: string) => Result<KeyObject>,
): Result<KeyObject | undefined> => (file === '' ? ok(undefined) : read(file));

/** The faults of a result; none where it is good. */
export const faultsOf = (result: Result<unknown>): readonly Fault[] =>
  result.ok ? [] : result.error;

/** Where these settings find NATS, and the key of a `dqoes up` that is taken there. */
export const coordinatorPlaceOf = ({ natsUrl: url, nats: identity }: CoordinatorConfig) => ({
  url,
  identity,
  keyName: COORDINATOR_NAME,
});
