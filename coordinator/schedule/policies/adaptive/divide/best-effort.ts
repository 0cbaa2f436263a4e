import { sum } from '../../../limits/fit.js';
import { demandCores, type LatencyLaw } from '../../../model/latency-law.js';

/** One job that is not satisfied and takes what is left. */
export interface BestEffortClaim {
  /** null = nothing known of it. */
  readonly law: LatencyLaw | null;
  /** o, s. */
  readonly aimSeconds: number;
  readonly weight: number;
  readonly floorCores: number;
  /** Never more than this, cores. */
  readonly maxCores: number;
}

const ROUNDS = 40;
const MAX_RATIO = 1e6;
/**
 * Even where the work of a request alone would be done in time, a queue that grows takes all it can
 * get.
 */
const MIN_RATIO = 1e-3;

/**
 * Shares what is left so that the largest L/o is least, a heavier job counting as nearer
 * (water-filling by bisection of the common ratio r: everybody gets d(r·o/weight) within floor and
 * most). Floors are always given, also where they exceed `leftCores`; the sum is otherwise at most
 * `leftCores`. Cores, same order.
 */
export function shareBestEffort(
  claims: readonly BestEffortClaim[],
  leftCores: number,
): readonly number[] {
  const queues = shareBy(claims, leftCores, 1);
  if (
    sum(queues) <= leftCores ||
    claims.every(({ law }) => law === null || law.ratePerSecond === 0)
  )
    return queues;
  // Not even the queues can all be kept from growing: then nobody's queue counts, only the work of
  // a request.
  return shareBy(
    claims.map((claim) => ({
      ...claim,
      law: claim.law === null ? null : { ...claim.law, ratePerSecond: 0, savedSeconds: 0 },
    })),
    leftCores,
    MIN_RATIO,
  );
}

function shareBy(
  claims: readonly BestEffortClaim[],
  leftCores: number,
  leastRatio: number,
): readonly number[] {
  const at = (ratio: number): number[] => claims.map((claim) => coresFor(claim, ratio));
  const wished = at(leastRatio);
  if (sum(wished) <= leftCores) return wished;
  let [low, high] = [Math.log(leastRatio), Math.log(MAX_RATIO)];
  for (let round = 0; round < ROUNDS; round += 1) {
    const middle = (low + high) / 2;
    if (sum(at(Math.exp(middle))) <= leftCores) high = middle;
    else low = middle;
  }
  return at(Math.exp(high));
}

function coresFor(
  { law, aimSeconds, weight, floorCores, maxCores }: BestEffortClaim,
  ratio: number,
): number {
  if (law === null) return floorCores;
  // Below the least latency more CPU changes nothing: ask for what reaches it.
  const seconds = Math.max((ratio * aimSeconds) / weight, law.minSeconds * law.tailRatio);
  return Math.min(Math.max(floorCores, maxCores), Math.max(floorCores, demandCores(law, seconds)));
}
