import type { Policy } from '../../../coordinator/schedule/types.js';
import { LAB_POLICIES } from '../../../lab/policies/index.js';
import { parseDurationMs } from '../../../shared/units.js';
import { optionFrom } from '../lib/process-cost.js';
import { type Matrix, NEIGHBOUR_KINDS, type NeighbourKind } from './plan.js';

/** What the command line of `bench:ceilings` asks for. */
export interface CeilingOptions extends Matrix {
  readonly file: string;
  readonly settleMs: number;
  readonly measureMs: number;
}

const KNOWN = [
  '--json',
  '--loads',
  '--policies',
  '--repetitions',
  '--neighbours',
  '--settle',
  '--measure',
];

/**
 * Reads the command line of `bench:ceilings`.
 * @throws with a sentence that names the option and the cure
 */
export function readCeilingOptions(argv: readonly string[]): CeilingOptions {
  refuseUnknown(argv, KNOWN);
  const file = optionFrom(argv, '--json');
  if (file === undefined)
    throw new Error(
      '--json FILE is needed: figures are kept there, and runs in it are not repeated.',
    );
  return {
    file,
    loads: listOf(argv, '--loads', '30,60,90,120').map((text) =>
      numberOf(text, '--loads', 1, 1000),
    ),
    policies: policiesOf(listOf(argv, '--policies', 'default,weights,adaptive,dqoes')),
    repetitions: numberOf(optionFrom(argv, '--repetitions') ?? '3', '--repetitions', 1, 1000),
    neighbours: listOf(argv, '--neighbours', NEIGHBOUR_KINDS.join(',')).map(neighbourKind),
    settleMs: durationOf(argv, '--settle', '20s'),
    measureMs: durationOf(argv, '--measure', '30s'),
  };
}

/** @throws where a word that begins with -- is no option */
export function refuseUnknown(argv: readonly string[], known: readonly string[]): void {
  const unknown = argv.slice(2).find((word) => word.startsWith('--') && !known.includes(word));
  if (unknown !== undefined)
    throw new Error(`${unknown} is no option: take some of ${known.join(', ')}.`);
}

/** The words of an option, separated by commas. */
export const listOf = (
  argv: readonly string[],
  name: string,
  fallback: string,
): readonly string[] => (optionFrom(argv, name) ?? fallback).split(',').map((word) => word.trim());

/** @throws where a name is not that of a policy of the lab */
export function policiesOf(names: readonly string[]): readonly string[] {
  const unknown = names.find((name) => LAB_POLICIES[name] === undefined);
  if (unknown === undefined) return names;
  throw new Error(
    `--policies: there is no policy ${unknown}: take some of ` +
      `${Object.keys(LAB_POLICIES).join(', ')}.`,
  );
}

/** One whose name was checked. */
export function policyNamed(name: string): Policy {
  const policy = LAB_POLICIES[name];
  if (policy === undefined)
    throw new RangeError(`there is no policy ${name}: names are checked before the bench`);
  return policy;
}

/** A whole number of the range; throws a sentence that names the option. */
export function numberOf(text: string, option: string, least: number, most: number): number {
  const value = Number(text);
  if (text !== '' && value >= least && value <= most && Number.isInteger(value)) return value;
  throw new Error(
    `${option} "${text}" is not possible: give whole numbers from ${least} to ${most}.`,
  );
}

/** The time of an option, ms; throws a sentence where it is 0 or no time. */
export function durationOf(argv: readonly string[], option: string, fallback: string): number {
  const read = parseDurationMs(optionFrom(argv, option) ?? fallback);
  if (read.ok && read.value > 0) return read.value;
  throw new Error(`${option} ${read.ok ? 'is 0' : read.error}: give a time such as 20s.`);
}

function neighbourKind(text: string): NeighbourKind {
  const kind = NEIGHBOUR_KINDS.find((each) => each === text);
  if (kind === undefined)
    throw new Error(
      `--neighbours "${text}" is not known: take some of ${NEIGHBOUR_KINDS.join(', ')}.`,
    );
  return kind;
}
