import type { CpuLimit } from '../../../../shared/command.js';

/** A guarantee by weight, without a quota. */
export const byWeight = (guaranteeCores: number, more: Partial<CpuLimit> = {}): CpuLimit => ({
  cpuCores: null,
  periodUs: 100_000,
  guaranteeCores,
  ...more,
});

/** A quota. */
export const quota = (cpuCores: number, more: Partial<CpuLimit> = {}): CpuLimit => ({
  cpuCores,
  periodUs: 100_000,
  ...more,
});

/** Neither quota nor guarantee. */
export const free: CpuLimit = { cpuCores: null, periodUs: 100_000 };
