import { loadCoordinatorConfig } from '../../coordinator/config.js';
import { startCoordinator } from '../../coordinator/coordinator.js';
import { closedOrAborted } from '../commands/aborted.js';
import type { App } from '../commands/app.js';
import { connectService, type ServiceFlags, serviceLog, serviceOverrides } from '../commands/service-options.js';
import { refuse } from '../commands/session.js';
import type { ExitCode } from '../output/faults.js';

export interface CoordinatorFlags extends ServiceFlags {
  readonly install?: boolean;
}

/** The coordinator until SIGTERM, until a later leader takes over, or until NATS is gone for good (exit code 1). */
export async function runCoordinator(app: App, flags: CoordinatorFlags): Promise<ExitCode> {
  const config = loadCoordinatorConfig({
    ...(flags.config === undefined ? {} : { file: flags.config }),
    overrides: serviceOverrides(flags),
  });
  if (!config.ok) return refuse(app, config.error, flags.config);
  const log = serviceLog(app, flags);
  const { natsUrl: url, natsCreds: creds, natsReplicas: replicas, cluster } = config.value;
  const client = await connectService(app, { name: 'dqoes coordinator', url, creds, log });
  if (!client.ok) return refuse(app, client.error);
  const { bus, stores } = client.value;
  if (flags.install === true) {
    const installed = await stores.install(cluster, { replicas });
    if (!installed.ok)
      return refuse(app, [
        {
          code: 'nats.unavailable',
          field: 'install',
          message: `The buckets of cluster ${cluster} could not be made (${installed.error}): is JetStream on, on as many servers as nats.replicas says (${replicas}), and may these credentials make streams?`,
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
