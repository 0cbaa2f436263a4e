import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import {
  type FallBackState,
  NO_FALL_BACK,
} from '../../../../../../coordinator/schedule/policies/adaptive/fall-back.js';
import { Bands } from './bands.js';

describe('a fall-back for some', () => {
  /** After reports without the last of four, whose quota was suspended a moment ago. */
  const without = (ids: readonly string[] | null): FallBackState => {
    const only = ids?.map((id) => ({ id, latencyMs: 1000, cores: 1 })) ?? null;
    const bands = new Bands(4).settle();
    const sinceMs = 60_000;
    const fallBack = { ...NO_FALL_BACK, level: 1, only, sinceMs, violationBefore: 1 } as const;
    bands.memory = { ...bands.memory, fallBack };
    for (let i = 0; i < 3; i += 1) bands.step((at) => at !== 3);
    return bands.memory.fallBack;
  };

  it('ends with them, and was neither a cure nor none', () => {
    const { level, only, holdMs, reserveRatio, trustedUntilMs } = without(['j3-1']);
    assert.deepEqual([level, only], [0, null]);
    assert.deepEqual([holdMs, reserveRatio, trustedUntilMs], [60_000, 0, 0]);
  });

  it('goes on while one of them is there, and so does one for all', () => {
    assert.equal(without(['j2-1', 'j3-1']).level, 1);
    assert.equal(without(null).level, 1);
  });
});
