/**
 * One scenario in one repetition under all policies, one after the other, with the same targets.
 */
export interface BenchBlock {
  /** From 1. */
  readonly repetition: number;
  /** Index into the scenarios. */
  readonly scenario: number;
  /** In the order they run. */
  readonly policies: readonly string[];
}

/**
 * The order of runs: by repetition, then scenario, then policy. Each block starts with another
 * policy than the one before, so that drift of the machine within a block affects another policy
 * each time.
 */
export function benchOrder(
  scenarios: number,
  policies: readonly string[],
  repetitions: number,
): readonly BenchBlock[] {
  return Array.from({ length: repetitions * scenarios }, (_, index) => {
    const repetition = Math.floor(index / scenarios);
    const scenario = index % scenarios;
    return {
      repetition: repetition + 1,
      scenario,
      policies: rotated(policies, repetition + scenario),
    };
  });
}

/** The blocks without the runs that are done; a block with none left is dropped. */
export const remainingBlocks = (
  blocks: readonly BenchBlock[],
  isDone: (block: BenchBlock, policy: string) => boolean,
): readonly BenchBlock[] =>
  blocks
    .map((block) => ({
      ...block,
      policies: block.policies.filter((policy) => !isDone(block, policy)),
    }))
    .filter(({ policies }) => policies.length > 0);

const rotated = <T>(items: readonly T[], by: number): readonly T[] => {
  const at = items.length === 0 ? 0 : by % items.length;
  return [...items.slice(at), ...items.slice(0, at)];
};
