import { sum } from '../../../limits/fit.js';
import { Field } from '../../../model/allocation-model.js';
import { chooseSatisfied, type KnapsackItem } from '../../../model/knapsack.js';
import { coresAt, MAX_BAND_SLACK } from '../latency-goal.js';
import { boundedCores } from '../member.js';
import { takeTurns } from './ageing.js';
import { waitingSinceMs, wasDropped } from './allocation-goal.js';
import type { Claimant } from './cpu-claims.js';
import type { NodePlanInput } from './node-plan.js';

const isReachable = ({ goal, claim, member }: Claimant): boolean =>
  (claim.reservedCores ?? goal.edgeCores) <= member.maxCores;

/** Chooses all reachable members, or none where they do not fit together (`maxmin`). */
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

/** A job dropped within the last 60 s is re-admitted only with 2.5 % headroom (hysteresis). */
const READMIT_MARGIN = 1.025;

/**
 * Chooses the members that shall be at their targets. Incumbents stay unless more can be served
 * without them, or they no longer fit; new ones need their whole margin. Takes turns (ageing.ts).
 */
export function chooseMembers(
  claimants: readonly Claimant[],
  leftCores: number,
  { fairness, nowMs }: Pick<NodePlanInput, 'fairness' | 'nowMs'>,
): readonly boolean[] {
  const items = claimants.map((one): KnapsackItem => {
    const { member, goal, claim } = one;
    const isIncumbent = member.model[Field.isChosen] === 1;
    const margin = !isIncumbent && wasDropped(member, nowMs) ? READMIT_MARGIN : 1;
    const cores =
      claim.reservedCores ?? (isIncumbent ? coresAt(goal, MAX_BAND_SLACK) : goal.edgeCores);
    const wantedCores = Math.max(claim.floorCores, cores * margin);
    return {
      cores:
        wantedCores <= member.maxCores
          ? boundedCores(member, wantedCores)
          : Number.POSITIVE_INFINITY,
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
