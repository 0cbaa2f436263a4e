import { isIP } from 'node:net';
import { hostname } from 'node:os';
import { startConsole } from '../../console/console.js';
import type { ConsoleHandle } from '../../console/contract.js';
import { connectNats } from '../../proto/nats/connect.js';
import type { Log } from '../../shared/log.js';
import type { Fault } from '../../shared/result.js';
import { err, ok, type Result } from '../../shared/result.js';
import { parseListen } from '../../shared/schema/listen.js';
import { CONSOLE_NAME } from '../auth/users.js';
import { DEFAULT_CONSOLE_PORT } from '../config.js';
import { parseJobFile } from '../job-file/parse.js';
import type { LogLevel } from '../log.js';
import { lineLog } from '../log.js';
import { serveMetrics } from '../monitoring/serve-metrics.js';
import type { ExitCode } from '../output/faults.js';
import { untilAborted, untilClosedOrAborted } from '../shell/aborted.js';
import type { App } from '../shell/app.js';
import type { ClusterFlags } from '../shell/options.js';
import { refuse } from '../shell/session.js';
import { supervisionOf } from '../supervision/supervision.js';
import { type NatsTarget, natsTarget } from '../target/target.js';
import { failedService } from './failed-service.js';

/** The loop that a watchdog watches: it keeps the view of the cluster up to date. */
const LOOP = 'follow';
/** Longest pause between two looks of it, with the deadlines of its calls, ms. */
const MAX_LOOK_PAUSE_MS = 15_000;

/** The flags of `dqoes console`. */
export interface ConsoleFlags extends ClusterFlags {
  readonly listen: string;
  readonly metrics: string;
  readonly name?: readonly string[];
  readonly requireToken?: boolean;
  readonly logLevel: LogLevel;
}

/**
 * Runs a console until Ctrl-C. Of a `dqoes up` of this user it takes the key of the console, which
 * is a viewer's. Waits without limit for a NATS server that is not there yet.
 */
export async function runConsole(app: App, flags: ConsoleFlags): Promise<ExitCode> {
  const place = placeOf(flags.listen);
  if (!place.ok) return refuse(app, [place.error]);
  const metricsAt = parseListen(flags.metrics);
  if (!metricsAt.ok) return refuse(app, [metricsFault(metricsAt.error)]);
  const target = natsTarget(app.config, flags, { keyName: CONSOLE_NAME });
  if (!target.ok) return refuse(app, target.error);
  const { clock, version } = app;
  const { cluster } = target.value;
  const log = lineLog({ write: (line) => app.output.problem(line), clock, level: flags.logLevel });
  let running: ConsoleHandle | undefined;
  const service = {
    loops: [LOOP],
    pauseMs: MAX_LOOK_PAUSE_MS,
    status: () => running?.summary() ?? 'starts',
  };
  const supervision = supervisionOf(app.config, service, { clock, log });
  supervision.starting('waits for NATS');
  const client = await Promise.race([connected(target.value, log), untilAborted(app.signal)]);
  if (client === undefined) return 0;
  if (!client.ok)
    return failedService(app, supervision, [
      { code: 'nats.unavailable', field: 'nats', message: client.error },
    ]);
  const { bus } = client.value;
  const settings = {
    cluster,
    name: hostname(),
    ...place.value,
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
    ...{ listen: metricsAt.value, sources: [started.value.source], version, log, clock },
  });
  app.output.message(`The console of cluster ${cluster} is at ${started.value.url}/`);
  const isLost = await untilClosedOrAborted(bus, app.signal);
  await supervision.stopping('ends');
  await metrics.close();
  await started.value.stop();
  await bus.close();
  return isLost ? 1 : 0;
}

const connected = ({ url, auth, tls }: NatsTarget, log: Log) =>
  connectNats({
    servers: url.split(',').map((server) => server.trim()),
    name: 'dqoes console',
    log,
    waitOnFirstConnect: true,
    endOnRefusal: true,
    ...(auth === undefined ? {} : { auth }),
    ...(tls === undefined ? {} : { tls }),
  });

const metricsFault = (message: string): Fault => ({
  code: 'cli.usage',
  field: 'metrics',
  message: `--metrics: ${message}.`,
});

/** `127.0.0.1:8470`, `[::1]:0`, `8470` or an address alone. */
function placeOf(
  text: string,
): Result<{ readonly host: string; readonly port: number; readonly moreTries: number }, Fault> {
  const form = /^(?:(?:\[([0-9a-fA-F:.]+)\]|([0-9.]+|localhost)):)?(\d{1,5})$/.exec(text);
  const [, v6, v4, digits = ''] = form ?? [];
  const host = v6 ?? (v4 === 'localhost' || v4 === undefined ? '127.0.0.1' : v4);
  const port = Number(digits);
  if (form !== null && isIP(host) !== 0 && port <= 65_535)
    return ok({ host, port, moreTries: port === DEFAULT_CONSOLE_PORT ? 100 : 0 });
  const shown = JSON.stringify(text.slice(0, 80));
  const message = `--listen ${shown} is no address and port: write 127.0.0.1:8470 or [::1]:8470.`;
  return err({ code: 'cli.usage', field: 'listen', message });
}
