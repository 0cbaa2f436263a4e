import { FOREIGN_LEVELS, type ForeignLevel, withForeign } from '../../../lab/foreign/levels.js';
import { REAL_MACHINE } from '../../../lab/host/machine.js';
import type { RunConditions } from '../../../lab/sim/run-scenario.js';
import type { Scenario } from '../../../lab/types.js';
import { optionFrom } from './process-cost.js';

/** The hosts that random scenarios are simulated on. */
export interface SimWorld {
  readonly conditions: RunConditions;
  /** The scenario beside the load of other programs that was asked for. */
  beside(scenario: Scenario): Scenario;
}

/** Even hosts without other programs. */
export const EVEN_WORLD: SimWorld = { conditions: {}, beside: (scenario) => scenario };

/**
 * Reads `--machine even|real` and `--foreign idle|light|rough`.
 *
 * @throws Error when one of them is another word.
 */
export function simWorldFrom(argv: readonly string[]): SimWorld {
  const machine = optionFrom(argv, '--machine') ?? 'even';
  if (machine !== 'even' && machine !== 'real')
    throw new Error(`--machine: there is no ${machine}: take even or real`);
  const level = optionFrom(argv, '--foreign');
  if (level !== undefined && !isLevel(level))
    throw new Error(`--foreign: there is no ${level}: take some of ${FOREIGN_LEVELS}`);
  return {
    conditions: machine === 'real' ? { machine: REAL_MACHINE, bySamples: true } : {},
    beside: (scenario) => withForeign(scenario, level),
  };
}

const isLevel = (word: string): word is ForeignLevel =>
  FOREIGN_LEVELS.some((level) => level === word);
