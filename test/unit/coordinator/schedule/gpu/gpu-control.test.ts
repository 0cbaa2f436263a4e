import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { cpuForGpuJob } from '../../../../../coordinator/schedule/gpu/cpu-for-gpu-job.js';
import {
  type GpuMemory,
  heldByGpu,
  steerGpus,
} from '../../../../../coordinator/schedule/gpu/gpu-control.js';
import { GpuController } from '../../../../../coordinator/schedule/gpu/gpu-controller.js';
import { POLICIES } from '../../../../../coordinator/schedule/policies/index.js';
import {
  NO_MEMORY,
  type SchedulerMemory,
  schedule,
} from '../../../../../coordinator/schedule/schedule.js';
import type { SnapshotAllocation } from '../../../../../coordinator/schedule/types.js';
import type { DesiredGpu, GpuReport, GpuSetting } from '../../../../../shared/gpu.js';
import { allocation, container, latency, limit, PARAMS, snapshot, target } from '../../build.js';
import { gpu, gpuNode, gpuReport } from './build.js';
import { knownAs, level } from './gpu-models.js';

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

  it('holds targets by the power limit, in small steps, where the clock cannot be set', () => {
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

  it('remembers what it learnt of the GPUs of a host that is silent for a while', () => {
    const heard = gpuNode('h1', [gpu(0)]);
    const silent = { schedulable: false, unschedulableReason: 'the node is suspect' };
    const decide = (node: typeof heard, nowMs: number, memory: SchedulerMemory) => {
      const input = { snapshot: snapshot([node]), nowMs, params: PARAMS };
      return schedule({ ...input, policy: POLICIES.adaptive }, memory).memory;
    };
    const before = decide(heard, 1000, NO_MEMORY);
    const after = decide({ ...heard, ...silent }, 21_000, before);
    assert.deepEqual([...after.gpus.keys()], ['GPU-0']);
    assert.deepEqual(after.gpus, before.gpus);
  });

  it('feeds a job on a GPU with CPU: a core at first, more when it uses that up', () => {
    const fed = (change: Partial<SnapshotAllocation>, shareCores = 4) =>
      cpuForGpuJob(gpuAllocation(1000, 60, { maxCores: 3, ...change }), {
        ...{ shareCores, freeCores: 16, isFull: false },
      })?.limit.cpuCores ?? null;
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

  it('leaves containers beside it their CPU while its model loads, and gives back the rest', () => {
    const loading = (usageCores: number, cores: number) =>
      gpuAllocation(1000, 60, {
        limit: limit(cores),
        maxCores: 16,
        report: container('a-1', {
          cpu: { usageCores, usageTotalSeconds: 1, throttledRatio: 0, pressureRatio: null },
        }),
      });
    const other = (cores: number) =>
      allocation('b-1', { limit: limit(cores), observedAtMs: 1000, maxCores: 16 });
    const coresOf = (usage: number, held: number, beside: number): number => {
      const host = gpuNode('h1', [gpu(0)], {
        allocations: [loading(usage, held), other(beside)],
      });
      const { limits } = new GpuController(
        { nowMs: 1000, params: PARAMS, isOn: true },
        new Map(),
      ).steer(host);
      return limits[0]?.limit.cpuCores ?? held;
    };
    assert.equal(coresOf(10, 10, 3), 13, 'what nobody else was promised');
    assert.equal(coresOf(13, 13, 3), 13);
    assert.equal(coresOf(6, 6, 12), 8, 'an equal share in any case');
    assert.equal(coresOf(0.5, 13, 2), 13, 'nobody wants it');
    assert.ok(coresOf(0.5, 13, 3) < 9, 'others may lack it');
    assert.equal(coresOf(0.5, 9, 7), 8, 'not below its share');
    assert.equal(coresOf(5, 13, 3), 13, 'it works');
  });

  it('gets CPU that containers hold which nobody asks, and none that others work with', () => {
    const cpu = (usageCores: number) => ({
      cpu: { usageCores, usageTotalSeconds: 1, throttledRatio: 0, pressureRatio: null },
    });
    const coresOf = (usageCores: number, latencyMs: number | null): number | undefined => {
      const beside = [1, 2, 3, 4, 5, 6, 7].map((n) =>
        allocation(`b-${n}`, {
          ...{ limit: limit(2), maxCores: 16, latencyMs },
          report: container(`b-${n}`, cpu(usageCores)),
        }),
      );
      const working = gpuAllocation(1000, 60, {
        ...{ limit: limit(2), maxCores: 16, report: container('a-1', cpu(2)) },
      });
      const host = gpuNode('h1', [gpu(0)], {
        ...{ allocatableCpuCores: 16, allocations: [working, ...beside] },
      });
      const options = { nowMs: 1000, params: PARAMS, isOn: true };
      return new GpuController(options, new Map()).steer(host).limits[0]?.limit.cpuCores ?? 2;
    };
    assert.equal(coresOf(0.01, null), 3, 'nobody asks them');
    assert.equal(coresOf(1, null), 2, 'they start');
    assert.equal(coresOf(0.01, 100), 2, 'they answer');
  });
});
