import type { GpuRange } from '../../../shared/gpu.js';
import { sum } from '../limits/fit.js';
import type { SettingDemand } from './setting-law.js';

/** A job on the GPU with the settings that meet its target. */
export interface SettingCandidate extends SettingDemand {
  readonly weight: number;
}

/** One setting for all jobs of a GPU. */
export interface SettingChoice {
  readonly value: number;
  /** Weight of those in band there. */
  readonly metWeight: number;
  /** Index of the job that needs it: at a lower setting it would be too slow. */
  readonly decidedBy: number;
}

/** A law from noisy answers is not exact: settings are compared with this slack. */
const SLACK = 1.005;

/**
 * The lowest setting that some job aims at and at which the most weight of jobs is in band; of
 * equally good ones, one at which fewer are too slow. Where no job can be in band, the highest,
 * which is nearest to all targets. Null = no job has a demand.
 */
export function chooseSetting(
  candidates: readonly SettingCandidate[],
  { min, max }: GpuRange,
): SettingChoice | null {
  if (candidates.length === 0) return null;
  const possible = candidates.filter(({ minValue }) => minValue <= max * SLACK);
  let best: RatedCandidate | undefined;
  const consider = (wanted: number, isSafe: boolean): void => {
    const choice = { ...rateSetting(candidates, Math.min(max, Math.max(min, wanted))), isSafe };
    if (best === undefined || isBetter(choice, best)) best = choice;
  };
  for (const { aim } of possible) consider(aim, true);
  for (const value of betweenEdges(possible)) consider(value, false);
  const { value, metWeight } = best ?? rateSetting(candidates, max);
  return { value, metWeight, decidedBy: tightest(candidates, value) };
}

/** Middles between edges of bands: bands may overlap where no job aims. */
function betweenEdges(candidates: readonly SettingCandidate[]): readonly number[] {
  const edges = candidates
    .flatMap(({ minValue, maxValue }) => [minValue, maxValue])
    .filter(Number.isFinite);
  edges.sort((a, b) => a - b);
  return edges.slice(1).map((edge, i) => (edge + (edges[i] ?? edge)) / 2);
}

/** Of the jobs in time, the one that would be too slow first; 0 = none is in time. */
function tightest(candidates: readonly SettingCandidate[], value: number): number {
  let [found, foundLeast] = [0, Number.NEGATIVE_INFINITY];
  for (const [i, { minValue }] of candidates.entries())
    if (minValue <= value * SLACK && minValue > foundLeast) [found, foundLeast] = [i, minValue];
  return found;
}

interface RatedSetting {
  readonly value: number;
  readonly metWeight: number;
  readonly inTimeWeight: number;
}

/** What a setting is worth: the weight of jobs in band there, and of jobs that are not too slow. */
export function rateSetting(candidates: readonly SettingCandidate[], value: number): RatedSetting {
  const inTime = candidates.filter(({ minValue }) => minValue <= value * SLACK);
  const met = inTime.filter(({ maxValue }) => maxValue * SLACK >= value);
  return {
    value,
    metWeight: sum(met.map(({ weight }) => weight)),
    inTimeWeight: sum(inTime.map(({ weight }) => weight)),
  };
}

interface RatedCandidate extends RatedSetting {
  /** Some job aims there: clear of an edge by the measurement error. */
  readonly isSafe: boolean;
}

function isBetter(a: RatedCandidate, b: RatedCandidate): boolean {
  if (a.metWeight !== b.metWeight) return a.metWeight > b.metWeight;
  if (a.inTimeWeight !== b.inTimeWeight) return a.inTimeWeight > b.inTimeWeight;
  return a.isSafe === b.isSafe ? a.value < b.value : a.isSafe;
}
