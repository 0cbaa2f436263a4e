import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { boundLimit, DEFAULT_BOUNDS } from '../../../../agent/enforce/policy-bounds.js';
import type { CpuLimit } from '../../../../shared/command.js';
import { limitOf } from './build.js';

describe('boundLimit', () => {
  it('holds a limit within the host’s own bounds', () => {
    const bounds = { ...DEFAULT_BOUNDS, minCpuCores: 0.2, maxCpuCores: 1 };
    assert.deepEqual(boundLimit(limitOf(8), bounds), limitOf(1));
    assert.deepEqual(boundLimit(limitOf(0.01), bounds), limitOf(0.2));
    assert.deepEqual(boundLimit(limitOf(null), DEFAULT_BOUNDS), limitOf(null));
  });

  it('caps what has no limit without promising the cap', () => {
    const bounds = { ...DEFAULT_BOUNDS, maxCpuCores: 1 };
    const capped = { ...limitOf(1), guaranteeCores: 0 };
    assert.deepEqual(boundLimit(limitOf(null), bounds), capped);
    assert.deepEqual(boundLimit(limitOf(null), bounds, 1.5), capped);
    assert.deepEqual(boundLimit(limitOf(null), bounds, 0.7), limitOf(null));
  });

  it('guarantees no container more than the host allows, and leaves its quota', () => {
    const bounds = { ...DEFAULT_BOUNDS, maxGuaranteedCores: 0.5 };
    const free: CpuLimit = { cpuCores: null, periodUs: 100_000 };
    assert.deepEqual(boundLimit(limitOf(2), bounds), { ...limitOf(2), guaranteeCores: 0.5 });
    assert.deepEqual(boundLimit({ ...free, guaranteeCores: 1.5, weightCores: 3 }, bounds), {
      ...free,
      guaranteeCores: 0.5,
      weightCores: 0.5,
    });
    assert.deepEqual(boundLimit(limitOf(0.4), bounds), limitOf(0.4));
    assert.deepEqual(boundLimit(free, bounds), free);
  });
});
