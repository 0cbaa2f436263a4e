import type { GpuRange, GpuReport, GpuSetting } from '../../../shared/gpu.js';
import type { LawOptions } from './setting-law.js';

/** What controls the response times on one GPU: its clock or its power limit. */
export interface GpuActuator {
  readonly kind: 'clock' | 'power';
  readonly unit: 'MHz' | 'W';
  /** The highest setting, in words. */
  readonly highest: string;
  readonly range: GpuRange;
  /** Setting in force as last reported; the highest where dqoes set none. */
  readonly value: number;
  /**
   * The host's own bounds end below what the GPU does without a limit: the highest is a limit, too.
   */
  readonly isBounded: boolean;
  /** A lower setting is approached in steps of this factor at most. */
  readonly leastStep: number;
  /** How far a law reaches: for power only what was seen near by counts. */
  readonly local?: LawOptions['local'];
}

/** Tools report a highest clock that is one step above the highest that can be set. */
const BOUNDED_FROM = 1.03;
/**
 * Latency over power has no known form: flat while the limit does not bind, steeper below. So power
 * goes down in small steps, and back by what was seen near by.
 */
const POWER_STEP = 0.85;
const POWER_REACH = 1.5;

/**
 * The clock where it can be set, else the power limit where that can; null = neither: targets are
 * held by CPU.
 */
export function actuatorOf({
  ladder,
  clockRange,
  powerRange,
  applied,
  maxClockMhz,
}: GpuReport): GpuActuator | null {
  if (ladder.clock.reach === 'live' && clockRange !== null) {
    const isBounded = maxClockMhz !== null && maxClockMhz > clockRange.max * BOUNDED_FROM;
    const foundMhz = isBounded ? maxClockMhz : clockRange.max;
    const words = { kind: 'clock', unit: 'MHz', highest: 'highest clock' } as const;
    return {
      ...words,
      range: clockRange,
      value: applied?.clockMhz ?? foundMhz,
      isBounded,
      leastStep: 0,
    };
  }
  if (ladder.power.reach !== 'live' || powerRange === null) return null;
  const value = applied?.powerWatts ?? powerRange.max;
  const local = { near: value, factor: POWER_REACH };
  const words = { kind: 'power', unit: 'W', highest: 'power limit as found' } as const;
  return { ...words, range: powerRange, value, isBounded: false, leastStep: POWER_STEP, local };
}

/** The desired value of the actuator in a setting; null = as found. */
export const desiredValueOf = ({ kind }: GpuActuator, setting: GpuSetting | null): number | null =>
  (kind === 'clock' ? setting?.clockMhz : setting?.powerWatts) ?? null;

/** The setting that gives the actuator this value; null = as found. */
export const settingOf = ({ kind }: GpuActuator, value: number | null): GpuSetting =>
  kind === 'clock' ? { clockMhz: value, powerWatts: null } : { clockMhz: null, powerWatts: value };
