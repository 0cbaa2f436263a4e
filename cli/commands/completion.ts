import { Argument, type Command } from 'commander';
import { allJobs, allNodes } from '../../proto/service-lists.js';
import { type Completion, complete, type LookedUpNames } from '../completion/complete.js';
import { COMPLETE_COMMAND, SHELLS, type Shell, scriptOf } from '../completion/scripts.js';
import { knownContexts } from '../contexts/contexts.js';
import { withoutMessages } from '../output/output.js';
import { printable } from '../output/table.js';
import type { App, Registry } from '../shell/app.js';
import { type ClusterFlags, withCommon } from '../shell/options.js';
import { type Session, withSession } from '../shell/session.js';

/** A person waits for the names: what takes longer is left out, ms. */
const NAMES_MS = 1000;
const MAX_NAMES = 1000;

/** Adds `dqoes completion SHELL`, and the hidden command that the scripts ask. */
export function addCompletion({ program, app, finish }: Registry): void {
  withCommon(program.command('completion'))
    .description('print the completion script of a shell, to be sourced')
    .addArgument(new Argument('<shell>', 'which shell').choices(SHELLS))
    .action((shell: Shell) => {
      app.output.data(scriptOf(shell));
      finish(0);
    });
  program
    .command(`${COMPLETE_COMMAND} [words...]`, { hidden: true })
    .action(async (words: readonly string[]) => {
      for (const line of await linesOf(program, app, words)) app.output.data(line);
      finish(0);
    });
}

/** What the scripts read. A cluster that does not answer in time adds nothing, silently. */
async function linesOf(
  program: Command,
  app: App,
  words: readonly string[],
): Promise<readonly string[]> {
  const completion = complete(program, words.length === 0 ? [''] : words);
  const names = await namesFor(app, words, completion);
  return [
    ...completion.candidates.map(({ word, about }) => `${word}\t${about}`),
    ...names.map((name) => `${printable(name)}\t`),
    ...(completion.paths === undefined ? [] : [`:${completion.paths}`]),
  ];
}

async function namesFor(
  app: App,
  words: readonly string[],
  { names }: Completion,
): Promise<readonly string[]> {
  if (names === undefined) return [];
  const late = new AbortController();
  const found = await Promise.race([
    names.of === 'contexts'
      ? knownContexts(app.config).map(({ name }) => name)
      : namesOf(app, words, names.of),
    app.clock.sleep(NAMES_MS, late.signal).then((): readonly string[] => []),
  ]);
  late.abort();
  const typed = words.at(-1) ?? '';
  const taken = new Set(words.slice(0, -1));
  return found
    .filter((name) => !taken.has(name))
    .map((name) => `${names.prefix}${name}`)
    .filter((name) => name.startsWith(typed))
    .slice(0, MAX_NAMES);
}

async function namesOf(
  app: App,
  words: readonly string[],
  of: LookedUpNames,
): Promise<readonly string[]> {
  const quiet = { ...withoutMessages(app.output), problem: () => {} };
  let names: readonly string[] = [];
  await withSession({ ...app, output: quiet }, flagsIn(words), async (session) => {
    names = await ask(session, of);
    return 0;
  }).catch(() => 1);
  return names;
}

async function ask(session: Session, of: LookedUpNames): Promise<readonly string[]> {
  if (of === 'nodes') {
    const listed = await allNodes(session);
    return listed.ok ? listed.value.map(({ id }) => id) : [];
  }
  const listed = await allJobs(session);
  return listed.ok ? listed.value.map(({ spec }) => spec.name) : [];
}

/** The flags that say which cluster is meant, as far as they are written. */
function flagsIn(words: readonly string[]): ClusterFlags {
  const given = (flag: string): string | undefined => {
    const at = words.indexOf(flag);
    const joined = words.find((word) => word.startsWith(`${flag}=`));
    return joined?.slice(flag.length + 1) ?? (at < 0 ? undefined : words[at + 1]);
  };
  const [nats, creds, cluster, context] = ['--nats', '--creds', '--cluster', '--context'].map(
    given,
  );
  return {
    ...(context === undefined ? {} : { context }),
    ...(nats === undefined ? {} : { nats }),
    ...(creds === undefined ? {} : { creds }),
    ...(cluster === undefined ? {} : { cluster }),
  };
}
