import { durationOf, listOf, numberOf, refuseUnknown } from '../ceilings/options.js';
import { optionFrom } from '../lib/process-cost.js';
import { type PeriodMatrix, SURROUNDINGS, type Surroundings } from './plan.js';

/** What the command line of `bench:period` asks for. */
export interface PeriodOptions extends PeriodMatrix {
  readonly file: string;
  /** Where the table goes, too; null = to stdout alone. */
  readonly markdownFile: string | null;
  /** The quota of the container that is measured, cores. */
  readonly cores: number;
  readonly settleMs: number;
  readonly measureMs: number;
  /** All rounds have ended by then, ms. */
  readonly forMs: number;
}

/** Others are held against it: the kernel's own default, and the longest that dqoes sets. */
export const REFERENCE_PERIOD_MS = 100;
/** The kernel's minimum quota, ms. */
const MIN_QUOTA_MS = 1;

const KNOWN = [
  ...['--json', '--markdown', '--models', '--cores', '--periods', '--rounds'],
  ...['--surroundings', '--settle', '--measure', '--for'],
];

/**
 * Reads the command line of `bench:period`.
 * @throws with a sentence that names the option and the cure
 */
export function readPeriodOptions(argv: readonly string[]): PeriodOptions {
  refuseUnknown(argv, KNOWN);
  const cores = coresOf(optionFrom(argv, '--cores') ?? '0.3');
  return {
    file: fileOf(argv, '--json') ?? missingFile(),
    markdownFile: fileOf(argv, '--markdown') ?? null,
    models: listOf(argv, '--models', 'mobilenet-v2,ocr-det,resnet-50'),
    surroundings: listOf(argv, '--surroundings', SURROUNDINGS.join(',')).map(surroundingsOf),
    periodsMs: periodsOf(listOf(argv, '--periods', '10,20,50,100'), cores),
    rounds: numberOf(optionFrom(argv, '--rounds') ?? '4', '--rounds', 1, 1000),
    cores,
    settleMs: durationOf(argv, '--settle', '700ms'),
    measureMs: durationOf(argv, '--measure', '3500ms'),
    forMs: durationOf(argv, '--for', '8m'),
  };
}

function surroundingsOf(text: string): Surroundings {
  const found = SURROUNDINGS.find((each) => each === text);
  if (found !== undefined) return found;
  throw new Error(
    `--surroundings "${text}" is not known: take some of ${SURROUNDINGS.join(', ')}.`,
  );
}

function fileOf(argv: readonly string[], name: string): string | undefined {
  const file = optionFrom(argv, name);
  if (file !== undefined && !file.startsWith('--')) return file;
  if (!argv.includes(name)) return undefined;
  throw new Error(`${name} needs the name of the file to write.`);
}

function missingFile(): never {
  throw new Error('--json FILE is needed: figures are kept there.');
}

function coresOf(text: string): number {
  const cores = Number(text);
  if (cores >= 0.01 && cores <= 1) return cores;
  throw new Error(
    `--cores "${text}" is not possible: the loops have one thread, so give CPU cores from 0.01 ` +
      'to 1.',
  );
}

function periodsOf(texts: readonly string[], cores: number): readonly number[] {
  const periodsMs = texts.map((text) => numberOf(text, '--periods', 1, 1000));
  const short = periodsMs.find((periodMs) => periodMs * cores < MIN_QUOTA_MS);
  if (short !== undefined)
    throw new Error(
      `--periods ${short}: ${cores} CPU are ${(short * cores).toFixed(2)} ms of ${short} ms, and ` +
        `the kernel's least quota is ${MIN_QUOTA_MS} ms: give longer periods or more --cores.`,
    );
  if (!periodsMs.includes(REFERENCE_PERIOD_MS))
    throw new Error(`--periods must hold ${REFERENCE_PERIOD_MS}: others are held against it.`);
  return [...new Set(periodsMs)].sort((a, b) => a - b);
}
