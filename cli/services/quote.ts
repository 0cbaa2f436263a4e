import type { Budget } from '../../proto/quote-budget.js';
import { HOURS_PER_MONTH } from '../../shared/prices.js';
import { err, ok, type Result } from '../../shared/result.js';

const BUDGET = /^(\d{1,9}(?:\.\d{1,9})?) ?([^\s\d/\p{C}]{1,16})?\/(hour|month)$/u;

/** Reads `40/month`, `40 EUR/month` or `0.05/hour`. */
export function parseBudget(text: string): Result<Budget, string> {
  const [, amount, currency, unit] = BUDGET.exec(text) ?? [];
  if (amount === undefined)
    return err(`${JSON.stringify(text.slice(0, 40))} is no budget: write 40/month or 0.05/hour`);
  const perHour = Number(amount) / (unit === 'month' ? HOURS_PER_MONTH : 1);
  return ok({ perHour, text, ...(currency === undefined ? {} : { currency }) });
}
