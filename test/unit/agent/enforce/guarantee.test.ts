import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { createRequestOf } from '../../../../agent/containers/host-config.js';
import { boundLimit, DEFAULT_BOUNDS } from '../../../../agent/enforce/policy-bounds.js';
import { isByWeight, isPlain, promisedNow, promiseOf } from '../../../../agent/enforce/promise.js';
import { planSteps } from '../../../../agent/enforce/steps.js';
import type { CpuLimit, DesiredAllocation } from '../../../../shared/command.js';
import { anAdopted, aPlanInput, aSpec, aState, kernelOf, NO_CPU, quotaOfCores } from './build.js';
import { byWeight, free, quota } from './limit-build.js';

describe('what a limit promises', () => {
  it('is its quota, or what it guarantees', () => {
    assert.equal(promiseOf(quota(0.5), 0.5), 0.5);
    assert.equal(promiseOf(quota(0.8, { guaranteeCores: 0.3 }), 0.8), 0.3);
    assert.equal(promiseOf(byWeight(0.3), null), 0.3);
    assert.equal(promiseOf(byWeight(0.3), 1.5), 0.3);
    assert.equal(promiseOf({ ...free, weightCores: 0.4 }, null), 0);
    assert.equal(promiseOf(free, null), null);
  });

  it('has to be noted where no quota shows it', () => {
    assert.deepEqual(
      [quota(0.5), byWeight(0.3), quota(0.8, { guaranteeCores: 0.3 }), free].map(isByWeight),
      [false, true, true, false],
    );
    assert.ok(isPlain(byWeight(0)));
    assert.ok(isPlain(byWeight(0.3, { weightCores: 0 })));
    assert.ok(!isByWeight(byWeight(0.3, { weightCores: 0 })));
  });

  it('counts beside a quota of its own, and within one of ours', () => {
    const entry = { ...anAdopted(1), original: quotaOfCores(1.5) };
    assert.equal(promisedNow(1.5, { ...entry, applied: byWeight(0.3) }), 0.3);
    assert.equal(promisedNow(0.5, { ...entry, applied: byWeight(0.3), promisedCores: 0.5 }), 0.5);
    assert.equal(promisedNow(0.8, { ...entry, applied: quota(0.8, { guaranteeCores: 0.3 }) }), 0.3);
    assert.equal(promisedNow(null, { ...entry, applied: quota(0.5), promisedCores: 0.8 }), 0.8);
    assert.equal(promisedNow(0.5, { ...entry, applied: quota(0.5), promisedCores: 0.8 }), 0.5);
    assert.equal(promisedNow(null, { ...entry, applied: null }), null);
  });
});

describe('bounds of the host', () => {
  const bounds = { ...DEFAULT_BOUNDS, maxCpuCores: 0.5 };
  it('cap a weight by a quota and keep its guarantee below', () => {
    assert.deepEqual(boundLimit(byWeight(0.2), bounds), quota(0.5, { guaranteeCores: 0.2 }));
    assert.deepEqual(boundLimit(byWeight(0.8), bounds), quota(0.5, { guaranteeCores: 0.5 }));
    const heavy = { ...free, weightCores: 0.7 };
    assert.deepEqual(
      boundLimit(heavy, bounds),
      quota(0.5, { guaranteeCores: 0, weightCores: 0.7 }),
    );
    assert.deepEqual(
      boundLimit(quota(2, { guaranteeCores: 1 }), bounds),
      quota(0.5, { guaranteeCores: 0.5 }),
    );
  });
  it('leave it alone where containers are not capped', () => {
    assert.deepEqual(boundLimit(byWeight(0.2), DEFAULT_BOUNDS), byWeight(0.2));
  });
});

describe('steps of a guarantee', () => {
  const kinds = (
    applied: CpuLimit | null,
    next: CpuLimit,
    seen: number | null,
    shares: number,
  ): string => {
    const managed = anAdopted(1);
    const want: DesiredAllocation = { ...wantOf(managed), limit: next };
    const entry = { ...managed, original: NO_CPU, applied };
    const plan = planSteps(
      aPlanInput({
        desired: aState([want]),
        managed: [managed],
        observed: new Map([[managed.containerId, kernelOf(seen, shares)]]),
        ledger: { holds: null, entries: applied === null ? [] : [entry] },
      }),
    );
    return plan.steps.map(({ kind }) => kind).join();
  };
  const wantOf = ({ allocation, job, containerId }: ReturnType<typeof anAdopted>) => {
    return { id: allocation, job, containerId, reason: 'policy' };
  };

  it('are judged by what is promised, not by the quota', () => {
    assert.equal(kinds(null, byWeight(0.2), null, 1024), 'cap');
    assert.equal(kinds(quota(0.5), byWeight(0.2), 0.5, 5120), 'lower');
    assert.equal(kinds(byWeight(0.2), quota(0.5), null, 2048), 'raise');
    assert.equal(kinds(byWeight(0.2), byWeight(0.5), null, 2048), 'raise');
    assert.equal(kinds(byWeight(0.5), byWeight(0.2), null, 5120), 'lower');
    assert.equal(kinds(quota(0.5), quota(0.8, { guaranteeCores: 0.3 }), 0.5, 5120), 'lower');
    assert.equal(kinds(byWeight(0.5), free, null, 5120), 'lift');
  });

  it('are none where all is in force', () => {
    assert.equal(kinds(byWeight(0.2), byWeight(0.2), null, 2048), '');
    assert.equal(kinds(null, free, null, 1024), '');
  });

  it('note another guarantee of the same weight', () => {
    const heavy = { weightCores: 1 };
    assert.equal(kinds(byWeight(0.2, heavy), byWeight(0.4, heavy), null, 10_240), 'raise');
    assert.equal(kinds(byWeight(0.4, heavy), byWeight(0.2, heavy), null, 10_240), 'lower');
  });

  it('write a weight again that others changed', () => {
    assert.equal(kinds(byWeight(0.2), byWeight(0.2), null, 512), 'lower');
  });
});

describe('a container of our own', () => {
  const options = { defaultMemoryBytes: 1, pidsLimit: 1, init: true, hostCores: 2 };
  it('is made with its weight', () => {
    const made = (limit: CpuLimit, weightRule: 'proportional' | 'off' = 'proportional') => {
      const { HostConfig } = createRequestOf(
        { spec: aSpec(), limit, labels: {} },
        { ...options, weightRule },
      );
      return [HostConfig.CpuQuota, HostConfig.CpuPeriod, HostConfig.CpuShares];
    };
    assert.deepEqual(made(byWeight(0.2)), [-1, 100_000, 2048]);
    assert.deepEqual(made(byWeight(0.2, { weightCores: 0.5 })), [-1, 100_000, 5120]);
    assert.deepEqual(made(quota(0.5, { guaranteeCores: 0.2 })), [50_000, 100_000, 2048]);
    assert.deepEqual(made(byWeight(0.2), 'off'), [-1, 100_000, 0]);
  });
});
