import type { Command } from 'commander';
import type { Log } from '../../shared/log.js';
import { type LogLevel, lineLog } from '../log.js';
import type { App } from './app.js';
import { type CommonFlags, logLevelOption, withCommon } from './options.js';

/** Flags of `dqoes agent` and `dqoes coordinator`. */
export interface ServiceFlags extends CommonFlags {
  readonly config?: string;
  readonly nats?: string;
  readonly creds?: string;
  readonly logLevel: LogLevel;
}

/** Options of `dqoes agent` and `dqoes coordinator`: configuration file, NATS, log level. */
export const withService = (command: Command): Command =>
  withLog(
    withSettings(command)
      .option('--nats <url>', 'address of NATS; overrides the file')
      .option('--creds <file>', 'file with the key of this program; overrides the file'),
  );

/**
 * Those of a command that is called with the options of the service, as where a package is removed,
 * and needs no NATS.
 */
export const withUnusedNats = (command: Command): Command =>
  withLog(
    withSettings(command)
      .option('--nats <url>', 'accepted as the service takes it: no NATS is needed')
      .option('--creds <file>', 'accepted as the service takes it: no NATS is needed'),
  );

/** Where packages and installers put the settings of a coordinator. */
export const INSTALLED_COORDINATOR = '/etc/dqoes/coordinator.yaml';

/** The configuration file of a service. `without`: what counts where none is named. */
export const withSettings = (command: Command, without = 'the defaults'): Command =>
  withCommon(command).option('-c, --config <file>', `configuration file; without it ${without}`);

/** The log of a service. */
export const withLog = (command: Command): Command => command.addOption(logLevelOption('info'));

/** The log of a service: lines on stderr from the level of `--log-level` on. */
export const serviceLog = (app: App, flags: ServiceFlags): Log =>
  lineLog({ write: (line) => app.output.record(line), clock: app.clock, level: flags.logLevel });

/** Settings of the command line, by the keys of the configuration files. */
export const serviceOverrides = (
  flags: Pick<ServiceFlags, 'nats' | 'creds'>,
): Readonly<Record<string, string>> => ({
  ...(flags.nats === undefined ? {} : { 'nats.url': flags.nats }),
  ...(flags.creds === undefined ? {} : { 'nats.credentials': flags.creds }),
});
