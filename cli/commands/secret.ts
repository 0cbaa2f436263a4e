import type { SecretStatus } from '../../proto/schemas/service.js';
import type { SecretName } from '../../shared/ids.js';
import { type Fault, ok, type Result } from '../../shared/result.js';
import { SECRET_COLUMNS } from '../output/secrets.js';
import type { SecretSetFlags } from '../services/secret.js';
import type { App, Registry } from '../shell/app.js';
import { allAsked, secretAsked } from '../shell/names-asked.js';
import { appFor, type ShowFlags, withCluster, withFormat, withWatch } from '../shell/options.js';
import { refuse, type Session, withChecked, withSession } from '../shell/session.js';
import { type ListView, printAnswer, showListing } from '../shell/show.js';
import { withListFormat } from '../shell/unused-options.js';

/** Adds `dqoes secret set|ls|remove`. There is none that prints a value. */
export function addSecret({ program, app, finish }: Registry): void {
  const secret = program
    .command('secret')
    .description('set, list and remove secrets, which jobs name in env');
  withFormat(withCluster(secret.command('set <name>')))
    .description('store a secret, read from standard input, sealed to the coordinators')
    .option('--file <path>', 'read it from this file; one line end at its end is left out')
    .option('--shared', 'let jobs of everybody name it, not only yours')
    .option('--no-shared', 'let only your jobs name it again')
    .option(
      '--coordinator-keys <keys>',
      'public keys of the coordinators, comma-separated: refuse any other ' +
        '(else DQOES_COORDINATOR_KEYS, on this machine that of dqoes up)',
    )
    .action(async (name: string, flags: SecretSetFlags) => {
      const { setSecret } = await import('../services/secret.js');
      finish(await setSecret(appFor(app, flags), name, flags));
    });
  withWatch(withListFormat(withCluster(secret.command('ls').alias('list')), app))
    .description('list the secrets by name; their values cannot be read')
    .action(async (flags: ShowFlags) => {
      const shown = appFor(app, flags);
      finish(
        await withSession(shown, flags, (session) =>
          showListing(shown, flags, () => secrets(app, session)),
        ),
      );
    });
  withFormat(withCluster(secret.command('remove <name...>')))
    .description('forget secrets: what runs with one runs on, nothing is started without it')
    .action(async (names: readonly string[], flags: ShowFlags) => {
      const shown = appFor(app, flags);
      const checked = allAsked(names, secretAsked);
      finish(
        await withChecked(shown, { flags, checked }, (session, asked) =>
          removeAll(shown, session, { names: asked, flags }),
        ),
      );
    });
}

async function secrets(app: App, session: Session): Promise<Result<ListView<SecretStatus>>> {
  const answer = await session.call('secret-list', {});
  if (!answer.ok) return answer;
  return ok({
    columns: SECRET_COLUMNS(app.clock.wall()),
    rows: answer.value.secrets,
    answer: answer.value,
    nameOf: (row) => row.name,
    whenEmpty: 'No secrets yet: dqoes secret set NAME stores one.',
  });
}

/** Removes every secret named; one that cannot be removed does not keep the others. */
async function removeAll(
  app: App,
  session: Session,
  { names, flags }: { readonly names: readonly SecretName[]; readonly flags: ShowFlags },
) {
  const faults: Fault[] = [];
  const removed: { readonly name: string; readonly jobs: readonly string[] }[] = [];
  for (const name of names) {
    const answer = await session.call('secret-remove', { name });
    if (answer.ok) removed.push(answer.value);
    else faults.push(...answer.error);
  }
  if (flags.output === 'json' || flags.output === 'yaml') printAnswer(app, flags, { removed });
  else
    for (const { name, jobs } of removed)
      app.output.data(flags.quiet === true ? name : `${name} removed${stillNamed(jobs)}`);
  return refuse(app, faults);
}

const stillNamed = (jobs: readonly string[]): string =>
  jobs.length === 0 ? '' : `: ${jobs.join(', ')} cannot be started again without it`;
