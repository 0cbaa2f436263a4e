import { chooseSatisfied, type KnapsackItem } from '../../../model/knapsack.js';

/** A job that competes for CPU, and how long it has been served or has waited. */
export interface TurnCandidate extends KnapsackItem {
  /** When it was last chosen or dropped, or, if never chosen, when it started, ms. */
  readonly sinceMs: number;
  /** It got its place by waiting, and has not had it for long yet. */
  readonly holdsTurn: boolean;
}

/** A job that waited for this time gets its turn, if another has been served as long. */
export const TURN_MS = 600_000;

/** Chooses those that are satisfied, in turns where not all can be. Same order. */
export function chooseInTurn(
  candidates: readonly TurnCandidate[],
  capacityCores: number,
  nowMs: number,
): readonly boolean[] {
  const best = chooseSatisfied(candidates, capacityCores);
  const chosen = withTurns(candidates, best, capacityCores);
  return takeTurns(candidates, chosen, capacityCores, nowMs);
}

// The one that had to make room is often the cheaper one, and would have its place again in the
// next plan: a turn lasts, as long as no weight is lost by it.
function withTurns(
  candidates: readonly TurnCandidate[],
  best: readonly boolean[],
  capacityCores: number,
): readonly boolean[] {
  if (!candidates.some(({ holdsTurn }, i) => holdsTurn && best[i] !== true)) return best;
  let left = capacityCores;
  for (const { holdsTurn, cores, floorCores } of candidates)
    if (holdsTurn) left -= Math.max(0, cores - floorCores);
  const floors = candidates.reduce((sum, { floorCores }) => sum + floorCores, 0);
  if (!(left >= floors - 1e-9)) return best;
  const seated = candidates.map((each) =>
    each.holdsTurn ? { ...each, cores: each.floorCores } : each,
  );
  const chosen = chooseSatisfied(seated, left);
  return weightOf(candidates, chosen) >= weightOf(candidates, best) ? chosen : best;
}

const weightOf = (candidates: readonly TurnCandidate[], chosen: readonly boolean[]): number =>
  candidates.reduce((sum, { weight }, i) => sum + (chosen[i] === true ? weight : 0), 0);

/**
 * Ageing, as in operating-system schedulers: a job that was left out for ten minutes changes places
 * with one that was served for as long, weighs no more, and frees enough CPU for it; longest
 * waiting first, longest served first. So no job whose CPU can be freed starves, and the number
 * served stays. At most one change a call. Returns `chosen` itself where nothing changes.
 */
export function takeTurns(
  candidates: readonly TurnCandidate[],
  chosen: readonly boolean[],
  capacityCores: number,
  nowMs: number,
): readonly boolean[] {
  const isDue = (i: number): boolean => nowMs - (candidates[i]?.sinceMs ?? nowMs) >= TURN_MS;
  const due = candidates
    .map((_, i) => i)
    .filter(isDue)
    .sort((a, b) => (candidates[a]?.sinceMs ?? 0) - (candidates[b]?.sinceMs ?? 0) || a - b);
  const spare =
    capacityCores -
    candidates.reduce((sum, { cores, floorCores }, i) => sum + (chosen[i] ? cores : floorCores), 0);
  // One that was served until now has not waited, however long that was.
  for (const next of due.filter((i) => !chosen[i] && candidates[i]?.isIncumbent !== true))
    for (const done of due.filter((i) => chosen[i] && candidates[i]?.isIncumbent)) {
      if (!isFair(candidates[next], candidates[done], spare)) continue;
      return chosen.map((is, i) => (i === next ? true : i === done ? false : is));
    }
  return chosen;
}

function isFair(
  next: TurnCandidate | undefined,
  done: TurnCandidate | undefined,
  spareCores: number,
): boolean {
  if (next === undefined || done === undefined || done.weight > next.weight) return false;
  return next.cores - next.floorCores <= done.cores - done.floorCores + spareCores;
}
