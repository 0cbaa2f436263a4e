import { hostname } from 'node:os';
import { startConsole } from '../../console/console.js';
import type { ConsoleHandle } from '../../console/contract.js';
import { connectNats } from '../../proto/nats/connect.js';
import type { Log } from '../../shared/log.js';
import { versionWith } from '../../shared/version.js';
import { parseJobFile } from '../job-file/parse.js';
import { lineLog } from '../log.js';
import { serveMetrics } from '../monitoring/serve-metrics.js';
import type { ExitCode } from '../output/faults.js';
import { serverUser } from '../server-user.js';
import { untilAborted, untilClosedOrAborted } from '../shell/aborted.js';
import type { App } from '../shell/app.js';
import { boundHeapGrowth } from '../shell/heap-growth.js';
import { refuse } from '../shell/session.js';
import { supervisionOf } from '../supervision/supervision.js';
import type { NatsTarget } from '../target/target.js';
import { type ConsoleFlags, readConsoleOptions } from './console-options.js';
import { failedService } from './failed-service.js';

/** The loop that a watchdog watches: it keeps the view of the cluster up to date. */
const LOOP = 'follow';
/** Longest pause between two looks of it, with the deadlines of its calls, ms. */
const MAX_LOOK_PAUSE_MS = 15_000;

/**
 * Runs a console until Ctrl-C, or only reads its options with `--check`. Waits without limit for a
 * NATS server that is not there yet.
 */
export async function runConsole(app: App, flags: ConsoleFlags): Promise<ExitCode> {
  const options = readConsoleOptions(app, flags);
  if (!options.ok) return refuse(app, options.error);
  if (flags.check === true) {
    app.output.message('The options of the console are good.');
    return 0;
  }
  boundHeapGrowth(app.config.engineFlags);
  const { place, metricsAt, target } = options.value;
  const { clock, version } = app;
  const { cluster } = target;
  const log = lineLog({ write: (line) => app.output.record(line), clock, level: flags.logLevel });
  let running: ConsoleHandle | undefined;
  const service = {
    loops: [LOOP],
    pauseMs: MAX_LOOK_PAUSE_MS,
    status: () => running?.summary() ?? 'starts',
  };
  const supervision = supervisionOf(app.config, service, { clock, log });
  supervision.starting('waits for NATS');
  const client = await Promise.race([connected(target, log), untilAborted(app.signal)]);
  if (client === undefined) return 0;
  if (!client.ok)
    return failedService(app, supervision, [
      { code: 'nats.unavailable', field: 'nats', message: client.error },
    ]);
  const { bus } = client.value;
  const settings = {
    cluster,
    name: hostname(),
    ...place,
    names: (flags.name ?? []).map((name) => name.toLowerCase()),
    requireToken: flags.requireToken === true,
  };
  const started = await startConsole(settings, {
    bus,
    clock,
    log,
    version,
    readJobs: parseJobFile,
    onPass: () => supervision.passed(LOOP),
  });
  if (!started.ok) {
    await bus.close();
    return failedService(app, supervision, started.error);
  }
  running = started.value;
  supervision.ready();
  const metrics = await serveMetrics({
    ...{ listen: metricsAt, sources: [started.value.source], log, clock },
    version: versionWith(version, app.build ?? ''),
  });
  app.output.message(`The console of cluster ${cluster} is at ${started.value.url}/`);
  const isLost = await untilClosedOrAborted(bus, app.signal);
  await supervision.stopping('ends');
  await metrics.close();
  await started.value.stop();
  await bus.close();
  return isLost ? 1 : 0;
}

const connected = ({ url, auth, tls, runBy }: NatsTarget, log: Log) =>
  connectNats({
    servers: url.split(',').map((server) => server.trim()),
    name: 'dqoes console',
    log,
    waitOnFirstConnect: true,
    endOnRefusal: true,
    serverUser,
    ...(runBy === undefined ? {} : { runBy }),
    ...(auth === undefined ? {} : { auth }),
    ...(tls === undefined ? {} : { tls }),
  });
