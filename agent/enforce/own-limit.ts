import { type CpuLimit, DEFAULT_PERIOD_US, weightedCores } from '../../shared/command.js';
import { coresOf } from '../containers/limits.js';
import type { Managed } from '../containers/managed.js';
import { isNoWeight, SHARES_PER_CORE, sharesOf } from '../containers/weight.js';
import { sameCores } from './in-force.js';
import { isByWeight, isPlain } from './promise.js';

const NO_LIMIT: CpuLimit = { cpuCores: null, periodUs: DEFAULT_PERIOD_US };

/**
 * The limit of a container of our own that the ledger does not know; null = none. A quota shows
 * itself. A promise by weight does not: it is what the container was started with, and where that
 * is not known, what its shares stand for.
 */
export function limitAtStart(
  { cpu }: Managed,
  wanted?: CpuLimit,
  started?: CpuLimit,
): CpuLimit | null {
  const isMadeWith = (limit: CpuLimit): boolean => cpu.shares === sharesOf(weightedCores(limit));
  if (started !== undefined && (cpu.shares === 0 || isMadeWith(started)))
    return isPlain(started) ? null : started;
  const limit = wanted ?? NO_LIMIT;
  if (isByWeight(limit) && isMadeWith(limit)) return limit;
  const cores = coresOf(cpu);
  if (cores !== null)
    return sameCores(cores, limit.cpuCores)
      ? limit
      : { cpuCores: cores, periodUs: cpu.periodUs || DEFAULT_PERIOD_US };
  if (isNoWeight(cpu.shares)) return null;
  return { cpuCores: null, periodUs: limit.periodUs, guaranteeCores: cpu.shares / SHARES_PER_CORE };
}
