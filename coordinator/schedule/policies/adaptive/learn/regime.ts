import type { CpuReport } from '../../../../../shared/report.js';

/**
 * What held a container back in the last report. `bound`: its quota. `free`: nothing; more CPU
 * would be waste. `starved`: the host did not deliver what the limit allows. `mixed`: sometimes
 * one, sometimes the other.
 */
export type Regime = 'bound' | 'free' | 'starved' | 'mixed';

/** θ: share of periods that ran out of quota. */
const BOUND_THROTTLED = 0.85;
const FREE_THROTTLED = 0.05;
const STARVED_THROTTLED = 0.3;
/** Usage ÷ limit. */
const BOUND_USE = 0.95;
const STARVED_USE = 0.97;
/**
 * PSI `some` (Documentation/accounting/psi.rst). Kernels count throttled time as pressure too, so
 * it counts only where hardly any period was throttled.
 */
const CALM_PRESSURE = 0.05;
const HIGH_PRESSURE = 0.1;

/**
 * Reads the regime from a container's own counters. `limitCores`: limit in the kernel; Infinity =
 * none. A kernel without PSI never says `starved`.
 */
export function regimeOf(
  {
    usageCores,
    throttledRatio,
    pressureRatio,
  }: Pick<CpuReport, 'usageCores' | 'throttledRatio' | 'pressureRatio'>,
  limitCores: number,
): Regime {
  const pressure = pressureRatio ?? 0;
  const use = usageCores / limitCores;
  // One whose limit was lifted meanwhile may have been throttled before.
  if (throttledRatio > BOUND_THROTTLED) return Number.isFinite(limitCores) ? 'bound' : 'mixed';
  if (throttledRatio < STARVED_THROTTLED && use < STARVED_USE && pressure > HIGH_PRESSURE)
    return 'starved';
  if (throttledRatio < FREE_THROTTLED && use < BOUND_USE && pressure < CALM_PRESSURE) return 'free';
  return use > BOUND_USE ? 'bound' : 'mixed';
}
