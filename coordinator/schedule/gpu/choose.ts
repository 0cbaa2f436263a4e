import type { GpuRange } from '../../../shared/gpu.js';
import { sum } from '../fit.js';
import type { SettingNeed } from './law.js';

export interface Asker extends SettingNeed {
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
 * The lowest setting at which the most weight of jobs is in band; of those that are equally good, one at which fewer are too slow. Where nobody can be in band, the highest, which is nearest
 * to all targets. Null = nobody asks.
 */
export function chooseSetting(askers: readonly Asker[], { min, max }: GpuRange): SettingChoice | null {
  if (askers.length === 0) return null;
  let best: (SettingChoice & Judged) | undefined;
  for (const [i, { aim, least }] of askers.entries()) {
    if (least > max * SLACK) continue;
    const value = Math.min(max, Math.max(min, aim));
    const choice = { ...judged(askers, value), decidedBy: i };
    if (best === undefined || isBetter(choice, best)) best = choice;
  }
  return best ?? { ...judged(askers, max), decidedBy: 0 };
}

interface Judged {
  readonly value: number;
  readonly metWeight: number;
  readonly inTimeWeight: number;
}

/** What a setting is worth: the weight of those in band there, and of those not too slow. */
export function judged(askers: readonly Asker[], value: number): Judged {
  const inTime = askers.filter(({ least }) => least <= value * SLACK);
  const met = inTime.filter(({ most }) => most * SLACK >= value);
  return {
    value,
    metWeight: sum(met.map(({ weight }) => weight)),
    inTimeWeight: sum(inTime.map(({ weight }) => weight)),
  };
}

const isBetter = (a: Judged, b: Judged): boolean =>
  a.metWeight !== b.metWeight
    ? a.metWeight > b.metWeight
    : a.inTimeWeight !== b.inTimeWeight
      ? a.inTimeWeight > b.inTimeWeight
      : a.value < b.value;
