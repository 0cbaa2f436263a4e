import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { limitOf } from '../../../../coordinator/schedule/limits/fit.js';
import { POLICIES } from '../../../../coordinator/schedule/policies/index.js';
import type { Policy, SnapshotNode } from '../../../../coordinator/schedule/types.js';
import type { Disturbance } from '../../../../lab/disturbance.js';
import { Judge } from '../../../../lab/sim/judge.js';
import { runScenario } from '../../../../lab/sim/run-scenario.js';
import { simulate } from '../../../../lab/sim/simulate.js';
import type { RunRecord, Scenario } from '../../../../lab/types.js';
import { assertNear, model, open, scenario, simJob } from './build.js';

const judge = new Judge();

/** Fixed limits by job, and everything the scheduler was shown, by time. */
function fixed(limits: Readonly<Record<string, number>>) {
  const seen: { readonly nowMs: number; readonly node: SnapshotNode }[] = [];
  const policy: Policy = {
    name: 'fixed',
    start: null,
    decide: ({ node, nowMs }, memory) => {
      seen.push({ nowMs, node });
      return {
        limits: node.allocations.map(({ id, job }) => ({
          allocation: id,
          limit: limitOf(limits[job] ?? 0.1),
          reason: 'fixed',
        })),
        memory,
      };
    },
  };
  return { policy, seen };
}

const run = (given: Scenario, policy: Policy): RunRecord =>
  simulate({ scenario: given, policy, judge });
const latencyOf = (record: RunRecord, interval: number, id: string): number | null =>
  record.intervals[interval]?.jobs.find((job) => job.id === id)?.latencyMs ?? null;

describe('simulate', () => {
  it('judges the long-run value under the limits in force', () => {
    const record = run(scenario([simJob('a'), simJob('b')]), fixed({ a: 0.1, b: 0.5 }).policy);
    assert.equal(record.intervals.length, 12);
    assertNear(latencyOf(record, 11, 'a') ?? 0, 1000, 0.01);
    assertNear(latencyOf(record, 11, 'b') ?? 0, 200, 0.01);
    assertNear(record.intervals[11]?.jobs[0]?.usageCores ?? 0, 0.1, 0.02);
  });

  it('reports what an agent would: usage, throttling, a window of samples, counters', () => {
    const { policy, seen } = fixed({ a: 0.1, b: 0.5 });
    run(scenario([simJob('a'), simJob('b')]), policy);
    const last = seen.at(-1)?.node.allocations[0]?.report;
    assert.ok(last?.cpu != null && last.latency !== null);
    assertNear(last.cpu.usageCores, 0.1, 0.02);
    assert.ok(last.cpu.throttledRatio > 0.95);
    assert.equal(last.state, 'running');
    assertNear(last.latency.window.meanMs, 1000, 0.1);
    assert.equal(last.latency.window.count, 5);
    assert.ok(last.latency.newestAgeMs <= 1000);
    assertNear(last.latency.totalMs / last.latency.totalCount, 1000, 0.05);
    assertNear(last.cpu.usageTotalSeconds, last.latency.totalCount * 0.1, 0.1);
  });

  it('reports five times an interval; containers start first', () => {
    const { policy, seen } = fixed({});
    run(scenario([simJob('a')], { durationMs: 10_000 }), policy);
    assert.deepEqual(
      seen.map(({ nowMs }) => nowMs),
      Array.from({ length: 10 }, (_, i) => 1000 * i),
    );
    assert.equal(seen[1]?.node.allocations[0]?.latencyMs, null);
    assert.ok(['pending', 'running'].includes(seen[1]?.node.allocations[0]?.state ?? ''));
  });

  it('counts samples begun since the last change of the limit', () => {
    const { seen } = fixed({});
    const changing: Policy = {
      name: 'changing',
      start: null,
      decide: ({ node, nowMs }, memory) => {
        seen.push({ nowMs, node });
        const cores = nowMs < 20_000 ? 0.5 : 0.25;
        return {
          limits: node.allocations.map(({ id }) => ({
            allocation: id,
            limit: limitOf(cores),
            reason: '',
          })),
          memory,
        };
      },
    };
    run(scenario([simJob('a')], { durationMs: 40_000 }), changing);
    const since = (atMs: number) =>
      seen.find(({ nowMs }) => nowMs === atMs)?.node.allocations[0]?.report?.latency;
    assert.equal(since(20_000)?.sinceChangeCount, since(20_000)?.window.count);
    assert.ok((since(21_000)?.sinceChangeCount ?? 99) <= 3);
    assert.ok((since(21_000)?.window.count ?? 0) > 10);
  });

  it('gives every policy the same work: what one does to the other jobs does not change it', () => {
    const noisy = scenario([
      simJob('a', { model: model({ noiseRatio: 0.3, arrivals: open(2) }) }),
      simJob('b'),
    ]);
    const arrivals = (limits: Readonly<Record<string, number>>): number => {
      const { policy, seen } = fixed(limits);
      run(noisy, policy);
      return seen.at(-1)?.node.allocations[0]?.report?.latency?.totalCount ?? 0;
    };
    assert.equal(arrivals({ a: 1, b: 0.1 }), arrivals({ a: 1, b: 0.9 }));
  });

  it('is the same byte for byte with the same seed, and another with another', () => {
    const given = scenario([
      simJob('a', { model: model({ noiseRatio: 0.1 }) }),
      simJob('b', { targetMs: 300 }),
    ]);
    const text = (seed: number): string =>
      JSON.stringify(
        [...runScenario({ ...given, seed }, [POLICIES.dqoes], new Judge())].map(
          ({ record }) => record,
        ),
      );
    assert.equal(text(1), text(1));
    assert.notEqual(text(1), text(2));
  });

  it('counts limit updates without first ones', () => {
    const record = run(scenario([simJob('a'), simJob('b', { atMs: 20_000 })]), POLICIES.equal);
    assert.deepEqual(
      record.intervals.map(({ limitUpdates }) => limitUpdates),
      [0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0],
    );
  });

  it('counts a job that goes to another node once, when the new place has taken over', () => {
    // Nobody knows them when they come: a and c land on one node, of which they want more than
    // there is.
    const nodes = [
      { id: 'h1', cpuCores: 1 },
      { id: 'h2', cpuCores: 1 },
    ];
    const jobs = [
      simJob('a', { targetMs: 170 }),
      simJob('b', { targetMs: 700 }),
      simJob('c', { targetMs: 170 }),
      simJob('d', { targetMs: 700 }),
    ];
    const record = run(scenario(jobs, { nodes, durationMs: 120_000 }), POLICIES.adaptive);
    const nodesOf = (id: string) =>
      record.intervals.map((each) => each.jobs.find((job) => job.id === id)?.node);
    const changes = jobs.flatMap(({ id }) =>
      nodesOf(id).filter((node, k, all) => k > 0 && node !== all[k - 1]),
    );
    assert.ok(changes.length > 0, 'nothing moved');
    assert.equal(
      record.intervals.reduce((sum, { moves }) => sum + moves, 0),
      changes.length,
    );
  });

  it('has a job from its arrival to its departure', () => {
    const record = run(
      scenario([simJob('a'), simJob('b', { atMs: 20_000, untilMs: 40_000 })]),
      POLICIES.equal,
    );
    assert.deepEqual(
      record.intervals.map(({ jobs }) => jobs.length),
      [1, 1, 1, 1, 2, 2, 2, 2, 1, 1, 1, 1],
    );
    assert.deepEqual(record.intervals[4]?.changes, ['b arrives']);
    assert.deepEqual(record.intervals[8]?.changes, ['b leaves']);
  });

  it('says that a job no node takes is not running', () => {
    const jobs = Array.from({ length: 3 }, (_, i) => simJob(`j${i}`));
    const record = run(scenario(jobs, { nodes: [{ id: 'h1', cpuCores: 0.02 }] }), POLICIES.equal);
    assert.deepEqual(
      record.intervals.at(-1)?.jobs.map(({ node, latencyMs }) => [node, latencyMs === null]),
      [
        ['h1', false],
        ['h1', false],
        [null, true],
      ],
    );
  });
});

describe('disturbances', () => {
  const with_ = (...disturbances: readonly Disturbance[]): Scenario =>
    scenario([simJob('a', { model: model({ arrivals: open(2) }) }), simJob('b')], { disturbances });
  const limits = { a: 0.5, b: 0.5 };

  it('work, target and their words', () => {
    const record = run(
      with_(
        { kind: 'workFactor', atMs: 20_000, forMs: 20_000, job: 'b', factor: 3 },
        { kind: 'target', atMs: 30_000, job: 'b', targetMs: 700 },
      ),
      fixed(limits).policy,
    );
    assertNear(latencyOf(record, 3, 'b') ?? 0, 200, 0.01);
    assertNear(latencyOf(record, 4, 'b') ?? 0, 600, 0.01);
    assertNear(latencyOf(record, 8, 'b') ?? 0, 200, 0.01);
    assert.deepEqual(
      record.intervals.map(({ changes }) => changes).filter((changes) => changes.length > 0),
      [['a arrives', 'b arrives'], ['b work ×3'], ['b target 700ms'], ['b work ×3: ends']],
    );
    assert.deepEqual(
      [5, 6].map((k) => record.intervals[k]?.jobs[1]?.target.latencyMs),
      [1000, 700],
    );
  });

  it('stolen CPU makes the node contended: shares by weight of what is left', () => {
    const { policy, seen } = fixed({ a: 1, b: 1 });
    const jobs = [simJob('a'), simJob('b')];
    const record = run(
      scenario(jobs, {
        disturbances: [{ kind: 'stolenCpu', atMs: 20_000, forMs: null, node: 'h1', cores: 1 }],
      }),
      policy,
    );
    assertNear(latencyOf(record, 3, 'a') ?? 0, 100, 0.01);
    assertNear(latencyOf(record, 11, 'a') ?? 0, 200, 0.01);
    const last = seen.at(-1)?.node;
    assert.ok((last?.allocations[0]?.report?.cpu?.pressureRatio ?? 0) > 0.9);
    assertNear(last?.idleCpuCores ?? 1, 0, 1e-6);
    assert.equal(last?.allocatableCpuCores, 2);
  });

  it('a silent node keeps its old report, and takes no part after three intervals', () => {
    const { policy, seen } = fixed(limits);
    run(with_({ kind: 'silence', atMs: 20_000, forMs: 20_000, node: 'h1', job: null }), policy);
    const times = seen.map(({ nowMs }) => nowMs);
    assert.ok(times.includes(25_000) && !times.includes(26_000) && times.includes(40_000));
    const [before, during] = [19_000, 24_000].map(
      (atMs) => seen.find(({ nowMs }) => nowMs === atMs)?.node.allocations[1],
    );
    assert.deepEqual(during, before);
  });

  it('a silent job keeps its old report while the others go on', () => {
    const { policy, seen } = fixed(limits);
    run(with_({ kind: 'silence', atMs: 20_000, forMs: null, node: null, job: 'b' }), policy);
    const [a, b] = seen.at(-1)?.node.allocations ?? [];
    assert.deepEqual([a?.observedAtMs, b?.observedAtMs], [59_000, 19_000]);
  });
});
