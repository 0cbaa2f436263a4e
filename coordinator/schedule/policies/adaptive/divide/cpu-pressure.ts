import type { CpuPressure } from './node-plan.js';

/** Below this share of what is available, CPU is not short. */
const LOW_PRESSURE_LOAD = 0.92;

/** How short CPU is where targets take so much of what is left for them, cores. */
export function cpuPressureOf(demandCores: number, leftCores: number): CpuPressure {
  if (demandCores > leftCores) return 'high';
  return demandCores < LOW_PRESSURE_LOAD * leftCores ? 'low' : 'medium';
}
