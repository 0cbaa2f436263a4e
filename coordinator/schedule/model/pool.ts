import { type LatencyLaw, latencySeconds } from './latency-law.js';

/**
 * What is asked of a service whose requests come by themselves, and how its response time follows
 * CPU.
 */
export interface PooledService {
  readonly law: LatencyLaw;
  /** What the statistic shall be at most, s. */
  readonly targetSeconds: number;
}

const ROUNDS = 24;
/** More cores than this are not searched for, as a factor of the use. */
const MAX_CORES_RATIO = 256;

/**
 * How much longer a request computes because others of the pool want the same cores: 1 +
 * P_w/(m(1−ρ)), ρ = use ÷ cores, m = cores and at least one, P_w = ρ^(√(2(m+1))−1) (Sakasegawa
 * 1977, the waiting of a queue with m servers). Infinity where the use fills the cores.
 */
export function contentionFactor(useCores: number, cores: number): number {
  const utilisation = useCores / cores;
  if (utilisation >= 1) return Number.POSITIVE_INFINITY;
  const servers = Math.max(1, cores);
  const waits = utilisation ** (Math.sqrt(2 * (servers + 1)) - 1);
  return 1 + waits / (servers * (1 - utilisation));
}

/**
 * The statistic that one service of a pool has where all of them together may use `cores`, s: its
 * own queue, with a service time that is stretched by the others. Infinity where a queue would
 * grow.
 */
export function pooledSeconds(
  { law }: Pick<PooledService, 'law'>,
  useCores: number,
  cores: number,
): number {
  const stretch = contentionFactor(useCores, cores);
  if (!Number.isFinite(stretch)) return Number.POSITIVE_INFINITY;
  // One core a request, unless the host has less to give.
  const workSeconds = (law.workSeconds * stretch) / Math.min(1, cores);
  return latencySeconds({ ...law, workSeconds, minSeconds: 0, savedSeconds: 0 }, 1);
}

/**
 * Least CPU for the whole pool at which one of its services meets its target, cores; Infinity = no
 * CPU does it.
 */
export function poolCoresFor(service: PooledService, useCores: number): number {
  const meets = (cores: number): boolean =>
    pooledSeconds(service, useCores, cores) <= service.targetSeconds;
  let [low, high] = [useCores, useCores * MAX_CORES_RATIO + 1];
  if (!meets(high)) return Number.POSITIVE_INFINITY;
  for (let round = 0; round < ROUNDS; round += 1) {
    const middle = Math.sqrt(low * high);
    if (meets(middle)) high = middle;
    else low = middle;
  }
  return high;
}
