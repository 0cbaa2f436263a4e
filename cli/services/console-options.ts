import { err, type Fault, ok, type Result } from '../../shared/result.js';
import { type ListenAddress, parseListen, parseListenOrOff } from '../../shared/schema/listen.js';
import { CONSOLE_NAME } from '../auth/users.js';
import { CONSOLE_METRICS_PORT, DEFAULT_CONSOLE_PORT } from '../config.js';
import type { LogLevel } from '../log.js';
import type { App } from '../shell/app.js';
import type { ClusterFlags } from '../shell/options.js';
import { natsTarget } from '../target/nats-target.js';
import type { NatsTarget } from '../target/target.js';

/** The flags of `dqoes console`. */
export interface ConsoleFlags extends ClusterFlags {
  /** Only read what a start would read. */
  readonly check?: boolean;
  readonly listen: string;
  readonly metrics: string;
  readonly name?: readonly string[];
  readonly requireToken?: boolean;
  readonly logLevel: LogLevel;
}

/** Where the page is. */
export interface ConsolePlace {
  readonly host: string;
  readonly port: number;
  /** Ports above it that are tried where it is taken. */
  readonly moreTries: number;
}

/** What the options of a console, its key and its files of TLS say. */
export interface ConsoleOptions {
  readonly place: ConsolePlace;
  /** null = no metrics. */
  readonly metricsAt: ListenAddress | null;
  readonly target: NatsTarget;
}

/**
 * Reads what a start reads before it connects; the faults of all of it at once. Of a `dqoes up` of
 * this user it takes the key of the console, which is a viewer's.
 */
export function readConsoleOptions(app: App, flags: ConsoleFlags): Result<ConsoleOptions> {
  const place = placeOf(flags.listen);
  const metricsAt = parseListenOrOff(flags.metrics, CONSOLE_METRICS_PORT);
  const target = natsTarget(app.config, flags, { keyName: CONSOLE_NAME });
  if (place.ok && metricsAt.ok && target.ok)
    return ok({ place: place.value, metricsAt: metricsAt.value, target: target.value });
  return err([
    ...(place.ok ? [] : [addressFault('listen', place.error)]),
    ...(metricsAt.ok ? [] : [addressFault('metrics', metricsAt.error)]),
    ...(target.ok ? [] : target.error),
  ]);
}

const addressFault = (option: string, message: string): Fault => ({
  code: 'cli.usage',
  field: option,
  message: `--${option}: ${message}.`,
});

function placeOf(text: string): Result<ConsolePlace, string> {
  const address = parseListen(text, { port: DEFAULT_CONSOLE_PORT, mayBeOff: false });
  if (!address.ok) return address;
  const { host, port } = address.value;
  return ok({
    host: host === 'localhost' ? '127.0.0.1' : host,
    port,
    moreTries: port === DEFAULT_CONSOLE_PORT ? 100 : 0,
  });
}
