import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { ClusterState } from '../../../../coordinator/state/model.js';
import { checkpointValues, readCheckpoint } from '../../../../coordinator/view/checkpoint.js';
import { MinuteFold } from '../../../../coordinator/view/minutes.js';
import type { MinuteRecord } from '../../../../proto/schemas/view.js';
import { decodeMinute, encodeMinute } from '../../../../proto/view.js';
import type { NodeReport } from '../../../../shared/report.js';
import { container, job, jobName, nodeId, target } from '../build.js';
import { gpuReport } from '../schedule/gpu/build.js';
import { reportAt } from './minutes-build.js';

const EUR = { currency: 'EUR', cpuCoreHour: 0.031, memoryGibHour: 0.004, gpuHour: 1.9 };
const node = nodeId('h1');
const NO_JOBS = new Map();

/** Reports every 5 s from one second to another, the wall clock being the agent's. */
function fold(folding: MinuteFold, from: number, to: number, meanMs = 100) {
  const closed = [];
  for (let second = from; second <= to; second += 5) {
    const record = folding.add(reportAt(second, {}, meanMs), second * 1000, NO_JOBS);
    if (record !== null) closed.push(record);
  }
  return closed;
}

describe('minutes', () => {
  it('a whole minute: requests, CPU, shares of time, and nothing partial', () => {
    const closed = fold(new MinuteFold(7), 55, 125);
    assert.deepEqual(
      closed.map(({ id }) => id),
      ['h1.1.7'],
    );
    assert.deepEqual(closed[0]?.record, {
      schema: 1,
      node,
      minute: 1,
      epoch: 7,
      seconds: 60,
      allocatableCores: 2,
      allocations: [
        {
          id: 'a-1',
          job: 'a',
          requests: 120,
          meanMs: 100,
          worstMs: 100,
          seconds: 60,
          observedSeconds: 60,
          atTargetSeconds: 60,
          notSlowerSeconds: 60,
          reservedCpuSeconds: 60,
          usedCpuSeconds: 30,
          throttledRatio: 0.25,
          energyJoules: null,
        },
      ],
    });
  });

  describe('of a job that is known', () => {
    const resources = { cpu: { minCores: 1 }, memoryBytes: 2 ** 29, gpu: { count: 2 } };
    const record = { spec: job('a', { resources }), workload: 'w' as never, revision: 1 };
    const own: ClusterState['jobs'] = new Map([[jobName('a'), record]]);
    const foldOwn = (folding: MinuteFold, from: number, to: number): MinuteRecord | undefined => {
      let closed = null;
      for (let s = from; s <= to; s += 5) closed ??= folding.add(reportAt(s), s * 1000, own);
      return closed?.record;
    };
    const reserved = (closed: MinuteRecord | undefined) => {
      const [row] = closed?.allocations ?? [];
      return [row?.reservedMemoryGibSeconds, row?.reservedGpuSeconds, closed?.allocatableCores];
    };

    it('say what it reserves beside CPU, and the prices', () => {
      const closed = foldOwn(new MinuteFold(7, EUR), 55, 120);
      assert.ok(closed);
      assert.deepEqual(reserved(closed), [30, 120, 2]);
      assert.deepEqual(closed.prices, EUR);
      assert.deepEqual(decodeMinute(encodeMinute(closed)), { ok: true, value: closed });
    });

    it('say its part of what the processors used, where the host measures that', () => {
      const energyOf = (wattsOf: (second: number) => number | undefined) => {
        const folding = new MinuteFold(1);
        let closed = null;
        for (let s = 55; s <= 120; s += 5) {
          const [told, joules] = [reportAt(s), wattsOf(s)];
          const host = joules === undefined ? told.host : { ...told.host, energyJoules: joules };
          closed ??= folding.add({ ...told, host }, s * 1000, NO_JOBS);
        }
        return closed?.record.allocations[0]?.energyJoules;
      };
      // 40 W; half of two cores are busy, half of that with a-1.
      assert.equal(
        energyOf((second) => second * 40),
        60 * 20,
      );
      assert.equal(
        energyOf(() => undefined),
        null,
      );
      // Not measured for half of the minute: what is known counts.
      assert.equal(
        energyOf((second) => (second > 85 ? second * 40 : undefined)),
        25 * 20,
      );
    });

    it('count the time in which it runs, not that in which it waits or has ended', () => {
      const closedOf = (runs: (second: number) => boolean): MinuteRecord | undefined => {
        const folding = new MinuteFold(7, EUR);
        let closed = null;
        for (let s = 55; s <= 120; s += 5) {
          const state = runs(s) ? 'running' : s < 90 ? 'pending' : 'exited';
          const seen = reportAt(s).containers.map((each) => ({ ...each, state }) as const);
          closed ??= folding.add(reportAt(s, { containers: seen }), s * 1000, own);
        }
        return closed?.record;
      };
      const begun = closedOf((second) => second >= 95);
      const [row] = begun?.allocations ?? [];
      assert.deepEqual([begun?.seconds, row?.seconds, row?.reservedCpuSeconds], [60, 25, 25]);
      assert.deepEqual(reserved(begun), [12.5, 50, 2]);
      const [ended] = closedOf((second) => second < 60)?.allocations ?? [];
      // What it used and answered before it ended is in the counters of that report.
      assert.deepEqual([ended?.seconds, ended?.reservedCpuSeconds], [0, 0]);
      assert.equal(ended?.usedCpuSeconds, 30);
    });

    it('say nothing of what waits all the time', () => {
      const folding = new MinuteFold(7);
      let closed = null;
      for (let s = 55; s <= 120; s += 5) {
        const nothing = { state: 'pending', applied: null, latency: null, cpu: null } as const;
        const waiting = reportAt(s).containers.map((each) => ({ ...each, ...nothing }));
        closed ??= folding.add(reportAt(s, { containers: waiting }), s * 1000, own);
      }
      assert.deepEqual(closed?.record.allocations, []);
    });

    it('say which credit it asks for, over a change of leader too', () => {
      const credit = { costRatio: 0.1, belowRatio: 0.9995 };
      const asking: ClusterState['jobs'] = new Map([
        [jobName('a'), { ...record, spec: job('a', { credit }) }],
      ]);
      const [first, second] = [new MinuteFold(1), new MinuteFold(2)];
      for (let s = 55; s <= 80; s += 5) first.add(reportAt(s), s * 1000, asking);
      const [stored = new Uint8Array()] = checkpointValues(first.open, 80_000);
      for (const [id, open] of readCheckpoint(stored, 0)) second.adopt(id, open);
      let closed = null;
      for (let s = 85; s <= 120; s += 5) closed ??= second.add(reportAt(s), s * 1000, asking);
      assert.ok(closed);
      const [row] = closed.record.allocations;
      assert.deepEqual([row?.creditCostRatio, row?.creditBelowRatio], [0.1, 0.9995]);
      const read = decodeMinute(encodeMinute(closed.record));
      assert.deepEqual(read, { ok: true, value: closed.record });
      const bare = foldOwn(new MinuteFold(1), 55, 120);
      assert.ok(bare && !('creditCostRatio' in (bare.allocations[0] ?? {})));
      assert.ok(encodeMinute(closed.record).length > encodeMinute(bare).length);
    });

    it('keep the credit of a job that is stopped in that minute', () => {
      const credit = { costRatio: 0.1, belowRatio: 0.99 };
      const asking: ClusterState['jobs'] = new Map([
        [jobName('a'), { ...record, spec: job('a', { credit }) }],
      ]);
      const folding = new MinuteFold(1);
      let closed = null;
      for (let s = 55; s <= 120; s += 5)
        closed ??= folding.add(reportAt(s), s * 1000, s < 110 ? asking : NO_JOBS);
      const [row] = closed?.record.allocations ?? [];
      assert.deepEqual([row?.creditCostRatio, row?.creditBelowRatio], [0.1, 0.99]);
    });

    it('say the same over a change of leader', () => {
      const [first, second] = [new MinuteFold(1), new MinuteFold(2)];
      foldOwn(first, 55, 80);
      const [stored = new Uint8Array()] = checkpointValues(first.open, 80_000);
      for (const [id, open] of readCheckpoint(stored, 0)) second.adopt(id, open);
      assert.deepEqual(reserved(foldOwn(second, 85, 120)), [30, 120, 2]);
    });
  });

  it('the energy of its GPU, over a change of leader too', () => {
    const use = { ids: ['GPU-0'], injection: 'hook', memoryBytes: null, isLost: null } as const;
    const at = (second: number): NodeReport => {
      const [first] = reportAt(second).containers;
      const containers = first === undefined ? [] : [{ ...first, gpuUse: use }];
      return reportAt(second, { containers, gpus: [gpuReport(0, { energyJoules: 20 * second })] });
    };
    const [first, second] = [new MinuteFold(1), new MinuteFold(2)];
    for (let s = 55; s <= 80; s += 5) first.add(at(s), s * 1000, NO_JOBS);
    const [stored = new Uint8Array()] = checkpointValues(first.open, 80_000);
    for (const [id, open] of readCheckpoint(stored, 0)) second.adopt(id, open);
    let closed = null;
    for (let s = 85; s <= 120; s += 5) closed ??= second.add(at(s), s * 1000, NO_JOBS);
    assert.equal(closed?.record.allocations[0]?.energyJoules, 1200);
  });

  it('the minute in which counting began is marked', () => {
    const [first] = fold(new MinuteFold(1), 30, 60);
    assert.equal(first?.record.partial, true);
    assert.equal(first?.record.seconds, 25);
  });

  it('slow time is not at target, nor is time without an observation', () => {
    const folding = new MinuteFold(1);
    fold(folding, 55, 85);
    fold(folding, 90, 100, 1000);
    folding.add(
      reportAt(105, { containers: [container('a-1', { target: target(100) })] }),
      105_000,
      NO_JOBS,
    );
    const [closed] = fold(folding, 120, 120);
    const [row] = closed?.record.allocations ?? [];
    assert.deepEqual(
      [row?.seconds, row?.observedSeconds, row?.atTargetSeconds, row?.notSlowerSeconds],
      [50, 45, 30, 30],
    );
    assert.equal(row?.worstMs, 1000);
  });

  it('a silent node: its record is closed, and a minute without reports has none', () => {
    const folding = new MinuteFold(1);
    fold(folding, 55, 100);
    assert.deepEqual(folding.closeSilent(139_000), []);
    assert.deepEqual(
      folding.closeSilent(141_000).map(({ id }) => id),
      ['h1.1.1'],
    );
    assert.deepEqual(folding.closeSilent(201_000), [], 'a gap is no zero');
    const [later] = fold(folding, 600, 660);
    assert.equal(later?.record.partial, true);
    assert.equal(later?.record.seconds, 55, 'what was before the silence does not count');
  });

  it('lost reports lose no requests, but mark the minute', () => {
    const folding = new MinuteFold(1);
    fold(folding, 55, 70);
    const [closed] = fold(folding, 100, 120);
    assert.equal(closed?.record.partial, true);
    assert.equal(closed?.record.allocations[0]?.requests, 120);
    assert.equal(closed?.record.allocations[0]?.observedSeconds, 42.5);
  });

  it('the same report twice, and an agent that starts again, count nothing twice', () => {
    const folding = new MinuteFold(1);
    fold(folding, 55, 80);
    folding.add(reportAt(80), 81_000, NO_JOBS);
    folding.add(reportAt(85, { bootId: 'boot-2', sequence: 1 }), 85_000, NO_JOBS);
    const closed = folding.add(reportAt(120, { bootId: 'boot-2', sequence: 2 }), 120_000, NO_JOBS);
    assert.equal(closed?.record.allocations[0]?.requests, 50);
    assert.equal(closed?.record.partial, true);
  });

  it('a clock that is put back begins no minute twice', () => {
    const folding = new MinuteFold(1);
    fold(folding, 55, 125);
    assert.equal(folding.add(reportAt(130), 100_000, NO_JOBS), null);
    assert.equal(folding.add(reportAt(135), 125_000, NO_JOBS), null);
    assert.equal(folding.open.get(node)?.minute, 2);
  });

  it('another leader goes on with what was stored, to the second and to the request', () => {
    const before = new MinuteFold(1);
    fold(before, 55, 90);
    const [value] = [...checkpointValues(before.open, 90_000)];
    assert.ok(value);
    const after = new MinuteFold(2);
    for (const [id, open] of readCheckpoint(value, 0)) after.adopt(id, open);
    const closed = fold(after, 95, 185);
    assert.deepEqual(
      closed.map(({ id }) => id),
      ['h1.1.1', 'h1.2.2'],
    );
    for (const { record } of closed)
      assert.deepEqual([record.seconds, record.allocations[0]?.requests], [60, 120]);
    assert.equal(closed[0]?.record.partial, undefined);
  });

  it('an old or damaged value is not believed', () => {
    const before = new MinuteFold(1);
    fold(before, 55, 90);
    const [value = new Uint8Array()] = [...checkpointValues(before.open, 90_000)];
    assert.equal(readCheckpoint(value, 90_001).size, 0);
    for (let at = 0; at < value.length; at += 1) {
      const damaged = Uint8Array.from(value);
      damaged[at] = 0xc1;
      assert.doesNotThrow(() => readCheckpoint(damaged, 0));
    }
  });

  it('survives the wire', () => {
    const [closed] = fold(new MinuteFold(7), 55, 125);
    assert.ok(closed);
    assert.deepEqual(decodeMinute(encodeMinute(closed.record)), { ok: true, value: closed.record });
  });
});
