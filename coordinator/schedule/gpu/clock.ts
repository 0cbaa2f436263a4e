import type { GpuRange } from '../../../shared/gpu.js';
import { sum } from '../fit.js';
import type { ClockNeed } from './law.js';

export interface Asker extends ClockNeed {
  readonly weight: number;
}

/** One clock for all jobs of a GPU. */
export interface ClockChoice {
  readonly mhz: number;
  /** The asker that needs it: at a lower one it would be too slow. */
  readonly decidedBy: number;
}

/** A law that was read off noisy answers is not exact: clocks are compared with this slack. */
const SLACK = 1.005;

/**
 * The lowest clock at which the most weight of jobs is in band; of clocks that are equally good, one at which fewer are too slow. Where nobody can be in band, the highest, which is nearest
 * to all targets. Null = nobody asks.
 */
export function chooseClock(askers: readonly Asker[], { min, max }: GpuRange): ClockChoice | null {
  if (askers.length === 0) return null;
  let best: (ClockChoice & { readonly metWeight: number; readonly inTimeWeight: number }) | undefined;
  for (const [i, { aimMhz, leastMhz }] of askers.entries()) {
    if (leastMhz > max * SLACK) continue;
    const mhz = Math.min(max, Math.max(min, aimMhz));
    const inTime = askers.filter((each) => each.leastMhz <= mhz * SLACK);
    const metWeight = sum(inTime.filter((each) => each.mostMhz * SLACK >= mhz).map(({ weight }) => weight));
    const choice = { mhz, decidedBy: i, metWeight, inTimeWeight: sum(inTime.map(({ weight }) => weight)) };
    if (best === undefined || isBetter(choice, best)) best = choice;
  }
  return best === undefined ? { mhz: max, decidedBy: 0 } : { mhz: best.mhz, decidedBy: best.decidedBy };
}

interface Judged {
  readonly mhz: number;
  readonly metWeight: number;
  readonly inTimeWeight: number;
}
const isBetter = (a: Judged, b: Judged): boolean =>
  a.metWeight !== b.metWeight
    ? a.metWeight > b.metWeight
    : a.inTimeWeight !== b.inTimeWeight
      ? a.inTimeWeight > b.inTimeWeight
      : a.mhz < b.mhz;
