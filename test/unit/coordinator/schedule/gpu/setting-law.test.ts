import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { chooseSetting } from '../../../../../coordinator/schedule/gpu/choose-setting.js';
import {
  EMPTY_GPU_MODEL,
  type GpuModel,
} from '../../../../../coordinator/schedule/gpu/gpu-model.js';
import { foldQueueTail } from '../../../../../coordinator/schedule/gpu/queue-tail.js';
import {
  isSignificantlySlow,
  latencyAt,
  settingFor,
} from '../../../../../coordinator/schedule/gpu/setting-law.js';
import { latency, target } from '../../build.js';
import { clockNeedOf, fitSettingLaw, knownAs, level } from './gpu-models.js';

describe('gpu tail of a queue', () => {
  const rate = 0.006;
  const arrivals = {
    ...EMPTY_GPU_MODEL.arrivals,
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
  const counted = (count: number): GpuModel => ({ ...queue, totalCount: count });
  const msAt = (model: GpuModel): number => {
    const law = fitSettingLaw(model, 'p95');
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
    let model = queue;
    for (let report = 1; report < 400; report += 1)
      model = foldQueueTail(model, { ...model, totalCount: 100 * report }, seen(0.95));
    assert.ok(Math.abs(msAt(model) / 400 - 1) < 0.03, `${msAt(model)} ms`);
  });

  it('is not learnt under another setting, in another life, or from a closed loop', () => {
    const closed = { ...counted(100), arrivals: EMPTY_GPU_MODEL.arrivals };
    for (const [before, model] of [
      [{ ...queue, underValue: 900 }, counted(100)],
      [{ ...queue, lifeId: 'other' }, counted(100)],
      [queue, closed],
      [queue, counted(0)],
    ] as const)
      assert.equal(foldQueueTail(before, model, seen(0.8)), model);
  });
});

describe('gpu law', () => {
  it('takes the worst case of going lower from one clock, and the law itself from two', () => {
    const one = fitSettingLaw(knownAs({ levels: [level(1400, 100)] }));
    assert.ok(one !== null && one.overheadSeconds < 1e-9 && Math.abs(one.workSeconds - 140) < 1e-6);
    // L = 20 + 112000/f.
    const two = fitSettingLaw(knownAs({ levels: [level(1000, 132), level(1400, 100)] }));
    assert.ok(two !== null);
    assert.ok(
      two.overheadSeconds > 0.018 && two.overheadSeconds <= 0.020_001,
      `${two.overheadSeconds} s`,
    );
    assert.ok(Math.abs(latencyAt(two, 800) - 160) < 1);
    assert.ok(Math.abs(settingFor(two, 160) - 800) < 5);
    assert.equal(settingFor(two, 1), Number.POSITIVE_INFINITY);
    assert.equal(fitSettingLaw(EMPTY_GPU_MODEL), null);
  });

  it('does not believe that a higher clock makes it slower, or that all of it is clock', () => {
    const outliers = fitSettingLaw(knownAs({ levels: [level(1000, 100), level(1400, 120)] }));
    assert.ok(outliers !== null && outliers.workSeconds > 0 && outliers.overheadSeconds >= 0);
    const steep = fitSettingLaw(knownAs({ levels: [level(1000, 200), level(1400, 50)] }));
    assert.ok((steep?.overheadSeconds ?? 1) < 1e-9);
  });

  it('aims inside the slow half of the band, and respects the fast edge of a band', () => {
    const model = knownAs({ noiseRatio: 0.001, levels: [level(1000, 132), level(1400, 100)] });
    const demand = clockNeedOf(model, target(150));
    assert.ok(demand !== null);
    const latencies = [demand.minValue, demand.aim, demand.maxValue].map(
      (mhz) => 20 + 112_000 / mhz,
    );
    assert.ok((latencies[0] ?? 0) < 165 && (latencies[0] ?? 0) > 163, `${latencies}`);
    assert.ok(
      (latencies[1] ?? 0) < (latencies[0] ?? 0) && (latencies[1] ?? 0) > 150,
      `${latencies}`,
    );
    assert.ok(Math.abs((latencies[2] ?? 0) - 135) < 0.1, `${latencies}`);
    assert.equal(
      clockNeedOf(model, target(150, { mode: 'ceiling' }))?.maxValue,
      Number.POSITIVE_INFINITY,
    );
  });

  it('is drawn to the worst case as far as what was seen does not tell the slope', () => {
    const few = fitSettingLaw(
      knownAs({ noiseRatio: 0.5, levels: [level(1000, 132, 5), level(1100, 130, 5)] }),
    );
    assert.ok(few !== null && few.overheadSeconds < 0.02, `${few?.overheadSeconds} s`);
    const many = fitSettingLaw(
      knownAs({ noiseRatio: 0.05, levels: [level(1000, 132, 200), level(1100, 130, 200)] }),
    );
    assert.ok(many !== null && many.overheadSeconds > 0.09, `${many?.overheadSeconds} s`);
  });

  it('asks for no clock that there is where the highest is not enough', () => {
    assert.ok((clockNeedOf(knownAs({ levels: [level(1410, 200)] }), target(100))?.aim ?? 0) > 1410);
  });

  it('scales percentiles by what they are to the mean', () => {
    const model = knownAs({
      levels: [level(1000, 100), level(1400, 75)],
      tailRatio: 1.2,
      tailCount: 1e9,
    });
    const p95 = clockNeedOf(model, target(120, { statistic: 'p95' }));
    const mean = clockNeedOf({ ...model, tailRatio: 1 }, target(100));
    assert.ok(p95 !== null && mean !== null && Math.abs(p95.aim - mean.aim) < 1e-6);
  });

  it('is sure of a job that is slow only beyond chance', () => {
    const slow = (meanMs: number, count: number) =>
      isSignificantlySlow(knownAs({ levels: [level(1000, meanMs, count)] }), target(100), 1000);
    assert.deepEqual([slow(115, 1000), slow(111, 10), slow(105, 1000)], [true, false, false]);
  });
});

describe('gpu clock', () => {
  const asker = (minValue: number, maxValue = Number.POSITIVE_INFINITY, weight = 1) => ({
    aim: minValue,
    minValue,
    maxValue,
    weight,
  });
  const range = { min: 210, max: 1410 };

  it('is the lowest that serves all, where one does', () => {
    assert.equal(
      chooseSetting([asker(700, 1100), asker(900, 1300), asker(400)], range)?.value,
      900,
    );
    assert.equal(chooseSetting([asker(100)], range)?.value, 210);
    assert.equal(chooseSetting([], range), null);
  });

  it('serves the most weight where none serves all', () => {
    const candidates = [asker(600, 700), asker(620, 720), asker(1200, 1400)];
    assert.equal(chooseSetting(candidates, range)?.value, 620);
    assert.equal(chooseSetting([asker(600, 700), asker(1200, 1400, 3)], range)?.value, 1200);
  });

  it('lets nobody be too slow where that serves as many', () => {
    assert.equal(chooseSetting([asker(600, 700), asker(1200, 1400)], range)?.value, 1200);
  });

  it('is the lowest of clocks that serve the same', () => {
    const aims = [950, 900, 980].map((aim) => ({ ...asker(850), aim }));
    assert.equal(chooseSetting(aims, range)?.value, 900);
  });

  it('lies where bands overlap, though nobody aims there', () => {
    const two = [
      { ...asker(560, 640), aim: 600 },
      { ...asker(620, 760), aim: 700 },
    ];
    assert.deepEqual(chooseSetting(two, range), { value: 630, metWeight: 2, decidedBy: 1 });
  });

  it('is the highest for whom that just serves', () => {
    assert.equal(chooseSetting([asker(700), { ...asker(1400), aim: 1450 }], range)?.value, 1410);
  });

  it('is decided by whom a lower one would leave first, not by whom none serves', () => {
    assert.equal(
      chooseSetting([asker(1500), asker(400), asker(700), asker(600)], range)?.decidedBy,
      2,
    );
  });

  it('leaves out whom no clock serves, and is the highest where it serves nobody', () => {
    assert.equal(chooseSetting([asker(1500), asker(700, 900)], range)?.value, 700);
    assert.equal(chooseSetting([asker(1500)], range)?.value, 1410);
  });
});
