import { loadCoordinatorConfig } from '../../coordinator/config.js';
import { startCoordinator } from '../../coordinator/coordinator.js';
import type { ExitCode } from '../output/faults.js';
import { closedOrAborted } from './aborted.js';
import type { App, Registry } from './app.js';
import { appFor } from './options.js';
import { connectService, type ServiceFlags, serviceLog, serviceOverrides, withService } from './service-options.js';
import { refuse } from './session.js';

interface CoordinatorFlags extends ServiceFlags {
  readonly install?: boolean;
}

/** `dqoes coordinator [--config FILE]`. */
export function addCoordinator({ program, app, finish }: Registry): void {
  withService(program.command('coordinator'))
    .description('run the coordinator service')
    .option('--install', "make the cluster's buckets and event stream where they do not exist yet")
    .action(async (flags: CoordinatorFlags) => finish(await run(appFor(app, flags), flags)));
}

async function run(app: App, flags: CoordinatorFlags): Promise<ExitCode> {
  const config = loadCoordinatorConfig({
    ...(flags.config === undefined ? {} : { file: flags.config }),
    overrides: serviceOverrides(flags),
  });
  if (!config.ok) return refuse(app, config.error, flags.config);
  const log = serviceLog(app, flags);
  const { natsUrl: url, natsCreds: creds, cluster } = config.value;
  const client = await connectService(app, { name: 'dqoes coordinator', url, creds, log });
  if (!client.ok) return refuse(app, client.error);
  const { bus, stores } = client.value;
  if (flags.install === true) {
    const installed = await stores.install(cluster, { replicas: 1 });
    if (!installed.ok)
      return refuse(app, [
        {
          code: 'nats.unavailable',
          field: 'install',
          message: `The buckets of cluster ${cluster} could not be made (${installed.error}): is JetStream on, and may these credentials make streams?`,
        },
      ]);
  }
  const coordinator = await startCoordinator(config.value, { bus, stores, clock: app.clock, log });
  if (!coordinator.ok) {
    await bus.close();
    return refuse(app, coordinator.error);
  }
  const lost = await Promise.race([closedOrAborted(bus, app.signal), coordinator.value.ended.then(() => true)]);
  await coordinator.value.stop();
  await bus.close();
  return lost ? 1 : 0;
}
