/**
 * Decayed sums: of the products of two errors, of by how much single reports vary more than the
 * chance in their requests explains, and of the time they cover, in forecasts.
 */
export interface ErrorSums {
  readonly weight: number;
  readonly product: number;
  readonly excess: number;
}

/** Nothing was held against anything yet. */
export const NO_SUMS: ErrorSums = { weight: 0, product: 0, excess: 0 };

/** What pairs of reports of single allocations say of their forecasts, as parallel lists. */
export interface Pairs {
  readonly products: number[];
  readonly excesses: number[];
  /** Time that each covers, in forecasts. */
  readonly weights: number[];
}

/** No pairs. */
export const noPairs = (): Pairs => ({ products: [], excesses: [], weights: [] });

const NO_PAIRS: Pairs = noPairs();

/**
 * `found` undefined = no pairs; `keep`: what is kept of the sums; `jobs`: how many together make
 * one forecast.
 */
export function withPairs(
  before: ErrorSums,
  found: Pairs | undefined,
  { keep, jobs }: { readonly keep: number; readonly jobs: number },
): ErrorSums {
  if (found === undefined && isNothing(before)) return before;
  const { products, excesses, weights } = found ?? NO_PAIRS;
  let weight = before.weight * keep;
  let product = before.product * keep;
  let excess = before.excess * keep;
  for (let i = 0; i < products.length; i += 1) {
    const part = (weights[i] ?? 0) / jobs;
    weight += part;
    product += (products[i] ?? 0) * part;
    excess += (excesses[i] ?? 0) * part;
  }
  return { weight, product, excess };
}

const isNothing = ({ weight, product, excess }: ErrorSums): boolean =>
  weight === 0 && product === 0 && excess === 0;

/**
 * Relative standard deviation before anything was held against a forecast. Source: `npm run
 * bench:quote` on a virtual machine of two cores (docs/benchmarks.md): of a mean the root mean
 * square of how far 19 quotes of up to one core were off; of a percentile the spread of 9 quotes,
 * 9 %, less the chance in 15 s of requests.
 */
const PRIOR_SPREAD = { mean: 0.055, tail: 0.08 } as const;
/** Its weight, in forecasts. */
const PRIOR_WEIGHT = 3;

/** What is summed up: errors of means or of percentiles. */
export type ErrorsOf = keyof typeof PRIOR_SPREAD;

/** Relative standard deviation of what lasts from one report to the next. */
export function lastingSpread({ weight, product }: ErrorSums, of: ErrorsOf): number {
  const known = PRIOR_SPREAD[of] ** 2 * PRIOR_WEIGHT;
  return Math.sqrt(Math.max(0, (product + known) / (weight + PRIOR_WEIGHT)));
}

/** Variance that single reports have beyond the chance in their requests; none before any came. */
export const excessVariance = ({ weight, excess }: ErrorSums): number =>
  Math.max(0, excess / (weight + PRIOR_WEIGHT));
