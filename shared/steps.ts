/**
 * Long work in steps: it yields wherever others may have a turn. What it returns depends on its
 * arguments only, never on what happens between two steps.
 */
export type Steps<T> = Generator<void, T, void>;

/** Takes all steps without a break. */
export function atOnce<T>(steps: Steps<T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}
