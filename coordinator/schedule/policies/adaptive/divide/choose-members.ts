import { Field } from '../../../model/allocation-model.js';
import { type Admission, fitsVacant, isClosed, isHeldOff } from '../admission.js';
import { coresAt, MAX_BAND_SLACK } from '../latency-goal.js';
import { boundedCores, type Member } from '../member.js';
import { chooseInTurn, TURN_MS, type TurnCandidate, takeTurns } from './ageing.js';
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
  { nowMs }: How,
): readonly boolean[] {
  const wanted = claimants.map((one) => wantedCoresOf(one, nowMs));
  const all = wanted.map((cores) => Number.isFinite(cores));
  const taken = takenBy(claimants, wanted, all);
  return taken <= leftCores + 1e-9 ? all : all.map(() => false);
}

/** A job dropped within the last 60 s is re-admitted only with 2.5 % headroom (hysteresis). */
const READMIT_MARGIN = 1.025;

/**
 * Chooses the members that shall be at their targets. Incumbents stay unless more can be served
 * without them, or they no longer fit; new ones need their whole margin, and to fit with what all
 * took while the host was slower. After one had to go none comes for a while if that makes the
 * others slower (admission.ts). Takes turns (ageing.ts).
 */
export function chooseMembers(
  claimants: readonly Claimant[],
  leftCores: number,
  how: How,
): readonly boolean[] {
  const wanted = claimants.map((one) => wantedCoresOf(one, how.nowMs));
  const { slowerRatio = 1 } = how;
  for (let barred = 0; ; barred += 1) {
    const chosen = chosenOf(claimants, wanted, { leftCores, ...how });
    const early = earlyOf(claimants, chosen, { leftCores, ...how });
    const isTooEarly = early.length > 0;
    if (!isTooEarly) {
      if (slowerRatio === 1) return chosen;
      if (takenBy(claimants, wanted, chosen, slowerRatio) <= leftCores + 1e-9) return chosen;
    }
    const news = claimants.flatMap(({ member }, i) => (wasChosen(member) ? [] : [i]));
    const comers = isTooEarly ? early : news.filter((i) => chosen[i] === true);
    if (comers.length === 0) return chosen;
    const dearest = comers.reduce((a, b) => ((wanted[b] ?? 0) > (wanted[a] ?? 0) ? b : a));
    const all = isTooEarly ? early : news;
    for (const i of barred < MAX_BARRED ? [dearest] : all) wanted[i] = Number.POSITIVE_INFINITY;
  }
}

const NOBODY: readonly number[] = [];

// Places of those that come too soon after one had to go: the others would be slower for them, and
// no place of one that left is free for them.
function earlyOf(
  claimants: readonly Claimant[],
  chosen: readonly boolean[],
  { leftCores, slowerRatio, ...how }: How & { readonly leftCores: number },
): readonly number[] {
  if (!isClosed(how)) return NOBODY;
  const isEarly = ({ member, goal, claim }: Claimant): boolean =>
    claim.reservedCores === null && isHeldOff(member, goal.edgeCores, how);
  const early = claimants.flatMap((one, i) => (chosen[i] === true && isEarly(one) ? [i] : []));
  if (early.length === 0 || areReplacing(claimants, chosen, how.admission)) return NOBODY;
  const aims = claimants.map(({ member, goal, claim }) =>
    boundedCores(member, Math.max(claim.floorCores, claim.reservedCores ?? goal.aimCores)),
  );
  return takenBy(claimants, aims, chosen, slowerRatio) <= leftCores + 1e-9 ? [] : early;
}

// Whether the bands that come take no more than those that left the host since one had to go: the
// others are as slow as they have been with those.
function areReplacing(
  claimants: readonly Claimant[],
  chosen: readonly boolean[],
  admission: Admission | undefined,
): boolean {
  if (admission === undefined || admission.vacantCores === 0) return false;
  let cameCores = 0;
  claimants.forEach(({ member, goal, claim }, i) => {
    if (chosen[i] === true && claim.reservedCores === null && !wasChosen(member))
      cameCores += goal.edgeCores;
  });
  return fitsVacant(admission, cameCores);
}

function chosenOf(
  claimants: readonly Claimant[],
  wanted: readonly number[],
  { leftCores, ...how }: How & { readonly leftCores: number },
): readonly boolean[] {
  const all = wanted.map((cores) => Number.isFinite(cores));
  if (takenBy(claimants, wanted, all) <= leftCores + 1e-9) return all;
  const candidates = claimants.map((one, i) => candidateOf(one, wanted[i], how));
  return chooseInTurn(candidates, leftCores, how.nowMs);
}

// What those that are chosen take where requests cost `ratio` times as much, and the floors of the
// others, cores. What the owner promised does not grow with that.
function takenBy(
  claimants: readonly Claimant[],
  wanted: readonly number[],
  chosen: readonly boolean[],
  ratio = 1,
): number {
  let taken = 0;
  claimants.forEach(({ claim, member }, i) => {
    const cores = chosen[i] === true ? (wanted[i] ?? 0) : claim.floorCores;
    taken += cores > member.floorCores ? cores * ratio : cores;
  });
  return taken;
}

/** After this number of new ones that do not fit by themselves, all are left out at once. */
const MAX_BARRED = 4;

/** What is chosen by, beside what each claims. */
export type How = Pick<NodePlanInput, 'fairness' | 'nowMs' | 'slowerRatio'> & {
  readonly admission?: Admission | undefined;
};

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

/**
 * Those that are newly chosen in the place of others that were served for as long as they waited,
 * longest waiting first, as many as lost their places. Nearly always nobody.
 */
export function comersInTurn(
  claimants: readonly Claimant[],
  chosen: readonly boolean[],
  nowMs: number,
): ReadonlySet<Claimant> {
  const sinceMs = ({ member }: Claimant): number => waitingSinceMs(member.model, nowMs);
  const isDue = (one: Claimant): boolean => nowMs - sinceMs(one) >= TURN_MS;
  let lost = 0;
  claimants.forEach((one, i) => {
    if (chosen[i] !== true && wasChosen(one.member) && isDue(one)) lost += 1;
  });
  if (lost === 0) return NO_COMERS;
  const comers = claimants.filter(
    (one, i) => chosen[i] === true && !wasChosen(one.member) && isDue(one),
  );
  return new Set(comers.sort((a, b) => sinceMs(a) - sinceMs(b)).slice(0, lost));
}

const NO_COMERS: ReadonlySet<Claimant> = new Set();

/** Whether it is served. */
export const wasChosen = ({ model }: Member): boolean => model[Field.isChosen] === 1;

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
