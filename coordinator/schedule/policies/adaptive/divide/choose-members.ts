import { sum } from '../../../limits/fit.js';
import { Field } from '../../../model/allocation-model.js';
import { coresAt, MAX_BAND_SLACK } from '../latency-goal.js';
import { boundedCores, type Member } from '../member.js';
import { chooseInTurn, type TurnCandidate, takeTurns } from './ageing.js';
import { holdsTurn, waitingSinceMs, wasDropped } from './allocation-goal.js';
import type { Claimant } from './cpu-claims.js';
import type { NodePlanInput } from './node-plan.js';

/**
 * Chooses all reachable members, or none where they do not fit together (`maxmin`). Those that are
 * chosen stay, and come back, as others do.
 */
export function chooseAllOrNone(
  claimants: readonly Claimant[],
  leftCores: number,
  nowMs: number,
): readonly boolean[] {
  const isReachable = (one: Claimant): boolean => Number.isFinite(wantedCoresOf(one, nowMs));
  const reachable = claimants.filter(isReachable);
  const floors = sum(
    claimants.filter((one) => !isReachable(one)).map(({ claim }) => claim.floorCores),
  );
  const fits = sum(reachable.map((one) => wantedCoresOf(one, nowMs))) + floors <= leftCores;
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
  const how = { fairness, nowMs };
  const candidates = claimants.map((one, i) => candidateOf(one, wanted[i], how));
  return chooseInTurn(candidates, leftCores, nowMs);
}

type How = Pick<NodePlanInput, 'fairness' | 'nowMs'>;

const candidateOf = (
  { member, claim }: Claimant,
  wantedCores: number | undefined,
  { fairness, nowMs }: How,
): TurnCandidate => ({
  cores: wantedCores ?? Number.POSITIVE_INFINITY,
  floorCores: claim.floorCores,
  weight: fairness === 'weighted' ? member.allocation.weight : 1,
  isIncumbent: wasChosen(member),
  sinceMs: waitingSinceMs(member.model, nowMs),
  holdsTurn: holdsTurn(member, nowMs),
});

/**
 * The same number of bands, where one that was thought to cost the others too much has waited for
 * so long that it gets the place of another. `served`: those of `bands` that stay. Same order.
 */
export function serveInTurn(
  bands: readonly Claimant[],
  served: readonly Claimant[],
  { leftCores, ...how }: How & { readonly leftCores: number },
): readonly Claimant[] {
  if (served.length === bands.length) return served;
  const stays = new Set(served);
  const candidates = bands.map((one) => candidateOf(one, wantedCoresOf(one, how.nowMs), how));
  const before = bands.map((one) => stays.has(one));
  const chosen = takeTurns(candidates, before, leftCores, how.nowMs);
  return chosen === before ? served : bands.filter((_, i) => chosen[i] === true);
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
