import { HOURS_PER_MONTH } from '../shared/prices.js';
import { err, type Fault, ok, type Result } from '../shared/result.js';
import type { JobQuote, QuoteStep } from './schemas/quote.js';
import type { ServiceCalls } from './schemas/service.js';

export type QuoteRequest = ServiceCalls['job-quote']['request'];
/** Asks the coordinator for a quote. */
export type AskQuote = (request: QuoteRequest) => Promise<Result<JobQuote>>;

/** The most that a job may cost an hour. */
export interface Budget {
  readonly perHour: number;
  /** Absent = that of the cluster. */
  readonly currency?: string | undefined;
  /** As it was written. */
  readonly text: string;
}

/** Targets tried between the last one that is too dear and the first that is not. */
const BETWEEN = 8;

/**
 * Whether a target is expected to be met with no more CPU than has been seen to help; of one that
 * takes more it is not known.
 */
export const isKnownToBeMet = ({ verdict, provenCores }: QuoteStep): boolean =>
  verdict === 'met' && provenCores === undefined;

/**
 * A quote, or with a budget the fastest target that it buys: of those that were named, else to
 * about four per cent. Then the answer has that as its only step, and a fault says why there is
 * none. An answer without steps stays as it is.
 */
export async function quoteWithin(
  ask: AskQuote,
  request: QuoteRequest,
  budget: Budget | undefined,
): Promise<Result<JobQuote>> {
  const quoted = await ask(request);
  if (!quoted.ok || budget === undefined || quoted.value.steps.length === 0) return quoted;
  return bestWithin(ask, request, { quoted: quoted.value, budget });
}

async function bestWithin(
  ask: AskQuote,
  request: QuoteRequest,
  { quoted, budget }: { readonly quoted: JobQuote; readonly budget: Budget },
): Promise<Result<JobQuote>> {
  const currency = quoted.prices?.currency;
  if (currency === undefined) return err([NO_PRICES]);
  if (currency !== (budget.currency ?? currency)) return err([otherCurrency(budget, currency)]);
  const steps = [...quoted.steps].sort((a, b) => a.targetMs - b.targetMs);
  const at = steps.findIndex((step) => isAffordable(budget, step));
  const first = steps[at];
  if (first === undefined) return err([tooLittle(quoted, budget, currency)]);
  const dearer = steps[at - 1];
  const isNamed = request.targetsMs.length > 0;
  if (dearer === undefined || isNamed) return ok({ ...quoted, steps: [first] });
  const targetsMs = targetsBetween(dearer, first);
  const finer = targetsMs.length === 0 ? ok(quoted) : await ask({ ...request, targetsMs });
  if (!finer.ok) return finer;
  const best = finer.value.steps.find((step) => isAffordable(budget, step)) ?? first;
  return ok({ ...quoted, steps: [best] });
}

/** As they are shown: a target of more digits would not be the one that somebody then sets. */
function targetsBetween(dearer: QuoteStep, first: QuoteStep): readonly number[] {
  const ratio = (first.targetMs / dearer.targetMs) ** (1 / (BETWEEN + 1));
  const targetsMs = Array.from({ length: BETWEEN }, (_, i) =>
    roundedUp(dearer.targetMs * ratio ** (i + 1)),
  );
  return [...new Set(targetsMs)].filter((each) => each < first.targetMs);
}

/** Whether a step can be bought: its target is met, and the cost is known and within. */
const isAffordable = ({ perHour }: Budget, step: QuoteStep): boolean =>
  isKnownToBeMet(step) && step.costPerHour !== null && step.costPerHour <= perHour;

const NO_PRICES: Fault = {
  code: 'service.no-prices',
  field: 'budget',
  message:
    'a budget buys nothing here, because this cluster has no prices: set prices.currency and ' +
    'prices.cpu-core-hour in the settings of its coordinators',
};

const otherCurrency = ({ text }: Budget, currency: string): Fault => ({
  code: 'service.no-prices',
  field: 'budget',
  message: `${text}: the prices of this cluster are in ${currency}: give the budget in ${currency}`,
});

function tooLittle({ steps, job }: JobQuote, { text }: Budget, currency: string): Fault {
  const costs = steps.flatMap((step) =>
    step.costPerHour === null || !isKnownToBeMet(step) ? [] : [step.costPerHour],
  );
  const about = `${job} for ${text}`;
  if (costs.length === 0) {
    const message = `${about}: no target is expected to be met`;
    return { code: 'schedule.no-node', field: 'budget', message };
  }
  const message = `${about}: ${leastText(costs, currency)}`;
  return { code: 'service.over-budget', field: 'budget', message };
}

/** Three digits, and not below: less money would not buy it, and a faster target costs more. */
function roundedUp(amount: number): number {
  const near = Number(amount.toPrecision(3));
  if (near >= amount) return near;
  const unit = 10 ** (Math.floor(Math.log10(amount)) - 2);
  return Number((near + unit).toPrecision(3));
}

function leastText(costs: readonly number[], currency: string): string {
  const least = Math.min(...costs);
  const [hour, month] = [least, least * HOURS_PER_MONTH].map(roundedUp);
  return `the cheapest target that is steady costs ${hour} ${currency} an hour, ${month} a month`;
}
