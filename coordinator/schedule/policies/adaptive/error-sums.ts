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
  /** Of the later report of each, in the standard deviations that were expected. */
  readonly deviations: number[];
}

/** No pairs. */
export const noPairs = (): Pairs => ({
  ...{ products: [], excesses: [], weights: [], deviations: [] },
});

/** `keep`: what is kept of the sums; `jobs`: how many together make one forecast. */
export function withPairs(
  before: ErrorSums,
  { products, excesses, weights }: Pairs,
  { keep, jobs }: { readonly keep: number; readonly jobs: number },
): ErrorSums {
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

/**
 * Relative standard deviation before anything was held against a forecast, and its weight, in
 * forecasts. Source: `npm run bench:quote` on a virtual machine of two cores (docs/benchmarks.md):
 * the root mean square of how far 19 quotes of up to one core were off.
 */
const PRIOR = { spreadRatio: 0.055, weight: 3 } as const;

/** Relative standard deviation of what lasts from one report to the next. */
export function lastingSpread({ weight, product }: ErrorSums): number {
  const known = PRIOR.spreadRatio ** 2 * PRIOR.weight;
  return Math.sqrt(Math.max(0, (product + known) / (weight + PRIOR.weight)));
}

/** Variance that single reports have beyond the chance in their requests; none before any came. */
export const excessVariance = ({ weight, excess }: ErrorSums): number =>
  Math.max(0, excess / (weight + PRIOR.weight));

/** Standard deviations below and above the middle between which nine of ten reports are. */
export interface Deviates {
  readonly low: number;
  readonly high: number;
}

/** Those of a normal variable. */
export const NORMAL_DEVIATES: Deviates = { low: 1.645, high: 1.645 };
/** Share of the reports that is to be on either side of a range. */
const OUTSIDE = 0.05;
/** How far one report moves a bound, standard deviations, if it is outside. */
const GAIN = 0.1;
const [MIN_DEVIATES, MAX_DEVIATES] = [1, 6];

/**
 * Moves the bounds by what was seen: out by a report beyond one, in by each that is not, so that
 * in the end a twentieth is beyond each (Robbins and Monro 1951; adaptive conformal inference,
 * Gibbs and Candès 2021). `deviations`: of reports from what was foretold, in the standard
 * deviations that were expected.
 */
export function withDeviations(before: Deviates, deviations: readonly number[]): Deviates {
  let { low, high } = before;
  for (const deviation of deviations) {
    high = moved(high, deviation > high);
    low = moved(low, -deviation > low);
  }
  return low === before.low && high === before.high ? before : { low, high };
}

const moved = (bound: number, isOutside: boolean): number =>
  Math.min(
    MAX_DEVIATES,
    Math.max(MIN_DEVIATES, bound + GAIN * ((isOutside ? 1 : 0) - OUTSIDE)),
  );
