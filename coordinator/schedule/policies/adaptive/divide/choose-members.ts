import { sum } from '../../../limits/fit.js';
import { Field } from '../../../model/allocation-model.js';
import { chooseSatisfied, type KnapsackItem } from '../../../model/knapsack.js';
import { coresAt, MAX_BAND_SLACK } from '../latency-goal.js';
import { boundedCores, type Member } from '../member.js';
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
  const wanted = claimants.map((one) => wantedCoresOf(one, nowMs));
  let all = 0;
  claimants.forEach(({ claim }, i) => {
    const cores = wanted[i] ?? 0;
    all += Number.isFinite(cores) ? cores : claim.floorCores;
  });
  if (all <= leftCores + 1e-9) return wanted.map((cores) => Number.isFinite(cores));
  const items = claimants.map(
    ({ member, claim }, i): KnapsackItem => ({
      cores: wanted[i] ?? Number.POSITIVE_INFINITY,
      floorCores: claim.floorCores,
      weight: fairness === 'weighted' ? member.allocation.weight : 1,
      isIncumbent: wasChosen(member),
    }),
  );
  const chosen = chooseSatisfied(items, leftCores);
  const candidates = items.map((candidate, i) => ({
    ...candidate,
    sinceMs: waitingSinceMs(claimants[i], nowMs),
  }));
  return takeTurns(candidates, chosen, leftCores, nowMs);
}

const wasChosen = ({ model }: Member): boolean => model[Field.isChosen] === 1;

// What it takes to be chosen, cores; Infinity = more than it may have.
function wantedCoresOf({ member, goal, claim }: Claimant, nowMs: number): number {
  const isIncumbent = wasChosen(member);
  const margin = !isIncumbent && wasDropped(member, nowMs) ? READMIT_MARGIN : 1;
  const cores =
    claim.reservedCores ?? (isIncumbent ? coresAt(goal, MAX_BAND_SLACK) : goal.edgeCores);
  const wantedCores = Math.max(claim.floorCores, cores * margin);
  return wantedCores <= member.maxCores
    ? boundedCores(member, wantedCores)
    : Number.POSITIVE_INFINITY;
}
