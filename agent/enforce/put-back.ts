import { DEFAULT_PERIOD_US } from '../../shared/command.js';
import { coresOf, type KernelCpu, showCores } from '../containers/limits.js';
import {
  DEFAULT_SHARES,
  isNoWeight,
  sharesAreBack,
  showWeight,
  weightHolds,
} from '../containers/weight.js';
import type { EngineContainer, EngineCpuSettings } from '../ports/engine.js';
import { holds, sameCores } from './in-force.js';

/** The settings of a container as they were found before the first touch. */
export interface Original {
  readonly original: EngineCpuSettings;
  /** µs; null = the burst was never touched. */
  readonly burstUs: number | null;
}

/**
 * Why a container is not as its original says; '' = limit, period, weight and burst are, as the
 * Engine stores them and, where it could be read, as the kernel holds them.
 */
export function whyNotBack(
  wanted: Original,
  { cpu }: EngineContainer,
  seen: KernelCpu | null,
): string {
  const { original, burstUs } = wanted;
  const cores = coresOf(original);
  if (!sameCores(cores, coresOf(cpu)))
    return `the Engine keeps ${showCores(coresOf(cpu))} instead of ${showCores(cores)}`;
  if (seen !== null && !holds(cores, seen.cores))
    return `the kernel holds ${showCores(seen.cores)} instead of ${showCores(cores)}`;
  const periodUs = original.periodUs || DEFAULT_PERIOD_US;
  if (original.quotaUs > 0 && (cpu.periodUs || DEFAULT_PERIOD_US) !== periodUs)
    return `the Engine keeps a period of ${cpu.periodUs} µs instead of ${periodUs} µs`;
  const weight = seen?.weight ?? null;
  if (!sharesAreBack(original, cpu, weight))
    return `the Engine keeps shares ${cpu.shares} instead of ${original.shares || DEFAULT_SHARES}`;
  if (weight !== null && !weightHolds(original.shares || DEFAULT_SHARES, weight))
    return (
      `the kernel holds ${showWeight(weight)} instead of shares ` +
      `${original.shares || DEFAULT_SHARES}`
    );
  const burst = seen?.burstUs ?? null;
  if (burstUs !== null && burst !== null && burst !== burstUs)
    return `the kernel holds a burst of ${burst} µs instead of ${burstUs} µs`;
  return '';
}

/** For people: `no limit`, or `0.5 cores, shares 512, burst 5000 µs`. */
export function showSettings({ cpu }: EngineContainer, seen: KernelCpu | null): string {
  const shares = isNoWeight(cpu.shares) ? [] : [`shares ${cpu.shares}`];
  const burst = (seen?.burstUs ?? 0) > 0 ? [`burst ${seen?.burstUs} µs`] : [];
  return [showCores(seen === null ? coresOf(cpu) : seen.cores), ...shares, ...burst].join(', ');
}

/** Whether the container has a limit, a weight or a burst. */
export function isLimited({ cpu }: EngineContainer, seen: KernelCpu | null): boolean {
  const isByKernel = seen !== null && (seen.cores !== null || (seen.burstUs ?? 0) > 0);
  return coresOf(cpu) !== null || !isNoWeight(cpu.shares) || isByKernel;
}
