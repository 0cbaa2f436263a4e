import type { JobQuote, QuoteStep } from '../../proto/schemas/quote.js';
import type { ServiceCalls } from '../../proto/schemas/service.js';
import { HOURS_PER_MONTH } from '../../shared/prices.js';
import { err, type Fault, ok, type Result } from '../../shared/result.js';
import type { Session } from '../shell/session.js';

type QuoteRequest = ServiceCalls['job-quote']['request'];

/** The most that a job may cost an hour, in the currency of the cluster. */
export interface Budget {
  readonly perHour: number;
  /** As it was written. */
  readonly text: string;
}

/** Targets tried between the last one that is too dear and the first that is not. */
const BETWEEN = 8;

/** Reads `40/month` or `0.05/hour`. */
export function parseBudget(text: string): Result<Budget, string> {
  const [, amount, unit] = /^(\d{1,9}(?:\.\d{1,9})?)\/(hour|month)$/.exec(text) ?? [];
  if (amount === undefined)
    return err(`${JSON.stringify(text.slice(0, 40))} is no budget: write 40/month or 0.05/hour`);
  const perHour = Number(amount) / (unit === 'month' ? HOURS_PER_MONTH : 1);
  return ok({ perHour, text });
}

/** Whether a step can be bought: its target is met, and the cost is known and within. */
const isAffordable = ({ perHour }: Budget, { verdict, costPerHour }: QuoteStep): boolean =>
  verdict === 'met' && costPerHour !== null && costPerHour <= perHour;

/**
 * The fastest target that the budget buys, to about four per cent, among the steps of `quoted` and
 * finer ones that are asked for. The answer has it as its only step; a fault says why it has none.
 */
export async function withinBudget(
  session: Session,
  request: QuoteRequest,
  { quoted, budget }: { readonly quoted: JobQuote; readonly budget: Budget },
): Promise<Result<JobQuote>> {
  if (quoted.prices === undefined) return err([NO_PRICES]);
  const at = quoted.steps.findIndex((step) => isAffordable(budget, step));
  const first = quoted.steps[at];
  if (first === undefined) return err([tooLittle(quoted, budget)]);
  const dearer = quoted.steps[at - 1];
  if (dearer === undefined) return ok({ ...quoted, steps: [first] });
  const ratio = (first.targetMs / dearer.targetMs) ** (1 / (BETWEEN + 1));
  const targetsMs = Array.from({ length: BETWEEN }, (_, i) => dearer.targetMs * ratio ** (i + 1));
  const finer = await session.call('job-quote', { ...request, targetsMs });
  if (!finer.ok) return finer;
  const best = finer.value.steps.find((step) => isAffordable(budget, step)) ?? first;
  return ok({ ...quoted, steps: [best] });
}

const NO_PRICES: Fault = {
  code: 'cli.usage',
  field: 'budget',
  message:
    '--budget: this cluster has no prices: set prices.currency and prices.cpu-core-hour in the ' +
    'settings of its coordinators',
};

function tooLittle({ steps, job }: JobQuote, { text }: Budget): Fault {
  const costs = steps.flatMap(({ costPerHour, verdict }) =>
    costPerHour === null || verdict !== 'met' ? [] : [costPerHour],
  );
  const least = costs.length === 0 ? 'no target is expected to be met' : leastText(costs);
  return { code: 'schedule.no-node', field: 'budget', message: `${job} for ${text}: ${least}` };
}

const leastText = (costs: readonly number[]): string =>
  `the cheapest target that is steady costs ${Math.min(...costs).toPrecision(3)} an hour`;
