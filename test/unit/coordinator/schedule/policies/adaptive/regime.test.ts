import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import {
  evidenceOf,
  isMeasured,
  limitInForce,
} from '../../../../../../coordinator/schedule/policies/adaptive/learn/evidence.js';
import {
  type Regime,
  regimeOf,
} from '../../../../../../coordinator/schedule/policies/adaptive/learn/regime.js';
import type { ContainerReport, LatencyReport } from '../../../../../../shared/report.js';
import { allocation, container, latency, limit } from '../../../build.js';
import { type Fields, model, near } from './build.js';

describe('adaptive regime', () => {
  const read = (
    usageCores: number,
    throttledRatio: number,
    pressureRatio: number | null,
    limitCores = 1,
  ): Regime => regimeOf({ usageCores, throttledRatio, pressureRatio }, limitCores);

  it('is bound where the quota runs out in nearly every period', () => {
    assert.equal(read(1, 1, 0.9), 'bound');
    assert.equal(read(0.8, 0.95, 0), 'bound');
  });
  it('is never bound by a limit that was lifted meanwhile', () => {
    assert.equal(read(0.9, 1, 0, Number.POSITIVE_INFINITY), 'mixed');
  });
  it('is bound where all of the limit is used', () => {
    assert.equal(read(0.99, 0.5, 0), 'bound');
  });
  it('is free where the limit is not met and nobody waits', () => {
    assert.equal(read(0.5, 0, 0), 'free');
    assert.equal(read(0.5, 0, 0, Number.POSITIVE_INFINITY), 'free');
  });
  it('is starved where the limit is not met although it waits for CPU', () => {
    assert.equal(read(0.5, 0, 0.5), 'starved');
    assert.equal(read(0.5, 0.2, 0.5), 'starved');
  });
  it('takes pressure of a throttled container for its own quota', () => {
    assert.equal(read(0.7, 0.6, 0.6), 'mixed');
  });
  it('never says starved where the kernel does not tell pressure', () => {
    assert.equal(read(0.5, 0, null), 'free');
  });
  it('is mixed between', () => {
    assert.equal(read(0.7, 0.5, 0), 'mixed');
    assert.equal(read(0.5, 0, 0.07), 'mixed');
  });
});

describe('adaptive evidence', () => {
  const before = { seenAtMs: 1000, cpuSeconds: 10, count: 20, totalMs: 4000, limitCores: 0.5 };
  const report = (
    change: Partial<ContainerReport> = {},
    latencies: Partial<LatencyReport> = {},
  ) => {
    const made = container('a-1', {
      observed: limit(0.5),
      cpu: { usageCores: 0.5, usageTotalSeconds: 11, throttledRatio: 1, pressureRatio: 0 },
      latency: latency(200, {
        totalCount: 30,
        totalMs: 6000,
        newestAgeMs: 100,
        sinceChangeCount: 5,
        ...latencies,
      }),
      ...change,
    });
    assert.ok(isMeasured(made));
    return made;
  };
  const of = (base: Partial<Fields>, made: ReturnType<typeof report>, observedAtMs = 3000) =>
    evidenceOf(model(base), allocation('a-1', { observedAtMs, report: made }), made);

  it('is the differences of the counters', () => {
    const evidence = of(before, report());
    assert.ok(evidence !== null);
    const { seconds, usedSeconds, count, waitedSeconds, limitCores, periodUs, regime, doneAtMs } =
      evidence;
    assert.deepEqual(
      [seconds, usedSeconds, count, waitedSeconds, limitCores, periodUs, regime, doneAtMs],
      [2, 1, 10, 2, 0.5, 100_000, 'bound', 2900],
    );
  });

  it('is null without an earlier report, at the same time, and where a counter fell', () => {
    assert.equal(of({}, report()), null);
    assert.equal(of({ ...before, seenAtMs: 3000 }, report()), null);
    assert.equal(of({ ...before, cpuSeconds: 12 }, report()), null);
    assert.equal(of({ ...before, count: 31 }, report()), null);
  });

  it('says what the counter of a busy container was when its newest request ended', () => {
    // 0.1 of 2 s ago: 5 % of the CPU of the interval was used after it.
    near(of(before, report())?.doneCpuSeconds ?? 0, 11 - 0.05, 1e-12);
  });

  it('takes a server with open arrivals to be idle after its last answer', () => {
    const idle = { usageCores: 0.05, usageTotalSeconds: 11, throttledRatio: 0, pressureRatio: 0 };
    near(
      of({ ...before, isOpen: 1 }, report({ cpu: idle }))?.doneCpuSeconds ?? 0,
      11 - 0.05 * 0.1,
      1e-12,
    );
    near(
      of({ ...before, isOpen: 0 }, report({ cpu: idle }))?.doneCpuSeconds ?? 0,
      11 - 0.05,
      1e-12,
    );
  });

  it('is clean only where every request began under the limit that holds', () => {
    const isClean = (base: Partial<Fields>, latencies: Partial<LatencyReport> = {}) =>
      of(base, report({}, latencies))?.isClean;
    assert.equal(isClean(before), true);
    assert.equal(isClean(before, { sinceChangeCount: 4 }), false);
    assert.equal(isClean({ ...before, limitCores: 0.6 }), false);
    assert.equal(isClean({ ...before, count: 30, totalMs: 6000 }), false);
    assert.equal(of(before, report({ latency: null }))?.isClean, undefined);
    // One new answer, and the whole window is older than it, save that one.
    assert.equal(isClean({ ...before, count: 29 }, { sinceChangeCount: 1 }), true);
  });

  it('believes the kernel before what was written', () => {
    assert.equal(limitInForce(container('a-1', { applied: limit(1), observed: limit(0.5) })), 0.5);
    assert.equal(limitInForce(container('a-1', { applied: limit(1) })), 1);
    assert.equal(
      limitInForce(container('a-1', { applied: limit(1), observed: limit(null) })),
      Number.POSITIVE_INFINITY,
    );
    assert.equal(limitInForce(container('a-1')), Number.POSITIVE_INFINITY);
  });

  it('needs CPU counters', () => {
    assert.equal(isMeasured(container('a-1')), false);
    assert.equal(isMeasured(null), false);
  });
});
