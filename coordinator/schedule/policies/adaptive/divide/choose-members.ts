import { sum } from '../../../limits/fit.js';
import { Field } from '../../../model/allocation-model.js';
import { chooseSatisfied, type KnapsackItem } from '../../../model/knapsack.js';
import { coresAt, MAX_BAND_SLACK } from '../latency-goal.js';
import { boundedCores } from '../member.js';
import { takeTurns } from './ageing.js';
import { waitingSinceMs, wasDropped } from './allocation-goal.js';
import type { Claimant } from './cpu-claims.js';
import type { PlanInput } from './node-plan.js';

const isReachable = ({ goal, claim, member }: Claimant): boolean =>
  (claim.reservedCores ?? goal.edgeCores) <= member.maxCores;

export function chooseAllOrNone(
  claimants: readonly Claimant[],
  leftCores: number,
): readonly boolean[] {
  const reachable = claimants.filter(isReachable);
  const floors = sum(
    claimants.filter((one) => !isReachable(one)).map(({ claim }) => claim.floorCores),
  );
  const reserved = reachable.map(({ claim, goal }) =>
    Math.max(claim.floorCores, claim.reservedCores ?? goal.edgeCores),
  );
  const fits = sum(reserved) + floors <= leftCores;
  return claimants.map((one) => fits && isReachable(one));
}

/** Who was given up lately needs so much more room to come back. */
const READMIT_MARGIN = 1.025;

/**
 * Incumbents stay unless more can be had, or they do not fit any more; newcomers need their whole
 * margin.
 */
export function choose(
  claimants: readonly Claimant[],
  leftCores: number,
  { fairness, nowMs }: Pick<PlanInput, 'fairness' | 'nowMs'>,
): readonly boolean[] {
  const items = claimants.map((one): KnapsackItem => {
    const { member, goal, claim } = one;
    const isIncumbent = member.model[Field.isChosen] === 1;
    const margin = !isIncumbent && wasDropped(member, nowMs) ? READMIT_MARGIN : 1;
    const cores =
      claim.reservedCores ?? (isIncumbent ? coresAt(goal, MAX_BAND_SLACK) : goal.edgeCores);
    const asked = Math.max(claim.floorCores, cores * margin);
    return {
      cores: asked <= member.maxCores ? boundedCores(member, asked) : Number.POSITIVE_INFINITY,
      floorCores: claim.floorCores,
      weight: fairness === 'weighted' ? member.allocation.weight : 1,
      isIncumbent,
    };
  });
  const all = sum(
    items.map(({ cores, floorCores }) => (Number.isFinite(cores) ? cores : floorCores)),
  );
  if (all <= leftCores + 1e-9) return items.map(({ cores }) => Number.isFinite(cores));
  const chosen = chooseSatisfied(items, leftCores);
  const candidates = items.map((candidate, i) => ({
    ...candidate,
    sinceMs: waitingSinceMs(claimants[i], nowMs),
  }));
  return takeTurns(candidates, chosen, leftCores, nowMs);
}
