import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { adaptivePolicy } from '../../../../../../coordinator/schedule/policies/adaptive/adaptive.js';
import {
  deliveryOf,
  membersOf,
} from '../../../../../../coordinator/schedule/policies/adaptive/members.js';
import { NO_MEMORY } from '../../../../../../coordinator/schedule/policies/adaptive/memory.js';
import type { SnapshotAllocation } from '../../../../../../coordinator/schedule/types.js';
import type { CpuReport } from '../../../../../../shared/report.js';
import {
  allocation,
  allocationId,
  container,
  limit,
  node,
  PARAMS,
  target,
} from '../../../build.js';
import { model, Plant, read } from './build.js';

const isStale = (change: Partial<SnapshotAllocation>, nowMs: number): boolean | undefined =>
  membersOf(
    node('h1', {
      reportIntervalMs: 1000,
      allocations: [allocation('a-1', { limit: limit(0.5), ...change })],
    }),
    // Of a node that was decided about before: its limits are this leader's own.
    { ...NO_MEMORY, capacityCores: 2 },
    { nowMs, isHostShort: true, commonSpread: 0, intervalMs: 5000 },
  )[0]?.isStale;

describe('adaptive members', () => {
  it('finds what was learnt by id, whoever came or went', () => {
    const memory = {
      ...NO_MEMORY,
      ids: ['b-1', 'd-1', 'e-1'],
      lives: ['', '', ''],
      models: [1, 2, 3].map((workCount) => model({ workCount, workSeconds: 1 })),
    };
    const its = ['a-1', 'b-1', 'c-1', 'e-1', 'f-1'].map((id) => allocation(id, { report: null }));
    const counts = membersOf(node('h1', { allocations: its }), memory, {
      nowMs: 0,
      isHostShort: true,
      commonSpread: 0,
      intervalMs: 5000,
    }).map((each) => read(each.model).workCount);
    assert.deepEqual(counts, [0, 1, 0, 3, 0]);
  });

  it('forgets the tail of a percentile where the target names another', () => {
    const p95 = target(100, { statistic: 'p95' });
    const memory = {
      ...NO_MEMORY,
      ids: ['a-1'],
      lives: [''],
      models: [model({ workCount: 50, workSeconds: 5, tailSum: 300, tailWeight: 200 })],
      wanted: [p95],
    };
    const weightWith = (its: typeof p95): number | undefined =>
      membersOf(node('h1', { allocations: [allocation('a-1', { target: its })] }), memory, {
        ...{ nowMs: 0, isHostShort: true, commonSpread: 0, intervalMs: 5000 },
      }).map((each) => read(each.model).tailWeight)[0];
    assert.equal(weightWith(p95), 200);
    assert.equal(weightWith({ ...p95, latencyMs: 80 }), 200);
    assert.equal(weightWith({ ...p95, statistic: 'p50' }), 0);
  });

  it('takes a report of ten intervals ago as old, except without a limit or any report', () => {
    assert.equal(isStale({ observedAtMs: 1000 }, 10_000), false);
    assert.equal(isStale({ observedAtMs: 1000 }, 12_000), true);
    assert.equal(isStale({ observedAtMs: 1000, report: null }, 12_000), false);
    assert.equal(isStale({ observedAtMs: 1000, limit: null }, 12_000), false);
  });

  it('adds up what starved containers hold and use', () => {
    const cpu = (usageCores: number, pressureRatio: number): CpuReport => ({
      usageCores,
      usageTotalSeconds: 1,
      throttledRatio: 0,
      pressureRatio,
    });
    const with_ = (id: string, its: CpuReport, cores: number | null = 1) =>
      allocation(id, { report: container(id, { cpu: its, observed: limit(cores) }) });
    const containers = [
      with_('a-1', cpu(0.5, 0.5)),
      with_('b-1', cpu(1, 0)),
      with_('c-1', cpu(0.5, 0.5), null),
      allocation('d-1', { report: null }),
    ];
    const delivery = deliveryOf(containers);
    assert.deepEqual(delivery, {
      limitsCores: 2,
      starvedLimitsCores: 1,
      starvedUseCores: 0.5,
      usedCores: 2,
      unboundUseCores: 0.5,
    });
    const lent = deliveryOf(containers, new Set([allocationId('a-1')]));
    assert.deepEqual([lent.limitsCores, lent.starvedLimitsCores, lent.unboundUseCores], [1, 0, 1]);
  });
});

describe('adaptive memory', () => {
  /** A job alone on two cores. */
  function* evaluations(plant: Plant, count: number) {
    let memory = adaptivePolicy.start;
    for (let i = 0; i < count; i += 1) {
      const allocations = [plant.run()];
      const decided = adaptivePolicy.decide(
        { node: node('h1', { allocations }), nowMs: plant.nowMs, params: PARAMS },
        memory,
      );
      memory = decided.memory;
      const [change] = decided.limits;
      if (change?.limit.cpuCores != null) plant.hold(change.limit.cpuCores);
      yield { memory, decided, nowMs: plant.nowMs };
    }
  }

  it('knows whom it chose, and since when', () => {
    const plant = new Plant(2, { workSeconds: 0.3 });
    const runs = [...evaluations(plant, 6)].map(({ memory, nowMs }) => ({
      its: read(memory.models[0] ?? model()),
      nowMs,
    }));
    const first = runs.find(({ its }) => its.isChosen === 1);
    assert.ok(first !== undefined);
    assert.equal(first.its.chosenAtMs, first.nowMs);
    assert.equal(runs.at(-1)?.its.chosenAtMs, first.nowMs);
  });

  it('holds nothing that JSON cannot carry', () => {
    const last = [...evaluations(new Plant(2, { workSeconds: 3, overheadSeconds: 2 }), 20)].at(-1);
    assert.deepEqual(JSON.parse(JSON.stringify(last?.memory)), last?.memory);
  });

  describe('of a report seen before', () => {
    /**
     * The first decision for two jobs on two cores, whose targets of 1 s take `needs` cores.
     */
    function decided(...needs: readonly [number, number]) {
      const plants = needs.map((workSeconds) => new Plant(1, { workSeconds }));
      let memory = adaptivePolicy.start;
      const decide = (allocations: readonly SnapshotAllocation[]) => {
        const nowMs = plants[0]?.nowMs ?? 0;
        const result = adaptivePolicy.decide(
          { node: node('h1', { allocations }), nowMs, params: PARAMS },
          memory,
        );
        memory = result.memory;
        return result.limits;
      };
      let seen: readonly SnapshotAllocation[] = [];
      let limits: ReturnType<typeof decide> = [];
      for (let i = 0; i < 4 && limits.length === 0; i += 1) {
        seen = plants.map((plant, j) => ({ ...plant.run(), id: allocationId(`j${j}-1`) }));
        limits = decide(seen);
      }
      const desired = new Map(limits.map(({ allocation: id, limit: its }) => [id, its]));
      return {
        decide,
        seen: seen.map((each) => ({ ...each, limit: desired.get(each.id) ?? each.limit })),
        limits,
      };
    }

    it('decides nothing, not even the rest of a step that was cut at a factor of four', () => {
      const { decide, seen, limits } = decided(0.05, 1.5);
      assert.deepEqual(limits[0]?.limit.cpuCores, 0.25);
      assert.deepEqual(decide(seen), []);
    });

    it('answers another target at once', () => {
      const { decide, seen } = decided(0.3, 1.5);
      const changed = decide(
        seen.map((each, i) => (i === 0 ? { ...each, target: target(400) } : each)),
      );
      assert.ok(changed.some(({ allocation: id }) => id === 'j0-1'));
    });

    it('gives at once what one that left had', () => {
      const { decide, seen } = decided(1.4, 1.2);
      const [first] = seen;
      assert.ok(first !== undefined && (first.limit?.cpuCores ?? 0) < 1);
      const [change] = decide([first]);
      assert.ok((change?.limit.cpuCores ?? 0) > 1.3, `${change?.limit.cpuCores}`);
    });
  });
});
