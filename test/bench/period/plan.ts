/** What runs beside the container that is measured. */
export const SURROUNDINGS = ['alone', 'busy'] as const;
/** `alone`: nothing; `busy`: as many closed loops without a limit as the host has cores. */
export type Surroundings = (typeof SURROUNDINGS)[number];

/** All that is combined. */
export interface PeriodMatrix {
  readonly models: readonly string[];
  readonly surroundings: readonly Surroundings[];
  /** Ascending, ms. */
  readonly periodsMs: readonly number[];
  readonly rounds: number;
}

/** The periods of one model in one round, one after the other. */
export interface PeriodBlock {
  /** From 1. */
  readonly round: number;
  readonly surroundings: Surroundings;
  readonly model: string;
  /** In the order in which they are set, ms. */
  readonly periodsMs: readonly number[];
}

/**
 * Every model with every period once a round, beside nothing and beside neighbours. The periods of
 * a block follow each other, so that a machine that drifts drifts for all of them; each comes first
 * as often as the others, and what is beside them first changes from round to round.
 */
export function blocksOf(
  { models, surroundings, periodsMs }: PeriodMatrix,
  round: number,
): readonly PeriodBlock[] {
  const sides = rotated(surroundings, round - 1);
  return sides.flatMap((each) =>
    models.map((model, index) => ({
      round,
      surroundings: each,
      model,
      periodsMs: rotated(periodsMs, round - 1 + index + surroundings.indexOf(each)),
    })),
  );
}

/** What changing a limit takes beside waiting and measuring, ms: the engine's own time. */
const CHANGE_MS = 250;
/** What a block takes beside its periods, ms: to let its container go on, and to read its log. */
const BLOCK_MS = 500;

/** How long a round takes, ms, about. */
export function roundMs(
  { models, surroundings, periodsMs }: PeriodMatrix,
  { settleMs, measureMs }: { readonly settleMs: number; readonly measureMs: number },
): number {
  const blocks = models.length * surroundings.length;
  return blocks * (BLOCK_MS + periodsMs.length * (CHANGE_MS + settleMs + measureMs));
}

function rotated<T>(items: readonly T[], by: number): readonly T[] {
  const at = items.length === 0 ? 0 : by % items.length;
  return [...items.slice(at), ...items.slice(0, at)];
}
