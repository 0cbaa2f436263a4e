import type { Argument, Command, Option } from 'commander';
import { POLICY_NAMES } from '../../proto/schemas/service.js';

/** What may stand at one place of a command line. */
export interface Candidate {
  readonly word: string;
  /** One line, or ''. */
  readonly about: string;
}

/** Names that the program looks up: of the cluster, or of the contexts of this user. */
export type LookedUpNames = 'jobs' | 'nodes' | 'contexts';
/** Paths that the shell itself completes. */
export type Paths = 'files' | 'folders';

/** How one place is completed: from words known here, from names looked up, and by the shell. */
export interface Completion {
  readonly candidates: readonly Candidate[];
  /** Put before each name: `--job=`. */
  readonly names?: { readonly of: LookedUpNames; readonly prefix: string };
  readonly paths?: Paths;
}

const NOTHING: Completion = { candidates: [] };

/**
 * Completes the last of `words`, the command line without the program's name. Pure: what only the
 * cluster knows is named and left to the caller.
 */
export function complete(program: Command, words: readonly string[]): Completion {
  const current = words.at(-1) ?? '';
  const place = placeOf(program, words.slice(0, -1));
  if (place.awaiting !== undefined) return valuesOf(place.awaiting, current, '');
  const [flag, , typed] = /^(--[^=]+)(=)(.*)$/.exec(current)?.slice(1) ?? [];
  if (flag !== undefined && typed !== undefined && !place.isOver) {
    const option = optionOf(place.command, flag);
    return option === undefined ? NOTHING : valuesOf(option, typed, `${flag}=`);
  }
  if (current.startsWith('-') && !place.isOver) return optionsOf(place.command, current);
  return operandsOf(place, current);
}

interface Place {
  readonly command: Command;
  /** The option whose value comes next. */
  readonly awaiting: Option | undefined;
  /** Operands of the command so far. */
  readonly operands: number;
  /** After `--`: nothing is an option any more. */
  readonly isOver: boolean;
}

/** Walks through the words as commander would. */
const placeOf = (program: Command, before: readonly string[]): Place =>
  before.reduce(after, { command: program, awaiting: undefined, operands: 0, isOver: false });

function after(place: Place, word: string): Place {
  const { command, awaiting, operands, isOver } = place;
  if (awaiting !== undefined) return { ...place, awaiting: undefined };
  if (isOver) return { ...place, operands: operands + 1 };
  if (word === '--') return { ...place, isOver: true };
  if (word.startsWith('-')) {
    const option = word.includes('=') ? undefined : optionOf(command, word);
    return { ...place, awaiting: option?.required === true ? option : undefined };
  }
  const below = operands === 0 ? commandOf(command, word) : undefined;
  return below === undefined ? { ...place, operands: operands + 1 } : { ...place, command: below };
}

const isHidden = (command: Command): boolean =>
  (command as unknown as { readonly _hidden?: boolean })._hidden === true;

const commandOf = (parent: Command, word: string): Command | undefined =>
  parent.commands.find((each) => each.name() === word || each.aliases().includes(word));

const optionOf = (command: Command, flag: string): Option | undefined =>
  command.options.find(({ long, short }) => long === flag || short === flag);

const firstLine = (text: string): string => text.split('\n')[0] ?? '';

const startingWith = (candidates: readonly Candidate[], typed: string): readonly Candidate[] =>
  candidates.filter(({ word }) => word.startsWith(typed));

function optionsOf(command: Command, typed: string): Completion {
  const options = command.options
    .filter(({ hidden }) => !hidden)
    .flatMap(({ long, description }) =>
      long == null ? [] : [{ word: long, about: firstLine(description) }],
    );
  return { candidates: startingWith([...options, HELP], typed) };
}
const HELP: Candidate = { word: '--help', about: 'show the options of this command' };

/** The values of an option, each with `prefix` before it. */
function valuesOf({ argChoices, long, flags }: Option, typed: string, prefix: string): Completion {
  if (argChoices !== undefined) {
    const words = argChoices.map((choice) => ({ word: `${prefix}${choice}`, about: '' }));
    return { candidates: startingWith(words, `${prefix}${typed}`) };
  }
  const names = long == null ? undefined : NAMES_OF_OPTION[long];
  if (names !== undefined) return { candidates: [], names: { of: names, prefix } };
  const paths = pathsIn(flags);
  return paths === undefined ? NOTHING : { candidates: [], paths };
}

const NAMES_OF_OPTION: Readonly<Record<string, LookedUpNames>> = {
  '--job': 'jobs',
  '--context': 'contexts',
};

const pathsIn = (text: string): Paths | undefined => {
  if (/<(?:file|path|recording)\b/.test(text)) return 'files';
  return /<(?:dir|folder)\b/.test(text) ? 'folders' : undefined;
};

function operandsOf({ command, operands, isOver }: Place, typed: string): Completion {
  const below = command.commands.filter((each) => !isHidden(each));
  if (below.length > 0 && operands === 0 && !isOver) {
    const words = below.map((each) => ({
      word: each.name(),
      about: firstLine(each.description()),
    }));
    return { candidates: startingWith(words, typed) };
  }
  const argument = argumentAt(command, operands);
  if (argument === undefined) return NOTHING;
  if (argument.argChoices !== undefined) {
    const words = argument.argChoices.map((word) => ({ word, about: '' }));
    return { candidates: startingWith(words, typed) };
  }
  const policies = command.name() === 'policy' ? POLICY_NAMES : [];
  if (policies.length > 0)
    return {
      candidates: startingWith(
        policies.map((word) => ({ word, about: '' })),
        typed,
      ),
    };
  const names = NAMES_OF_OPERAND[`${command.parent?.name() ?? ''} ${argument.name()}`];
  if (names !== undefined) return { candidates: [], names: { of: names, prefix: '' } };
  const paths = FILE_OPERANDS.has(argument.name()) ? { paths: 'files' as const } : {};
  return { candidates: [], ...paths };
}

/** By the name of the command above and that of the operand. */
const NAMES_OF_OPERAND: Readonly<Record<string, LookedUpNames>> = {
  'job name': 'jobs',
  'dqoes job': 'jobs',
  'node node': 'nodes',
  'context name': 'contexts',
};
const FILE_OPERANDS: ReadonlySet<string> = new Set([
  ...['file', 'files', 'recording', 'older', 'newer'],
]);

function argumentAt(command: Command, at: number): Argument | undefined {
  const known = command.registeredArguments;
  const last = known.at(-1);
  return known[at] ?? (last?.variadic === true ? last : undefined);
}
