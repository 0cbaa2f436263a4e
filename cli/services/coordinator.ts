import { randomUUID } from 'node:crypto';
import { type CoordinatorConfig, loadCoordinatorConfig } from '../../coordinator/config.js';
import { retryUntilAnswered } from '../../coordinator/election/retry-store.js';
import { runWithLeaderElection } from '../../coordinator/run-with-leader-election.js';
import { commandsOf, makeSigningKey, readSigningKey } from '../../coordinator/signing-key.js';
import { publicTextOf } from '../../proto/signing/signed-commands.js';
import type { StoreFailure } from '../../proto/store.js';
import { err, type Result } from '../../shared/result.js';
import { badConfig } from '../../shared/schema/settings.js';
import { COORDINATOR_NAME } from '../auth/users.js';
import type { ExitCode } from '../output/faults.js';
import { untilClosedOrAborted } from '../shell/aborted.js';
import type { App } from '../shell/app.js';
import {
  connectService,
  type ServiceFlags,
  serviceLog,
  serviceOverrides,
} from '../shell/service-options.js';
import { refuse } from '../shell/session.js';

/** The flags of `dqoes coordinator`. */
export interface CoordinatorFlags extends ServiceFlags {
  readonly install?: boolean;
  readonly acceptLost?: string;
}

/**
 * Runs a coordinator until SIGTERM, or until NATS is gone for good (exit code 1). One of several
 * leads, the others stand by as followers. It waits without limit for NATS servers that start or
 * elect a leader.
 */
export async function runCoordinator(app: App, flags: CoordinatorFlags): Promise<ExitCode> {
  const config = loadCoordinatorConfig({
    ...(flags.config === undefined ? {} : { file: flags.config }),
    overrides: {
      ...serviceOverrides(flags),
      ...(flags.acceptLost === undefined ? {} : { 'accept-lost': flags.acceptLost }),
    },
  });
  if (!config.ok) return refuse(app, config.error, flags.config);
  const commands = commandsOf(config.value);
  if (!commands.ok) return refuse(app, commands.error, flags.config);
  const log = serviceLog(app, flags);
  const { natsUrl: url, nats: identity, replicas, cluster } = config.value;
  const keyName = COORDINATOR_NAME;
  const where = { name: 'dqoes coordinator', url, identity, keyName, log, endOnRefusal: true };
  const client = await connectService(app, where);
  if (!client.ok) return app.signal.aborted ? 0 : refuse(app, client.error);
  const { bus, stores } = client.value;
  const closed = new AbortController();
  const isClosed = untilClosedOrAborted(bus, app.signal);
  void isClosed.then(() => closed.abort());
  const lead = {
    bus,
    stores,
    clock: app.clock,
    log,
    commands: commands.value,
    newNonce: randomUUID,
    signal: closed.signal,
  };
  if (flags.install === true) {
    const install = async () =>
      installed(await stores.install(cluster, { replicas }), config.value);
    const made = await retryUntilAnswered(install, lead);
    if (made?.ok === false) {
      await bus.close();
      return refuse(app, made.error);
    }
  }
  const faults = await runWithLeaderElection(config.value, lead);
  if (faults !== null) {
    await bus.close();
    return refuse(app, faults);
  }
  const isLost = await isClosed;
  await bus.close();
  return isLost ? 1 : 0;
}

/** The flags of `dqoes coordinator key`. */
export interface KeyFlags extends ServiceFlags {
  readonly make?: boolean;
}

/** Prints the public key of `signing-key`, for `coordinator-keys` of the agents. */
export async function showCoordinatorKey(app: App, flags: KeyFlags): Promise<ExitCode> {
  const config = loadCoordinatorConfig({
    ...(flags.config === undefined ? {} : { file: flags.config }),
    overrides: serviceOverrides(flags),
  });
  if (!config.ok) return refuse(app, config.error, flags.config);
  const { signingKeyFile } = config.value;
  if (signingKeyFile === '')
    return refuse(app, [badConfig('signing-key', 'is not set: write the path of the key file')]);
  const key = flags.make === true ? makeSigningKey(signingKeyFile) : readSigningKey(signingKeyFile);
  if (!key.ok) return refuse(app, key.error, flags.config);
  app.output.data(publicTextOf(key.value));
  return 0;
}

type Made = Result<void, StoreFailure>;

function installed(
  made: Made,
  { cluster, replicas }: Pick<CoordinatorConfig, 'cluster' | 'replicas'>,
): Result<void> {
  if (made.ok) return made;
  if (made.error === 'unknown') {
    const message =
      `the buckets of cluster ${cluster} cannot be created yet: the NATS servers elect a ` +
      'leader, or more than half of them are down';
    return err([{ code: 'store.silent', field: 'install', message }]);
  }
  if (made.error === 'full') {
    const message =
      `the buckets of cluster ${cluster} need a GiB of storage, which NATS does not have: ` +
      'give it a larger disk, or raise max_file_store';
    return err([{ code: 'service.full', field: 'install', message }]);
  }
  const message =
    `The buckets of cluster ${cluster} could not be created (${made.error}): is JetStream on, ` +
    `on as many servers as nats.replicas says (${replicas}), and may these credentials create ` +
    'streams?';
  return err([{ code: 'nats.unavailable', field: 'install', message }]);
}
