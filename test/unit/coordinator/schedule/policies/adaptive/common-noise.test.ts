import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import {
  type CommonNoise,
  commonSpread,
  foldCommonNoise,
  NO_COMMON_NOISE,
} from '../../../../../../coordinator/schedule/policies/adaptive/common-noise.js';
import { seededRandom } from '../../../../../../shared/random.js';
import { container, latency } from '../../../build.js';
import { goal, member, near, normal } from './build.js';

const COUNT = 10;
const INTERVAL_MS = 5000;
/** Jobs that should take 1 s under their limits, and take this many times as long. */
const jobs = (ratios: readonly number[], atMs: number, isSettled = true) =>
  ratios.map((ratio, i) => {
    const { window } = latency(1000 * ratio);
    return member(`a${i}-1`, {
      heldCores: 0.1,
      goal: goal(),
      model: { noiseRatio: 0.02 },
      allocation: {
        observedAtMs: atMs,
        report: container(`a${i}-1`, {
          latency: latency(1000 * ratio, {
            window: { ...window, count: COUNT },
            sinceChangeCount: isSettled ? COUNT : COUNT - 1,
          }),
        }),
      },
    });
  });

const fold = (reports: readonly (readonly number[])[], isSettled = true): CommonNoise =>
  reports.reduce<CommonNoise>(
    (before, ratios, i) =>
      foldCommonNoise(before, jobs(ratios, 1000 * (i + 1), isSettled), INTERVAL_MS),
    NO_COMMON_NOISE,
  );

describe('adaptive noise in common', () => {
  const random = seededRandom(3);
  const reports = (common: number, own: number) =>
    Array.from({ length: 200 }, () => {
      const all = common * normal(random);
      return Array.from({ length: 10 }, () => Math.exp(all + own * normal(random)));
    });

  it('is what all jobs are off together', () => {
    near(commonSpread(fold(reports(0.05, 0.01))), 0.05, 0.25);
  });

  it('is nothing where each has its own', () => {
    assert.ok(commonSpread(fold(reports(0, 0.03))) < 0.012);
  });

  it('is no lasting slowness, which the model of each job learns', () => {
    assert.ok(commonSpread(fold(Array.from({ length: 50 }, () => [1.1, 1.1, 1.1]))) < 1e-6);
  });

  it('is not told from one or two jobs, nor from windows that straddle a change', () => {
    const wild = [
      [1.3, 1.3, 1.3],
      [0.8, 0.8, 0.8],
      [1.3, 1.3, 1.3],
    ];
    assert.ok(commonSpread(fold(wild)) > 0.1);
    assert.equal(commonSpread(fold(wild.map((ratios) => ratios.slice(0, 2)))), 0);
    assert.equal(commonSpread(fold(wild, false)), 0);
  });

  it('counts a report once', () => {
    const once = fold([[1.1, 1.1, 1.1]]);
    assert.equal(foldCommonNoise(once, jobs([2, 2, 2], 1000), INTERVAL_MS), once);
  });
});
