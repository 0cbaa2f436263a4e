import type { ForeignLoad } from '../disturbance.js';
import type { Scenario } from '../types.js';

/** Names of the loads of other programs that fit any scenario, from none to much. */
export const FOREIGN_LEVELS = ['idle', 'light', 'rough'] as const;
/** `idle` none; `light` 5 % of the host; `rough` 20 % on average, changing. */
export type ForeignLevel = (typeof FOREIGN_LEVELS)[number];

/** No load of other programs. */
export const NO_FOREIGN_LOAD: ForeignLoad = {
  steadyRatio: 0,
  burstRatio: 0,
  shortestMs: 50,
  longestMs: 500,
  lowestRatio: 0.25,
  highestRatio: 0.75,
  changeMs: null,
  memoryRatio: 0,
  stealRatio: 0,
};

const LOADS: Readonly<Record<ForeignLevel, ForeignLoad>> = {
  idle: NO_FOREIGN_LOAD,
  light: { ...NO_FOREIGN_LOAD, burstRatio: 0.05 },
  rough: {
    ...NO_FOREIGN_LOAD,
    steadyRatio: 0.05,
    burstRatio: 0.15,
    longestMs: 2000,
    changeMs: 15_000,
    memoryRatio: 0.3,
  },
};

/** The load that a level stands for. */
export const foreignLoadOf = (level: ForeignLevel): ForeignLoad => LOADS[level];

/**
 * The scenario beside this load of other programs from start to end, on every host, in place of the
 * foreign load in its file. undefined = the scenario as it is.
 */
export function withForeign(scenario: Scenario, level: ForeignLevel | undefined): Scenario {
  if (level === undefined) return scenario;
  const others = scenario.disturbances.filter(({ kind }) => kind !== 'foreign');
  if (level === 'idle') return { ...scenario, disturbances: others };
  const load = foreignLoadOf(level);
  const foreign = { kind: 'foreign', atMs: 0, forMs: null, node: null, load } as const;
  return { ...scenario, disturbances: [...others, foreign] };
}
