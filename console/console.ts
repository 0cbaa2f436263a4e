import type { AddressInfo } from 'node:net';
import { messageOf } from '../shared/errors.js';
import type { NodeId } from '../shared/ids.js';
import { err, type Fault, ok, type Result } from '../shared/result.js';
import { Cluster } from './cluster/cluster.js';
import { EventFeed } from './cluster/event-feed.js';
import {
  type ConsoleDeps,
  type ConsoleHandle,
  type ConsoleSettings,
  DEFAULT_LIMITS,
} from './contract.js';
import { Day } from './history/day.js';
import { DayLoader } from './history/loader.js';
import { NodeHours } from './history/node-hour.js';
import { buildApp } from './http/app.js';
import type { AppOptions } from './http/parts.js';
import { consoleSamples } from './monitoring/console-samples.js';
import { ConsoleMeter } from './monitoring/meter.js';
import type { ReportAccess } from './reporting/report.js';
import { Reports } from './reporting/reports.js';

/** Nodes whose hour is remembered: 20 MB. */
const MAX_NODES = 2000;
/** Usual port; the next free one is taken where it is not free. */
export const CONSOLE_PORT = 8470;

/**
 * Starts a console: it follows the cluster over `bus` and answers over HTTP. It keeps nothing that
 * it cannot read again, so any number of them may run, and none is missed. A fault where no port is
 * free. Does not wait for a coordinator: without one it says so.
 */
export async function startConsole(
  settings: ConsoleSettings,
  deps: ConsoleDeps,
): Promise<Result<ConsoleHandle>> {
  const { bus, clock, log, version, readJobs, onPass } = deps;
  const { cluster: name, name: consoleName } = settings;
  const limits = { ...DEFAULT_LIMITS, ...settings.limits };
  const day = new Day(limits.series);
  const nodeHours = new NodeHours(MAX_NODES);
  const cluster = new Cluster({
    bus,
    cluster: name,
    clock,
    log,
    console: { name: consoleName ?? name, version },
    ...(onPass === undefined ? {} : { onLook: onPass }),
    onChange: (change) => {
      nodeHours.takeChange(change);
      const known = cluster.allocationsOn(change.node as NodeId);
      day.takeChange(change, (id) => known?.get(id as never));
    },
  });
  const events = new EventFeed({ bus, cluster: name, clock });
  const loader = new DayLoader({ bus, cluster: name, clock, log, day });
  const call: ReportAccess['call'] = (verb, request) => cluster.call(verb, request);
  const reports = new Reports({ bus, cluster: name, call }, clock);
  const sources = { cluster, events, day, nodeHours, reports, readJobs };
  const parts = [cluster, events, loader];
  const meter = new ConsoleMeter();
  const served = { settings, limits, sources, clock, log, version, meter };
  const server = await listen(served, settings);
  if (!server.ok) return server;
  for (const part of parts) part.start();
  let stopped: Promise<void> | undefined;
  const stop = async (): Promise<void> => {
    await server.value.close();
    for (const part of parts.reverse()) await part.stop();
  };
  return ok({
    url: server.value.url,
    source: {
      name: 'console',
      collect: (samples) => consoleSamples(samples, { cluster, day, meter }),
    },
    summary: () => summaryOf(cluster),
    stop: () => {
      stopped ??= stop();
      return stopped;
    },
  });
}

function summaryOf(cluster: Cluster): string {
  const { isConnected } = cluster.summary();
  if (!isConnected) return 'NATS is away; what is shown is old';
  const nodes = cluster.nodes().length;
  return cluster.hasLeader ? `shows ${nodes} nodes` : `shows ${nodes} nodes; no coordinator leads`;
}

interface Listening {
  readonly url: string;
  close(): Promise<void>;
}

async function listen(
  options: AppOptions,
  { host, port, moreTries = 0, portCure = LISTEN_CURE }: ConsoleSettings,
): Promise<Result<Listening>> {
  for (let tried = 0; ; tried += 1) {
    const app = await buildApp(options);
    try {
      await app.listen({ host, port: port === 0 ? 0 : port + tried });
      const { port: taken } = app.server.address() as AddressInfo;
      const shown = host.includes(':') ? `[${host}]` : host;
      return ok({ url: `http://${shown}:${taken}`, close: () => app.close() });
    } catch (cause) {
      await app.close();
      const { code } = cause as NodeJS.ErrnoException;
      const isTaken = code === 'EADDRINUSE';
      if (isTaken && port !== 0 && tried < moreTries) continue;
      const where = `${host}:${port} cannot be listened at (${messageOf(cause)})`;
      return err([portFault(`${where}: ${portCure}.`, isTaken || code === 'EADDRNOTAVAIL')]);
    }
  }
}

const LISTEN_CURE = 'give another with --listen ADDRESS:PORT';
/** A service is started again after what may pass: an address may come later than the service. */
const portFault = (message: string, isPassing: boolean): Fault => ({
  code: isPassing ? 'http.no-port' : 'cli.usage',
  field: 'port',
  message,
});
