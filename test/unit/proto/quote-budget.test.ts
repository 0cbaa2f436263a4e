import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { quoteWithin } from '../../../proto/quote-budget.js';
import type { JobQuote, QuoteStep } from '../../../proto/schemas/quote.js';
import type { JobName } from '../../../shared/ids.js';
import { ok } from '../../../shared/result.js';

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

/** Answers the first question with `quoted`, later ones as asked. */
const bought = async (
  perHour: number,
  quoted: JobQuote,
  { currency, named = [] }: { readonly currency?: string; readonly named?: readonly number[] } = {},
) => {
  const asked: (readonly number[])[] = [];
  const answer = await quoteWithin(
    async ({ targetsMs }) => {
      asked.push(targetsMs);
      return ok(asked.length === 1 ? quoted : quoteOf(targetsMs));
    },
    { targetsMs: named },
    { perHour, currency, text: `${perHour}/hour` },
  );
  return { answer, asked };
};

describe('proto: what a budget buys', () => {
  it('is the fastest target that costs no more, finer than the steps', async () => {
    // 2 an hour are 50 ms.
    const { answer, asked } = await bought(2, quoteOf([20, 28, 40, 57, 80]));
    assert.ok(answer.ok);
    const [step, ...others] = answer.value.steps;
    assert.equal(others.length, 0);
    assert.ok(
      step !== undefined && step.targetMs >= 50 && step.targetMs < 52,
      String(step?.targetMs),
    );
    assert.ok((step?.costPerHour ?? 9) <= 2);
    const finer = asked.at(-1) ?? [];
    assert.ok(finer.length > 0 && finer.every((ms) => ms > 40 && ms < 57));
    // What is shown is what was quoted: three digits.
    assert.deepEqual(
      finer,
      finer.map((ms) => Number(ms.toPrecision(3))),
    );
  });

  it('is the fastest of all where that is cheap enough, if it is met', async () => {
    const { answer } = await bought(100, quoteOf([10, 20, 40]));
    assert.ok(answer.ok);
    assert.ok((answer.value.steps[0]?.targetMs ?? 0) >= 20);
  });

  it('is nothing where the cheapest costs more, or there are no prices', async () => {
    const { answer: little } = await bought(0.1, quoteOf([20, 40, 80]));
    assert.match(little.ok ? '' : (little.error[0]?.message ?? ''), /a for 0.1\/hour: .*1\.25/);
    const { prices: _, ...free } = quoteOf([20]);
    const { answer: none } = await bought(1, free);
    assert.equal(none.ok ? '' : none.error[0]?.code, 'service.no-prices');
    const { answer: other } = await bought(2, quoteOf([20, 80]), { currency: 'USD' });
    assert.match(other.ok ? '' : (other.error[0]?.message ?? ''), /in EUR: give the budget in EUR/);
    assert.ok((await bought(2, quoteOf([20, 80]), { currency: 'EUR' })).answer.ok);
  });

  it('is the fastest of the targets that were named, in whatever order, and no other', async () => {
    const named = [200, 25, 80, 60];
    const { answer, asked } = await bought(2, quoteOf(named), { named });
    assert.deepEqual(answer.ok && answer.value.steps.map(({ targetMs }) => targetMs), [60]);
    assert.equal(asked.length, 1);
  });

  it('is no target of which it is not known whether so much CPU helps', async () => {
    const { steps, ...quoted } = quoteOf([25, 40, 80]);
    const unproven = { ...quoted, steps: steps.map((step) => ({ ...step, provenCores: 1 })) };
    const { answer } = await bought(9, unproven);
    assert.match(answer.ok ? '' : (answer.error[0]?.message ?? ''), /no target is expected/);
    const half = unproven.steps.map((step, i) => (i === 0 ? step : stepOf(step.targetMs)));
    const { answer: rest } = await bought(9, { ...quoted, steps: half }, { named: [25, 40, 80] });
    assert.equal(rest.ok && rest.value.steps[0]?.targetMs, 40);
  });

  it('of nothing says what the cheapest costs, for an hour and a month', async () => {
    const { answer } = await bought(0, quoteOf([20, 40, 80]));
    assert.equal(answer.ok ? '' : answer.error[0]?.code, 'service.over-budget');
    const message = answer.ok ? '' : (answer.error[0]?.message ?? '');
    assert.equal(
      message,
      'a for 0/hour: the cheapest target that is steady costs 1.25 EUR an hour, 914 a month',
    );
  });

  it('stays the quote where it has no steps, or there is no budget', async () => {
    const unknown = { ...quoteOf([]), reason: 'nothing like it has run yet' };
    assert.deepEqual((await bought(1, unknown)).answer, ok(unknown));
    const all = quoteOf([20, 40]);
    assert.deepEqual(await quoteWithin(async () => ok(all), { targetsMs: [] }, undefined), ok(all));
  });

  for (const [unit, hours] of [
    ['an hour', 1],
    ['a month', 730.5],
  ] as const)
    it(`is something for what the cheapest is said to cost ${unit}`, async () => {
      // A third an hour.
      const quoted = quoteOf([20, 300]);
      const { answer } = await bought(0.1, quoted);
      assert.ok(!answer.ok);
      const [text = ''] = answer.error.map(({ message }) => message);
      const [, said = ''] = new RegExp(`([0-9.]+)(?: EUR)? ${unit}`).exec(text) ?? [];
      assert.ok(Number(said) > 0, text);
      assert.ok((await bought(Number(said) / hours, quoted)).answer.ok, text);
    });
});
