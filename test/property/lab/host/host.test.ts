import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { LatencyWindow } from '../../../../agent/observe/windows/window.js';
import { waterLevel } from '../../../../lab/host/share.js';
import { SampleWindow } from '../../../../lab/host/window.js';
import type { JobModel } from '../../../../lab/types.js';
import { hostWith, limit } from '../../../unit/lab/sim/build.js';

const arrivals = fc.oneof(
  fc.constant({ kind: 'closed' } as const),
  fc
    .double({ min: 0.5, max: 20, noNaN: true })
    .map((ratePerSecond) => ({ kind: 'open', ratePerSecond }) as const),
);
const models: fc.Arbitrary<JobModel> = fc.record({
  workSeconds: fc.double({ min: 0.005, max: 2, noNaN: true }),
  overheadSeconds: fc.double({ min: 0, max: 0.1, noNaN: true }),
  parallelism: fc.constantFrom(1, 1, 2, 4),
  noiseRatio: fc.double({ min: 0, max: 0.5, noNaN: true }),
  arrivals,
});
const limits = fc.record({
  cores: fc.option(fc.double({ min: 0.01, max: 4, noNaN: true })),
  periodUs: fc.constantFrom(100_000, 10_000, 43_210),
});
const containers = fc.array(fc.record({ model: models, limit: limits }), {
  minLength: 1,
  maxLength: 6,
});

const loaded = (
  workSeconds: number,
  ratePerSecond: number | null,
  { parallelism = 4, cores = null as number | null, periodUs = 10_000 } = {},
) => ({
  model: {
    ...{ workSeconds, parallelism, overheadSeconds: 0, noiseRatio: 0 },
    arrivals: ratePerSecond === null ? CLOSED : ({ kind: 'open', ratePerSecond } as const),
  },
  limit: { cores, periodUs },
});
const CLOSED = { kind: 'closed' } as const;

/** Here the quota of one is used up, but for rounding, at the moment of an event of another. */
const USED_UP_AT_AN_EVENT = [
  loaded(0.039, 2, { parallelism: 1 }),
  loaded(0.2, 3, { cores: 0.33 }),
  loaded(0.292, null, { cores: 0.08, periodUs: 100_000 }),
];

describe('the simulated host', () => {
  it('conserves CPU: containers stay within limit and parallelism, all within the host', () => {
    fc.assert(
      fc.property(
        containers,
        fc.double({ min: 0.3, max: 4, noNaN: true }),
        fc.nat(1000),
        (wanted, cores, seed) => {
          const given = wanted.map((each) => ({
            model: each.model,
            limit: limit(each.limit.cores, each.limit.periodUs),
          }));
          const { host, running } = hostWith(cores, given, seed);
          const spanMs = 5000;
          let before = running.map(() => 0);
          for (let toMs = spanMs; toMs <= 4 * spanMs; toMs += spanMs) {
            host.advance(toMs);
            const used = running.map(({ container }, i) => container.usageMs - (before[i] ?? 0));
            before = running.map(({ container }) => container.usageMs);
            assert.ok(used.reduce((total, each) => total + each, 0) <= cores * spanMs * (1 + 1e-9));
            for (const [i, each] of used.entries()) {
              const { limit: held, model } = given[i] ?? assert.fail();
              const quotaMs = ((held.cpuCores ?? Number.POSITIVE_INFINITY) * held.periodUs) / 1000;
              // What was left of a quota before, and one at each end of a period.
              const periods = Math.ceil(spanMs / (held.periodUs / 1000)) + 1;
              assert.ok(
                each <= Math.min(quotaMs * periods, model.parallelism * spanMs) * (1 + 1e-9) + 1e-6,
              );
            }
            assert.ok(host.idleMs >= -1e-6);
          }
        },
      ),
      { numRuns: 60, examples: [[USED_UP_AT_AN_EVENT, 0.57, 68]] },
    );
  });

  it('answers in order, never faster than alone, and only work that was done', () => {
    fc.assert(
      fc.property(containers, fc.nat(1000), (wanted, seed) => {
        const given = wanted.map((each) => ({
          model: { ...each.model, noiseRatio: 0 },
          limit: limit(each.limit.cores, each.limit.periodUs),
        }));
        const { host, running } = hostWith(1.5, given, seed);
        host.advance(20_000);
        for (const [i, { samples, container }] of running.entries()) {
          const { model } = given[i] ?? assert.fail();
          const leastMs = 1000 * (model.overheadSeconds + model.workSeconds / model.parallelism);
          assert.ok(samples.every(({ latencyMs }) => latencyMs >= leastMs - 1e-5));
          const doneMs = samples.length * 1000 * model.workSeconds;
          assert.ok(
            container.usageMs >= doneMs - 1e-3 &&
              container.usageMs <= doneMs + 1000 * model.workSeconds + 1e-3,
          );
        }
      }),
      { numRuns: 60 },
    );
  });

  it('is where it is, however often one looks', () => {
    fc.assert(
      fc.property(
        containers,
        fc.array(fc.integer({ min: 1, max: 9999 }), { maxLength: 5 }),
        (wanted, stops) => {
          const given = wanted.map((each) => ({
            model: each.model,
            limit: limit(each.limit.cores, each.limit.periodUs),
          }));
          const [once, often] = [hostWith(2, given), hostWith(2, given)];
          once.host.advance(10_000);
          for (const toMs of [...stops].sort((a, b) => a - b)) often.host.advance(toMs);
          often.host.advance(10_000);
          for (const [i, { container, samples }] of once.running.entries()) {
            const other = often.running[i] ?? assert.fail();
            assert.equal(samples.length, other.samples.length);
            assert.ok(Math.abs(container.usageMs - other.container.usageMs) < 1e-3);
          }
        },
      ),
      { numRuns: 40 },
    );
  });

  it('shares a short capacity fully and by weight, nobody above its want', () => {
    const claims = fc.array(
      fc.record({
        want: fc.double({ min: 0, max: 8, noNaN: true }),
        weight: fc.double({ min: 1, max: 4096, noNaN: true }),
      }),
      { minLength: 1, maxLength: 20 },
    );
    fc.assert(
      fc.property(claims, fc.double({ min: 0.01, max: 16, noNaN: true }), (given, capacity) => {
        const wants = Float64Array.from(given.map(({ want }) => want));
        const level = waterLevel(
          wants,
          Float64Array.from(given.map(({ weight }) => weight)),
          capacity,
        );
        const shares = given.map(({ want, weight }) =>
          want === 0 ? 0 : Math.min(want, level * weight),
        );
        const total = shares.reduce((sum, share) => sum + share, 0);
        const wanted = wants.reduce((sum, want) => sum + want, 0);
        assert.ok(Math.abs(total - Math.min(wanted, capacity)) <= 1e-9 * (1 + wanted));
      }),
    );
  });
});

describe('SampleWindow', () => {
  it("says what the agent's window says", () => {
    const steps = fc.array(
      fc.record({
        gapMs: fc.integer({ min: 0, max: 3000 }),
        latencyMs: fc.integer({ min: 1, max: 5000 }),
        look: fc.boolean(),
        changed: fc.option(fc.integer({ min: 0, max: 30_000 })),
      }),
      { maxLength: 700 },
    );
    fc.assert(
      fc.property(steps, fc.constantFrom(1000, 5000, 600_000), (given, windowMs) => {
        const [ours, agents] = [new SampleWindow(windowMs), new LatencyWindow({ windowMs })];
        let nowMs = 0;
        const same = (atMs: number, changed: number | null): void => {
          const report = agents.report(atMs, changed);
          const satisfiedRatio = agents.within(2500, atMs) ?? 0;
          assert.deepEqual(
            ours.report(atMs, changed, 2500),
            report === null ? null : { ...report, satisfiedRatio },
          );
        };
        for (const { gapMs, latencyMs, look, changed } of given) {
          nowMs += gapMs;
          ours.add({ latencyMs, endedAtMs: nowMs });
          agents.add(latencyMs, nowMs);
          if (look) same(nowMs + 7, changed);
        }
        same(nowMs, null);
      }),
      { numRuns: 60 },
    );
  });
});
