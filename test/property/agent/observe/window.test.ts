import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { cpuBetween } from '../../../../agent/observe/container-cpu.js';
import { LatencyWindow } from '../../../../agent/observe/windows/window.js';

const sample = fc.record({
  latencyMs: fc.integer({ min: 0, max: 5000 }),
  gapMs: fc.integer({ min: 0, max: 2000 }),
});

describe('window and deltas (properties)', () => {
  it('agrees with the definition on any history', () => {
    fc.assert(
      fc.property(
        fc.array(sample, { minLength: 1, maxLength: 60 }),
        fc.nat(3000),
        fc.nat(60_000),
        (history, wait, change) => {
          const window = new LatencyWindow({ windowMs: 3000, capacity: 32 });
          let now = 0;
          const all = history.map(({ latencyMs, gapMs }) => {
            now += gapMs;
            window.add(latencyMs, now);
            return { latencyMs, endedAtMs: now };
          });
          now += wait;
          const held = all.slice(-32);
          const recent = held.filter((it) => now - it.endedAtMs <= 3000);
          const expected = recent.length >= 5 ? recent : held.slice(-5);
          const report = window.report(now, change);
          assert.equal(report?.window.count, expected.length);
          assert.equal(report?.window.maxMs, Math.max(...expected.map((it) => it.latencyMs)));
          assert.equal(
            report?.sinceChangeCount,
            expected.filter((it) => it.endedAtMs - it.latencyMs >= change).length,
          );
          assert.equal(report?.totalCount, all.length);
        },
      ),
    );
  });

  it('a delta is a ratio in bounds or no data, never negative', () => {
    const counter = fc.record({
      cpuUsageSeconds: fc.float({ min: 0, max: 1000, noNaN: true }),
      periods: fc.nat(1000),
      throttledPeriods: fc.nat(1000),
      pressureTotalUs: fc.option(fc.nat(10_000_000)),
      memory: fc.constant(null),
      limit: fc.constant({ cpuCores: null, periodUs: 100_000 }),
      weight: fc.constant(null),
      burstUs: fc.constant(null),
    });
    fc.assert(
      fc.property(counter, counter, fc.nat(5000), (before, after, elapsed) => {
        const reading = cpuBetween(
          { atMs: 0, counters: before },
          { atMs: elapsed, counters: after },
        );
        if (!reading.ok) return;
        const { usageCores, throttledRatio, pressureRatio } = reading.value;
        assert.ok(usageCores >= 0 && Number.isFinite(usageCores));
        assert.ok(throttledRatio >= 0 && throttledRatio <= 1);
        assert.ok(pressureRatio === null || (pressureRatio >= 0 && pressureRatio <= 1));
      }),
    );
  });
});
