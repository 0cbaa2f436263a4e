import type { Command } from 'commander';
import type { SaveFlags, UseFlags } from '../services/context.js';
import type { Registry } from '../shell/app.js';
import {
  appFor,
  type CommonFlags,
  type ShowFlags,
  subjectToken,
  textOf,
  withCommon,
  withFormat,
} from '../shell/options.js';
import { withListFormat } from '../shell/unused-options.js';

/** Adds `dqoes context ls|show|use|save|rm`: clusters by name. */
export function addContext(registry: Registry): void {
  const context = registry.program
    .command('context')
    .description('name the clusters you use: address, key, cluster');
  const { app, finish } = registry;
  withListFormat(withCommon(context.command('ls').alias('list')), app)
    .description('list the contexts, those of the nats program too; * marks the one in use')
    .action(async (flags: ShowFlags) => {
      const { listContexts } = await import('../services/context.js');
      finish(await listContexts(appFor(app, flags), flags));
    });
  withFormat(withCommon(context.command('show [name]')))
    .description('show what a context says, the one in use without a name')
    .action(async (name: string | undefined, flags: ShowFlags) => {
      const { showContext } = await import('../services/context.js');
      finish(showContext(appFor(app, flags), name, flags));
    });
  withCommon(context.command('use [name]'))
    .description('select a context for all your commands')
    .option('--none', 'select none')
    .action(async (name: string | undefined, flags: UseFlags) => {
      const { useContext } = await import('../services/context.js');
      finish(useContext(appFor(app, flags), name, flags));
    });
  addSave(context, registry);
  withCommon(context.command('rm <name...>').alias('remove'))
    .description('remove contexts; keys and other files that they name stay')
    .action(async (names: readonly string[], flags: CommonFlags) => {
      const { removeContexts } = await import('../services/context.js');
      finish(removeContexts(appFor(app, flags), names));
    });
}

function addSave(context: Command, { app, finish }: Registry): void {
  withCommon(context.command('save <name>'))
    .description('write a context; files are named in it, never copied into it')
    .option(
      '--nats <url>',
      'address of NATS, several with commas (default: DQOES_NATS_URL)',
      textOf('an address'),
    )
    .option('--cluster <name>', 'name of the cluster (default: DQOES_CLUSTER)', subjectToken)
    .option('--creds <file>', 'file with your key (default: DQOES_NATS_CREDS)')
    .option('--user <name>', 'user name, with --password-file instead of a key', textOf('a name'))
    .option('--password-file <file>', 'file that holds the password')
    .option('--tls-ca <file>', 'certificates that may have signed that of NATS')
    .option('--tls-cert <file>', 'your certificate, where NATS asks for one')
    .option('--tls-key <file>', 'the key of that certificate')
    .option(
      '--server-user <name>',
      'user who runs NATS, where that is on this machine (default: DQOES_NATS_SERVER_USER)',
      textOf('a name or a number'),
    )
    .option('--console <url>', 'address of the console', textOf('an address'))
    .option(
      '--coordinator-keys <keys>',
      'public keys of the coordinators, with commas (default: DQOES_COORDINATOR_KEYS)',
      textOf('what dqoes coordinator key prints'),
    )
    .option('--description <text>', 'what it is, for dqoes context ls')
    .option('--replace', 'also where there is one of that name')
    .option('--use', 'select it, too')
    .action(async (name: string, flags: SaveFlags) => {
      const { saveContext } = await import('../services/context.js');
      finish(saveContext(appFor(app, flags), name, flags));
    });
}
