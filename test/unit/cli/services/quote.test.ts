import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { moneyText } from '../../../../cli/output/quote-columns.js';
import { parseBudget, withinBudget } from '../../../../cli/services/quote.js';
import type { Session } from '../../../../cli/shell/session.js';
import type { JobQuote, QuoteStep } from '../../../../proto/schemas/quote.js';
import type { JobName } from '../../../../shared/ids.js';
import { HOURS_PER_MONTH } from '../../../../shared/prices.js';
import { ok } from '../../../../shared/result.js';

const PRICES = { currency: 'EUR', cpuCoreHour: 1, memoryGibHour: 0, gpuHour: 0 };
/** As a closed loop: CPU and cost are 100 ÷ target; below 20 ms it is not met. */
const stepOf = (targetMs: number): QuoteStep => ({
  targetMs,
  verdict: targetMs < 20 ? 'unmet' : 'met',
  cpuCores: 100 / targetMs,
  expectedMs: targetMs,
  nodes: [],
  costPerHour: 100 / targetMs,
  effects: [],
});
const quoteOf = (targetsMs: readonly number[]): JobQuote => ({
  job: 'a' as JobName,
  prices: PRICES,
  fastestMs: 20,
  steps: targetsMs.map(stepOf),
  reason: '',
});

describe('cli: what a budget buys', () => {
  const asked: (readonly number[])[] = [];
  const session = {
    call: async (_: string, { targetsMs }: { readonly targetsMs: readonly number[] }) => {
      asked.push(targetsMs);
      return ok(quoteOf(targetsMs));
    },
  } as unknown as Session;
  const bought = async (text: string, quoted: JobQuote) => {
    const budget = parseBudget(text);
    assert.ok(budget.ok);
    return withinBudget(session, { targetsMs: [] }, { quoted, budget: budget.value });
  };

  it('is an amount an hour or a month', () => {
    const [hour, month] = [parseBudget('0.05/hour'), parseBudget('40/month')];
    assert.ok(hour.ok && month.ok);
    assert.equal(hour.value.perHour, 0.05);
    assert.equal(month.value.perHour, 40 / HOURS_PER_MONTH);
    for (const bad of ['40', '40/year', '-1/hour', '1e9/hour', '/hour', '4,0/hour', ' 4/hour'])
      assert.equal(parseBudget(bad).ok, false, bad);
  });

  it('is the fastest target that costs no more, finer than the steps', async () => {
    // 2 an hour are 50 ms.
    const answer = await bought('2/hour', quoteOf([20, 28, 40, 57, 80]));
    assert.ok(answer.ok);
    const [step, ...others] = answer.value.steps;
    assert.equal(others.length, 0);
    assert.ok(
      step !== undefined && step.targetMs >= 50 && step.targetMs < 52,
      String(step?.targetMs),
    );
    assert.ok((step?.costPerHour ?? 9) <= 2);
    assert.ok(asked.at(-1)?.every((ms) => ms > 40 && ms < 57));
  });

  it('is the fastest of all where that is cheap enough, if it is met', async () => {
    const answer = await bought('100/hour', quoteOf([10, 20, 40]));
    assert.ok(answer.ok);
    assert.ok((answer.value.steps[0]?.targetMs ?? 0) >= 20);
  });

  it('is nothing where the cheapest costs more, or there are no prices', async () => {
    const little = await bought('0.1/hour', quoteOf([20, 40, 80]));
    assert.match(little.ok ? '' : (little.error[0]?.message ?? ''), /a for 0.1\/hour: .*1\.25/);
    const { prices: _, ...free } = quoteOf([20]);
    const none = await bought('1/hour', free);
    assert.match(none.ok ? '' : (none.error[0]?.message ?? ''), /has no prices/);
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
