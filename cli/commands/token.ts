import { type Command, InvalidArgumentError, Option } from 'commander';
import { USER_ROLES } from '../../proto/roles.js';
import type { CreateFlags } from '../services/token.js';
import type { Registry } from '../shell/app.js';
import { appFor, type ClusterFlags, type ShowFlags, withCluster } from '../shell/options.js';
import { withListFormat } from '../shell/unused-options.js';

/** Adds `dqoes token create|ls|revoke`: who may use the HTTP API. */
export function addToken(registry: Registry): void {
  const token = registry.program
    .command('token')
    .description('make, list and revoke tokens of the HTTP API');
  addCreate(token, registry);
  withListFormat(withCluster(token.command('ls').alias('list')), registry.app)
    .description('list the tokens; none of them can be shown again')
    .action(async (flags: ShowFlags) => {
      const { listTokens } = await import('../services/token.js');
      registry.finish(await listTokens(appFor(registry.app, flags), flags));
    });
  withCluster(token.command('revoke <id>'))
    .description('make a token useless, at once for changes, within 5 s for reading')
    .action(async (id: string, flags: ClusterFlags) => {
      const { revokeToken } = await import('../services/token.js');
      registry.finish(await revokeToken(appFor(registry.app, flags), id, flags));
    });
}

function addCreate(token: Command, { app, finish }: Registry): void {
  withCluster(token.command('create [name]'))
    .description('make a token and print it, once; its jobs belong to token:NAME')
    .addOption(
      new Option('--role <role>', 'what it may do').choices(USER_ROLES).makeOptionMandatory(),
    )
    .option('--expires <time>', 'how long it is good, as 30d, 12h or 45m (default: for ever)', span)
    .action(async (name: string | undefined, flags: CreateFlags) => {
      const { createToken } = await import('../services/token.js');
      finish(await createToken(appFor(app, flags), name, flags));
    });
}

const UNITS: Readonly<Record<string, number>> = { d: 86_400_000, h: 3_600_000, m: 60_000 };

/** `30d` → ms. */
function span(text: string): number {
  const [, digits = '', unit = ''] = /^(\d{1,5})([dhm])$/.exec(text) ?? [];
  const ms = Number(digits) * (UNITS[unit] ?? 0);
  if (ms > 0) return ms;
  throw new InvalidArgumentError('use a number and d, h or m, such as 30d');
}
