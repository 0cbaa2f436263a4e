import { InvalidArgumentError } from 'commander';
import { CONSOLE_METRICS_PORT, DEFAULT_CONSOLE_PORT } from '../config.js';
import type { ConsoleFlags } from '../services/console-options.js';
import type { Registry } from '../shell/app.js';
import { appFor, collect, logLevelOption, withCluster } from '../shell/options.js';

/** Adds `dqoes console`: the HTTP API and the page, in the foreground. */
export function addConsole({ program, app, finish }: Registry): void {
  withCluster(program.command('console'))
    .description('run the console: HTTP API and web page, until Ctrl-C')
    .option('--check', 'only read the options, the key and the files of TLS, and end')
    .option(
      '--listen <address:port>',
      'where it listens, as [::1]:8470; a port alone is one of 127.0.0.1; port 0 = any free one',
      `127.0.0.1:${DEFAULT_CONSOLE_PORT}`,
    )
    .option('--name <host>', 'a name by which browsers may call it; may be repeated', hostNames)
    .option('--require-token', 'nobody reads without a token, on this machine neither')
    .option(
      '--metrics <address:port>',
      'where Prometheus reads its metrics, written as for --listen, or off',
      `127.0.0.1:${CONSOLE_METRICS_PORT}`,
    )
    .addOption(logLevelOption('info'))
    .action(async (flags: ConsoleFlags) => {
      const { runConsole } = await import('../services/console.js');
      finish(await runConsole(appFor(app, flags), flags));
    });
}

/** Collects names as a browser sends them: another spelling would never be one. */
function hostNames(text: string, before: readonly string[] = []): readonly string[] {
  if (/^[A-Za-z0-9._-]{1,253}$/.test(text)) return collect(text, before);
  throw new InvalidArgumentError('write a name alone, such as dqoes.example: no https://, no port');
}
