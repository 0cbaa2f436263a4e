import { isIP } from 'node:net';
import { err, type Fault, ok, type Result } from '../../shared/result.js';
import { type ListenAddress, parseListen } from '../../shared/schema/listen.js';
import { CONSOLE_NAME } from '../auth/users.js';
import { DEFAULT_CONSOLE_PORT } from '../config.js';
import type { LogLevel } from '../log.js';
import type { App } from '../shell/app.js';
import type { ClusterFlags } from '../shell/options.js';
import { type NatsTarget, natsTarget } from '../target/target.js';

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
  const metricsAt = parseListen(flags.metrics);
  const target = natsTarget(app.config, flags, { keyName: CONSOLE_NAME });
  if (place.ok && metricsAt.ok && target.ok)
    return ok({ place: place.value, metricsAt: metricsAt.value, target: target.value });
  return err([
    ...(place.ok ? [] : [place.error]),
    ...(metricsAt.ok ? [] : [metricsFault(metricsAt.error)]),
    ...(target.ok ? [] : target.error),
  ]);
}

const metricsFault = (message: string): Fault => ({
  code: 'cli.usage',
  field: 'metrics',
  message: `--metrics: ${message}.`,
});

/** `127.0.0.1:8470`, `[::1]:0`, `8470` or an address alone. */
function placeOf(text: string): Result<ConsolePlace, Fault> {
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
