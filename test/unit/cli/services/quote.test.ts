import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { moneyText } from '../../../../cli/output/quote-columns.js';
import { parseBudget } from '../../../../cli/services/quote.js';
import { HOURS_PER_MONTH } from '../../../../shared/prices.js';

describe('cli: a budget', () => {
  it('is an amount an hour or a month', () => {
    const [hour, month] = [parseBudget('0.05/hour'), parseBudget('40/month')];
    assert.ok(hour.ok && month.ok);
    assert.equal(hour.value.perHour, 0.05);
    for (const text of ['40EUR/month', '40 €/month']) {
      const budget = parseBudget(text);
      assert.match((budget.ok && budget.value.currency) || '', /^(?:EUR|€)$/);
    }
    assert.equal(month.value.perHour, 40 / HOURS_PER_MONTH);
    for (const bad of ['40', '40/year', '-1/hour', '1e9/hour', '/hour', '4,0/hour', ' 4/hour'])
      assert.equal(parseBudget(bad).ok, false, bad);
  });

  it('is written with three digits at least', () => {
    assert.deepEqual([0, 0.00123, 0.0456, 0.5, 9.061, 45.5, 1234.5].map(moneyText), [
      '0',
      '0.00123',
      '0.0456',
      '0.500',
      '9.06',
      '45.50',
      '1235',
    ]);
  });
});
