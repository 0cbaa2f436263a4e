import { sum } from '../../../limits/fit.js';
import { demandCores, type Law } from '../../../model/latency-law.js';

/** One job that is not satisfied and takes what is left. */
export interface Sharer {
  /** null = nothing known of it. */
  readonly law: Law | null;
  /** o, s. */
  readonly aimSeconds: number;
  readonly weight: number;
  readonly floorCores: number;
  /** Never more than this, cores. */
  readonly mostCores: number;
}

const ROUNDS = 40;
const MOST_RATIO = 1e6;
/**
 * Even where the work of a request alone would be done in time, a queue that grows takes all it can
 * get.
 */
const LEAST_RATIO = 1e-3;

/**
 * Shares what is left so that the largest L/o is least, a heavier job counting as nearer
 * (water-filling by bisection of the common ratio r: everybody gets d(r·o/weight) within floor and
 * most). Floors are always given, also where they exceed `leftCores`; the sum is otherwise at most
 * `leftCores`. Cores, same order.
 */
export function shareLeftover(sharers: readonly Sharer[], leftCores: number): readonly number[] {
  const queues = shareBy(sharers, leftCores, 1);
  if (
    sum(queues) <= leftCores ||
    sharers.every(({ law }) => law === null || law.ratePerSecond === 0)
  )
    return queues;
  // Not even the queues can all be kept from growing: then nobody's queue counts, only the work of
  // a request.
  return shareBy(
    sharers.map((sharer) => ({
      ...sharer,
      law: sharer.law === null ? null : { ...sharer.law, ratePerSecond: 0, savedSeconds: 0 },
    })),
    leftCores,
    LEAST_RATIO,
  );
}

function shareBy(
  sharers: readonly Sharer[],
  leftCores: number,
  leastRatio: number,
): readonly number[] {
  const at = (ratio: number): number[] => sharers.map((sharer) => coresFor(sharer, ratio));
  const wished = at(leastRatio);
  if (sum(wished) <= leftCores) return wished;
  let [low, high] = [Math.log(leastRatio), Math.log(MOST_RATIO)];
  for (let round = 0; round < ROUNDS; round += 1) {
    const middle = (low + high) / 2;
    if (sum(at(Math.exp(middle))) <= leftCores) high = middle;
    else low = middle;
  }
  return at(Math.exp(high));
}

function coresFor(
  { law, aimSeconds, weight, floorCores, mostCores }: Sharer,
  ratio: number,
): number {
  if (law === null) return floorCores;
  // Below the least latency more CPU changes nothing: ask for what reaches it.
  const seconds = Math.max((ratio * aimSeconds) / weight, law.leastSeconds * law.tailRatio);
  return Math.min(Math.max(floorCores, mostCores), Math.max(floorCores, demandCores(law, seconds)));
}
