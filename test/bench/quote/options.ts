import { durationOf, numberOf, refuseUnknown } from '../ceilings/options.js';
import { optionFrom } from '../lib/process-cost.js';
import type { Conditions } from './file.js';

/** What the command line of `bench:quote` asks for. */
export interface QuoteOptions extends Conditions {
  readonly file: string;
  readonly jobs: number;
  /** All groups have ended by then, ms. */
  readonly forMs: number;
}

const KNOWN = ['--json', '--jobs', '--seed', '--together', '--settle', '--measure', '--for'];

/**
 * Reads the command line of `bench:quote`.
 * @throws with a sentence that names the option and the cure
 */
export function readQuoteOptions(argv: readonly string[]): QuoteOptions {
  refuseUnknown(argv, KNOWN);
  const file = optionFrom(argv, '--json');
  if (file === undefined || file.startsWith('--'))
    throw new Error(
      '--json FILE is needed: figures are kept there, and jobs in it are not run again.',
    );
  const number = (name: string, fallback: string, most: number): number =>
    numberOf(optionFrom(argv, name) ?? fallback, name, 1, most);
  return {
    file,
    jobs: number('--jobs', '50', 1000),
    seed: number('--seed', '1', 999_999),
    together: number('--together', '4', 16),
    settleMs: durationOf(argv, '--settle', '15s'),
    measureMs: durationOf(argv, '--measure', '15s'),
    forMs: durationOf(argv, '--for', '1h'),
  };
}
