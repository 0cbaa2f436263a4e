import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { chooseSetting } from '../../../../../coordinator/schedule/gpu/choose-setting.js';
import { cpuForGpuJob } from '../../../../../coordinator/schedule/gpu/cpu-for-gpu-job.js';
import {
  type GpuMemory,
  heldByGpu,
  steerGpus,
} from '../../../../../coordinator/schedule/gpu/gpu-control.js';
import { GpuController } from '../../../../../coordinator/schedule/gpu/gpu-controller.js';
import {
  EMPTY_GPU_MODEL,
  foldReport,
  type GpuModel,
  hasQueue,
} from '../../../../../coordinator/schedule/gpu/gpu-model.js';
import {
  elasticityOf,
  relativeErrorOf,
  serviceMsOf,
} from '../../../../../coordinator/schedule/gpu/queue.js';
import { foldQueueTail } from '../../../../../coordinator/schedule/gpu/queue-tail.js';
import {
  isSignificantlySlow,
  latencyAt,
  fitSettingLaw as lawUnderLimit,
  settingDemandOf,
  settingFor,
} from '../../../../../coordinator/schedule/gpu/setting-law.js';
import type { SnapshotAllocation } from '../../../../../coordinator/schedule/types.js';
import type { DesiredGpu, GpuReport, GpuSetting } from '../../../../../shared/gpu.js';
import type { Target } from '../../../../../shared/qoe.js';
import { allocation, container, latency, limit, PARAMS, target } from '../../build.js';
import { gpu, gpuNode, gpuReport } from './build.js';

const level = (value: number, meanMs: number, count = 1000) => ({
  value,
  meanMs,
  count,
  ratePerMs: 0,
});
const knownAs = (change: Partial<GpuModel>): GpuModel => ({
  ...EMPTY_GPU_MODEL,
  noiseRatio: 0.05,
  ...change,
});

const fitSettingLaw = (model: GpuModel, statistic: Target['statistic'] = 'mean') =>
  lawUnderLimit(model, { statistic });
function clockNeedOf(model: GpuModel, of: Target) {
  const law = fitSettingLaw(model, of.statistic);
  return law === null ? null : settingDemandOf(model, law, of);
}

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

  it('is not learnt from answers under another setting, of another life, or of a client that waits', () => {
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

  it('asks for clocks inside the slow half of the band, and for the fast edge unless faster is fine', () => {
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

describe('gpu knowledge', () => {
  const answers = (totalCount: number, meanMs: number) =>
    container('a-1', { latency: latency(meanMs, { totalCount, totalMs: totalCount * meanMs }) });
  const seen = (
    report: ReturnType<typeof answers>,
    observedAtMs: number,
    value = 1410,
    sinceMs = 0,
  ) => ({ report, observedAtMs, statistic: 'mean', value, sinceMs }) as const;

  it('counts what was answered between two reports under one clock', () => {
    let model = foldReport(EMPTY_GPU_MODEL, seen(answers(10, 100), 1000));
    assert.deepEqual(model.levels, []);
    model = foldReport(model, seen(answers(20, 100), 2000));
    assert.deepEqual(model.levels[0], { value: 1410, count: 10, meanMs: 100, ratePerMs: 0 });
    assert.equal(foldReport(model, seen(answers(30, 100), 2000)), model);
  });

  it('leaves out requests that may have begun under another clock', () => {
    let model = foldReport(EMPTY_GPU_MODEL, seen(answers(10, 100), 1000));
    model = foldReport(model, seen(answers(20, 100), 2000));
    // The clock changed at 2000: the first report after it, and the one it is measured from.
    const lowered = (count: number, atMs: number) => seen(answers(count, 100), atMs, 900, 2000);
    model = foldReport(model, lowered(30, 2500));
    assert.equal(model.levels[0]?.value, 1410);
    model = foldReport(model, lowered(40, 3000));
    assert.deepEqual([model.levels[0]?.value, model.levels[1]?.value], [900, 1410]);
  });

  it('begins anew when the container or its counters do', () => {
    let model = foldReport(EMPTY_GPU_MODEL, seen(answers(10, 100), 1000));
    model = foldReport(model, seen(answers(5, 100), 2000));
    assert.deepEqual(model.levels, []);
    model = foldReport(model, seen({ ...answers(50, 100), lifeId: 'another' }, 3000));
    assert.deepEqual(model.levels, []);
  });

  it('forgets what it saw under other clocks as requests are answered, and keeps four', () => {
    const first = foldReport(EMPTY_GPU_MODEL, seen(answers(10, 100), 1000, 500));
    const levels = [level(500, 100, 50), ...[600, 700, 800].map((mhz) => level(mhz, 90, 200))];
    const model = foldReport(
      { ...first, levels, underValue: 900 },
      seen(answers(40, 100), 2000, 900, -1000),
    );
    assert.deepEqual(
      model.levels.map(({ value, count }) => [value, count]),
      [900, 600, 700, 800].map((value) => [value, value === 900 ? 30 : 190]),
    );
  });

  it('reads the time a request keeps its server from that of a queue', () => {
    // M/D/1 at half use: L = s·(1 + ½·½/½) = 1.5 s.
    assert.ok(Math.abs(serviceMsOf({ meanMs: 150, ratePerMs: 0.005 }) - 100) < 1e-9);
    assert.equal(serviceMsOf({ meanMs: 150, ratePerMs: 0 }), 150);
    // dL/ds = 1 + ½·(1 − ¼)/¼ = 2.5, of L/s = 1.5.
    assert.ok(Math.abs(elasticityOf({ meanMs: 150, ratePerMs: 0.005 }) - 2.5 / 1.5) < 1e-9);
  });

  it('takes requests that queue for less exact', () => {
    assert.equal(relativeErrorOf({ noiseRatio: 0.05, meanMs: 100, ratePerMs: 0 }, 25), 0.01);
    const queue = relativeErrorOf({ noiseRatio: 0.05, meanMs: 150, ratePerMs: 0.005 }, 25);
    assert.ok(queue > 0.1 && queue < 0.5, `${queue}`);
  });

  /** Reports of a second each, by latencies of the requests answered in it. */
  function heard(seconds: readonly (readonly number[])[]): GpuModel {
    let model = EMPTY_GPU_MODEL;
    let [count, totalMs] = [0, 0];
    for (const [second, latencies] of seconds.entries()) {
      count += latencies.length;
      totalMs += latencies.reduce((sum, each) => sum + each, 0);
      const report = container('a-1', {
        latency: latency(100, { totalCount: count, totalMs, newestAgeMs: 0 }),
      });
      model = foldReport(model, seen(report, 1000 * (second + 1)));
    }
    return model;
  }

  it('tells a client that waits from requests that come by themselves, and counts their rate', () => {
    const waits = heard(Array.from({ length: 30 }, () => Array.from({ length: 10 }, () => 100)));
    assert.equal(hasQueue(waits), false);
    const come = heard(
      Array.from({ length: 60 }, (_, i) => Array.from({ length: i % 2 === 0 ? 3 : 1 }, () => 100)),
    );
    assert.equal(hasQueue(come), true);
    const { count, ms } = come.arrivals.counted;
    assert.ok(Math.abs(count / ms - 0.002) < 0.0002, `${count} in ${ms} ms`);
  });

  it('throws away what it knew of work that has changed, and keeps the slope in proportion', () => {
    let model = knownAs({
      ...foldReport(EMPTY_GPU_MODEL, seen(answers(10, 100), 1000)),
      levels: [level(1410, 100, 150), level(900, 140)],
    });
    const slower = (count: number, atMs: number) =>
      seen(
        container('a-1', {
          latency: latency(150, {
            totalCount: 10 + count,
            totalMs: 1000 + count * 150,
            newestAgeMs: 0,
          }),
        }),
        atMs,
      );
    model = foldReport(model, slower(7, 2000));
    // Once may be chance.
    assert.equal(model.levels[1]?.meanMs, 140);
    model = foldReport(model, slower(14, 3000));
    assert.deepEqual([model.levels[0]?.count, model.levels[0]?.meanMs], [14, 150]);
    assert.ok((model.levels[1]?.meanMs ?? 0) > 200, `${model.levels[1]?.meanMs} ms`);
  });
});

describe('gpu steering', () => {
  /** A job whose latency follows L = 20 + 84600/f, answering its one client. */
  const gpuAllocation = (atMs: number, meanMs: number, change: Partial<SnapshotAllocation> = {}) =>
    allocation('a-1', {
      target: target(120),
      gpu: { ids: ['GPU-0'], shareRatio: 0.5 },
      observedAtMs: atMs,
      limit: limit(1),
      report: container('a-1', {
        latency: latency(meanMs, { totalCount: atMs / 100, totalMs: (atMs / 100) * meanMs }),
      }),
      ...change,
    });
  interface Step {
    readonly atMs: number;
    readonly gpuAllocation?: Partial<SnapshotAllocation>;
    readonly report?: Partial<GpuReport>;
  }
  /** Steers second after second with a GPU that follows at once; returns the orders. */
  function play(
    steps: readonly Step[],
    meanAt: (value: number) => number,
    actuator: keyof GpuSetting = 'clockMhz',
  ) {
    const maxValue = actuator === 'clockMhz' ? 1410 : 400;
    let memory: ReadonlyMap<string, GpuMemory> = new Map();
    let desired: DesiredGpu | null = null;
    let [count, totalMs] = [0, 0];
    const orders: (number | null)[] = [];
    for (const step of steps) {
      const mhz: number = (desired as DesiredGpu | null)?.[actuator] ?? maxValue;
      // A client that waits for each answer: a second of answers each second.
      totalMs += 1000;
      count += 1000 / meanAt(mhz);
      const report = container('a-1', {
        latency: latency(meanAt(mhz), { totalCount: count, totalMs, newestAgeMs: 0 }),
      });
      const allocations = [gpuAllocation(step.atMs, 0, { report, ...step.gpuAllocation })];
      const applied =
        desired === null ? null : { clockMhz: null, powerWatts: null, [actuator]: mhz };
      const node = gpuNode('h1', [gpu(0, { applied, ...step.report }, desired)], { allocations });
      const steered = steerGpus({ node, nowMs: step.atMs, params: PARAMS }, memory);
      memory = steered.memory;
      const next = steered.gpus[0] ?? null;
      if (next?.[actuator] !== (desired as DesiredGpu | null)?.[actuator])
        orders.push(next?.[actuator] ?? null);
      desired = next;
    }
    return { orders, desired };
  }
  const seconds = (count: number, change: Omit<Step, 'atMs'> = {}): readonly Step[] =>
    Array.from({ length: count }, (_, i) => ({ atMs: 1000 * (i + 1), ...change }));

  it('lowers the clock in two steps to where the target is just met', () => {
    const { orders, desired } = play(seconds(60), (mhz) => 20 + 84_600 / mhz);
    assert.ok(orders.length >= 1 && orders.length <= 3, `${orders}`);
    const found = 20 + 84_600 / (desired?.clockMhz ?? 0);
    assert.ok(found > 120 && found < 132, `${found} ms at ${desired?.clockMhz} MHz`);
    assert.match(
      desired?.reason ?? '',
      /^\d+ MHz: a-1 needs it for 120ms \(1[23]\d(?:\.\d)?ms expected\)$/,
    );
  });

  it('holds targets by the power limit where the clock cannot be set, in steps that are small', () => {
    const ladder = {
      ...gpuReport(0).ladder,
      clock: { reach: 'none', reason: 'no right' } as const,
    };
    // The limit does not bind above 320 W; below, the clock follows the power above rest.
    const meanAt = (watts: number): number => 20 + 60 * (270 / (Math.min(watts, 320) - 50)) ** 0.42;
    const { orders, desired } = play(seconds(400, { report: { ladder } }), meanAt, 'powerWatts');
    assert.deepEqual([desired?.clockMhz, orders.includes(null)], [null, false]);
    const found = meanAt(desired?.powerWatts ?? 0);
    assert.ok(found > 115 && found <= 132, `${found} ms at ${desired?.powerWatts} W by ${orders}`);
    for (const [i, watts] of orders.entries())
      assert.ok(
        (watts ?? 0) >= 0.84 * (orders[i - 1] ?? 400),
        `${orders}: a step that is too long`,
      );
  });

  it('goes on with a way down that is too far for one step when the search is over', () => {
    const ladder = {
      ...gpuReport(0).ladder,
      clock: { reach: 'none', reason: 'no right' } as const,
    };
    const meanAt = (watts: number): number => 5 + 20 * (270 / (watts - 50)) ** 0.42;
    const { orders } = play(seconds(130, { report: { ladder } }), meanAt, 'powerWatts');
    assert.ok(orders.length >= 8 && (orders.at(-1) ?? 400) <= 115, `${orders}`);
  });

  it('leaves the clock alone while the GPU is not known or cannot be set', () => {
    assert.deepEqual(play(seconds(30, { report: { isKnown: false } }), () => 60).orders, []);
    const shut = { reach: 'none', reason: 'no right' } as const;
    const ladder = { ...gpuReport(0).ladder, clock: shut, power: shut };
    assert.deepEqual(play(seconds(30, { report: { ladder } }), () => 60).orders, []);
    assert.deepEqual(
      play(seconds(30, { report: { clockRange: null, powerRange: null } }), () => 60).orders,
      [],
    );
  });

  it('waits for enough answers under the clock that holds before it asks for another', () => {
    assert.deepEqual(play(seconds(3), () => 60).orders, []);
    const ordersAfter = (count: number): number => {
      const allocations = [gpuAllocation(20_000, 60)];
      const lifeId = allocations[0]?.report?.lifeId ?? '';
      const model = {
        'a-1': knownAs({ levels: [level(1410, 60, count)], lifeId, seenAtMs: 20_000 }),
      };
      const memory = {
        actuator: 'clock',
        value: 1410,
        sinceMs: 0,
        orderedAtMs: 0,
        occupants: '',
        searchSinceMs: 20_000,
        model,
      } as const;
      const node = gpuNode('h1', [gpu(0)], { allocations });
      return steerGpus({ node, nowMs: 20_000, params: PARAMS }, new Map([['GPU-0', memory]])).gpus
        .length;
    };
    assert.deepEqual([3, 200].map(ordersAfter), [0, 1]);
  });

  it('gives the clock back when nobody is on the GPU any more', () => {
    const { desired } = play(
      [...seconds(20), { atMs: 21_000, gpuAllocation: { gpu: { ids: [], shareRatio: 1 } } }],
      (mhz) => 84_600 / mhz,
    );
    assert.equal(desired, null);
  });

  it('tells a target that no clock meets, with what is reachable', () => {
    const allocations = [gpuAllocation(2000, 300)];
    const model = {
      'a-1': knownAs({
        levels: [level(1410, 300)],
        lifeId: allocations[0]?.report?.lifeId ?? '',
        seenAtMs: 2000,
      }),
    };
    const memory = new Map([
      [
        'GPU-0',
        {
          actuator: 'clock',
          value: 1410,
          sinceMs: 0,
          orderedAtMs: 0,
          occupants: '',
          searchSinceMs: 0,
          model,
        } as const,
      ],
    ]);
    const node = gpuNode('h1', [gpu(0)], { allocations });
    const { unreachable } = steerGpus({ node, nowMs: 2000, params: PARAMS }, memory);
    assert.match(
      unreachable[0]?.reason ?? '',
      /best about 300ms at its highest clock, 1410 MHz; 120ms cannot be met on this GPU/,
    );
  });

  it('takes from the policy only jobs all of whose GPUs can be set, and their CPU', () => {
    const two = { ...gpuAllocation(1000, 60), gpu: { ids: ['GPU-0', 'GPU-1'], shareRatio: 1 } };
    const none = { reach: 'none', reason: '' } as const;
    const unset = gpu(1, { ladder: { ...gpuReport(1).ladder, clock: none, power: none } });
    assert.deepEqual([...heldByGpu(gpuNode('h1', [gpu(0), unset], { allocations: [two] }))], []);
    const other = allocation('b-1');
    const node = gpuNode('h1', [gpu(0)], { allocations: [gpuAllocation(1000, 60), other] });
    const aside = new GpuController({ nowMs: 1000, params: PARAMS, isOn: true }, new Map()).steer(
      node,
    );
    assert.deepEqual(aside.rest.allocations, [other]);
    assert.equal(aside.rest.allocatableCpuCores, 15);
    const off = new GpuController({ nowMs: 1000, params: PARAMS, isOn: false }, new Map());
    assert.equal(off.steer(node).rest, node);
    assert.deepEqual(off.planned, { gpus: [{ node: 'h1', gpus: [] }] });
  });

  it('feeds a job on a GPU with CPU: a core at first, more when it uses that up', () => {
    const fed = (change: Partial<SnapshotAllocation>, shareCores = 4) =>
      cpuForGpuJob(gpuAllocation(1000, 60, { maxCores: 3, ...change }), shareCores)?.limit
        .cpuCores ?? null;
    const using = (usageCores: number, throttledRatio = 0) =>
      container('a-1', {
        cpu: { usageCores, usageTotalSeconds: 1, throttledRatio, pressureRatio: null },
      });
    assert.equal(fed({ limit: null }), 1);
    assert.equal(fed({ limit: null }, 0.5), 0.5);
    assert.equal(fed({ limit: limit(1), report: using(0.8) }), 1.5);
    assert.equal(fed({ limit: limit(1), report: using(0.1, 0.2) }), 1.5);
    assert.equal(fed({ limit: limit(1), report: using(0.1) }), null);
    assert.equal(fed({ limit: limit(2.5), report: using(2.4) }), 3);
    assert.equal(fed({ limit: limit(3), report: using(3) }), null);
  });
});
