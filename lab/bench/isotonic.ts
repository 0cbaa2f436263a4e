/** A value and how much it counts. */
export interface Weighted {
  readonly value: number;
  readonly weight: number;
}

/**
 * Isotonic regression by the pool adjacent violators algorithm: the non-increasing sequence nearest
 * to the values in weighted least squares, one per value. Weights are above 0. Source: Barlow et
 * al., Statistical Inference under Order Restrictions, 1972, chapter 1.
 */
export function nonIncreasing(values: readonly Weighted[]): readonly number[] {
  const pools: { value: number; weight: number; count: number }[] = [];
  for (const { value, weight } of values) {
    let pool = { value, weight, count: 1 };
    for (
      let last = pools.at(-1);
      last !== undefined && last.value < pool.value;
      last = pools.at(-1)
    ) {
      pools.pop();
      pool = merged(last, pool);
    }
    pools.push(pool);
  }
  return pools.flatMap(({ value, count }) => new Array<number>(count).fill(value));
}

interface PooledBlock extends Weighted {
  readonly count: number;
}

function merged(a: PooledBlock, b: PooledBlock): PooledBlock {
  const weight = a.weight + b.weight;
  return {
    value: (a.value * a.weight + b.value * b.weight) / weight,
    weight,
    count: a.count + b.count,
  };
}
