import { hostname } from 'node:os';
import type { ConsoleHandle } from '../../console/contract.js';
import type { NatsClient } from '../../proto/nats/connect.js';
import type { Clock } from '../../shared/clock.js';
import type { Log } from '../../shared/log.js';
import { ok, type Result } from '../../shared/result.js';
import { CONSOLE_NAME } from '../auth/users.js';
import { parseJobFile } from '../job-file/parse.js';

/** Which console `dqoes up` has. */
export interface UpConsole {
  /** 0 = any free port; else this one or one of the next. */
  readonly port: number;
  readonly version: string;
}

interface ConsoleOptions {
  readonly console?: UpConsole;
  readonly cluster: string;
  readonly clock: Clock;
  readonly log: Log;
}

/** The console with a viewer's key; undefined = none is wanted. */
export async function startUpConsole(
  { console: wanted, cluster, clock, log }: ConsoleOptions,
  connect: (key: string, name: string) => Promise<Result<NatsClient>>,
): Promise<Result<ConsoleHandle | undefined>> {
  if (wanted === undefined) return ok(undefined);
  const client = await connect(CONSOLE_NAME, 'dqoes console');
  if (!client.ok) return client;
  const { port, version } = wanted;
  // Loaded here, because most programs of this command line do without.
  const { startConsole } = await import('../../console/console.js');
  const place = { host: '127.0.0.1', port, moreTries: MORE_PORTS, portCure: PORT_CURE };
  const settings = { cluster, name: hostname(), ...place };
  return startConsole(settings, {
    bus: client.value.bus,
    clock,
    log,
    version,
    readJobs: parseJobFile,
  });
}

const PORT_CURE = 'give another with --console-port, or do without by --no-console';
/** Ports that are tried after the usual one: several `dqoes up` run on one machine. */
const MORE_PORTS = 100;
