import { randomUUID } from 'node:crypto';
import { loadCoordinatorConfig } from '../../coordinator/config.js';
import { leadInTurn } from '../../coordinator/lead-in-turn.js';
import { closedOrAborted } from '../commands/aborted.js';
import type { App } from '../commands/app.js';
import { connectService, type ServiceFlags, serviceLog, serviceOverrides } from '../commands/service-options.js';
import { refuse } from '../commands/session.js';
import type { ExitCode } from '../output/faults.js';

export interface CoordinatorFlags extends ServiceFlags {
  readonly install?: boolean;
  readonly acceptLost?: string;
}

/** A coordinator until SIGTERM, or until NATS is gone for good (exit code 1). Of several one leads, the others stand by. */
export async function runCoordinator(app: App, flags: CoordinatorFlags): Promise<ExitCode> {
  const config = loadCoordinatorConfig({
    ...(flags.config === undefined ? {} : { file: flags.config }),
    overrides: {
      ...serviceOverrides(flags),
      ...(flags.acceptLost === undefined ? {} : { 'accept-lost': flags.acceptLost }),
    },
  });
  if (!config.ok) return refuse(app, config.error, flags.config);
  const log = serviceLog(app, flags);
  const { natsUrl: url, natsCreds: creds, replicas, cluster } = config.value;
  const client = await connectService(app, { name: 'dqoes coordinator', url, creds, log });
  if (!client.ok) return app.signal.aborted ? 0 : refuse(app, client.error);
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
  const closed = new AbortController();
  const isClosed = closedOrAborted(bus, app.signal);
  void isClosed.then(() => closed.abort());
  const faults = await leadInTurn(config.value, {
    ...{ bus, stores, clock: app.clock, log, newNonce: randomUUID, signal: closed.signal },
  });
  if (faults !== null) {
    await bus.close();
    return refuse(app, faults);
  }
  const isLost = await isClosed;
  await bus.close();
  return isLost ? 1 : 0;
}
