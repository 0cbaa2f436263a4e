import { type LatencyLaw, queuedSeconds } from './latency-law.js';

/** A service with open arrivals that shares CPU with others: its law, and its target. */
export interface PooledService {
  readonly law: LatencyLaw;
  /** Maximum of the statistic, s. */
  readonly targetSeconds: number;
}

const ROUNDS = 24;
/** Upper end of the CPU that is searched, as a factor of the use. */
const MAX_CORES_RATIO = 256;

/**
 * How much longer a request computes because others of the pool want the same cores: 1 +
 * P_w/(m(1−ρ)) with ρ = use ÷ cores, m = max(1, cores) servers and P_w = ρ^(√(2(m+1))−1)
 * (Sakasegawa 1977, the wait in an M/M/m queue). Infinity where the use fills the cores.
 */
export function contentionFactor(useCores: number, cores: number): number {
  const utilisation = useCores / cores;
  if (utilisation >= 1) return Number.POSITIVE_INFINITY;
  const servers = Math.max(1, cores);
  const waits = utilisation ** (Math.sqrt(2 * (servers + 1)) - 1);
  return 1 + waits / (servers * (1 - utilisation));
}

/**
 * The statistic of one service of a pool whose services together may use `cores`, s: its own queue,
 * with a service time that is stretched by the others. Infinity where the queue grows without
 * bound.
 */
export function pooledSeconds(
  { law }: Pick<PooledService, 'law'>,
  useCores: number,
  cores: number,
): number {
  const stretch = contentionFactor(useCores, cores);
  if (!Number.isFinite(stretch)) return Number.POSITIVE_INFINITY;
  // One core per request, unless the host has less.
  const workSeconds = (law.workSeconds * stretch) / Math.min(1, cores);
  return law.tailRatio * queuedSeconds(law, Math.max(0, law.overheadSeconds + workSeconds));
}

/**
 * Minimum CPU of the whole pool at which one of its services meets its target, cores; Infinity = no
 * CPU does.
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
