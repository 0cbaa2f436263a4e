/** A job that wants to be satisfied, and how long it has been, or has not. */
export interface TurnCandidate {
  /** Least CPU that satisfies it, cores; Infinity = never. */
  readonly cores: number;
  readonly floorCores: number;
  readonly weight: number;
  /** Was satisfied before this plan. */
  readonly isIncumbent: boolean;
  /** Since it was last chosen, or given up, or (never chosen) began, ms. */
  readonly sinceMs: number;
}

/** Who was left out for so long gets its turn, if somebody has had it as long. */
const TURN_MS = 600_000;

/**
 * Takes turns: where somebody was left out for ten minutes, it changes places with one who was
 * satisfied for as long, weighs no more, and frees enough CPU for it: longest waiting first,
 * longest served first. So nobody whose place can be paid for starves for ever, and the number
 * satisfied stays. At most one change a call. Returns `chosen` itself where nothing changes.
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
