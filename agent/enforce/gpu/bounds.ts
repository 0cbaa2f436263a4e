import type { GpuRange, GpuSetting } from '../../../shared/gpu.js';

/** The host's own bounds on settings of GPUs, which no coordinator can exceed. */
export interface GpuBounds {
  readonly clockMhz: GpuRange;
  readonly powerWatts: GpuRange;
}
export const DEFAULT_GPU_BOUNDS: GpuBounds = {
  clockMhz: { min: 0, max: 100_000 },
  powerWatts: { min: 0, max: 100_000 },
};

/** What a GPU allows: its own clocks, ascending, and its range of power limits; null = not told. */
export interface GpuOffer {
  readonly clocks: readonly number[];
  readonly powerRange: GpuRange | null;
}

/**
 * A wish as it can be set: the least supported clock that is not below it, a whole number of watts, both within what the GPU and the host allow. A knob that the GPU does not offer, or
 * whose bounds leave nothing, is left as found (null).
 */
export function clampSetting(wish: GpuSetting, { clocks, powerRange }: GpuOffer, bounds: GpuBounds): GpuSetting {
  return {
    clockMhz: wish.clockMhz === null ? null : clampClock(wish.clockMhz, clocks, bounds.clockMhz),
    powerWatts:
      wish.powerWatts === null || powerRange === null ? null : clampPower(wish.powerWatts, powerRange, bounds),
  };
}

function clampClock(wish: number, clocks: readonly number[], { min, max }: GpuRange): number | null {
  const allowed = clocks.filter((clock) => clock >= min && clock <= max);
  return allowed.find((clock) => clock >= wish) ?? allowed.at(-1) ?? null;
}

function clampPower(wish: number, range: GpuRange, { powerWatts }: GpuBounds): number | null {
  const least = Math.ceil(Math.max(range.min, powerWatts.min));
  const most = Math.floor(Math.min(range.max, powerWatts.max));
  return least > most ? null : Math.min(most, Math.max(least, Math.round(wish)));
}
