import type { KeyFlags } from '../services/coordinator.js';
import type { CoordinatorFlags } from '../services/coordinator-check.js';
import type { Registry } from '../shell/app.js';
import { appFor } from '../shell/options.js';
import { INSTALLED_COORDINATOR, withService, withSettings } from '../shell/service-options.js';

/** `dqoes coordinator` and `dqoes coordinator key`. The service is loaded only when it runs. */
export function addCoordinator({ program, app, finish }: Registry): void {
  const coordinator = withService(program.command('coordinator'))
    .description('run the coordinator service')
    .option('--check', 'only read the settings, the keys and the files of TLS, and end')
    .option('--install', "create the cluster's buckets and event stream if they do not exist")
    .option(
      '--accept-lost <buckets>',
      'accept that these buckets are lost, comma-separated: their content is dropped',
    )
    .action(async (flags: CoordinatorFlags) => {
      const { runCoordinator } = await import('../services/coordinator.js');
      finish(await runCoordinator(appFor(app, flags), flags));
    });
  withSettings(coordinator.command('key'), `${INSTALLED_COORDINATOR}, where it is`)
    .description('print the public key that agents need to know desired states by')
    .option('--make', 'make the key file where there is none')
    .option('--secrets', 'that of secrets-key, to which secrets are sealed, instead')
    .action(async (flags: KeyFlags) => {
      const { showCoordinatorKey } = await import('../services/coordinator.js');
      finish(await showCoordinatorKey(appFor(app, flags), flags));
    });
}
