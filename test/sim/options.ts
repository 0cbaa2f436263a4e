import { parseArgs } from 'node:util';
import type { Mode } from './run.js';

/** What the command line of `sim:faults` asks for. */
export interface SimOptions {
  readonly seeds: number;
  readonly from: number;
  readonly mode: Mode;
  /** Of each coordinator; 0 = it decides alone. */
  readonly workers: number;
  /** Where the figures go as JSON; undefined = nowhere. */
  readonly json: string | undefined;
  /**
   * Lines of what happened, printed whatever the outcome; 0 = those before a broken promise only.
   */
  readonly story: number;
  /** Ends with the first broken promise. */
  readonly isFirstOnly: boolean;
  readonly isPlanted: boolean;
}

export const USAGE =
  'npm run sim:faults -- [--seeds N] [--from SEED] [--mode safety|liveness|both] [--workers N] ' +
  '[--json FILE] [--story LINES] [--first] [--planted]';

/** The error says what is wrong with which argument. */
export function readSimOptions(args: readonly string[]): SimOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      seeds: { type: 'string', default: '200' },
      from: { type: 'string', default: '1' },
      mode: { type: 'string', default: 'both' },
      workers: { type: 'string', default: '0' },
      json: { type: 'string' },
      story: { type: 'string', default: '0' },
      first: { type: 'boolean', default: false },
      planted: { type: 'boolean', default: false },
    },
  });
  return {
    seeds: whole('seeds', values.seeds, 1),
    from: whole('from', values.from, 0),
    mode: modeOf(values.mode),
    workers: whole('workers', values.workers, 0),
    json: values.json,
    story: whole('story', values.story, 0),
    isFirstOnly: values.first,
    isPlanted: values.planted,
  };
}

function whole(name: string, text: string, least: number): number {
  const number = Number(text);
  if (!/^\d{1,9}$/.test(text) || number < least)
    throw new Error(`--${name} ${text} is not a whole number from ${least}: ${USAGE}`);
  return number;
}

function modeOf(text: string): Mode {
  if (text === 'safety' || text === 'liveness' || text === 'both') return text;
  throw new Error(`--mode ${text} is none of safety, liveness, both: ${USAGE}`);
}
