/** A change is answered at this share of the oracle. */
export const ANSWER_RATIO = 0.9;

/** A run as settling times see it: one entry per interval in each list. */
export interface SettleInput {
  /** Whether the scenario changed, per interval. */
  readonly changed: readonly boolean[];
  readonly satisfied: readonly number[];
  readonly oracle: readonly number[];
  readonly intervalMs: number;
}

/**
 * Longest time from a change to its answer, s. A change counts from the start of its interval. It
 * is answered at the first interval end with satisfied ≥ 0.9 · oracle, its own interval included
 * (the time is then one interval). A change that another follows before its answer is judged from
 * the later one; of changes in consecutive intervals the last counts, as an earlier one could only
 * be answered at once. null = the last change was not answered before the end; 0 = nothing changed.
 */
export function secondsTo90({
  changed,
  satisfied,
  oracle,
  intervalMs,
}: SettleInput): number | null {
  const changes = changed.flatMap((is, k) => (is ? [k] : []));
  const isAnswered = (k: number): boolean => (satisfied[k] ?? 0) >= ANSWER_RATIO * (oracle[k] ?? 0);
  let longest = 0;
  for (const [i, change] of changes.entries()) {
    const next = changes[i + 1] ?? changed.length;
    const isLast = i === changes.length - 1;
    let answer = change;
    while (answer < next && !isAnswered(answer)) answer += 1;
    if (answer < next) longest = Math.max(longest, answer - change + 1);
    else if (isLast) return null;
  }
  return (longest * intervalMs) / 1000;
}
