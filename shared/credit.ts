import { err, ok, type Result } from './result.js';

/**
 * What a job gets back of its cost where it was slower than asked for too long: `costRatio` of the
 * cost, where the share of the time in which it was not slower is below `belowRatio`. Both in (0,
 * 1].
 */
export interface Credit {
  readonly costRatio: number;
  readonly belowRatio: number;
}

const SHARE = '(\\d{1,3}(?:\\.\\d{1,15})?)(%?)';
/** A credit as it is written, as in `10% below 99%`. */
export const CREDIT_PATTERN = `^${SHARE} +below +${SHARE}$`;
const CREDIT = new RegExp(CREDIT_PATTERN);

/** Reads `10% below 99%` or `0.1 below 0.99`. */
export function parseCredit(text: string): Result<Credit, string> {
  const [, cost = '', costUnit, below = '', belowUnit] = CREDIT.exec(text) ?? [];
  const costRatio = ratioOf(cost, costUnit);
  const belowRatio = ratioOf(below, belowUnit);
  if (costRatio > 0 && costRatio <= 1 && belowRatio > 0 && belowRatio <= 1)
    return ok({ costRatio, belowRatio });
  return err(
    `${JSON.stringify(text.slice(0, 40))} is not a credit: write which share of the cost is ` +
      'given back below which share of the time, as in 10% below 99%; at most 100 %, above 0',
  );
}

const ratioOf = (digits: string, unit: string | undefined): number =>
  digits === '' ? Number.NaN : Number(digits) / (unit === '%' ? 100 : 1);

/** As `parseCredit` reads it back to the same: `10% below 99%`. */
export const creditText = ({ costRatio, belowRatio }: Credit): string =>
  `${shareText(costRatio)} below ${shareText(belowRatio)}`;

/** In percent where that is exact. */
function shareText(ratio: number): string {
  const percent = Number((ratio * 100).toPrecision(12));
  if (percent >= 1e-6 && percent / 100 === ratio) return `${percent}%`;
  return ratio.toFixed(15).replace(/0+$/, '');
}

/** Half a thousandth of a second: what is closer to the bound than times are kept is at it. */
const ROUNDING = 0.5;

/**
 * Whether a credit is due for a time of which that much was known and that much not slower than
 * asked, both in thousandths of a second. Nothing is due where nothing was known.
 */
export const isDue = ({ belowRatio }: Credit, knownMs: number, notSlowerMs: number): boolean =>
  knownMs > 0 && notSlowerMs + ROUNDING < belowRatio * knownMs;
