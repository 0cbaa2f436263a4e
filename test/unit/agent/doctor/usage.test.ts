import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { type UsageReading, usageOf } from '../../../../agent/doctor/usage.js';
import type { Summary } from '../../../../shared/samples.js';

const window = (meanMs: number, count = 10): Summary => ({
  count,
  meanMs,
  p50Ms: meanMs * 0.9,
  p90Ms: meanMs * 1.2,
  p95Ms: meanMs * 1.3,
  p99Ms: meanMs * 1.5,
  minMs: meanMs / 2,
  maxMs: meanMs * 2,
});
const reading = (
  seconds: number,
  cpuSeconds: number | null,
  count: number,
  its: Summary | null = null,
): UsageReading => ({
  atMs: seconds * 1000,
  cpuSeconds,
  answered: { count, totalMs: count * 100 },
  window: its,
});

describe('what a container was seen to do', () => {
  it('is the CPU of a request, and its usual and best times', () => {
    // 10 requests in 5 s, then 20; 0.1 CPU-s each.
    const usage = usageOf([
      reading(0, 3, 50, window(1)),
      reading(5, 4, 60, window(100)),
      reading(10, 6, 80, window(120)),
      reading(15, 6, 80),
    ]);
    assert.equal(usage.requests, 30);
    assert.ok(Math.abs((usage.cpuSecondsPerRequest ?? 0) - 0.1) < 1e-12);
    assert.equal(usage.meanMs, 100);
    assert.deepEqual([usage.bestMs, usage.worstMeanMs], [90, 120]);
    assert.deepEqual([usage.p95Ms, usage.worstP95Ms], [130, 156]);
    assert.deepEqual([usage.usedCores, usage.peakCores], [0.2, 0.4]);
    assert.equal(usage.seconds, 15);
  });

  it('does not take a tail from a few requests', () => {
    const usage = usageOf([reading(0, 0, 0), reading(5, 1, 2, window(100, 2))]);
    assert.deepEqual([usage.p95Ms, usage.worstP95Ms, usage.worstMeanMs], [null, null, 100]);
  });

  it('is not known where nothing was answered, or nothing can be read', () => {
    const idle = usageOf([reading(0, 1, 5), reading(5, 1.5, 5)]);
    assert.deepEqual([idle.requests, idle.meanMs, idle.cpuSecondsPerRequest], [0, null, null]);
    assert.equal(idle.usedCores, 0.1);
    const blind = usageOf([reading(0, null, 0), reading(5, null, 5, window(100))]);
    assert.deepEqual([blind.usedCores, blind.peakCores], [null, null]);
    assert.deepEqual([blind.cpuSecondsPerRequest, blind.meanMs], [null, 100]);
    const none = usageOf([]);
    assert.deepEqual([none.seconds, none.requests, none.usedCores], [0, 0, null]);
  });

  it('does not count over a restart', () => {
    const usage = usageOf([reading(0, 5, 0), reading(5, 1, 10, window(100))]);
    assert.deepEqual([usage.cpuSecondsPerRequest, usage.usedCores], [null, null]);
  });
});
