import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import {
  attainableInRun,
  requestSpreads,
  workAsShown,
} from '../../../../lab/bench/attainable-run.js';
import type { JobInterval, RunRecord, Scenario } from '../../../../lab/types.js';
import { jobInterval, target } from '../score/build.js';
import { job, profile, scenario, workload } from './build.js';

const open = workload({ kind: 'vad', arrivals: { kind: 'open', ratePerSecond: 4 } });
/** A run in which every interval shows the same jobs. */
const runOf = (jobs: readonly JobInterval[], world: Scenario): RunRecord => ({
  scenario: world.name,
  policy: 'p',
  seed: 1,
  intervalMs: world.intervalMs,
  intervals: Array.from({ length: 6 }, () => ({
    jobs,
    changes: [],
    limitUpdates: 0,
    moves: 0,
  })),
  decisions: [],
});
const inputOf = (
  record: RunRecord,
  world: Scenario,
  others: readonly (number | null)[] = [],
): Parameters<typeof attainableInRun>[0] => ({
  scenario: world,
  record,
  measured: {
    nodeCores: [1.9],
    profiles: new Map([['vad x2, 1 thread, 4/s', profile(0.05, [1, 0.5, 0.3], 'open')]]),
    workSeconds: new Map(),
  },
  machineCores: 2,
  intervalOthersCores: others,
});
const attainable = (
  jobs: readonly JobInterval[],
  world: Scenario,
  others: readonly (number | null)[] = [],
): readonly number[] => attainableInRun(inputOf(runOf(jobs, world), world, others)).atOnce;

describe('lab bench: what was attainable in a run', () => {
  // Closed loops of 600 core-ms: 0.545 cores at the slow edge of a second.
  const seen = ['a', 'b', 'c'].map((id) =>
    jobInterval(id, 2000, { usageCores: 0.3, limitCores: 0.3, requests: 20 }),
  );
  const loops = scenario({ jobs: seen.map(({ id }) => job(id)) });

  it('has the allocatable CPU, or what others left of the machine', () => {
    assert.deepEqual(attainable(seen, loops), [3, 3, 3, 3, 3, 3]);
    assert.deepEqual(attainable(seen, loops, [0.1, 0.3, 0.5, 1, 1.5, null]), [3, 3, 2, 1, 1, 3]);
  });

  it('has at least what the jobs had', () => {
    const more = seen.map((each) => ({ ...each, latencyMs: 1000, usageCores: 0.6 }));
    assert.deepEqual(attainable(more, loops, [1.9, 1.9, 1.9, 1.9, 1.9, 1.9]), Array(6).fill(3));
  });

  it('takes open arrivals from their profile, scaled by what their requests cost', () => {
    const world = scenario({ jobs: [job('q', { workload: open })] });
    // Four requests a second of 0.1 CPU-s where 0.05 were profiled: 200 ms take a whole core.
    const queue = (limitMs: number) =>
      jobInterval('q', 300, {
        target: target(limitMs, { mode: 'ceiling', toleranceRatio: 0.1 }),
        usageCores: 0.4,
        limitCores: 0.6,
        requests: 20,
      });
    assert.deepEqual(attainable([queue(120)], world), Array(6).fill(1));
    assert.deepEqual(attainable([queue(80)], world), Array(6).fill(0));
  });

  it('says nothing of a queue that was never profiled', () => {
    const other = workload({ kind: 'ocr-cls', arrivals: { kind: 'open', ratePerSecond: 4 } });
    const world = scenario({ jobs: [job('q', { workload: other })] });
    const one = jobInterval('q', 300, { usageCores: 0.4, requests: 20 });
    assert.deepEqual(attainable([one], world), Array(6).fill(0));
  });

  it('tells the spread of requests of closed loops', () => {
    const times = [900, 1100, 950, 1050, 1000, 900, 1100, 1000, 950, 1050];
    const [base] = runOf([], loops).intervals;
    const record = {
      ...runOf([], loops),
      intervals: times.map((latencyMs) => ({
        ...(base ?? { changes: [], limitUpdates: 0, moves: 0 }),
        jobs: [jobInterval('a', latencyMs, { requests: 16 })],
      })),
    };
    const spreads = requestSpreads(inputOf(record, loops));
    // The means of 16 vary by 7 %.
    assert.deepEqual([...spreads.keys()], ['a']);
    const spread = spreads.get('a') ?? 0;
    assert.ok(spread > 0.22 && spread < 0.36, String(spread));
  });
});

describe('lab bench: how the work of requests moved in a run', () => {
  const ids = ['a', 'b', 'c', 'd'];
  const costs = [50, 50, 50, 75, 50, 50, 50, 50];
  const world = scenario({ jobs: ids.map((id) => job(id)), durationMs: 40_000 }, [
    { kind: 'workFactor', atMs: 30_000, forMs: null, job: 'b', factor: 2 },
  ]);
  const record: RunRecord = {
    ...runOf([], world),
    intervals: costs.map((cost, k) => ({
      jobs: ids.map((id) => {
        const work = (cost / 1000) * (id === 'b' && k >= 6 ? 2 : 1);
        const latency = { limitCores: 0.3, usageCores: 0.3 };
        return jobInterval(id, (work * 1000) / 0.3, { ...latency, requests: 1.5 / work });
      }),
      changes: [],
      limitUpdates: 0,
      moves: 0,
    })),
  };

  it('has a factor for each closed loop and interval, without those of the scenario', () => {
    const found = workAsShown(inputOf(record, world));
    assert.equal(found.length, ids.length * costs.length);
    for (const each of found) {
      assert.ok(each.kind === 'workFactor' && each.forMs === world.intervalMs);
      const expected = (each.atMs === 3 * world.intervalMs ? 75 : 50) / (425 / 8);
      assert.ok(Math.abs(each.factor - expected) < 0.06, JSON.stringify(each));
    }
  });

  it('says nothing of open arrivals, whose queue hides what a request costs', () => {
    const queue = scenario({ jobs: [job('a', { workload: open }), job('b')] });
    const found = workAsShown(inputOf(record, queue));
    assert.deepEqual(
      [...new Set(found.map((each) => each.kind === 'workFactor' && each.job))],
      ['b'],
    );
  });
});
