/** Share of the oracle that counts as an answer to a change. */
export const ANSWER_RATIO = 0.9;

export interface SettleInput {
  /** Per interval: whether something changed in the scenario. */
  readonly changed: readonly boolean[];
  readonly satisfied: readonly number[];
  readonly oracle: readonly number[];
  readonly intervalMs: number;
}

/**
 * Longest time from a change to its answer, s. A change counts from the start of its interval; it
 * is answered at the first interval end with satisfied ≥ 0.9 · the oracle of that interval, its own
 * interval included (then the time is one interval). A change that another follows before it was
 * answered is judged from the later one; of changes in consecutive intervals the latest counts, as
 * an earlier one can only have been answered at once. null = the last change was not answered
 * before the run's end; 0 = nothing ever changed.
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
