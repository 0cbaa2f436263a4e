import { type CoordinatorConfig, loadCoordinatorConfig } from '../../coordinator/config.js';
import { type Vault, vaultOf } from '../../coordinator/secrets-key.js';
import { commandsOf } from '../../coordinator/signing-key.js';
import type { CommandCodec } from '../../proto/command-codec.js';
import { type Log, silentLog } from '../../shared/log.js';
import { err, type Fault, type FileFault, ok, type Result } from '../../shared/result.js';
import { COORDINATOR_NAME } from '../auth/users.js';
import type { ExitCode } from '../output/faults.js';
import type { App } from '../shell/app.js';
import { natsTargetOf, type ServiceFlags, serviceOverrides } from '../shell/service-options.js';
import { refuse } from '../shell/session.js';

/** The flags of `dqoes coordinator`. */
export interface CoordinatorFlags extends ServiceFlags {
  /** Only read what a start would read. */
  readonly check?: boolean;
  readonly install?: boolean;
  readonly acceptLost?: string;
}

/** The settings as a start reads them. */
export const coordinatorConfigOf = (
  flags: Pick<CoordinatorFlags, 'config' | 'nats' | 'creds' | 'acceptLost'>,
): Result<CoordinatorConfig> =>
  loadCoordinatorConfig({
    ...(flags.config === undefined ? {} : { file: flags.config }),
    overrides: {
      ...serviceOverrides(flags),
      ...(flags.acceptLost === undefined ? {} : { 'accept-lost': flags.acceptLost }),
    },
  });

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

const faultsOf = (result: Result<unknown>): readonly Fault[] => (result.ok ? [] : result.error);

/** Where these settings find NATS, and the key of a `dqoes up` that is taken there. */
export const coordinatorPlaceOf = ({ natsUrl: url, nats: identity }: CoordinatorConfig) => ({
  url,
  identity,
  keyName: COORDINATOR_NAME,
});

/**
 * A start ends for good by a setting, a key or a file of TLS that cannot be used: all of them are
 * said at once.
 */
export function checkCoordinator(app: App, flags: CoordinatorFlags): ExitCode {
  const config = coordinatorConfigOf(flags);
  if (!config.ok) return refuse(app, config.error, flags.config);
  const ofFile: Pick<FileFault, 'file'> = flags.config === undefined ? {} : { file: flags.config };
  const keys = coordinatorKeysOf(config.value, silentLog);
  const faults: readonly FileFault[] = [
    ...faultsOf(keys).map((fault) => ({ ...ofFile, ...fault })),
    ...faultsOf(natsTargetOf(app, coordinatorPlaceOf(config.value))),
  ];
  if (faults.length > 0) return refuse(app, faults);
  app.output.message('The settings of the coordinator are good.');
  return 0;
}
