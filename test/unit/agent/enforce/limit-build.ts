import type { CpuLimit } from '../../../../shared/command.js';

/** A limit that guarantees CPU by weight, without a quota. */
export const byWeight = (guaranteeCores: number, more: Partial<CpuLimit> = {}): CpuLimit => ({
  cpuCores: null,
  periodUs: 100_000,
  guaranteeCores,
  ...more,
});

/** A limit by quota. */
export const quota = (cpuCores: number, more: Partial<CpuLimit> = {}): CpuLimit => ({
  cpuCores,
  periodUs: 100_000,
  ...more,
});

/** No limit at all. */
export const free: CpuLimit = { cpuCores: null, periodUs: 100_000 };
