import { clamp, sum, sumOf } from '../../../limits/fit.js';
import { demandCores, type LatencyLaw, latencySeconds } from '../../../model/latency-law.js';

/** A job that is not at its target and gets a share of what is left. */
export interface BestEffortClaim {
  /** null = nothing known of it. */
  readonly law: LatencyLaw | null;
  /** o, s. */
  readonly aimSeconds: number;
  readonly weight: number;
  readonly floorCores: number;
  /** Maximum, cores. */
  readonly maxCores: number;
}

const ROUNDS = 40;
const MAX_RATIO = 1e6;
/**
 * Lower end of the search for queues that cannot be kept from growing: they take all they can get,
 * even where the work of one request alone would be done in time.
 */
const MIN_RATIO = 1e-3;

/**
 * Shares what is left so that the largest L/o is as small as possible, where a heavier job counts
 * as nearer to its target (weighted max-min fairness, by bisection of the common ratio r: everybody
 * gets d(r·o/weight) within floor and maximum). A target that is out of reach would take nearly all
 * by that, so it gets its even part at most, and what the others leave when theirs are met. Floors
 * are always given, even where they exceed `leftCores`; otherwise the sum is at most `leftCores`.
 * Cores, same order.
 */
export function shareBestEffort(
  claims: readonly BestEffortClaim[],
  leftCores: number,
): readonly number[] {
  const bounded = withinEvenParts(claims, leftCores);
  const cores = shareByLateness(bounded, leftCores);
  if (bounded === claims || leftCores - sum(cores) <= NEGLIGIBLE_CORES) return cores;
  const withRest = claims.map((claim, i) => {
    const floorCores = cores[i] ?? 0;
    return { ...claim, floorCores, maxCores: isOutOfReach(claim) ? claim.maxCores : floorCores };
  });
  return shareByLateness(withRest, leftCores);
}

/** What bisection leaves over, cores. */
const NEGLIGIBLE_CORES = 1e-9;

// The same list where no target is out of reach. The bound begins at all that is left for one that
// just cannot be met, and is the even part where the best response time is twice the target: what
// a request costs is never known exactly, and nobody's limit should jump for that.
function withinEvenParts(
  claims: readonly BestEffortClaim[],
  leftCores: number,
): readonly BestEffortClaim[] {
  if (claims.length < 2 || !claims.some(isOutOfReach)) return claims;
  const weights = sumOf(claims, ({ weight }) => weight);
  return claims.map((claim) => {
    const { floorCores, maxCores, weight } = claim;
    const evenCores = (leftCores * weight) / weights;
    const mostCores = leftCores - outOfReachRatio(claim) * (leftCores - evenCores);
    return { ...claim, maxCores: Math.min(maxCores, Math.max(floorCores, mostCores)) };
  });
}

const isOutOfReach = (claim: BestEffortClaim): boolean => outOfReachRatio(claim) > 0;

/** 0 = all the CPU that the job may have meets its target; 1 = it takes twice as long with it. */
const outOfReachRatio = ({ law, aimSeconds, maxCores }: BestEffortClaim): number =>
  law === null ? 0 : clamp(latencySeconds(law, maxCores) / aimSeconds - 1, 0, 1);

function shareByLateness(claims: readonly BestEffortClaim[], leftCores: number): readonly number[] {
  const queues = shareBy(claims, leftCores, 1);
  if (
    sum(queues) <= leftCores ||
    claims.every(({ law }) => law === null || law.ratePerSecond === 0)
  )
    return queues;
  // Not even the queues can all be kept from growing: then no queue counts, only the work of
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
  const coresAt = (ratio: number): number => {
    let cores = 0;
    for (const claim of claims) cores += coresFor(claim, ratio);
    return cores;
  };
  const wished = at(leastRatio);
  if (sum(wished) <= leftCores) return wished;
  let [low, high] = [Math.log(leastRatio), Math.log(MAX_RATIO)];
  for (let round = 0; round < ROUNDS; round += 1) {
    const middle = (low + high) / 2;
    if (coresAt(Math.exp(middle)) <= leftCores) high = middle;
    else low = middle;
  }
  return at(Math.exp(high));
}

function coresFor(
  { law, aimSeconds, weight, floorCores, maxCores }: BestEffortClaim,
  ratio: number,
): number {
  if (law === null) return floorCores;
  // Below the minimum latency more CPU changes nothing: ask for what reaches it.
  const seconds = Math.max((ratio * aimSeconds) / weight, law.minSeconds * law.tailRatio);
  return Math.min(Math.max(floorCores, maxCores), Math.max(floorCores, demandCores(law, seconds)));
}
