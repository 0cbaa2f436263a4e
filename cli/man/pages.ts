import type { Argument, Command, Option } from 'commander';
import { EXIT_CODES } from '../output/faults.js';
import { proseOf } from './markdown.js';
import { bold, entry, heading, italic, literal, section, subsection, text } from './roff.js';

/** A man page. */
export interface ManPage {
  /** Name of its file, `dqoes-job.1`. */
  readonly file: string;
  readonly text: string;
}

/** What the program itself does not say. */
export interface ManSources {
  readonly version: string;
  /** `2026-11-26`. */
  readonly date: string;
  /** The reference: a section for each command, `## dqoes job run`. */
  readonly reference: string;
  /** Variables that the program reads, with their meanings; Markdown. */
  readonly environment: readonly (readonly [name: string, meaning: string])[];
}

/** A page for the program, and one for each command with those below it. */
export function manPages(program: Command, sources: ManSources): readonly ManPage[] {
  const commands = visible(program);
  const common = commonOptions(commands);
  const pages = commands.map((command) => commandPage(command, { sources, common }));
  return [programPage(program, { sources, common }), ...pages];
}

interface Context {
  readonly sources: ManSources;
  /** Options that most commands have, which dqoes(1) explains. */
  readonly common: readonly Option[];
}

const visible = (command: Command): readonly Command[] =>
  command.commands.filter((each) => !each.name().startsWith('__'));

/** A command and all below it that do something. */
const runnable = (command: Command): readonly Command[] => {
  const below = visible(command).flatMap(runnable);
  const isGroup = below.length > 0 && command.options.length === 0;
  return isGroup ? below : [command, ...below];
};

const pathOf = (command: Command): string =>
  command.parent === null ? command.name() : `${pathOf(command.parent)} ${command.name()}`;

const keyOf = ({ flags, description }: Option): string => `${flags} ${description}`;

/** Those that more than a third of the commands have, word for word. */
function commonOptions(commands: readonly Command[]): readonly Option[] {
  const all = commands.flatMap(runnable);
  const counts = new Map<string, { readonly option: Option; count: number }>();
  for (const option of all.flatMap(shownOptions)) {
    const counted = counts.get(keyOf(option)) ?? { option, count: 0 };
    counted.count += 1;
    counts.set(keyOf(option), counted);
  }
  return [...counts.values()]
    .filter(({ count }) => count * 3 > all.length)
    .map(({ option }) => option);
}

const shownOptions = ({ options }: Command): readonly Option[] =>
  options.filter(({ hidden }) => !hidden);

const isIn = (options: readonly Option[], option: Option): boolean =>
  options.some((each) => keyOf(each) === keyOf(option));

function programPage(program: Command, { sources, common }: Context): ManPage {
  const { version, date, environment } = sources;
  const lines = [
    heading('dqoes', { date, source: `dqoes ${version}` }),
    section('name'),
    `dqoes \\- ${text(lowerFirst(program.description()))}`,
    section('synopsis'),
    `${bold('dqoes')} ${italic('command')} [${italic('options')}]`,
    section('commands'),
    ...visible(program).flatMap((command) =>
      entry(bold(`dqoes-${command.name()}(1)`), [text(command.description())]),
    ),
    section('common options'),
    ...common.flatMap(optionEntry),
    section('exit status'),
    ...Object.entries(EXIT_CODES).flatMap(([code, meaning]) => entry(bold(code), [text(meaning)])),
    section('environment'),
    ...environment.flatMap(([name, meaning]) => entry(bold(name), proseOf(meaning).slice(1))),
    section('files'),
    ...FILES.flatMap(([path, meaning]) => entry(italic(path), [text(meaning)])),
    section('see also'),
    seeAlso(visible(program).map((command) => `dqoes-${command.name()}`)),
  ];
  return { file: 'dqoes.1', text: `${lines.join('\n')}\n` };
}

const FILES = [
  ['~/.config/dqoes/contexts/*.yaml', 'contexts: clusters by name, see dqoes-context(1)'],
  ['~/.local/state/dqoes', 'state of dqoes up; as root /var/lib/dqoes'],
  ['/etc/dqoes/agent.yaml, /etc/dqoes/coordinator.yaml', 'usual places of the settings'],
  ['/etc/dqoes/policy.yaml', 'bounds of this host, which no coordinator can exceed'],
] as const;

function commandPage(command: Command, { sources, common }: Context): ManPage {
  const { version, date, reference } = sources;
  const name = `dqoes-${command.name()}`;
  const all = runnable(command);
  const used = common.filter((option) => all.some((each) => isIn(shownOptions(each), option)));
  const lines = [
    heading(name, { date, source: `dqoes ${version}` }),
    section('name'),
    `${literal(name)} \\- ${text(command.description())}`,
    section('synopsis'),
    ...all.flatMap((each, at) => [...(at === 0 ? [] : ['.br']), synopsis(each)]),
    section(all.length === 1 ? 'description' : 'commands'),
    ...all.flatMap((each) => describe(each, { isAlone: all.length === 1, common, reference })),
    ...(used.length === 0 ? [] : [section('common options'), COMMON, usedList(used)]),
    section('exit status'),
    'See \\fBdqoes\\fR(1).',
    section('see also'),
    seeAlso(['dqoes']),
  ];
  return { file: `${name}.1`, text: `${lines.join('\n')}\n` };
}

const COMMON = 'What these mean, and what is used without them, stands in \\fBdqoes\\fR(1):';
const usedList = (options: readonly Option[]): string =>
  `${options.map(({ flags }) => flagsText(flags)).join('; ')}.`;

interface Description {
  readonly isAlone: boolean;
  readonly common: readonly Option[];
  readonly reference: string;
}

function describe(
  command: Command,
  { isAlone, common, reference }: Description,
): readonly string[] {
  const prose = proseOf(sectionOf(reference, pathOf(command)));
  const own = shownOptions(command).filter((option) => !isIn(common, option));
  const summary = text(`${upperFirst(command.description())}.`);
  return [
    ...(isAlone ? [] : [subsection(pathOf(command))]),
    summary,
    ...prose,
    ...(isAlone && own.length > 0 ? [section('options')] : []),
    ...own.flatMap(optionEntry),
  ];
}

/** The section of a command, without its heading; '' = there is none. */
function sectionOf(reference: string, path: string): string {
  const from = reference.indexOf(`\n## ${path}\n`);
  if (from < 0) return '';
  const begin = from + path.length + 5;
  const end = reference.indexOf('\n## ', begin);
  return reference.slice(begin, end < 0 ? undefined : end);
}

function synopsis(command: Command): string {
  const operands = command.registeredArguments.map(operandText);
  return [bold(pathOf(command)), `[${italic('options')}]`, ...operands].join(' ');
}

function operandText(argument: Argument): string {
  const name = `${italic(argument.name())}${argument.variadic ? ' ...' : ''}`;
  return argument.required ? name : `[${name}]`;
}

function optionEntry(option: Option): readonly string[] {
  const { flags, description, argChoices, defaultValue, defaultValueDescription } = option;
  const choices = argChoices === undefined ? '' : ` (${argChoices.join(', ')})`;
  const shown = defaultValueDescription ?? String(defaultValue);
  const hasDefault = defaultValue !== undefined && typeof defaultValue !== 'boolean';
  const fallback = hasDefault ? ` (default: ${shown})` : '';
  return entry(flagsText(flags), [text(`${description}${choices}${fallback}`)]);
}

/** `-n, --tail <lines>`: the flags bold, the value in italics. */
const flagsText = (flags: string): string =>
  flags
    .split(/(<[^>]*>|\[[^\]]*\]|,? )/)
    .filter((part) => part !== '')
    .map((part) => {
      if (/^,? $/.test(part)) return part;
      if (part.startsWith('-')) return bold(part);
      return italic(part.replace(/[<>]/g, ''));
    })
    .join('');

const seeAlso = (names: readonly string[]): string =>
  names.map((name) => `${bold(name)}(1)`).join(', ');

const upperFirst = (sentence: string): string =>
  sentence.slice(0, 1).toUpperCase() + sentence.slice(1);
const lowerFirst = (sentence: string): string =>
  (sentence.slice(0, 1).toLowerCase() + sentence.slice(1)).replace(/\.$/, '');
