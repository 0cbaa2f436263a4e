import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { FailStatic } from '../../../../agent/enforce/fail-static.js';
import { anAdopted, aState, wantAdopted } from './build.js';

const OPTIONS = { holdMs: 100, driftAfterMs: 1000, driftStepMs: 100, random: () => 0.5 };
const [a, b] = [anAdopted(1), anAdopted(2)];
const desired = aState([wantAdopted(a, 0.6), wantAdopted(b, 0.3)]);
const limitsOf = (alone: FailStatic) =>
  alone.withoutReleased(desired).allocations.map(({ limit }) => limit.cpuCores);

describe('an agent alone', () => {
  it('holds after a while, and says since when', () => {
    const alone = new FailStatic(OPTIONS, 0);
    assert.equal(alone.isHolding(99), false);
    assert.equal(alone.describe(99), '');
    assert.equal(alone.isHolding(100), true);
    assert.match(
      alone.describe(65_000),
      /the coordinator has been silent for 1m5s: limits are kept and none is raised/,
    );
  });

  it('lets go one by one at random times, the most throttled first', () => {
    const alone = new FailStatic(OPTIONS, 0);
    assert.equal(alone.step(desired, 999), false);
    assert.equal(alone.step(desired, 1000), false);
    assert.equal(alone.step(desired, 1050), true);
    assert.deepEqual(limitsOf(alone), [0.6, null]);
    assert.equal(alone.step(desired, 1149), false);
    assert.equal(alone.step(desired, 1150), true);
    assert.deepEqual(limitsOf(alone), [null, null]);
    assert.equal(alone.step(desired, 5000), false);
    assert.match(alone.describe(5000), /2 containers have their own limits again/);
  });

  it('lets go of weights last: they throttle nobody', () => {
    const alone = new FailStatic(OPTIONS, 0);
    const byWeight = { cpuCores: null, periodUs: 100_000, guaranteeCores: 0.1 };
    const mixed = aState([{ ...wantAdopted(a, 0.6), limit: byWeight }, wantAdopted(b, 0.3)]);
    const limits = () =>
      alone
        .withoutReleased(mixed)
        .allocations.map(({ limit }) => limit.guaranteeCores ?? limit.cpuCores);
    alone.step(mixed, 1000);
    assert.ok(alone.step(mixed, 1050));
    assert.deepEqual(limits(), [0.1, null]);
    assert.ok(alone.step(mixed, 1150));
    assert.deepEqual(limits(), [null, null]);
    assert.equal(alone.step(mixed, 5000), false);
  });

  it('follows again with the first word of a coordinator', () => {
    const alone = new FailStatic(OPTIONS, 0);
    alone.step(desired, 1000);
    alone.step(desired, 1050);
    assert.equal(alone.coordinatorHeard(1100), true);
    assert.equal(alone.coordinatorHeard(1100), false);
    assert.deepEqual(limitsOf(alone), [0.6, 0.3]);
    assert.equal(alone.isHolding(1150), false);
  });

  it('never lets go where told not to', () => {
    const alone = new FailStatic({ ...OPTIONS, driftAfterMs: 0 }, 0);
    assert.equal(alone.step(desired, 1e9), false);
    assert.equal(alone.isHolding(1e9), true);
  });
});
