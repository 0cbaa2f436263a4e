import { type Command, CommanderError, type Option } from 'commander';
import type { Fault } from '../../shared/result.js';
import type { App } from './app.js';
import { withFormat } from './options.js';
import { refuse } from './session.js';

/** Options that do nothing beside another one, or without it. */
export type UnusedRule = (Beside | Without) & {
  /** Their names as flags have them: `consolePort`. */
  readonly options: readonly string[];
  /** Only where they have one of these values; absent = where they were given. */
  readonly having?: readonly string[];
  /** Why, after the name of the other one: `, with which none listens`; '' = that is plain. */
  readonly why: string;
};

interface Beside {
  readonly beside: string;
  /** Only where it has one of these values; absent = where it was given. */
  readonly values?: readonly string[];
}
interface Without {
  readonly without: string;
}

/** `-q` prints names in place of a table; data is printed whole beside it, without messages. */
export const NAMES_ONLY: UnusedRule = {
  options: ['output'],
  having: ['table', 'wide'],
  beside: 'quiet',
  why: ', which prints names only',
};

/** `-o` of a list, whose names `-q` prints. */
export const withListFormat = (command: Command, app: App): Command =>
  withoutUnused(withFormat(command), app, [NAMES_ONLY]);

/**
 * Has a command refuse, before it does anything, options that were given and do nothing by one of
 * the rules: one fault for each, with both options and what to do.
 */
export const withoutUnused = (command: Command, app: App, rules: readonly UnusedRule[]): Command =>
  command.hook('preAction', (own, action) => {
    // Commands below it have options of their own.
    const faults = own === action ? unusedOptions(action, rules) : [];
    if (faults.length > 0) throw new CommanderError(refuse(app, faults), 'cli.usage', '');
  });

const unusedOptions = (command: Command, rules: readonly UnusedRule[]): readonly Fault[] =>
  rules.flatMap((rule) => {
    const why = whyUnused(command, rule);
    if (why === undefined) return [];
    return rule.options
      .filter((name) => isGiven(command, name) && hasOneOf(command, name, rule.having))
      .map((name) => {
        const field = flagOf(command, name);
        return { code: 'cli.usage', field, message: `${field}: does nothing ${why}` };
      });
  });

function whyUnused(command: Command, rule: UnusedRule): string | undefined {
  if ('without' in rule) {
    if (isGiven(command, rule.without)) return undefined;
    const other = flagOf(command, rule.without);
    return `without ${other}${rule.why}: give that, too, or leave it out`;
  }
  const { beside, values } = rule;
  if (!isGiven(command, beside) || !hasOneOf(command, beside, values)) return undefined;
  const other = flagOf(command, beside);
  const named = values === undefined ? other : `${other} ${command.getOptionValue(beside)}`;
  return `beside ${named}${rule.why}: leave one of them out`;
}

const isGiven = (command: Command, name: string): boolean =>
  command.getOptionValueSource(name) === 'cli';

const hasOneOf = (command: Command, name: string, values?: readonly string[]): boolean =>
  values?.includes(String(command.getOptionValue(name))) !== false;

/** `consolePort` → `--console-port`; of `console`, which `--no-console` sets, that. */
function flagOf(command: Command, name: string): string {
  const named = (option: Option): boolean => option.attributeName() === name;
  return command.options.find(named)?.long ?? name;
}
