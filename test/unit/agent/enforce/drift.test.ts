import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { Drift } from '../../../../agent/enforce/drift.js';
import { anAdopted, kernelOf } from './build.js';

const EXPECTED = {
  ...{ expectedCores: 0.5, expectedPeriodUs: 100_000 },
  ...{ expectedShares: null, expectedBurstUs: null },
};

describe('what others changed', () => {
  const one = anAdopted(1);
  const seen = (cores: number | null) => new Map([[one.containerId, kernelOf(cores)]]);

  it('is known with its values and times until the container is gone', () => {
    const drift = new Drift();
    drift.confirm(one.lifeId, EXPECTED, kernelOf(0.5));
    assert.deepEqual(drift.check([one], seen(0.5), 1000), []);
    assert.equal(drift.drifts.size, 0);
    assert.equal(drift.check([one], seen(1.5), 2000).length, 1);
    const change = { count: 1, setting: 'limit', from: '0.5 cores', to: '1.5 cores' };
    const found = { ...change, foundAtMs: 2000, rewrittenAtMs: null };
    assert.deepEqual(drift.drifts.get(one.allocation), found);
    // It is not back yet, and is counted once however often one looks.
    assert.deepEqual(drift.check([one], seen(1.5), 3000), []);
    assert.deepEqual(drift.drifts.get(one.allocation), found);
    drift.isInForce(one.allocation, 4000);
    drift.isInForce(one.allocation, 5000);
    assert.equal(drift.drifts.get(one.allocation)?.rewrittenAtMs, 4000);
    drift.confirm(one.lifeId, EXPECTED, kernelOf(0.5));
    drift.check([one], seen(null), 6000);
    const again = { count: 2, setting: 'limit', from: '0.5 cores', to: 'no limit' };
    const last = { ...again, foundAtMs: 6000, rewrittenAtMs: null };
    assert.deepEqual(drift.drifts.get(one.allocation), last);
    drift.check([], new Map(), 7000);
    assert.deepEqual([drift.drifts.size, drift.count], [0, 2]);
  });

  it('is kept over a restart of the container, whose counters begin again', () => {
    const drift = new Drift();
    drift.confirm(one.lifeId, EXPECTED, kernelOf(0.5));
    drift.check([one], seen(1), 1000);
    const restarted = { ...one, lifeId: `${one.containerId}@2` };
    drift.check([restarted], seen(1), 2000);
    assert.equal(drift.drifts.get(one.allocation)?.count, 1);
  });

  it('is nothing where nothing of it is known', () => {
    const drift = new Drift();
    drift.isInForce(one.allocation, 1000);
    assert.deepEqual([drift.drifts.size, drift.count], [0, 0]);
  });
});
