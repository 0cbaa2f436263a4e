import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import {
  coresOf,
  narrowed,
  OWN_ORIGINAL,
  quotaOf,
  restoreOf,
  showCores,
  writeOf,
} from '../../../../agent/containers/limits.js';
import { holds, isInForce } from '../../../../agent/enforce/in-force.js';
import { kernelOf, limitOf, NO_CPU, quotaOfCores } from '../enforce/build.js';

const fresh = { current: NO_CPU, original: NO_CPU, weight: null, originalBurstUs: null };
const host = { hostCores: 2, weightRule: 'proportional' } as const;
const off = { ...host, weightRule: 'off' } as const;

describe('limits', () => {
  describe('quotaOf', () => {
    const cases: readonly [string, number, number, { quotaUs: number; periodUs: number }][] = [
      ['half a core', 0.5, 100_000, { quotaUs: 50_000, periodUs: 100_000 }],
      [
        'a fraction that has no exact binary form',
        0.29,
        100_000,
        { quotaUs: 29_000, periodUs: 100_000 },
      ],
      [
        'a fraction of a microsecond, rounded down',
        0.333333,
        100_000,
        { quotaUs: 33_333, periodUs: 100_000 },
      ],
      ['a period of 10 ms', 0.2345, 10_000, { quotaUs: 2345, periodUs: 10_000 }],
      ['a period of 5 ms', 0.5, 5000, { quotaUs: 2500, periodUs: 5000 }],
      ['less than 1 ms, in a longer period', 0.05, 10_000, { quotaUs: 1000, periodUs: 20_000 }],
      [
        'less than 1 ms, in the longest period',
        0.0001,
        100_000,
        { quotaUs: 1000, periodUs: 1_000_000 },
      ],
      ['more than the host has', 64, 100_000, { quotaUs: 200_000, periodUs: 100_000 }],
      ['a period below 1 ms', 2, 10, { quotaUs: 2000, periodUs: 1000 }],
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
    const written = (...args: Parameters<typeof writeOf>) => {
      const write = writeOf(...args);
      assert.ok(write.ok);
      return write.value;
    };

    it('writes a quota with its weight, and no period where the default one is in force', () => {
      assert.deepEqual(written(limitOf(0.5), fresh, host), {
        settings: { ...NO_CPU, quotaUs: 50_000, shares: 5120 },
        expectedCores: 0.5,
        expectedPeriodUs: 100_000,
        expectedShares: 5120,
        expectedBurstUs: 0,
      });
    });

    it('writes the period where another one is stored or asked', () => {
      const stored = written(
        limitOf(0.5),
        { ...fresh, current: { ...NO_CPU, periodUs: 50_000 } },
        host,
      );
      assert.deepEqual(stored.settings, {
        ...NO_CPU,
        quotaUs: 50_000,
        periodUs: 100_000,
        shares: 5120,
      });
      const asked = written({ cpuCores: 0.5, periodUs: 20_000 }, fresh, host);
      assert.deepEqual(asked.settings, {
        ...NO_CPU,
        quotaUs: 10_000,
        periodUs: 20_000,
        shares: 5120,
      });
      assert.equal(asked.expectedPeriodUs, 20_000);
    });

    it('keeps to NanoCpus where the container has them: period and weight are not ours', () => {
      const nano = { ...NO_CPU, nanoCpus: 1_500_000_000 };
      const container = { current: nano, original: nano, weight: null, originalBurstUs: null };
      const expected = {
        settings: { ...NO_CPU, nanoCpus: 500_000_000 },
        expectedCores: 0.5,
        expectedPeriodUs: null,
        expectedShares: null,
        expectedBurstUs: 0,
      };
      assert.deepEqual(written(limitOf(0.5), container, host), expected);
      assert.deepEqual(written({ cpuCores: 0.5, periodUs: 10_000 }, container, host), expected);
      const few = written({ cpuCores: 0.02, periodUs: 10_000 }, container, host);
      assert.equal(few.settings.nanoCpus, 20_000_000, 'a short period does not make more of it');
      const odd = written({ cpuCores: 0.3333, periodUs: 1000 }, container, host);
      assert.equal(odd.settings.nanoCpus, 333_300_000, 'nor does it round it down');
    });

    it('leaves the weight alone where the host says so, and puts back what it wrote before', () => {
      const untouched = written(limitOf(0.5), fresh, off);
      assert.deepEqual([untouched.settings.shares, untouched.expectedShares], [0, null]);
      const before = {
        current: { ...quotaOfCores(0.5), shares: 5120 },
        original: { ...NO_CPU, shares: 700 },
      };
      assert.equal(
        written(limitOf(0.5), { ...before, weight: null, originalBurstUs: null }, off).settings
          .shares,
        700,
      );
    });

    it('puts the original back for no limit', () => {
      const original = { ...NO_CPU, nanoCpus: 1_500_000_000 };
      const current = { ...NO_CPU, nanoCpus: 300_000_000 };
      const nano = written(
        limitOf(null),
        { current, original, weight: null, originalBurstUs: null },
        host,
      );
      assert.deepEqual([nano.settings, nano.expectedCores], [original, 1.5]);
      const limited = { ...quotaOfCores(0.5), shares: 5120 };
      const own = written(
        limitOf(null),
        { current: limited, original: OWN_ORIGINAL, weight: null, originalBurstUs: null },
        host,
      );
      assert.deepEqual([own.settings.quotaUs, own.settings.shares], [-1, 1024]);
      assert.deepEqual(
        [own.expectedCores, own.expectedPeriodUs, own.expectedShares],
        [null, null, 1024],
      );
    });

    it('refuses what is not a number', () => {
      assert.equal(writeOf(limitOf(Number.NaN), fresh, host).ok, false);
    });

    it('narrows a write with everything that goes with it', () => {
      const asked = written({ cpuCores: 0.5, periodUs: 10_000 }, fresh, host);
      const less = narrowed(asked, 0.05, host);
      assert.ok(less.ok);
      assert.deepEqual(less.value.settings, {
        ...NO_CPU,
        quotaUs: 1000,
        periodUs: 20_000,
        shares: 512,
      });
      assert.equal(less.value.expectedCores, 0.05);
    });
  });

  describe('restoreOf', () => {
    const UNKNOWN = { weight: null };
    it('lifts the quota of a container that had none', () => {
      assert.deepEqual(restoreOf(NO_CPU, { ...NO_CPU, quotaUs: 50_000 }, UNKNOWN), {
        ...NO_CPU,
        quotaUs: -1,
      });
    });
    it('puts quota, period and shares back', () => {
      const original = { ...NO_CPU, quotaUs: 30_000, periodUs: 60_000, shares: 300 };
      const current = { ...quotaOfCores(0.2), shares: 205 };
      assert.deepEqual(restoreOf(original, current, UNKNOWN), original);
    });
    it('puts the default period and weight back where ours were others', () => {
      const restored = restoreOf(
        NO_CPU,
        { ...NO_CPU, quotaUs: 5000, periodUs: 20_000, shares: 256 },
        UNKNOWN,
      );
      assert.deepEqual(restored, { ...NO_CPU, quotaUs: -1, periodUs: 100_000, shares: 1024 });
    });
    it('puts no more CPUs back than there are, and leaves those that are held', () => {
      const original = { ...NO_CPU, nanoCpus: 4e9 };
      const nanoCpusFor = (current: number, hostCpus?: number) =>
        restoreOf(original, { ...NO_CPU, nanoCpus: current }, { weight: null, hostCpus }).nanoCpus;
      assert.deepEqual(
        [nanoCpusFor(5e8, 2), nanoCpusFor(2e9, 2), nanoCpusFor(4e9, 2)],
        [2e9, 2e9, 0],
      );
      assert.deepEqual([nanoCpusFor(5e8, 4), nanoCpusFor(5e8), nanoCpusFor(4e9)], [4e9, 4e9, 4e9]);
    });
  });

  it('keeps a period or weight that the host refused last time, but never other cores', () => {
    const expected = {
      expectedCores: 0.5,
      expectedPeriodUs: 10_000,
      expectedShares: 5120,
      expectedBurstUs: 0,
    };
    const seen = kernelOf(0.5, 500, 100_000);
    assert.equal(isInForce(expected, seen), false);
    assert.equal(isInForce(expected, seen, { expected, seen }), true);
    assert.equal(
      isInForce(expected, { ...seen, cores: 0.6 }, { expected, seen: { ...seen, cores: 0.6 } }),
      false,
    );
    assert.equal(
      isInForce({ ...expected, expectedPeriodUs: 20_000 }, seen, { expected, seen }),
      false,
    );
    assert.equal(
      isInForce(expected, { cores: 0.5, periodUs: null, weight: null, burstUs: null }),
      true,
    );
  });

  it('writes again what a reload of units rounded up, not what the write itself left so', () => {
    const seen = { cores: 12.345, periodUs: 100_000, weight: null, burstUs: null };
    const expected = {
      expectedCores: 12.345,
      expectedPeriodUs: 100_000,
      expectedShares: null,
      expectedBurstUs: null,
    };
    const rounded = { ...seen, cores: 12.35 };
    assert.equal(isInForce(expected, rounded, { expected, seen }), false);
    assert.equal(isInForce(expected, rounded, { expected, seen: rounded }), true);
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
