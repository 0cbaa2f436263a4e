/** One run of the bench: what is held against what. */
export interface RunKey {
  /** CPU use of all services, per cent of what the agent gives out. */
  readonly loadPercent: number;
  readonly neighbours: NeighbourKind;
  readonly policy: string;
  /** From 1 on; chooses the seeds of the arrivals. */
  readonly repetition: number;
}
/** noisy: closed loops run beside the services; calm: they do not. */
export type NeighbourKind = 'calm' | 'noisy';
export const NEIGHBOUR_KINDS: readonly NeighbourKind[] = ['calm', 'noisy'];

/** All that is combined: every load with every kind of neighbours, policy and repetition. */
export interface Matrix {
  readonly loads: readonly number[];
  readonly neighbours: readonly NeighbourKind[];
  readonly policies: readonly string[];
  readonly repetitions: number;
}

/** The run as a person reads it. */
export const keyText = ({ loadPercent, neighbours, policy, repetition }: RunKey): string =>
  `${loadPercent} % ${neighbours}, ${policy}, repetition ${repetition}`;

/**
 * Every run once. The policies of a load and repetition follow each other, so that a machine that
 * drifts drifts for all of them; the first one changes from one such group to the next.
 */
export function runsOf({ loads, neighbours, policies, repetitions }: Matrix): readonly RunKey[] {
  const groups = Array.from({ length: repetitions }, (_, index) => index + 1).flatMap(
    (repetition) =>
      loads.flatMap((loadPercent) =>
        neighbours.map((kind) => ({ loadPercent, neighbours: kind, repetition })),
      ),
  );
  return groups.flatMap((group, index) => {
    const first = index % policies.length;
    return [...policies.slice(first), ...policies.slice(0, first)].map((policy) => ({
      ...group,
      policy,
    }));
  });
}

const SEEDS_PER_REPETITION = 100;

/** Seed of the arrivals of the service at `index`: of nothing but the repetition. */
export const seedFor = (repetition: number, index: number): number =>
  repetition * SEEDS_PER_REPETITION + index + 1;
