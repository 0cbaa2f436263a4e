import type { GpuRange } from '../../../shared/gpu.js';
import { sum } from '../limits/fit.js';
import type { SettingDemand } from './setting-law.js';

export interface SettingCandidate extends SettingDemand {
  readonly weight: number;
}

/** One setting for all jobs of a GPU. */
export interface SettingChoice {
  readonly value: number;
  /** Weight of those in band there. */
  readonly metWeight: number;
  /** The asker that needs it: at a lower one it would be too slow. */
  readonly decidedBy: number;
}

/** A law that was read off noisy answers is not exact: settings are compared with this slack. */
const SLACK = 1.005;

/**
 * The lowest setting that somebody aims at and at which the most weight of jobs is in band; of
 * those that are equally good, one at which fewer are too slow. Where nobody can be in band, the
 * highest, which is nearest to all targets. Null = nobody asks.
 */
export function chooseSetting(
  candidates: readonly SettingCandidate[],
  { min, max }: GpuRange,
): SettingChoice | null {
  if (candidates.length === 0) return null;
  const possible = candidates.filter(({ minValue }) => minValue <= max * SLACK);
  let best: SettingChoiceOption | undefined;
  const consider = (wanted: number, isSafe: boolean): void => {
    const choice = { ...rateSetting(candidates, Math.min(max, Math.max(min, wanted))), isSafe };
    if (best === undefined || isBetter(choice, best)) best = choice;
  };
  for (const { aim } of possible) consider(aim, true);
  for (const value of betweenEdges(possible)) consider(value, false);
  const { value, metWeight } = best ?? rateSetting(candidates, max);
  return { value, metWeight, decidedBy: tightest(candidates, value) };
}

/** Bands may overlap where nobody aims. */
function betweenEdges(candidates: readonly SettingCandidate[]): readonly number[] {
  const edges = candidates
    .flatMap(({ minValue, maxValue }) => [minValue, maxValue])
    .filter(Number.isFinite);
  edges.sort((a, b) => a - b);
  return edges.slice(1).map((edge, i) => (edge + (edges[i] ?? edge)) / 2);
}

/** Of those in time, the one that would be too slow first; 0 = none is in time. */
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

/** What a setting is worth: the weight of those in band there, and of those not too slow. */
export function rateSetting(candidates: readonly SettingCandidate[], value: number): RatedSetting {
  const inTime = candidates.filter(({ minValue }) => minValue <= value * SLACK);
  const met = inTime.filter(({ maxValue }) => maxValue * SLACK >= value);
  return {
    value,
    metWeight: sum(met.map(({ weight }) => weight)),
    inTimeWeight: sum(inTime.map(({ weight }) => weight)),
  };
}

interface SettingChoiceOption extends RatedSetting {
  /** Somebody aims there: clear of an edge by the error of what was measured. */
  readonly isSafe: boolean;
}

function isBetter(a: SettingChoiceOption, b: SettingChoiceOption): boolean {
  if (a.metWeight !== b.metWeight) return a.metWeight > b.metWeight;
  if (a.inTimeWeight !== b.inTimeWeight) return a.inTimeWeight > b.inTimeWeight;
  return a.isSafe === b.isSafe ? a.value < b.value : a.isSafe;
}
