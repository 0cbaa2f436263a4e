/** A job that competes for CPU, and how long it has been served or has waited. */
export interface TurnCandidate {
  /** Minimum CPU that satisfies it, cores; Infinity = none does. */
  readonly cores: number;
  readonly floorCores: number;
  readonly weight: number;
  /** It was at its target before this plan. */
  readonly isIncumbent: boolean;
  /** When it was last chosen or dropped, or, if never chosen, when it started, ms. */
  readonly sinceMs: number;
}

/** A job that waited for this time gets its turn, if another has been served as long. */
const TURN_MS = 600_000;

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
  for (const next of due.filter((i) => !chosen[i]))
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
