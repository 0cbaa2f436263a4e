import { type Command, InvalidArgumentError, Option } from 'commander';
import { parseDurationMs } from '../../shared/units.js';
import { LOG_LEVELS, type LogLevel } from '../log.js';
import { withoutMessages } from '../output/output.js';
import type { App } from './app.js';

/** How an answer is printed; `wide` is a table with every column and no cuts. */
export type OutputFormat = 'table' | 'wide' | 'json' | 'yaml';
export const FORMATS: readonly OutputFormat[] = ['table', 'wide', 'json', 'yaml'];

/** Flags of every command. */
export interface CommonFlags {
  readonly quiet?: boolean;
}
/** Flags of every command that talks to a cluster. */
export interface ClusterFlags extends CommonFlags {
  readonly nats?: string;
  readonly creds?: string;
  readonly cluster?: string;
  /** Name of a context. */
  readonly context?: string;
}
/** Flags of every command that prints an answer. */
export interface ShowFlags extends ClusterFlags {
  readonly output: OutputFormat;
  readonly watch?: boolean;
}

/** `-q` and `--no-input`, which every command has. */
export function withCommon(command: Command): Command {
  return command
    .option(
      '-q, --quiet',
      'no messages; lists print names only, with -o json or yaml whole answers',
    )
    .option('--no-input', 'accepted for scripts: dqoes never asks');
}

/** `--context`, `--nats`, `--creds` and `--cluster`: how to reach the cluster. */
export function withCluster(command: Command): Command {
  return withCommon(command)
    .option(
      '--context <name>',
      'context with address, key and cluster (see dqoes context ls); goes before the environment',
    )
    .option(
      '--nats <url>',
      'address of NATS (else --context, DQOES_NATS_URL, DQOES_CONTEXT, the selected context, ' +
        'that of the nats program, a running dqoes up, nats://127.0.0.1:4222)',
    )
    .option(
      '--creds <file>',
      'file with your key (else that of --context, DQOES_NATS_CREDS, that of the context, of a ' +
        'running dqoes up)',
    )
    .option(
      '--cluster <name>',
      'name of the cluster (else that of --context, DQOES_CLUSTER, that of the context, of the ' +
        'running dqoes up, main)',
      subjectToken,
    );
}

/** `-o table|wide|json|yaml`. */
export const withFormat = (command: Command): Command =>
  command.addOption(
    new Option('-o, --output <format>', 'output format').choices(FORMATS).default('table'),
  );

/** `-w`: print again every second. */
export const withWatch = (command: Command): Command =>
  command.option(
    '-w, --watch',
    'print again every second until Ctrl-C; with -o json one object per line',
  );

/** The app with `-q` applied. */
export const appFor = (app: App, flags: CommonFlags): App =>
  flags.quiet === true ? { ...app, output: withoutMessages(app.output) } : app;

/** Parses an option that becomes part of a NATS subject. */
export function subjectToken(text: string): string {
  if (/^[A-Za-z0-9_-]{1,63}$/.test(text)) return text;
  throw new InvalidArgumentError('use 1 to 63 of A-Z a-z 0-9 _ -');
}

/** What is called so in the help of a command is a path. */
const IS_PATH = /<(?:file|dir|folder|path)(?:\.\.\.)?>/;

/**
 * Has a command, and those below it, refuse paths that are empty, as of a variable that is not set:
 * one would be the folder that the command is called in, or a file without a name.
 */
export function refuseEmptyPaths(command: Command): void {
  for (const option of command.options)
    if (IS_PATH.test(option.flags)) option.argParser(pathOf(option.variadic));
  for (const operand of command.registeredArguments)
    if (IS_PATH.test(`<${operand.name()}>`)) operand.argParser<unknown>(pathOf(operand.variadic));
  for (const below of command.commands) refuseEmptyPaths(below);
}

/** A parser of paths; of several it has to collect them itself. */
const pathOf =
  (isVariadic: boolean) =>
  (text: string, before: unknown): unknown => {
    if (text === '') throw new InvalidArgumentError('it is empty: give a path');
    if (!isVariadic) return text;
    return [...(Array.isArray(before) ? before : []), text];
  };

/** A parser of texts that refuses an empty one, as of a variable that is not set. */
export const textOf =
  (what: string) =>
  (text: string): string => {
    if (text !== '') return text;
    throw new InvalidArgumentError(`it is empty: give ${what}`);
  };

/**
 * Parses the name or id of a container as Docker takes them. Any other would be part of an address
 * of the Engine: that of nothing is the list of all, and `..` leads elsewhere.
 */
export function containerText(text: string): string {
  if (/^\/?[A-Za-z0-9][A-Za-z0-9_.-]*$/.test(text)) return text;
  throw new InvalidArgumentError('it is no name of a container: give one that docker ps shows');
}

/** A parser for whole numbers within bounds. */
export const wholeNumber =
  (least: number, most: number) =>
  (text: string): number => {
    const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
    if (value >= least && value <= most) return value;
    throw new InvalidArgumentError(`use a whole number from ${least} to ${most}`);
  };

/** Parses an option that is a duration, such as `1h`; ms. */
export function duration(text: string): number {
  const ms = parseDurationMs(text);
  if (ms.ok) return ms.value;
  throw new InvalidArgumentError(ms.error);
}

const DAY_MS = 86_400_000;

/** Parses an option that is how long ago: a duration, or days such as `7d`; ms. */
export function timeBack(text: string): number {
  const days = /^(\d{1,4})d$/.exec(text)?.[1];
  if (Number(days) > 0) return Number(days) * DAY_MS;
  const ms = parseDurationMs(text);
  if (ms.ok) return ms.value;
  throw new InvalidArgumentError('use a time up to 24h such as 12h or 1h30m, or days such as 7d');
}

/** Collects an option that may be given several times. */
export const collect = (text: string, before: readonly string[] = []): readonly string[] => [
  ...before,
  text,
];

/** `--log-level`, with a default. */
export const logLevelOption = (fallback: LogLevel): Option =>
  new Option('--log-level <level>', 'lowest level of records to print')
    .choices(LOG_LEVELS)
    .default(fallback);

/** `mean, p50 or p90 (default: mean)`, for options that the rules of the job file check. */
export const choiceText = (choices: readonly string[], fallback: string): string =>
  `${choices.slice(0, -1).join(', ')} or ${choices.at(-1) ?? ''} (default: ${fallback})`;
