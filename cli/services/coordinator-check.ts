import { type CoordinatorConfig, loadCoordinatorConfig } from '../../coordinator/config.js';
import { silentLog } from '../../shared/log.js';
import type { FileFault, Result } from '../../shared/result.js';
import type { ExitCode } from '../output/faults.js';
import type { App } from '../shell/app.js';
import { natsTargetOf } from '../shell/connect-service.js';
import { type ServiceFlags, serviceOverrides } from '../shell/service-options.js';
import { refuse } from '../shell/session.js';
import { coordinatorKeysOf, coordinatorPlaceOf, faultsOf } from './coordinator-keys.js';

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
