import { Command, CommanderError } from 'commander';
import { messageOf } from '../shared/errors.js';
import { nearestOf } from '../shared/nearest.js';
import type { ExitCode } from './output/faults.js';
import { printable } from './output/table.js';
import type { App, Registry } from './shell/app.js';
import { commandsMeant, meantText } from './shell/commands-meant.js';
import { optionsInOrder } from './shell/help-order.js';
import { refuseEmptyPaths } from './shell/options.js';

/** Help texts wrap here, or at the width of a narrower terminal. */
const MAX_HELP_COLUMNS = 100;

type Add = (registry: Registry) => void;

/**
 * The commands by name, in the order of the help. What is not asked for is not loaded: that is most
 * of the time that a short command takes, and much of the memory of a service.
 */
const COMMANDS: Readonly<Record<string, () => Promise<Add>>> = {
  up: async () => (await import('./commands/up.js')).addUp,
  demo: async () => (await import('./commands/demo.js')).addDemo,
  run: async () => (await import('./commands/run-image.js')).addRun,
  job: async () => (await import('./commands/job.js')).addJob,
  node: async () => (await import('./commands/node.js')).addNode,
  ps: async () => (await import('./commands/ps.js')).addPs,
  top: async () => (await import('./commands/top.js')).addTop,
  capacity: async () => (await import('./commands/capacity.js')).addCapacity,
  events: async () => (await import('./commands/events.js')).addEvents,
  audit: async () => (await import('./commands/audit.js')).addAudit,
  policy: async () => (await import('./commands/policy.js')).addPolicy,
  report: async () => (await import('./commands/report.js')).addReport,
  secret: async () => (await import('./commands/secret.js')).addSecret,
  lab: async () => (await import('./commands/lab.js')).addLab,
  doctor: async () => (await import('./commands/doctor.js')).addDoctor,
  advise: async () => (await import('./commands/advise.js')).addAdvise,
  agent: async () => (await import('./commands/agent.js')).addAgent,
  coordinator: async () => (await import('./commands/coordinator.js')).addCoordinator,
  console: async () => (await import('./commands/console.js')).addConsole,
  token: async () => (await import('./commands/token.js')).addToken,
  auth: async () => (await import('./commands/auth.js')).addAuth,
  join: async () => (await import('./commands/auth.js')).addJoin,
  context: async () => (await import('./commands/context.js')).addContext,
  version: async () => (await import('./commands/version.js')).addVersion,
  // Its scripts ask for all the others.
  completion: async () => (await import('./commands/completion.js')).addCompletion,
};

const HELP_HINT = '(--help lists the options)';

/** Commands that know all others. */
const NEEDS_ALL: readonly string[] = ['completion', 'help'];

/**
 * Parses the command line, runs one command and returns its exit code. Never throws and never ends
 * the process.
 */
export async function runProgram(argv: readonly string[], app: App): Promise<ExitCode> {
  let code: ExitCode = 0;
  const finish = (value: ExitCode): void => {
    code = value;
  };
  let program: Command | undefined;
  try {
    program = await programWith(loadedFor(argv), app, finish);
    const [first, ...about] = argv;
    const isHelp = first === 'help' && about.length > 0 && about[0] !== 'help';
    const wrong = isHelp ? meantBy(about, program) : unknownCommand(argv, program);
    for (const line of wrong) app.output.problem(line);
    if (wrong.length > 0) return 2;
    // The help of commander knows the first word only: `help job run` would be that of `job`.
    await program.parseAsync(isHelp ? [...about, '--help'] : [...argv], { from: 'user' });
    return code;
  } catch (cause) {
    if (cause instanceof CommanderError) {
      const cures = program === undefined ? [] : curesOf(cause, argv, program);
      for (const line of cures) app.output.problem(printable(line));
      return cause.exitCode === 0 ? 0 : 2;
    }
    app.output.problem(`dqoes failed unexpectedly: ${messageOf(cause).split('\n')[0]}`);
    return 1;
  }
}

/** What to say of a first word that is no command: commander knows none that is below another. */
function unknownCommand([word = '']: readonly string[], program: Command): readonly string[] {
  const isKnown = program.commands.some((each) => each.name() === word);
  if (word === '' || word === 'help' || word.startsWith('-') || isKnown) return [];
  const shown = printable(word.slice(0, 40));
  const meant = meantText(commandsMeant(word, program));
  return [withCode(`error: unknown command '${shown}'${meant}`), HELP_HINT];
}

/** What commander does not say of what it refused. */
function curesOf(
  { code, message }: CommanderError,
  argv: readonly string[],
  program: Command,
): readonly string[] {
  if (code === 'commander.excessArguments') return meantBy(argv, program);
  const command = commandOf(argv, program);
  if (code === 'commander.missingMandatoryOptionValue') return wordsOfNeeded(command);
  if (code === 'commander.unknownCommand')
    return [withCode(`${command.name()} has ${namesBelow(command).join(', ')}`)];
  if (code !== 'commander.unknownOption' || message.includes('Did you mean')) return [];
  const option = /'([^']*)'/.exec(message)?.[1] ?? '';
  const cure = optionCure(option, command);
  return cure === undefined ? [] : [withCode(`${option}: ${cure}`)];
}

/** The command that the first words name. */
function commandOf(argv: readonly string[], program: Command): Command {
  let command = program;
  for (const word of argv) {
    const below = command.commands.find((each) => each.name() === word);
    if (below === undefined) return command;
    command = below;
  }
  return command;
}

/** What the options of a command that must be given may be. */
const wordsOfNeeded = ({ options }: Command): readonly string[] =>
  options
    .filter(({ mandatory, argChoices = [] }) => mandatory && argChoices.length > 0)
    .map(({ long, argChoices = [] }) => withCode(`${long}: use one of ${argChoices.join(', ')}`));

const namesBelow = ({ commands }: Command): readonly string[] =>
  commands.map((each) => each.name()).filter((name) => !name.startsWith('_'));

/** What may be meant by an option that there is not, where no other is spelt nearly so. */
function optionCure(option: string, command: Command): string | undefined {
  const flags = command.options.map(({ long }) => long ?? '');
  if (command.parent === null) return 'options stand after the command, as in dqoes ps -o json';
  if (option === '--json' && flags.includes('--output')) return 'write -o json';
  const word = option.replace(/^-+/, '');
  const meant = flags.filter(
    (flag) =>
      flag.slice(2).split('-').includes(word) || (flag.length > 5 && option.startsWith(flag)),
  );
  if (meant.length > 0) return `did you mean ${meant.join(' or ')}?`;
  return command.name() === 'run' && command.parent.parent === null ? NOT_OF_DOCKER : undefined;
}

const NOT_OF_DOCKER =
  'dqoes run has no options of docker run beyond its own: a job file has more, as resources.gpu ' +
  '(dqoes job run FILE)';

/**
 * What to say of a word that is no command below one which does something by itself, such as
 * `dqoes agent restart`: commander only counts it.
 */
function meantBy(argv: readonly string[], program: Command): readonly string[] {
  let command = program;
  for (const word of argv) {
    const below = command.commands.find(
      (each) => each.name() === word || each.aliases().includes(word),
    );
    if (below === undefined) {
      const names = namesBelow(command);
      if (names.length === 0 || word.startsWith('-')) return [];
      const near = nearestOf(word, names);
      const meant = near === undefined ? '' : ` (did you mean ${near}?)`;
      const what = `${JSON.stringify(word.slice(0, 40))} is no command of ${command.name()}`;
      return [withCode(`${what}${meant}: it has ${names.join(', ')}.`)];
    }
    command = below;
  }
  return [];
}

/** Without the end of long words that were typed: what is wrong with them stands behind. */
const shortened = (text: string): string =>
  text.replace(/'([^']{80})[^']+'/g, (_, head: string) => `'${head}…'`);

const withCode = (text: string): string => `${text} [cli.usage]`;

/**
 * An option before the name of a command below one that does something by itself, as in
 * `dqoes agent --config FILE restore`, counts for that alone: it would be passed over.
 */
function refuseMisplaced(action: Command): void {
  for (let above = action.parent; above !== null; above = above.parent)
    for (const option of above.options) {
      if (above.getOptionValueSource(option.attributeName()) !== 'cli') continue;
      const name = option.long ?? option.flags;
      const what = `${name} stands before ${action.name()}, where it does nothing`;
      action.error(`error: ${what}: options stand after the whole command`, { exitCode: 2 });
    }
}

/** Who gives a time to wait expects that the command waits. */
function refuseUnused(action: Command): void {
  if (action.getOptionValueSource('waitTimeout') !== 'cli' || action.opts().wait === true) return;
  const what = '--wait-timeout: without --wait nothing is waited for';
  action.error(`error: ${what}: add --wait, or leave it out`, { exitCode: 2 });
}

/** The program with all its commands; `finish` takes the exit code of the one that runs. */
export const buildProgram = (app: App, finish: (code: ExitCode) => void): Promise<Command> =>
  programWith(Object.keys(COMMANDS), app, finish);

/**
 * The commands that a command line needs: the one that it names, none for its version, else all, as
 * for the help and for what to say of a word that is none.
 */
function loadedFor([first = '']: readonly string[]): readonly string[] {
  if (first === '-V' || first === '--version') return [];
  const isOne = Object.hasOwn(COMMANDS, first) && !NEEDS_ALL.includes(first);
  return isOne ? [first] : Object.keys(COMMANDS);
}

async function programWith(
  names: readonly string[],
  app: App,
  finish: (code: ExitCode) => void,
): Promise<Command> {
  const program = new Command('dqoes')
    .description(
      'Holds every inference container on Docker hosts at the response time its client asked for.',
    )
    .version(app.version, '-V, --version')
    .enablePositionalOptions()
    .showSuggestionAfterError()
    .showHelpAfterError(HELP_HINT);
  // Before the commands: they inherit all of it.
  program.configureHelp({ visibleOptions: optionsInOrder });
  const helpWidth = (): number => Math.min(MAX_HELP_COLUMNS, app.output.width ?? MAX_HELP_COLUMNS);
  program.exitOverride().configureOutput({
    getOutHelpWidth: helpWidth,
    getErrHelpWidth: helpWidth,
    writeOut: (text) => app.output.data(text.trimEnd()),
    writeErr: (text) => app.output.problem(text.trimEnd()),
    // What may be meant stands on a line of its own there; a fault is one line with its code.
    outputError: (text, write) => write(withCode(shortened(printable(text.trimEnd())))),
  });
  program.hook('preAction', (_, action) => {
    refuseMisplaced(action);
    refuseUnused(action);
  });
  const adds = await Promise.all(names.map((name) => COMMANDS[name]?.()));
  for (const add of adds) add?.({ program, app, finish });
  refuseEmptyPaths(program);
  return program;
}
