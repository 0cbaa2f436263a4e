import { isKnownToBeMet } from '../../../proto/quote-budget.js';
import type { QuoteStep } from '../../../proto/schemas/quote.js';
import type { Choice, Quoted } from './outcome.js';

/** Two amounts of CPU that differ by less are the same. */
const SAME_RATIO = 0.01;

/**
 * The targets of a quote that are met at nobody's expense: the fastest, the cheapest (of those that
 * take least CPU the fastest), and the one halfway between. A choice that another one has already
 * is left out.
 */
export function chosenSteps(
  steps: readonly QuoteStep[],
): Readonly<Partial<Record<Choice, Quoted>>> {
  const steady = steps.flatMap((step) => quotedOf(step) ?? []);
  const [fastest] = steady;
  if (fastest === undefined) return {};
  const least = Math.min(...steady.map(({ cpuCores }) => cpuCores));
  const last = steady.findIndex(({ cpuCores }) => cpuCores <= least * (1 + SAME_RATIO));
  const middle = last < 2 ? undefined : steady[Math.floor(last / 2)];
  const cheapest = last < 1 ? undefined : steady[last];
  return {
    fastest,
    ...(middle === undefined ? {} : { middle }),
    ...(cheapest === undefined ? {} : { cheapest }),
  };
}

/** What a step says, where it can be had at nobody's expense. */
export function quotedOf(step: QuoteStep): Quoted | undefined {
  const { targetMs, cpuCores, expectedMs, effects } = step;
  const isSteady = isKnownToBeMet(step) && effects.every(({ effect }) => effect === 'gains-target');
  if (!isSteady || cpuCores === null || expectedMs === null) return undefined;
  const { expectedLowMs: lowMs = null, expectedHighMs: highMs = null } = step;
  return { targetMs, expectedMs, cpuCores, lowMs, highMs };
}
