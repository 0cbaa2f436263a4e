import type { CoordinatorFlags } from '../services/coordinator.js';
import type { Registry } from '../shell/app.js';
import { appFor } from '../shell/options.js';
import { withService } from '../shell/service-options.js';

/** `dqoes coordinator [--config FILE]`. The service itself is loaded only when it runs. */
export function addCoordinator({ program, app, finish }: Registry): void {
  withService(program.command('coordinator'))
    .description('run the coordinator service')
    .option('--install', "create the cluster's buckets and event stream if they do not exist")
    .option(
      '--accept-lost <buckets>',
      'accept that these buckets are lost, comma-separated: their content is dropped',
    )
    .action(async (flags: CoordinatorFlags) => {
      const { runCoordinator } = await import('../services/coordinator.js');
      finish(await runCoordinator(appFor(app, flags), flags));
    });
}
