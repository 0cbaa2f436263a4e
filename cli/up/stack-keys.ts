import { join } from 'node:path';
import type { CoordinatorConfig } from '../../coordinator/config.js';
import {
  makeSecretsKey,
  type PrivateKeys,
  readSecretsKey,
  vaultOf,
} from '../../coordinator/secrets-key.js';
import { commandsOf, makeSigningKey, readSigningKey } from '../../coordinator/signing-key.js';
import { publicTextOf } from '../../proto/signing/signed-commands.js';
import type { Log } from '../../shared/log.js';
import { ok } from '../../shared/result.js';
import { putFile } from '../files/staged-file.js';
import { publicKeyPath } from './stack-files.js';

/**
 * Desired states are signed with the key of the settings, else with one of the state folder: its
 * agents obey nobody else, also where another server has taken the port. The same for the key to
 * which secrets are sealed.
 */
export function keysOf(
  { stateDir, log }: { readonly stateDir: string; readonly log: Log },
  config: CoordinatorConfig,
) {
  const signingKeyFile = config.signingKeyFile || join(stateDir, 'signing-key.pem');
  const key =
    config.signingKeyFile === '' ? makeSigningKey(signingKeyFile) : readSigningKey(signingKeyFile);
  if (!key.ok) return key;
  const commands = commandsOf(config, key.value);
  if (!commands.ok) return commands;
  const secretsKeyFile = config.secretsKeyFile || join(stateDir, 'secrets-key.pem');
  const secrets =
    config.secretsKeyFile === '' ? makeSecretsKey(secretsKeyFile) : readSecretsKey(secretsKeyFile);
  if (!secrets.ok) return secrets;
  const keys: PrivateKeys = { signing: key.value, secrets: secrets.value };
  const publicKey = publicTextOf(key.value);
  // In one step: commands would trust nobody by the half that a full disk leaves.
  putFile({ path: publicKeyPath(stateDir), text: `${publicKey}\n`, mode: 0o600 });
  const vault = vaultOf(config.cluster, keys, log);
  return ok({ commands: commands.value, publicKey, vault, keys });
}
