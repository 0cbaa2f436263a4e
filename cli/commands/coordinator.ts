import type { CoordinatorFlags } from '../services/coordinator.js';
import type { Registry } from '../shell/app.js';
import { appFor } from '../shell/options.js';
import { withService } from '../shell/service-options.js';

/** `dqoes coordinator [--config FILE]`. The service itself is loaded only when it runs. */
export function addCoordinator({ program, app, finish }: Registry): void {
  withService(program.command('coordinator'))
    .description('run the coordinator service')
    .option('--install', "make the cluster's buckets and event stream where they do not exist yet")
    .option(
      '--accept-lost <buckets>',
      'take lost buckets as they are, comma-separated: what they held is given up',
    )
    .action(async (flags: CoordinatorFlags) => {
      const { runCoordinator } = await import('../services/coordinator.js');
      finish(await runCoordinator(appFor(app, flags), flags));
    });
}
