import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { adaptivePolicy } from '../../../../../../coordinator/schedule/policies/adaptive/adaptive.js';
import {
  capacityOf,
  type Delivery,
} from '../../../../../../coordinator/schedule/policies/adaptive/capacity.js';
import { allocation, container, limit, node, PARAMS } from '../../../build.js';
import { near } from './build.js';

describe('adaptive capacity', () => {
  const busy: Delivery = {
    limitsCores: 4,
    starvedLimitsCores: 0,
    starvedUseCores: 0,
    usedCores: 0,
    unboundUseCores: 0,
  };
  const of = (
    idleCpuCores: number | null,
    delivery: Partial<Delivery> = {},
    beforeCores = 4,
    isShortLasting = true,
  ) =>
    capacityOf(
      node('h1', { allocatableCpuCores: 4, idleCpuCores }),
      { ...busy, ...delivery },
      { beforeCores, isShortLasting },
    );
  const starved: Partial<Delivery> = { starvedLimitsCores: 4, starvedUseCores: 3 };

  it('is what may be given out where nobody is starved', () => {
    assert.equal(of(0), 4);
    assert.equal(of(3, { limitsCores: 1 }), 4);
    assert.equal(of(null), 4);
    assert.equal(of(null, {}, 0), 4);
  });

  it('falls towards what is delivered where many are starved on a full host', () => {
    const first = of(0, starved);
    assert.ok(first < 4 && first >= 3, `${first}`);
    let cores = first;
    for (let i = 0; i < 20; i += 1) cores = of(0, starved, cores);
    near(cores, 3, 0.05);
  });

  it('waits for a burst of others to end, unless nothing is known yet', () => {
    assert.equal(of(0, starved, 4, false), 4);
    assert.equal(of(0, starved, 3.5, false), 3.5);
    assert.equal(of(0.5, { limitsCores: 3 }, 3, false), of(0.5, { limitsCores: 3 }, 3));
    assert.ok(of(0, starved, 0, false) < 4);
  });

  it('believes no accident of timing: few starved, or CPU idle meanwhile', () => {
    assert.equal(of(0, { starvedLimitsCores: 0.5, starvedUseCores: 0.1 }), 4);
    assert.equal(of(1, starved), 4);
    assert.equal(of(0.5, starved), 4);
  });

  it('comes back as soon as the host has idle CPU again', () => {
    near(of(0.5, { limitsCores: 3 }, 3), 3.5, 1e-9);
    assert.equal(of(1, { limitsCores: 3 }, 3), 4);
  });

  it('probes its way back where the host does not tell', () => {
    const next = of(null, { limitsCores: 3 }, 3);
    assert.ok(next > 3 && next < 3.5);
    const large = capacityOf(
      node('h1', { allocatableCpuCores: 40, idleCpuCores: null }),
      { ...busy },
      { beforeCores: 30, isShortLasting: false },
    );
    near(large - 30, 10 * (next - 3), 1e-9, 'in proportion to the node');
  });

  it('is never more than may be given out', () => {
    assert.equal(of(9, { limitsCores: 9 }, 9), 4);
    assert.equal(of(null, {}, 9), 4);
  });
});

describe('adaptive capacity of a node with a container that is not measured yet', () => {
  const starvedAt = (observedAtMs: number) =>
    allocation('a-1', {
      observedAtMs,
      limit: limit(1.9),
      report: container('a-1', {
        lifeId: 'life',
        observed: limit(1.9),
        cpu: {
          usageCores: 1,
          usageTotalSeconds: observedAtMs / 1000,
          throttledRatio: 0,
          pressureRatio: 0.5,
        },
      }),
    });
  const pendingAt = (observedAtMs: number) =>
    allocation('b-1', {
      observedAtMs,
      state: 'pending',
      limit: limit(0.05),
      report: container('b-1', { state: 'pending', cpu: null }),
    });

  it('counts a report once, however often the node is decided about', () => {
    let memory = adaptivePolicy.start;
    const decide = (atMs: number, nowMs: number): number => {
      const allocations = [starvedAt(atMs), pendingAt(atMs)];
      const host = node('h1', { allocatableCpuCores: 2, idleCpuCores: 0, allocations });
      ({ memory } = adaptivePolicy.decide({ node: host, nowMs, params: PARAMS }, memory));
      return memory.capacityCores;
    };
    decide(1000, 1000);
    for (const atMs of [2000, 3000, 4000]) decide(atMs, atMs);
    const before = memory.capacityCores;
    const once = decide(5000, 5000);
    assert.ok(once < before, `${once} of ${before}`);
    for (const nowMs of [5100, 5200, 5300]) assert.equal(decide(5000, nowMs), once);
  });
});
