import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import type { CoordinatorConfig } from '../../coordinator/config.js';
import { retryUntilAnswered } from '../../coordinator/election/retry-store.js';
import { monitorCoordinator } from '../../coordinator/monitored.js';
import { runWithLeaderElection } from '../../coordinator/run-with-leader-election.js';
import { makeSecretsKey, readSecretsKey } from '../../coordinator/secrets-key.js';
import { makeSigningKey, readSigningKey } from '../../coordinator/signing-key.js';
import type { NatsClient } from '../../proto/nats/connect.js';
import { isOldNats, LEAST_NATS } from '../../proto/nats/server-version.js';
import { STORAGE_MIB } from '../../proto/nats/streams.js';
import { publicTextOf as sealingKeyText } from '../../proto/sealing/sealed-box.js';
import { publicTextOf } from '../../proto/signing/signed-commands.js';
import type { StoreFailure } from '../../proto/store.js';
import { timedStores } from '../../proto/timed-stores.js';
import type { Log } from '../../shared/log.js';
import { err, type Fault, ok, type Result } from '../../shared/result.js';
import { badConfig } from '../../shared/schema/bad-config.js';
import { versionWith } from '../../shared/version.js';
import { serveMetrics } from '../monitoring/serve-metrics.js';
import type { ExitCode } from '../output/faults.js';
import { untilClosedOrAborted } from '../shell/aborted.js';
import type { App } from '../shell/app.js';
import { connectTo, natsTargetOf } from '../shell/connect-service.js';
import { boundHeapGrowth } from '../shell/heap-growth.js';
import type { CommonFlags } from '../shell/options.js';
import { INSTALLED_COORDINATOR, serviceLog } from '../shell/service-options.js';
import { refuse } from '../shell/session.js';
import { supervisionOf } from '../supervision/supervision.js';
import type { NatsTarget } from '../target/target.js';
import {
  type CoordinatorFlags,
  checkCoordinator,
  coordinatorConfigOf,
} from './coordinator-check.js';
import { coordinatorKeysOf, coordinatorPlaceOf } from './coordinator-keys.js';
import { failedService } from './failed-service.js';
import { threadWorkers } from './thread-workers.js';

/**
 * Runs a coordinator until SIGTERM, or until NATS is gone for good (exit code 1). One of several
 * leads, the others stand by as followers. It waits without limit for NATS servers that start or
 * elect a leader.
 */
export async function runCoordinator(app: App, flags: CoordinatorFlags): Promise<ExitCode> {
  if (flags.check === true) return checkCoordinator(app, flags);
  const config = coordinatorConfigOf(flags);
  if (!config.ok) return refuse(app, config.error, flags.config);
  boundHeapGrowth(app.config.engineFlags);
  const log = serviceLog(app, flags);
  const keys = coordinatorKeysOf(config.value, log);
  if (!keys.ok) return refuse(app, keys.error, flags.config);
  const { commands, vault, keys: privateKeys } = keys.value;
  const { replicas, cluster } = config.value;
  const { listen, allocations } = config.value.metrics;
  const { meter, onLeading, source, summary } = monitorCoordinator(allocations);
  const { clock } = app;
  const version = versionWith(app.version, app.build ?? '');
  const pauseMs = Math.max(MAX_PASS_PAUSE_MS, config.value.leaseMs / POLLS_PER_LEASE);
  const service = { loops: [LOOP], pauseMs, status: summary };
  const supervision = supervisionOf(app.config, service, { clock, log });
  supervision.starting('waits for NATS');
  const connected = await connectAt(app, config.value, log);
  if (!connected.ok)
    return app.signal.aborted ? 0 : failedService(app, supervision, connected.error);
  const { client, nats } = connected.value;
  const { bus, stores, serverVersion } = client;
  if (isOldNats(serverVersion)) {
    await bus.close();
    return failedService(app, supervision, [oldServer(serverVersion)]);
  }
  const closed = new AbortController();
  const isClosed = untilClosedOrAborted(bus, app.signal);
  void isClosed.then(() => closed.abort());
  supervision.starting('waits for the store');
  const onPass = (): void => notePass(supervision);
  const lead = {
    ...{ bus, clock, log, commands, newNonce: randomUUID, signal: closed.signal },
    stores: timedStores(stores, clock, (...operation) => meter.store(...operation)),
    ...(vault === undefined ? {} : { vault }),
    ...{ meter, onLeading, onPass, version },
    beginWorker: threadWorkers(config.value, { clock, log, nats, keys: privateKeys }),
  };
  if (flags.install === true) {
    const install = async () =>
      installed(await stores.install(cluster, { replicas }), config.value);
    const made = await retryUntilAnswered(install, lead);
    if (made?.ok === false) {
      await bus.close();
      return failedService(app, supervision, made.error);
    }
  }
  const metrics = await serveMetrics({ listen, sources: [source], version, log, clock });
  const faults = await runWithLeaderElection(config.value, lead);
  await supervision.stopping('ends; agents keep their limits');
  await metrics.close();
  if (faults !== null) {
    await bus.close();
    return failedService(app, supervision, faults);
  }
  const isLost = await isClosed;
  await bus.close();
  return isLost ? 1 : 0;
}

/** The connection, and where it leads: what was read for it serves the workers, too. */
async function connectAt(
  app: App,
  config: CoordinatorConfig,
  log: Log,
): Promise<Result<{ readonly client: NatsClient; readonly nats: NatsTarget }>> {
  const target = natsTargetOf(app, coordinatorPlaceOf(config));
  if (!target.ok) return target;
  const where = { name: 'dqoes coordinator', log, endOnRefusal: true };
  const client = await connectTo(target.value, where, app.signal);
  return client.ok ? ok({ client: client.value, nats: target.value }) : client;
}

function notePass(supervision: ReturnType<typeof supervisionOf>): void {
  supervision.ready();
  supervision.passed(LOOP);
}

const oldServer = (version: string): Fault => ({
  code: 'nats.unavailable',
  field: 'nats.url',
  message: `the NATS server has version ${version}: dqoes needs ${LEAST_NATS} or newer`,
});

/** The loop that a watchdog watches: it decides while this leads, and looks at the lease else. */
const LOOP = 'decide';
/** Longest pause between two decision passes, ms. */
const MAX_PASS_PAUSE_MS = 1000;
/** How often the lease is looked at within its time. */
const POLLS_PER_LEASE = 4;

/** The flags of `dqoes coordinator key`. */
export interface KeyFlags extends CommonFlags {
  readonly config?: string;
  readonly make?: boolean;
  readonly secrets?: boolean;
}

/**
 * Prints the public key of `signing-key`, for `coordinator-keys` of the agents, or that of
 * `secrets-key`. Without `--config` the settings are those in `installed`, where it is there.
 */
export async function showCoordinatorKey(
  app: App,
  flags: KeyFlags,
  installed = INSTALLED_COORDINATOR,
): Promise<ExitCode> {
  const file = flags.config ?? (existsSync(installed) ? installed : undefined);
  const config = coordinatorConfigOf(file === undefined ? {} : { config: file });
  if (!config.ok) return refuse(app, config.error, file);
  const kind = flags.secrets === true ? KEYS.secrets : KEYS.signing;
  const path = config.value[kind.file];
  if (path === '') {
    const cure =
      file === undefined
        ? 'name the coordinator.yaml that says it with --config'
        : 'write the path of the key file';
    return refuse(app, [badConfig(kind.setting, `is not set: ${cure}`)], file);
  }
  const key = flags.make === true ? kind.make(path) : kind.read(path);
  if (!key.ok) return refuse(app, key.error, file);
  app.output.data(kind.textOf(key.value));
  return 0;
}

const KEYS = {
  signing: {
    setting: 'signing-key',
    file: 'signingKeyFile',
    make: makeSigningKey,
    read: readSigningKey,
    textOf: publicTextOf,
  },
  secrets: {
    setting: 'secrets-key',
    file: 'secretsKeyFile',
    make: makeSecretsKey,
    read: readSecretsKey,
    textOf: sealingKeyText,
  },
} as const;

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
      `the buckets and streams of cluster ${cluster} need ${STORAGE_MIB} MiB of storage, which ` +
      'NATS does not have: give it a larger disk, or raise max_file_store';
    return err([{ code: 'service.full', field: 'install', message }]);
  }
  const message =
    `The buckets of cluster ${cluster} could not be created (${made.error}): is JetStream on, ` +
    `on as many servers as nats.replicas says (${replicas}), and may these credentials create ` +
    'streams?';
  return err([{ code: 'nats.unavailable', field: 'install', message }]);
}
