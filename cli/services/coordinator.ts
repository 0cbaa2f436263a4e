import { randomUUID } from 'node:crypto';
import { campaign } from '../../coordinator/candidate.js';
import { type CoordinatorConfig, loadCoordinatorConfig } from '../../coordinator/config.js';
import { type CoordinatorDeps, startCoordinator } from '../../coordinator/coordinator.js';
import type { KeyValueStore } from '../../proto/store.js';
import type { Fault } from '../../shared/result.js';
import { aborted, closedOrAborted } from '../commands/aborted.js';
import type { App } from '../commands/app.js';
import { connectService, type ServiceFlags, serviceLog, serviceOverrides } from '../commands/service-options.js';
import { refuse } from '../commands/session.js';
import type { ExitCode } from '../output/faults.js';

export interface CoordinatorFlags extends ServiceFlags {
  readonly install?: boolean;
}

/** A coordinator until SIGTERM, or until NATS is gone for good (exit code 1). Of several one leads, the others stand by. */
export async function runCoordinator(app: App, flags: CoordinatorFlags): Promise<ExitCode> {
  const config = loadCoordinatorConfig({
    ...(flags.config === undefined ? {} : { file: flags.config }),
    overrides: serviceOverrides(flags),
  });
  if (!config.ok) return refuse(app, config.error, flags.config);
  const log = serviceLog(app, flags);
  const { natsUrl: url, natsCreds: creds, natsReplicas: replicas, cluster } = config.value;
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
  const opened = await stores.open(cluster, 'lease');
  if (!opened.ok) {
    await bus.close();
    return refuse(app, [missingStore(cluster, opened.error)]);
  }
  const closed = new AbortController();
  const isClosed = closedOrAborted(bus, app.signal);
  void isClosed.then(() => closed.abort());
  const faults = await leadInTurn(config.value, {
    ...{ bus, stores, clock: app.clock, log, lease: opened.value, signal: closed.signal },
  });
  if (faults !== null) {
    await bus.close();
    return refuse(app, faults);
  }
  const isLost = await isClosed;
  await bus.close();
  return isLost ? 1 : 0;
}

const missingStore = (cluster: string, failure: string): Fault => ({
  code: 'nats.unavailable',
  field: 'lease',
  message: `The buckets of cluster ${cluster} cannot be opened (${failure}): make them once with dqoes coordinator --install`,
});

interface Turns extends CoordinatorDeps {
  readonly lease: KeyValueStore;
  readonly signal: AbortSignal;
}

/** Leads whenever it is this coordinator's turn, and stands by otherwise, until the signal. Faults are of what a leader finds in the store: nobody else could lead with it either. */
async function leadInTurn(
  config: CoordinatorConfig,
  { lease, signal, ...deps }: Turns,
): Promise<readonly Fault[] | null> {
  const { clock, log } = deps;
  const { name: holder, leaseMs } = config;
  let last: { readonly lastNonce?: string } = {};
  for (;;) {
    const won = await campaign({ store: lease, clock, log, holder, newNonce: randomUUID, leaseMs, signal, ...last });
    if (won === null) return null;
    const coordinator = await startCoordinator(config, { ...deps, won });
    if (!coordinator.ok) return coordinator.error;
    await Promise.race([aborted(signal), coordinator.value.ended]);
    await coordinator.value.stop();
    if (signal.aborted) return null;
    last = { lastNonce: coordinator.value.nonce };
  }
}
