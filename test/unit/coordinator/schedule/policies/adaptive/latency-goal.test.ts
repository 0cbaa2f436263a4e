import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import {
  periodWhen,
  withPeriod,
} from '../../../../../../coordinator/schedule/policies/adaptive/divide/period.js';
import {
  coresAt,
  type LatencyGoal,
  latencyGoalOf,
  secondsAt,
  slowCoresOf,
} from '../../../../../../coordinator/schedule/policies/adaptive/latency-goal.js';
import type { Target } from '../../../../../../shared/qoe.js';
import { limit, target } from '../../../build.js';
import { type Fields, goal, member, model, near } from './build.js';

/** A closed loop of 0.1 CPU-s a request, well known. */
const CLOSED: Partial<Fields> = {
  workSeconds: 10,
  workCount: 100,
  noiseRatio: 0.05,
  overheadWeight: 60,
};
const OPEN: Partial<Fields> = { ...CLOSED, isOpen: 1, arrivedCount: 300, arrivedSeconds: 60 };
const of = (fields: Partial<Fields>, its: Target = target(500), held = limit(0.2)): LatencyGoal => {
  const made = latencyGoalOf(model(fields), its, held);
  assert.ok(made !== null);
  return made;
};

describe('adaptive goal', () => {
  it('is nothing without a target, or before anything is known', () => {
    assert.equal(latencyGoalOf(model(CLOSED), null, null), null);
    assert.equal(latencyGoalOf(model(), target(500), null), null);
  });

  it('is the target for a band of a closed loop, and just below for ceilings and queues', () => {
    assert.equal(of(CLOSED).aimSeconds, 0.5);
    assert.ok(of(CLOSED, target(500, { mode: 'ceiling' })).aimSeconds < 0.5);
    assert.ok(of(OPEN).aimSeconds < 0.5);
    assert.ok(of(OPEN, target(500, { mode: 'ceiling' })).aimSeconds < of(OPEN).aimSeconds);
  });

  it('is half a half-width of the band under the target for a percentile of a queue', () => {
    const p95 = target(500, { statistic: 'p95', toleranceRatio: 0.2 });
    near(of(OPEN, p95).aimSeconds, 0.45, 1e-9);
    assert.equal(of(CLOSED, p95).aimSeconds, 0.5);
  });

  it('has the edges of the band, and keeps clear of the slow one', () => {
    const { fastSeconds, slowSeconds, edgeSeconds, aimSeconds } = of(CLOSED);
    near(fastSeconds, 0.45, 1e-9);
    near(slowSeconds, 0.55, 1e-9);
    assert.ok(aimSeconds < edgeSeconds && edgeSeconds < slowSeconds);
  });

  it('takes a wider margin the less is known, never more than half the tolerance', () => {
    assert.ok(
      of({ ...CLOSED, workSeconds: 0.5, workCount: 5 }).marginRatio > of(CLOSED).marginRatio,
    );
    assert.equal(
      of({ ...CLOSED, workSeconds: 0.05, workCount: 0.5, noiseRatio: 1 }).marginRatio,
      0.05,
    );
    const wide = target(500, { toleranceRatio: 0.3 });
    assert.equal(
      of({ ...CLOSED, workSeconds: 0.05, workCount: 0.5, noiseRatio: 1 }, wide).marginRatio,
      0.15,
    );
  });

  it('asks for the CPU that its latencies take', () => {
    const its = of(CLOSED);
    near(its.aimCores, 0.2, 1e-6);
    near(its.edgeCores, 0.1 / its.edgeSeconds, 1e-6);
    near(slowCoresOf(its), 0.1 / 0.55, 1e-6);
    assert.ok(slowCoresOf(its) < its.edgeCores && its.edgeCores < its.aimCores);
  });

  it('asks for no CPU in the world where none helps', () => {
    const its = of({ ...CLOSED, overheadSeconds: 60, overheadWeight: 60 });
    assert.deepEqual([its.aimCores, its.edgeCores, slowCoresOf(its)].map(Number.isFinite), [
      false,
      false,
      false,
    ]);
  });

  it('takes the best there is where that lies between the target and the edge', () => {
    // At most 0.19 cores are used: 0.526 s.
    const its = of({ ...CLOSED, freeCores: 0.19, freeWeight: 30 });
    assert.ok(its.aimCores >= 0.19 && its.aimCores < 0.21, `${its.aimCores}`);
    assert.equal(
      slowCoresOf(of({ ...CLOSED, freeCores: 0.17, freeWeight: 30 })),
      Number.POSITIVE_INFINITY,
    );
  });

  it('counts in the quota that an idle server saves under a long period', () => {
    const short = of(OPEN, target(500), { cpuCores: 0.6, periodUs: 10_000 });
    const long = of(OPEN, target(500), limit(0.6));
    assert.ok(long.law.savedSeconds > short.law.savedSeconds);
    assert.ok(long.aimCores < short.aimCores);
    assert.equal(of(CLOSED).law.savedSeconds, 0);
  });

  it('eases from the target to the slow edge of the band, asking for less all the way', () => {
    const its = of(CLOSED);
    assert.equal(secondsAt(its, 0), its.aimSeconds);
    assert.equal(secondsAt(its, 1), its.edgeSeconds);
    assert.equal(secondsAt(its, 2), its.slowSeconds);
    const cores = [0, 0.5, 1, 1.5, 2].map((bandSlack) => coresAt(its, bandSlack));
    for (const [i, each] of cores.entries())
      if (i > 0) assert.ok(each < (cores[i - 1] ?? 0), `${cores}`);
    near(cores[4] ?? 0, slowCoresOf(its), 1e-9);
  });
});

describe('adaptive period', () => {
  const periodMs = (cores: number, targetMs: number, openWorkSeconds: number | null = null) =>
    withPeriod({ cores, targetMs, openWorkSeconds }).periodUs / 1000;

  it('is 100 ms for targets of 2 s and more, else target ÷ 20 within 10 and 100 ms', () => {
    assert.deepEqual(
      [60_000, 2000, 1999, 1000, 400, 200, 50].map((targetMs) => periodMs(1, targetMs)),
      [100, 100, 100, 50, 20, 10, 10],
    );
  });

  it('is long enough for the least quota of 1 ms', () => {
    assert.equal(periodMs(0.05, 200), 20);
    assert.equal(periodMs(0.011, 200), 91);
    for (const cores of [0.0101, 0.013, 0.03, 0.07, 0.1]) {
      const made = withPeriod({ cores, targetMs: 100, openWorkSeconds: 0.01 });
      assert.ok(
        (made.cpuCores ?? 0) * made.periodUs >= 1000 - 1e-6,
        `${cores}: ${JSON.stringify(made)}`,
      );
    }
  });

  it('makes a request with open arrivals need four quotas, in periods not under 5 ms', () => {
    assert.equal(periodMs(1, 10_000, 0.04), 10);
    assert.equal(periodMs(0.5, 10_000, 0.04), 20);
    assert.equal(periodMs(1, 10_000, 0.001), 5);
    assert.equal(periodMs(1, 200, 4), 10);
  });

  it('never lets rounding add CPU', () => {
    for (const cores of [0.1234567, 0.3333333, 1.9999999]) {
      const { cpuCores } = withPeriod({ cores, targetMs: 340, openWorkSeconds: null });
      assert.ok(cpuCores !== null && cpuCores <= cores + 1e-9 && cpuCores > cores - 1e-3);
    }
  });

  describe('where CPU is short', () => {
    const slow = goal({ law: { overheadSeconds: 0.1 } });
    const held = { heldCores: 0.2, goal: slow };

    it('is long for closed loops that ask for a mean and wait for other things than CPU', () => {
      assert.equal(periodWhen('high', member('a-1', held)), 'long');
      assert.equal(periodWhen('medium', member('a-1', held)), 'held');
      assert.equal(periodWhen('low', member('a-1', held)), 'target');
    });

    it('follows the target for percentiles, for queues and while nothing is known', () => {
      const p95 = { target: target(1000, { statistic: 'p95' }) };
      assert.equal(periodWhen('high', member('a-1', { ...held, allocation: p95 })), 'target');
      assert.equal(
        periodWhen('high', member('a-1', { ...held, goal: goal({ law: { ratePerSecond: 2 } }) })),
        'target',
      );
      assert.equal(periodWhen('high', member('a-1', { ...held, goal: null })), 'target');
    });

    it('stays as it is where there is nothing to hide, save for the first limit', () => {
      assert.equal(periodWhen('high', member('a-1', { heldCores: 0.2 })), 'held');
      assert.equal(periodWhen('high', member('a-1')), 'target');
      assert.equal(periodWhen('medium', member('a-1', { goal: slow })), 'target');
    });
  });
});
