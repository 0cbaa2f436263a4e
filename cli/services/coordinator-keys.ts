import type { CoordinatorConfig } from '../../coordinator/config.js';
import { type Vault, vaultOf } from '../../coordinator/secrets-key.js';
import { commandsOf } from '../../coordinator/signing-key.js';
import type { CommandCodec } from '../../proto/command-codec.js';
import type { Log } from '../../shared/log.js';
import { err, type Fault, ok, type Result } from '../../shared/result.js';
import { COORDINATOR_NAME } from '../auth/users.js';

/** What the key files of a coordinator are for. */
export interface CoordinatorKeys {
  readonly commands: CommandCodec;
  /** undefined = the settings name no key for secrets. */
  readonly vault: Vault | undefined;
}

/** Reads the key files that the settings name; the faults of all of them. */
export function coordinatorKeysOf(config: CoordinatorConfig, log: Log): Result<CoordinatorKeys> {
  const commands = commandsOf(config);
  const vault = vaultOf(config, log);
  if (commands.ok && vault.ok) return ok({ commands: commands.value, vault: vault.value });
  const faults = [...faultsOf(commands), ...faultsOf(vault)];
  // Secrets are signed as well, so the key for that is read twice.
  return err([...new Map(faults.map((fault) => [fault.message, fault])).values()]);
}

/** The faults of a result; none where it is good. */
export const faultsOf = (result: Result<unknown>): readonly Fault[] =>
  result.ok ? [] : result.error;

/** Where these settings find NATS, and the key of a `dqoes up` that is taken there. */
export const coordinatorPlaceOf = ({ natsUrl: url, nats: identity }: CoordinatorConfig) => ({
  url,
  identity,
  keyName: COORDINATOR_NAME,
});
