/** One way to serve a job: the CPU it takes and the chance that it is then satisfied. */
export interface Choice {
  readonly cores: number;
  readonly chance: number;
}

/** The capacity is cut into this number of units; what a job takes is rounded up to them. */
const UNITS = 2000;

/**
 * The choice for each job that makes the sum of chances largest while the CPU fits, null = none:
 * a job then keeps `floorCores`, which is counted. Exact up to the rounding to units (a knapsack
 * with several choices per job, by dynamic programming).
 */
export function chooseBest(
  jobs: readonly (readonly Choice[])[],
  capacityCores: number,
  floorCores: number,
): readonly (Choice | null)[] {
  const floor = Math.min(floorCores, capacityCores / Math.max(1, jobs.length));
  const spareCores = Math.max(0, capacityCores - floor * jobs.length);
  const unitCores = spareCores / UNITS;
  const priced = jobs.map((choices) =>
    choices.map((choice) => ({ choice, units: unitsOf(choice.cores - floor, unitCores) })),
  );
  // best[u]: largest sum with u units over the jobs so far.
  const best = new Float64Array(UNITS + 1);
  const taken = priced.map((choices) => takeBest(best, choices));
  const chosen: (Choice | null)[] = [];
  let left = UNITS;
  for (let i = priced.length - 1; i >= 0; i -= 1) {
    const at = (taken[i]?.[left] ?? 0) - 1;
    const found = priced[i]?.[at];
    chosen.unshift(found?.choice ?? null);
    left -= found?.units ?? 0;
  }
  return chosen;
}

const unitsOf = (extraCores: number, unitCores: number): number => {
  if (extraCores <= 0) return 0;
  return unitCores === 0 ? Number.POSITIVE_INFINITY : Math.ceil(extraCores / unitCores - 1e-9);
};

interface PricedChoice {
  readonly choice: Choice;
  readonly units: number;
}

/** Adds a job to `best`; for each number of units 1 + the index of its choice, 0 = none. */
function takeBest(best: Float64Array, choices: readonly PricedChoice[]): Uint8Array {
  const taken = new Uint8Array(best.length);
  const before = Float64Array.from(best);
  for (const [index, { choice, units }] of choices.entries()) {
    for (let u = units; u < best.length; u += 1) {
      const sum = (before[u - units] ?? 0) + choice.chance;
      if (sum <= (best[u] ?? 0)) continue;
      best[u] = sum;
      taken[u] = index + 1;
    }
  }
  return taken;
}
