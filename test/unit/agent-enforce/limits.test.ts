import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { coresOf, holds, OWN_ORIGINAL, quotaOf, restoreOf, showCores, writeOf } from '../../../agent/enforce/limits.js';
import { limitOf, NO_CPU, quotaOfCores } from './build.js';

const fresh = { current: NO_CPU, original: NO_CPU };

describe('limits', () => {
  describe('quotaOf', () => {
    const cases: readonly [string, number, number, { quotaUs: number; periodUs: number }][] = [
      ['half a core', 0.5, 100_000, { quotaUs: 50_000, periodUs: 100_000 }],
      ['a fraction that has no exact binary form', 0.29, 100_000, { quotaUs: 29_000, periodUs: 100_000 }],
      ['a fraction of a microsecond, rounded down', 0.333333, 100_000, { quotaUs: 33_333, periodUs: 100_000 }],
      ['less than 1 ms', 0.001, 100_000, { quotaUs: 1000, periodUs: 100_000 }],
      ['more than the host has', 64, 100_000, { quotaUs: 200_000, periodUs: 100_000 }],
      ['a period below 1 ms', 0.5, 10, { quotaUs: 1000, periodUs: 1000 }],
      ['a period above 1 s', 0.5, 9e9, { quotaUs: 500_000, periodUs: 1_000_000 }],
    ];
    for (const [what, cpuCores, periodUs, expected] of cases)
      it(`realises ${what}`, () => {
        assert.deepEqual(quotaOf({ cpuCores, periodUs }, 2), { ok: true, value: expected });
      });

    for (const cpuCores of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0, -1])
      it(`refuses ${cpuCores} cores`, () => {
        assert.equal(quotaOf({ cpuCores, periodUs: 100_000 }, 2).ok, false);
      });
    it('refuses a period that is no number', () => {
      assert.equal(quotaOf({ cpuCores: 1, periodUs: Number.NaN }, 2).ok, false);
    });
  });

  describe('writeOf', () => {
    it('writes a quota alone where the default period is in force', () => {
      const write = writeOf(limitOf(0.5), fresh, 2);
      assert.deepEqual(write, { ok: true, value: { settings: { ...NO_CPU, quotaUs: 50_000 }, expectedCores: 0.5 } });
    });

    it('writes the period where another one is stored or asked', () => {
      const stored = writeOf(limitOf(0.5), { current: { ...NO_CPU, periodUs: 50_000 }, original: NO_CPU }, 2);
      assert.ok(stored.ok);
      assert.deepEqual(stored.value.settings, { ...NO_CPU, quotaUs: 50_000, periodUs: 100_000 });
      const asked = writeOf({ cpuCores: 0.5, periodUs: 20_000 }, fresh, 2);
      assert.ok(asked.ok);
      assert.deepEqual(asked.value.settings, { ...NO_CPU, quotaUs: 10_000, periodUs: 20_000 });
    });

    it('keeps to NanoCpus where the container has them', () => {
      const nano = { ...NO_CPU, nanoCpus: 1_500_000_000 };
      const write = writeOf(limitOf(0.5), { current: nano, original: nano }, 2);
      assert.deepEqual(write, {
        ok: true,
        value: { settings: { ...NO_CPU, nanoCpus: 500_000_000 }, expectedCores: 0.5 },
      });
    });

    it('puts the original back for no limit', () => {
      const original = { ...NO_CPU, nanoCpus: 1_500_000_000 };
      const write = writeOf(limitOf(null), { current: { ...NO_CPU, nanoCpus: 300_000_000 }, original }, 2);
      assert.deepEqual(write, { ok: true, value: { settings: original, expectedCores: 1.5 } });
      const own = writeOf(limitOf(null), { current: quotaOfCores(0.5), original: OWN_ORIGINAL }, 2);
      assert.ok(own.ok);
      assert.equal(own.value.settings.quotaUs, -1);
      assert.equal(own.value.expectedCores, null);
    });

    it('refuses what is not a number', () => {
      assert.equal(writeOf(limitOf(Number.NaN), fresh, 2).ok, false);
    });
  });

  describe('restoreOf', () => {
    it('lifts the quota of a container that had none', () => {
      assert.deepEqual(restoreOf(NO_CPU, { ...NO_CPU, quotaUs: 50_000 }), { ...NO_CPU, quotaUs: -1 });
    });
    it('puts quota and period back', () => {
      const original = { ...NO_CPU, quotaUs: 30_000, periodUs: 60_000 };
      assert.deepEqual(restoreOf(original, quotaOfCores(0.2)), original);
    });
    it('puts the default period back where ours was another', () => {
      const restored = restoreOf(NO_CPU, { ...NO_CPU, quotaUs: 5000, periodUs: 20_000 });
      assert.deepEqual(restored, { ...NO_CPU, quotaUs: -1, periodUs: 100_000 });
    });
  });

  it('reads what the engine stores', () => {
    assert.equal(coresOf(NO_CPU), null);
    assert.equal(coresOf({ ...NO_CPU, quotaUs: -1, periodUs: 100_000 }), null);
    assert.equal(coresOf({ ...NO_CPU, nanoCpus: 250_000_000 }), 0.25);
    assert.equal(coresOf({ ...NO_CPU, quotaUs: 25_000 }), 0.25);
  });

  it('accepts the rounding of the systemd driver and nothing more', () => {
    assert.equal(holds(0.5, 0.5), true);
    assert.equal(holds(0.123, 0.13), true);
    assert.equal(holds(0.123, 0.14), false);
    assert.equal(holds(0.5, null), false);
    assert.equal(holds(null, 0.5), false);
    assert.equal(holds(null, null), true);
    assert.equal(holds(0.02, 0.03), false);
  });

  it('shows cores', () => {
    assert.equal(showCores(null), 'no limit');
    assert.equal(showCores(0.333333), '0.3333 cores');
  });
});
