import type { GpuRange, GpuSetting } from '../../../shared/gpu.js';

/** The host's own bounds on settings of GPUs, which no coordinator can exceed. */
export interface GpuBounds {
  readonly clockMhz: GpuRange;
  readonly powerWatts: GpuRange;
}
/** In force where there is no `policy.yaml`: no bound. */
export const DEFAULT_GPU_BOUNDS: GpuBounds = {
  clockMhz: { min: 0, max: 100_000 },
  powerWatts: { min: 0, max: 100_000 },
};

/**
 * What a GPU allows: its clocks, ascending, MHz, and its range of power limits; null = not known.
 */
export interface GpuOffer {
  readonly clocks: readonly number[];
  readonly powerRange: GpuRange | null;
}

/**
 * A desired setting as it can be set: the lowest supported clock that is not below it, a whole
 * number of watts, both within what the GPU and the host allow. A knob that the GPU does not offer,
 * or whose bounds leave nothing, is left as found (null).
 */
export function clampSetting(
  asked: GpuSetting,
  { clocks, powerRange }: GpuOffer,
  bounds: GpuBounds,
): GpuSetting {
  return {
    clockMhz:
      asked.clockMhz === null ? null : clampClock(asked.clockMhz, allowedClocks(clocks, bounds)),
    powerWatts:
      asked.powerWatts === null
        ? null
        : clampPower(asked.powerWatts, allowedPower(powerRange, bounds)),
  };
}

/** Clocks that may be set here, ascending, MHz. */
export const allowedClocks = (
  clocks: readonly number[],
  { clockMhz: { min, max } }: GpuBounds,
): readonly number[] => clocks.filter((clock) => clock >= min && clock <= max);

/** Power limits that may be set here, W; null = none. */
export function allowedPower(range: GpuRange | null, { powerWatts }: GpuBounds): GpuRange | null {
  if (range === null) return null;
  const [min, max] = [
    Math.ceil(Math.max(range.min, powerWatts.min)),
    Math.floor(Math.min(range.max, powerWatts.max)),
  ];
  return min > max ? null : { min, max };
}

const clampClock = (asked: number, allowed: readonly number[]): number | null =>
  allowed.find((clock) => clock >= asked) ?? allowed.at(-1) ?? null;

const clampPower = (asked: number, allowed: GpuRange | null): number | null =>
  allowed === null ? null : Math.min(allowed.max, Math.max(allowed.min, Math.round(asked)));
