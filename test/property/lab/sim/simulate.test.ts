import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import type { Disturbance } from '../../../../lab/disturbance.js';
import { foreignLoadOf } from '../../../../lab/foreign/levels.js';
import { LAB_POLICIES } from '../../../../lab/policies/index.js';
import { Judge } from '../../../../lab/sim/judge.js';
import { runScenario } from '../../../../lab/sim/run-scenario.js';
import type { Scenario, ScenarioJob } from '../../../../lab/types.js';
import { STATISTICS, TARGET_MODES } from '../../../../shared/qoe.js';
import { scenario, simJob } from '../../../unit/lab/sim/build.js';

const DURATION_MS = 30_000;
const time = fc.integer({ min: 0, max: DURATION_MS - 1 });
const arrivals = fc.oneof(
  fc.constant({ kind: 'closed' } as const),
  fc
    .double({ min: 0.5, max: 10, noNaN: true })
    .map((ratePerSecond) => ({ kind: 'open', ratePerSecond }) as const),
);
const jobs: fc.Arbitrary<Omit<ScenarioJob, 'id' | 'workload'>> = fc.record({
  atMs: fc.oneof(fc.constant(0), time),
  untilMs: fc.option(fc.integer({ min: DURATION_MS, max: 2 * DURATION_MS })),
  targetMs: fc.integer({ min: 20, max: 20_000 }),
  demandRatio: fc.constant(null),
  statistic: fc.constantFrom(...STATISTICS),
  toleranceRatio: fc.constantFrom(0.05, 0.1, 0.3),
  mode: fc.constantFrom(...TARGET_MODES),
  weight: fc.constantFrom(1, 2, 0.5),
  model: fc.record({
    workSeconds: fc.double({ min: 0.005, max: 3, noNaN: true }),
    overheadSeconds: fc.constantFrom(0, 0.02),
    parallelism: fc.constantFrom(1, 2, 4),
    noiseRatio: fc.constantFrom(0, 0.08, 0.5),
    arrivals,
  }),
});
const spans = { atMs: time, forMs: fc.option(fc.integer({ min: 1, max: DURATION_MS })) };
const disturbances: fc.Arbitrary<Disturbance> = fc.oneof(
  fc.record({
    kind: fc.constant('stolenCpu' as const),
    ...spans,
    node: fc.constant('h1'),
    cores: fc.constant(0.7),
  }),
  fc.record({
    kind: fc.constant('workFactor' as const),
    ...spans,
    job: fc.constant('j0'),
    factor: fc.constant(2),
  }),
  fc.record({
    kind: fc.constant('target' as const),
    atMs: time,
    job: fc.constant('j0'),
    targetMs: fc.constant(500),
  }),
  fc.record({
    kind: fc.constant('foreign' as const),
    ...spans,
    node: fc.constantFrom('h1', null),
    load: fc.constant(foreignLoadOf('rough')),
  }),
  fc.record({
    kind: fc.constant('silence' as const),
    ...spans,
    node: fc.constant('h2'),
    job: fc.constant(null),
  }),
);
const scenarios: fc.Arbitrary<Scenario> = fc
  .record({
    jobs: fc.array(jobs, { minLength: 1, maxLength: 6 }),
    disturbances: fc.array(disturbances, { maxLength: 3 }),
    seed: fc.nat(100),
  })
  .map(({ jobs: given, ...rest }) =>
    scenario(
      given.map((job, i) => simJob(`j${i}`, job)),
      {
        ...rest,
        durationMs: DURATION_MS,
        nodes: [
          { id: 'h1', cpuCores: 2 },
          { id: 'h2', cpuCores: 1 },
        ],
      },
    ),
  );

describe('any scenario under any policy', () => {
  it('ends with a record whose limits fit their nodes and a score within its bounds', () => {
    const policies = Object.values(LAB_POLICIES);
    const judge = new Judge();
    fc.assert(
      fc.property(scenarios, fc.constantFrom(...policies), (given, policy) => {
        const [run] = runScenario(given, [policy], judge);
        assert.ok(run !== undefined);
        assert.equal(run.record.intervals.length, 6);
        for (const { jobs: seen } of run.record.intervals) {
          assert.deepEqual(seen.map(({ id }) => id).sort(), [...new Set(seen.map(({ id }) => id))]);
          for (const { id, cpuCores } of given.nodes) {
            const limits = seen
              .filter(({ node }) => node === id)
              .map(({ limitCores }) => limitCores ?? 0);
            assert.ok(
              limits.reduce((total, cores) => total + cores, 0) <= cpuCores + 1e-6,
              policy.name,
            );
          }
          assert.ok(seen.every(({ latencyMs }) => latencyMs === null || latencyMs > 0));
          assert.ok(seen.every(({ usageCores }) => usageCores >= 0 && usageCores <= 2 + 1e-9));
        }
        const { atTarget, notSlower, oraclePerInterval, n } = run.score;
        assert.ok(
          atTarget.every((count, k) => count <= (notSlower[k] ?? 0) && (notSlower[k] ?? 0) <= n),
        );
        assert.ok(oraclePerInterval.every((most) => most >= 0 && most <= n));
      }),
      { numRuns: 60 },
    );
  }).timeout(30_000);
});
