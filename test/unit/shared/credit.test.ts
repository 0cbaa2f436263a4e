import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { creditText, isDue, parseCredit } from '../../../shared/credit.js';

describe('a credit', () => {
  it('is a share of the cost below a share of the time', () => {
    assert.deepEqual(parseCredit('10% below 99%'), {
      ok: true,
      value: { costRatio: 0.1, belowRatio: 0.99 },
    });
    assert.deepEqual(parseCredit('0.1  below 99.9%'), {
      ok: true,
      value: { costRatio: 0.1, belowRatio: 99.9 / 100 },
    });
    assert.ok(parseCredit('100% below 100%').ok);
  });

  it('says how to write it', () => {
    for (const text of [
      ...['', '10%', '10% above 99%', '10% below', '0% below 99%', '10% below 0%', '10 below 99'],
      ...['101% below 99%', '10% below 100.1%', '-1% below 99%', '10% below 99% ', '1e1% below 9%'],
    ]) {
      const read = parseCredit(text);
      assert.ok(!read.ok, text);
      assert.match(read.error, /is not a credit: write .* as in 10% below 99%/);
    }
  });

  it('is printed as it was written, and read back to the same', () => {
    for (const text of ['10% below 99%', '2.5% below 99.95%', '100% below 100%']) {
      const read = parseCredit(text);
      assert.equal(read.ok && creditText(read.value), text);
    }
    const ratio = fc.integer({ min: 1, max: 1_000_000 }).map((parts) => parts / 1_000_000);
    fc.assert(
      fc.property(ratio, ratio, (costRatio, belowRatio) => {
        const read = parseCredit(creditText({ costRatio, belowRatio }));
        assert.deepEqual(read, { ok: true, value: { costRatio, belowRatio } });
      }),
    );
  });

  it('is due below the bound, not at it, and not where nothing was known', () => {
    const credit = { costRatio: 0.1, belowRatio: 0.99 };
    assert.ok(isDue(credit, 100_000, 98_999));
    assert.ok(!isDue(credit, 100_000, 99_000));
    assert.ok(!isDue(credit, 0, 0));
    assert.ok(isDue(credit, 1000, 0));
    for (let known = 1000; known < 1_000_000; known += 1000)
      assert.ok(!isDue(credit, known * 100, known * 99), String(known));
  });
});
