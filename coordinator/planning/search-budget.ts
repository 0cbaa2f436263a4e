import type { Steps } from '../../shared/steps.js';

/** How long a search may go on. */
export interface SearchLimit {
  /** Steps that it may take; what one costs grows neither with nodes nor with jobs. */
  readonly maxSteps: number;
  /** Asked at each step: whether time is up. Absent = only steps count. */
  readonly isOver?: () => boolean;
}

/** What is left of a limit, for all parts of one search together. */
export class SearchBudget {
  readonly #isOver: () => boolean;
  #left: number;

  constructor({ maxSteps, isOver = () => false }: SearchLimit) {
    this.#left = maxSteps;
    this.#isOver = isOver;
  }

  /** Nothing is left: what was found until then is the answer. */
  get isSpent(): boolean {
    return this.#left <= 0;
  }

  /** The same steps; undefined = the budget was spent before they came to an end. */
  *within<T>(steps: Steps<T>): Steps<T | undefined> {
    for (;;) {
      if (this.isSpent) return undefined;
      const step = steps.next();
      if (step.done === true) return step.value;
      this.#left = this.#isOver() ? 0 : this.#left - 1;
      yield;
    }
  }
}

/** The largest number that was found to hold, and whether the next one was found not to. */
export interface LargestFound {
  readonly largest: number;
  readonly isExact: boolean;
}

/** Where to search, from 0, which is taken to hold. */
export interface SearchRange {
  readonly max: number;
  /** Where to begin: few questions are asked where it is about right. */
  readonly guess: number;
}

/**
 * The largest number up to `max` that `holds`, if all below it do, by steps that double from a
 * guess, then by halves. `holds` answers undefined where it cannot tell any more: what is known
 * until then is the answer.
 */
export function* largestThat(
  holds: (value: number) => Steps<boolean | undefined>,
  { max, guess }: SearchRange,
): Steps<LargestFound> {
  let [good, bad] = [0, max + 1];
  let stride = 0;
  while (bad - good > 1) {
    const at = nextBetween(good, bad, { guess, stride });
    const answer = yield* holds(at);
    if (answer === undefined) return { largest: good, isExact: false };
    if (answer) good = at;
    else bad = at;
    stride = stride === 0 ? 1 : stride * 2;
  }
  return { largest: good, isExact: bad <= max };
}

/** While only one side was met: further off the guess by doubling strides; then the middle. */
function nextBetween(
  good: number,
  bad: number,
  { guess, stride }: { readonly guess: number; readonly stride: number },
): number {
  const inside = (value: number): number => Math.min(bad - 1, Math.max(good + 1, value));
  if (stride === 0) return inside(guess);
  if (good < guess && bad <= guess) return inside(Math.max(bad - stride, (good + bad) >> 1));
  if (good >= guess && bad > good + 2 * stride) return inside(good + stride);
  return inside((good + bad) >> 1);
}
