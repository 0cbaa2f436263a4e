import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { moneyText, quoteColumns, quoteNotes } from '../../../../cli/output/quote-columns.js';
import { tableLines } from '../../../../cli/output/table.js';
import { parseBudget } from '../../../../cli/services/quote.js';
import type { JobQuote, QuoteStep } from '../../../../proto/schemas/quote.js';
import { HOURS_PER_MONTH } from '../../../../shared/prices.js';
import { jobName } from '../../coordinator/build.js';

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

const step = (targetMs: number, change: Partial<QuoteStep> = {}): QuoteStep => ({
  ...{ targetMs, verdict: 'met', cpuCores: 100 / targetMs, expectedMs: targetMs, nodes: [] },
  ...{ costPerHour: null, effects: [] },
  ...change,
});
const quoted = (change: Partial<JobQuote>): JobQuote => ({
  ...{ job: jobName('a'), fastestMs: null, steps: [], reason: '' },
  ...change,
});

describe('cli: a quote', () => {
  const rows = (steps: readonly QuoteStep[]) =>
    tableLines(quoteColumns(undefined), steps, { colour: false, width: 160, wide: false });

  it('calls a target extrapolated whose CPU was not seen to help', () => {
    const [, fast, slow] = rows([step(50, { provenCores: 1 }), step(200)]);
    assert.match(fast ?? '', /50ms +extrapolated .* 2\.00/);
    assert.match(slow ?? '', /200ms +met /);
    const [, unmet] = rows([step(50, { verdict: 'unmet', provenCores: 1 })]);
    assert.match(unmet ?? '', /not met/);
  });

  it('says below where it ends and why', () => {
    const prices = { currency: 'EUR', cpuCoreHour: 1, memoryGibHour: 0, gpuHour: 0 };
    assert.deepEqual(quoteNotes(quoted({ prices, fastestMs: 100, steps: [step(100)] })), [
      'Fastest that is met: 100ms. Nothing was changed.',
    ]);
    const ended = { fastestMs: 100, steps: [step(100)], provenCores: 1 };
    assert.deepEqual(quoteNotes(quoted(ended)), [
      'Fastest that is met: 100ms. Nothing was changed.',
      'More CPU than 1.00 a container has not been seen to help: nothing faster is offered.',
      'In CPU cores: this cluster has no prices (prices.currency).',
    ]);
    const asked = { prices, steps: [step(40, { provenCores: 1.5 }), step(200)] };
    assert.deepEqual(quoteNotes(quoted(asked)), [
      'Nothing was changed.',
      'More CPU than 1.50 a container has not been seen to help: ' +
        'whether extrapolated targets are met is not known.',
    ]);
  });
});
