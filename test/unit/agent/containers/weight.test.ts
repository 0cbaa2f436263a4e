import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { restoredShares, sharesOf, weightHolds } from '../../../../agent/containers/weight.js';
import { NO_CPU } from '../enforce/build.js';

const shares = (value: number) => ({ ...NO_CPU, shares: value });

describe('cpu weight', () => {
  it('is 1024 a core, within what the engine takes', () => {
    assert.deepEqual(
      [1, 0.5, 0.1, 0.05, 0.0001, 400].map(sharesOf),
      [10_240, 5120, 1024, 512, 2, 262_144],
    );
  });

  it('knows the kernel’s word for it, on cgroup v2 by either conversion', () => {
    assert.equal(weightHolds(512, { version: 1, value: 512 }), true);
    assert.equal(weightHolds(512, { version: 1, value: 511 }), false);
    for (const value of [20, 59]) assert.equal(weightHolds(512, { version: 2, value }), true);
    for (const value of [39, 100]) assert.equal(weightHolds(1024, { version: 2, value }), true);
    assert.equal(weightHolds(512, { version: 2, value: 100 }), false);
    assert.equal(weightHolds(262_144, { version: 2, value: 10_000 }), true);
    assert.equal(weightHolds(2, { version: 2, value: 1 }), true);
  });

  it('goes back to what it was, and to the kernel’s default where there was none', () => {
    const v2 = (value: number) => ({ version: 2, value }) as const;
    assert.equal(restoredShares(shares(700), shares(512), null), 700);
    assert.equal(restoredShares(shares(700), shares(700), null), 0, 'as it is');
    assert.equal(restoredShares(shares(0), shares(0), null), 0, 'never touched');
    assert.equal(restoredShares(shares(0), shares(512), { version: 1, value: 512 }), 1024);
    assert.equal(
      restoredShares(shares(0), shares(1024), { version: 1, value: 1024 }),
      0,
      'put back before',
    );
    assert.equal(restoredShares(shares(0), shares(512), v2(59)), 1024);
    assert.equal(
      restoredShares(shares(0), shares(512), v2(20)),
      2598,
      'an engine that converts linearly',
    );
    assert.equal(weightHolds(2598, v2(100)), true);
    assert.equal(restoredShares(shares(0), shares(2598), v2(100)), 0, 'put back before');
  });
});
