import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { type KnownOnGpu, NOTHING_ON_GPU } from '../../../../../coordinator/schedule/gpu/known.js';
import {
  isSurelySlow,
  latencyAt,
  lawOf as lawUnder,
  needOf,
  settingFor,
} from '../../../../../coordinator/schedule/gpu/law.js';
import { foldQueueTail } from '../../../../../coordinator/schedule/gpu/tail.js';
import type { Target } from '../../../../../shared/qoe.js';
import { latency, target } from '../../build.js';
import { knownAs, level } from './known-build.js';

const lawOf = (known: KnownOnGpu, statistic: Target['statistic'] = 'mean') =>
  lawUnder(known, { statistic });

function clockNeedOf(known: KnownOnGpu, of: Target) {
  const law = lawOf(known, of.statistic);
  return law === null ? null : needOf(known, law, of);
}

describe('gpu tail of a queue', () => {
  const rate = 0.006;
  const arrivals = {
    ...NOTHING_ON_GPU.arrivals,
    isOpen: true,
    counted: { count: 5000, ms: 5000 / rate },
  };
  const levels = [{ value: 1000, meanMs: 175, count: 5000, ratePerMs: rate }];
  const queue = knownAs({ lifeId: 'l', underValue: 1000, levels, arrivals, tailCount: 300 });
  const wanted = target(400, { statistic: 'p95' });
  const seen = (satisfiedRatio: number) => {
    const { window, ...report } = latency(175, { satisfiedRatio });
    return {
      latency: { ...report, window: { ...window, count: 100 } },
      target: wanted,
      value: 1000,
    };
  };
  const counted = (count: number): KnownOnGpu => ({ ...queue, totalCount: count });
  const msAt = (known: KnownOnGpu): number => {
    const law = lawOf(known, 'p95');
    return law === null ? Number.NaN : latencyAt(law, 1000);
  };

  it('is longer where more were late than the law expects, and shorter where fewer were', () => {
    const longer = foldQueueTail(queue, counted(100), seen(0.8));
    const shorter = foldQueueTail(queue, counted(100), seen(1));
    assert.ok(
      msAt(longer) > msAt(queue) * 1.05 && msAt(shorter) < msAt(queue) * 0.98,
      `${msAt(longer)} ${msAt(shorter)}`,
    );
    assert.equal(longer.tailCount, 400);
  });

  it('comes to rest where as many are late as the target lets be', () => {
    let known = queue;
    for (let report = 1; report < 400; report += 1)
      known = foldQueueTail(known, { ...known, totalCount: 100 * report }, seen(0.95));
    assert.ok(Math.abs(msAt(known) / 400 - 1) < 0.03, `${msAt(known)} ms`);
  });

  it('is not learnt under another setting, from another life, or from a closed loop', () => {
    const closed = { ...counted(100), arrivals: NOTHING_ON_GPU.arrivals };
    for (const [before, known] of [
      [{ ...queue, underValue: 900 }, counted(100)],
      [{ ...queue, lifeId: 'other' }, counted(100)],
      [queue, closed],
      [queue, counted(0)],
    ] as const)
      assert.equal(foldQueueTail(before, known, seen(0.8)), known);
  });
});

describe('gpu law', () => {
  it('takes the worst case of going lower from one clock, and the law itself from two', () => {
    const one = lawOf(knownAs({ levels: [level(1400, 100)] }));
    assert.ok(one !== null && one.overheadSeconds < 1e-9 && Math.abs(one.workSeconds - 140) < 1e-6);
    // L = 20 + 112000/f.
    const two = lawOf(knownAs({ levels: [level(1000, 132), level(1400, 100)] }));
    assert.ok(two !== null);
    assert.ok(
      two.overheadSeconds > 0.018 && two.overheadSeconds <= 0.020_001,
      `${two.overheadSeconds} s`,
    );
    assert.ok(Math.abs(latencyAt(two, 800) - 160) < 1);
    assert.ok(Math.abs(settingFor(two, 160) - 800) < 5);
    assert.equal(settingFor(two, 1), Number.POSITIVE_INFINITY);
    assert.equal(lawOf(NOTHING_ON_GPU), null);
  });

  it('does not believe that a higher clock makes it slower, or that all of it is clock', () => {
    const odd = lawOf(knownAs({ levels: [level(1000, 100), level(1400, 120)] }));
    assert.ok(odd !== null && odd.workSeconds > 0 && odd.overheadSeconds >= 0);
    const steep = lawOf(knownAs({ levels: [level(1000, 200), level(1400, 50)] }));
    assert.ok((steep?.overheadSeconds ?? 1) < 1e-9);
  });

  it('asks for clocks in the slow half of the band, the fast edge unless faster is fine', () => {
    const known = knownAs({ noiseRatio: 0.001, levels: [level(1000, 132), level(1400, 100)] });
    const need = clockNeedOf(known, target(150));
    assert.ok(need !== null);
    const latencies = [need.least, need.aim, need.most].map((mhz) => 20 + 112_000 / mhz);
    assert.ok((latencies[0] ?? 0) < 165 && (latencies[0] ?? 0) > 163, `${latencies}`);
    assert.ok(
      (latencies[1] ?? 0) < (latencies[0] ?? 0) && (latencies[1] ?? 0) > 150,
      `${latencies}`,
    );
    assert.ok(Math.abs((latencies[2] ?? 0) - 135) < 0.1, `${latencies}`);
    assert.equal(
      clockNeedOf(known, target(150, { mode: 'ceiling' }))?.most,
      Number.POSITIVE_INFINITY,
    );
  });

  it('is drawn to the worst case as far as what was seen does not tell the slope', () => {
    const few = lawOf(
      knownAs({ noiseRatio: 0.5, levels: [level(1000, 132, 5), level(1100, 130, 5)] }),
    );
    assert.ok(few !== null && few.overheadSeconds < 0.02, `${few?.overheadSeconds} s`);
    const many = lawOf(
      knownAs({ noiseRatio: 0.05, levels: [level(1000, 132, 200), level(1100, 130, 200)] }),
    );
    assert.ok(many !== null && many.overheadSeconds > 0.09, `${many?.overheadSeconds} s`);
  });

  it('asks for no clock that there is where the highest is not enough', () => {
    assert.ok((clockNeedOf(knownAs({ levels: [level(1410, 200)] }), target(100))?.aim ?? 0) > 1410);
  });

  it('scales percentiles by what they are to the mean', () => {
    const known = knownAs({
      levels: [level(1000, 100), level(1400, 75)],
      tailRatio: 1.2,
      tailCount: 1e9,
    });
    const p95 = clockNeedOf(known, target(120, { statistic: 'p95' }));
    const mean = clockNeedOf({ ...known, tailRatio: 1 }, target(100));
    assert.ok(p95 !== null && mean !== null && Math.abs(p95.aim - mean.aim) < 1e-6);
  });

  it('is sure of a job that is slow only beyond chance', () => {
    const slow = (meanMs: number, count: number) =>
      isSurelySlow(knownAs({ levels: [level(1000, meanMs, count)] }), target(100), 1000);
    assert.deepEqual([slow(115, 1000), slow(111, 10), slow(105, 1000)], [true, false, false]);
  });
});
