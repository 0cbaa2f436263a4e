import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { chooseClock } from '../../../coordinator/schedule/gpu/clock.js';
import { feedOf } from '../../../coordinator/schedule/gpu/feed.js';
import { errorOf, foldReport, type KnownOnGpu, NOTHING_ON_GPU } from '../../../coordinator/schedule/gpu/known.js';
import { clockFor, clockNeedOf, isSurelySlow, latencyAt, lawOf } from '../../../coordinator/schedule/gpu/law.js';
import { type GpuMemory, heldByClock, steerGpus } from '../../../coordinator/schedule/gpu/steer.js';
import { GpuSteering } from '../../../coordinator/schedule/gpu/steering.js';
import type { SnapshotAllocation } from '../../../coordinator/schedule/types.js';
import type { DesiredGpu, GpuReport } from '../../../shared/gpu.js';
import { allocation, container, latency, limit, PARAMS, target } from './build.js';
import { gpu, gpuNode, gpuReport } from './gpu-build.js';

const level = (mhz: number, meanMs: number, count = 1000) => ({ mhz, meanMs, count });
const knownAs = (change: Partial<KnownOnGpu>): KnownOnGpu => ({ ...NOTHING_ON_GPU, noiseRatio: 0.05, ...change });

describe('gpu law', () => {
  it('takes the worst case of going lower from one clock, and the law itself from two', () => {
    const one = lawOf(knownAs({ levels: [level(1400, 100)] }));
    assert.deepEqual(one, { overheadMs: 0, workMsMhz: 140_000 });
    // L = 20 + 112000/f.
    const two = lawOf(knownAs({ levels: [level(1000, 132), level(1400, 100)] }));
    assert.ok(two !== null);
    assert.ok(two.overheadMs > 18 && two.overheadMs <= 20.001, `${two.overheadMs} ms`);
    assert.ok(Math.abs(latencyAt(two, 800) - 160) < 1);
    assert.ok(Math.abs(clockFor(two, 160) - 800) < 5);
    const exact = { overheadMs: 20, workMsMhz: 112_000 };
    assert.ok(Math.abs(clockFor(exact, 160) - 800) < 1e-6);
    assert.equal(clockFor(exact, 20), Number.POSITIVE_INFINITY);
    assert.equal(lawOf(NOTHING_ON_GPU), null);
  });

  it('does not believe that a higher clock makes it slower, or that all of it is clock', () => {
    const odd = lawOf(knownAs({ levels: [level(1000, 100), level(1400, 120)] }));
    assert.ok(odd !== null && odd.workMsMhz > 0 && odd.overheadMs >= 0);
    const steep = lawOf(knownAs({ levels: [level(1000, 200), level(1400, 50)] }));
    assert.equal(steep?.overheadMs, 0);
  });

  it('asks for clocks inside the slow half of the band, and for the fast edge unless faster is fine', () => {
    const known = knownAs({ noiseRatio: 0.001, levels: [level(1000, 132), level(1400, 100)] });
    const need = clockNeedOf(known, target(150));
    assert.ok(need !== null);
    const latencies = [need.leastMhz, need.aimMhz, need.mostMhz].map((mhz) => 20 + 112_000 / mhz);
    assert.ok((latencies[0] ?? 0) < 165 && (latencies[0] ?? 0) > 163, `${latencies}`);
    assert.ok((latencies[1] ?? 0) < (latencies[0] ?? 0) && (latencies[1] ?? 0) > 150, `${latencies}`);
    assert.ok(Math.abs((latencies[2] ?? 0) - 135) < 0.1, `${latencies}`);
    assert.equal(clockNeedOf(known, target(150, { mode: 'ceiling' }))?.mostMhz, Number.POSITIVE_INFINITY);
  });

  it('is drawn to the worst case as far as what was seen does not tell the slope', () => {
    const few = lawOf(knownAs({ noiseRatio: 0.5, levels: [level(1000, 132, 5), level(1100, 130, 5)] }));
    assert.ok(few !== null && few.overheadMs < 20, `${few?.overheadMs} ms`);
    const many = lawOf(knownAs({ noiseRatio: 0.05, levels: [level(1000, 132, 200), level(1100, 130, 200)] }));
    assert.ok(many !== null && many.overheadMs > 90, `${many?.overheadMs} ms`);
  });

  it('asks for no clock that there is where the highest is not enough', () => {
    assert.ok((clockNeedOf(knownAs({ levels: [level(1410, 200)] }), target(100))?.aimMhz ?? 0) > 1410);
  });

  it('scales percentiles by what they are to the mean', () => {
    const known = knownAs({ levels: [level(1000, 100), level(1400, 75)], tailRatio: 1.2 });
    const p95 = clockNeedOf(known, target(120, { statistic: 'p95' }));
    const mean = clockNeedOf({ ...known, tailRatio: 1 }, target(100));
    assert.ok(p95 !== null && mean !== null && Math.abs(p95.aimMhz - mean.aimMhz) < 1e-6);
  });

  it('is sure of a job that is slow only beyond chance', () => {
    const slow = (meanMs: number, count: number) =>
      isSurelySlow(knownAs({ levels: [level(1000, meanMs, count)] }), target(100), 1000);
    assert.deepEqual([slow(115, 1000), slow(111, 10), slow(105, 1000)], [true, false, false]);
  });
});

describe('gpu clock', () => {
  const asker = (leastMhz: number, mostMhz = Number.POSITIVE_INFINITY, weight = 1) => ({
    aimMhz: leastMhz,
    leastMhz,
    mostMhz,
    weight,
  });
  const range = { min: 210, max: 1410 };

  it('is the lowest that serves all, where one does', () => {
    assert.equal(chooseClock([asker(700, 1100), asker(900, 1300), asker(400)], range)?.mhz, 900);
    assert.equal(chooseClock([asker(100)], range)?.mhz, 210);
    assert.equal(chooseClock([], range), null);
  });

  it('serves the most weight where none serves all', () => {
    const askers = [asker(600, 700), asker(620, 720), asker(1200, 1400)];
    assert.equal(chooseClock(askers, range)?.mhz, 620);
    assert.equal(chooseClock([asker(600, 700), asker(1200, 1400, 3)], range)?.mhz, 1200);
  });

  it('lets nobody be too slow where that serves as many', () => {
    assert.equal(chooseClock([asker(600, 700), asker(1200, 1400)], range)?.mhz, 1200);
  });

  it('is the lowest of clocks that serve the same', () => {
    const aims = [950, 900, 980].map((aimMhz) => ({ ...asker(850), aimMhz }));
    assert.equal(chooseClock(aims, range)?.mhz, 900);
  });

  it('is the highest for whom that just serves', () => {
    assert.equal(chooseClock([asker(700), { ...asker(1400), aimMhz: 1450 }], range)?.mhz, 1410);
  });

  it('leaves out whom no clock serves, and is the highest where it serves nobody', () => {
    assert.equal(chooseClock([asker(1500), asker(700, 900)], range)?.mhz, 700);
    assert.equal(chooseClock([asker(1500)], range)?.mhz, 1410);
  });
});

describe('gpu knowledge', () => {
  const answers = (totalCount: number, meanMs: number) =>
    container('a-1', { latency: latency(meanMs, { totalCount, totalMs: totalCount * meanMs }) });
  const seen = (report: ReturnType<typeof answers>, observedAtMs: number, mhz = 1410, sinceMs = 0) =>
    ({ report, observedAtMs, statistic: 'mean', mhz, sinceMs }) as const;

  it('counts what was answered between two reports under one clock', () => {
    let known = foldReport(NOTHING_ON_GPU, seen(answers(10, 100), 1000));
    assert.deepEqual(known.levels, []);
    known = foldReport(known, seen(answers(20, 100), 2000));
    assert.deepEqual(known.levels[0], { mhz: 1410, count: 10, meanMs: 100 });
    assert.equal(foldReport(known, seen(answers(30, 100), 2000)), known);
  });

  it('leaves out requests that may have begun under another clock', () => {
    let known = foldReport(NOTHING_ON_GPU, seen(answers(10, 100), 1000));
    known = foldReport(known, seen(answers(20, 100), 2000));
    // The clock changed at 2000: the first report after it, and the one it is measured from.
    const lowered = (count: number, atMs: number) => seen(answers(count, 100), atMs, 900, 2000);
    known = foldReport(known, lowered(30, 2500));
    assert.equal(known.levels[0]?.mhz, 1410);
    known = foldReport(known, lowered(40, 3000));
    assert.deepEqual([known.levels[0]?.mhz, known.levels[1]?.mhz], [900, 1410]);
  });

  it('begins anew when the container or its counters do', () => {
    let known = foldReport(NOTHING_ON_GPU, seen(answers(10, 100), 1000));
    known = foldReport(known, seen(answers(5, 100), 2000));
    assert.deepEqual(known.levels, []);
    known = foldReport(known, seen({ ...answers(50, 100), lifeId: 'another' }, 3000));
    assert.deepEqual(known.levels, []);
  });

  it('forgets what it saw under other clocks as requests are answered, and keeps four', () => {
    const first = foldReport(NOTHING_ON_GPU, seen(answers(10, 100), 1000, 500));
    const levels = [level(500, 100, 50), ...[600, 700, 800].map((mhz) => level(mhz, 90, 200))];
    const known = foldReport({ ...first, levels, underMhz: 900 }, seen(answers(40, 100), 2000, 900, -1000));
    assert.deepEqual(
      known.levels.map(({ mhz, count }) => [mhz, count]),
      [900, 600, 700, 800].map((mhz) => [mhz, mhz === 900 ? 30 : 190]),
    );
  });

  it('takes requests that queue for less exact', () => {
    assert.equal(errorOf(knownAs({ underWay: 1 }), 25), 0.01);
    assert.equal(errorOf(knownAs({ underWay: 0.4 }), 25), 0.025);
  });

  it('throws away what it knew of work that has changed, and keeps the slope in proportion', () => {
    let known = knownAs({
      ...foldReport(NOTHING_ON_GPU, seen(answers(10, 100), 1000)),
      levels: [level(1410, 100, 150), level(900, 140)],
    });
    known = foldReport(
      known,
      seen(container('a-1', { latency: latency(150, { totalCount: 40, totalMs: 1000 + 30 * 150 }) }), 2000),
    );
    assert.deepEqual([known.levels[0]?.count, known.levels[0]?.meanMs, known.levels[1]?.meanMs], [30, 150, 210]);
  });
});

describe('gpu steering', () => {
  /** A job whose latency follows L = 20 + 84600/f, answering ten times a second. */
  const rider = (atMs: number, meanMs: number, change: Partial<SnapshotAllocation> = {}) =>
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
    readonly rider?: Partial<SnapshotAllocation>;
    readonly report?: Partial<GpuReport>;
  }
  /** Steers second after second with a GPU that follows at once; returns the orders. */
  function play(steps: readonly Step[], meanAt: (mhz: number) => number) {
    let memory: ReadonlyMap<string, GpuMemory> = new Map();
    let desired: DesiredGpu | null = null;
    let totalMs = 0;
    const orders: (number | null)[] = [];
    for (const step of steps) {
      const mhz: number = (desired as DesiredGpu | null)?.clockMhz ?? 1410;
      totalMs += 10 * meanAt(mhz);
      const count = step.atMs / 100;
      const report = container('a-1', { latency: latency(meanAt(mhz), { totalCount: count, totalMs }) });
      const allocations = [rider(step.atMs, 0, { report, ...step.rider })];
      const applied = desired === null ? null : { clockMhz: mhz, powerWatts: null };
      const node = gpuNode('h1', [gpu(0, { applied, ...step.report }, desired)], { allocations });
      const steered = steerGpus({ node, nowMs: step.atMs, params: PARAMS }, memory);
      memory = steered.memory;
      const next = steered.gpus[0] ?? null;
      if (next?.clockMhz !== (desired as DesiredGpu | null)?.clockMhz) orders.push(next?.clockMhz ?? null);
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
    assert.match(desired?.reason ?? '', /^\d+ MHz: a-1 needs it for 120ms \(1[23]\d(?:\.\d)?ms expected\)$/);
  });

  it('leaves the clock alone while the GPU is not known or cannot be set', () => {
    assert.deepEqual(play(seconds(30, { report: { isKnown: false } }), () => 60).orders, []);
    const ladder = { ...gpuReport(0).ladder, clock: { reach: 'none', reason: 'no right' } as const };
    assert.deepEqual(play(seconds(30, { report: { ladder } }), () => 60).orders, []);
    assert.deepEqual(play(seconds(30, { report: { clockRange: null } }), () => 60).orders, []);
  });

  it('waits for enough answers under the clock that holds before it asks for another', () => {
    assert.deepEqual(play(seconds(3), () => 60).orders, []);
    const ordersAfter = (count: number): number => {
      const allocations = [rider(20_000, 60)];
      const lifeId = allocations[0]?.report?.lifeId ?? '';
      const known = { 'a-1': knownAs({ levels: [level(1410, 60, count)], lifeId, seenAtMs: 20_000 }) };
      const memory = { mhz: 1410, sinceMs: 0, orderedAtMs: 0, crew: '', soughtFromMs: 20_000, known };
      const node = gpuNode('h1', [gpu(0)], { allocations });
      return steerGpus({ node, nowMs: 20_000, params: PARAMS }, new Map([['GPU-0', memory]])).gpus.length;
    };
    assert.deepEqual([3, 200].map(ordersAfter), [0, 1]);
  });

  it('gives the clock back when nobody is on the GPU any more', () => {
    const { desired } = play(
      [...seconds(20), { atMs: 21_000, rider: { gpu: { ids: [], shareRatio: 1 } } }],
      (mhz) => 84_600 / mhz,
    );
    assert.equal(desired, null);
  });

  it('tells a target that no clock meets, with what is reachable', () => {
    const allocations = [rider(2000, 300)];
    const known = {
      'a-1': knownAs({ levels: [level(1410, 300)], lifeId: allocations[0]?.report?.lifeId ?? '', seenAtMs: 2000 }),
    };
    const memory = new Map([['GPU-0', { mhz: 1410, sinceMs: 0, orderedAtMs: 0, crew: '', soughtFromMs: 0, known }]]);
    const node = gpuNode('h1', [gpu(0)], { allocations });
    const { unreachable } = steerGpus({ node, nowMs: 2000, params: PARAMS }, memory);
    assert.match(
      unreachable[0]?.reason ?? '',
      /120ms cannot be met on this GPU: about 300ms at its highest clock, 1410 MHz/,
    );
  });

  it('takes from the policy only jobs all of whose GPUs can be set, and their CPU', () => {
    const two = { ...rider(1000, 60), gpu: { ids: ['GPU-0', 'GPU-1'], shareRatio: 1 } };
    const unset = gpu(1, { ladder: { ...gpuReport(1).ladder, clock: { reach: 'none', reason: '' } } });
    assert.deepEqual([...heldByClock(gpuNode('h1', [gpu(0), unset], { allocations: [two] }))], []);
    const other = allocation('b-1');
    const node = gpuNode('h1', [gpu(0)], { allocations: [rider(1000, 60), other] });
    const aside = new GpuSteering({ nowMs: 1000, params: PARAMS, isOn: true }, new Map()).steer(node);
    assert.deepEqual(aside.rest.allocations, [other]);
    assert.equal(aside.rest.allocatableCpuCores, 15);
    const off = new GpuSteering({ nowMs: 1000, params: PARAMS, isOn: false }, new Map());
    assert.equal(off.steer(node).rest, node);
    assert.deepEqual(off.planned, { gpus: [{ node: 'h1', gpus: [] }] });
  });

  it('feeds a job on a GPU with CPU: a core at first, more when it uses that up', () => {
    const fed = (change: Partial<SnapshotAllocation>, shareCores = 4) =>
      feedOf(rider(1000, 60, { maxCores: 3, ...change }), shareCores)?.limit.cpuCores ?? null;
    const using = (usageCores: number, throttledRatio = 0) =>
      container('a-1', { cpu: { usageCores, usageTotalSeconds: 1, throttledRatio, pressureRatio: null } });
    assert.equal(fed({ limit: null }), 1);
    assert.equal(fed({ limit: null }, 0.5), 0.5);
    assert.equal(fed({ limit: limit(1), report: using(0.8) }), 1.5);
    assert.equal(fed({ limit: limit(1), report: using(0.1, 0.2) }), 1.5);
    assert.equal(fed({ limit: limit(1), report: using(0.1) }), null);
    assert.equal(fed({ limit: limit(2.5), report: using(2.4) }), 3);
    assert.equal(fed({ limit: limit(3), report: using(3) }), null);
  });
});
