import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { PLAN_COLUMNS, type PlanRow } from '../../../cli/output/plan-columns.js';
import { forecast } from '../../../coordinator/planning/forecast.js';
import { POLICIES } from '../../../coordinator/schedule/policies/index.js';
import { NO_MEMORY } from '../../../coordinator/schedule/schedule.js';
import { jobStatuses } from '../../../coordinator/state/job-status.js';
import { nodeStatuses } from '../../../coordinator/state/node-status.js';
import type { JobSpec } from '../../../shared/job.js';
import { allocationId, nodeId, PARAMS } from './build.js';
import { like, ToyCluster } from './schedule/toy-cluster.js';

const plan = (cluster: ToyCluster, ...jobs: readonly JobSpec[]) =>
  forecast({
    state: cluster.state,
    memory: cluster.memory,
    jobs,
    nowMs: cluster.nowMs,
    params: PARAMS,
    policy: POLICIES.adaptive,
  });

describe('cluster: what is known of a workload', () => {
  it('places the next one where it fits best, at once with what its target takes', () => {
    const cluster = new ToyCluster(['h1', 'h2'], () => 0.1);
    cluster.submit(like('face1', 100), like('face2', 200));
    cluster.run(30);
    assert.deepEqual(Object.keys(cluster.placed), ['face1-1', 'face2-1']);
    cluster.submit(like('face3', 125));
    cluster.decide();
    assert.match(cluster.placed['face3-1'] ?? '', /^h1 0\.8/);
  });

  it('plans what a ceiling is guaranteed, as it has no quota', () => {
    const cluster = new ToyCluster(['h1'], () => 0.1);
    cluster.submit(like('other1', 200));
    cluster.run(5);
    const job = like('face1', 200);
    const ceiling = {
      ...job,
      target: { ...job.target, mode: 'ceiling' as const, statistic: 'p95' as const },
    };
    const [planned] = plan(cluster, ceiling).plans[0]?.allocations ?? [];
    assert.equal(planned?.limitCores, null);
    assert.ok((planned.guaranteeCores ?? 0) > 0);
    const row: PlanRow = { job: job.name, change: 'created', target: ceiling.target, planned };
    const cell = PLAN_COLUMNS.find(({ title }) => title === 'LIMIT')?.cell(row);
    assert.match(String(cell), /^≥\d\.\d\d$/);
  });

  it('survives a restart of the coordinator as a first guess', () => {
    const cluster = new ToyCluster(['h1'], () => 0.1);
    cluster.submit(like('face1', 200));
    cluster.run(40);
    cluster.memory = { ...NO_MEMORY, knowledge: cluster.memory.knowledge };
    cluster.submit(like('face2', 250));
    cluster.decide();
    assert.match(cluster.placed['face2-1'] ?? '', /^h1 0\.4/);
  });
});

describe('cluster: moves', () => {
  // No workload is known: jobs are spread by count, so the two heavy ones share a node.
  const squeezed = () => {
    const cluster = new ToyCluster(['h1', 'h2'], (name) =>
      name === 'a' || name === 'c' ? 0.12 : 0.03,
    );
    cluster.submit(...['a', 'b', 'c', 'd'].map((name) => like(name, 100)));
    return cluster;
  };

  it('bring a job to where its target can be met; the old one stops on an answer', () => {
    const cluster = squeezed();
    cluster.run(15);
    assert.deepEqual(
      Object.values(cluster.placed)
        .map((at) => at.slice(0, 2))
        .sort(),
      ['h1', 'h1', 'h2', 'h2'],
    );
    cluster.run(30);
    const moved = Object.keys(cluster.placed).find((id) => id.endsWith('-2'));
    assert.ok(moved === 'a-2' || moved === 'c-2', JSON.stringify(cluster.placed));
    assert.equal(Object.keys(cluster.placed).length, 4);
    assert.deepEqual(
      cluster.events.filter((event) => event.startsWith('job.moved')),
      [`job.moved ${moved}`],
    );
    assert.equal(cluster.state.unreachable.size, 0);
    const status = jobStatuses(cluster.state, cluster.nowMs).find(
      ({ spec }) => `${spec.name}-2` === moved,
    );
    assert.deepEqual([status?.state, status?.allocations.length], ['running', 1]);
  });

  it('show both places while they last, and the job as running', () => {
    const cluster = squeezed();
    let pair = 0;
    for (let second = 0; second < 40; second += 1) {
      cluster.run(1);
      const moving = jobStatuses(cluster.state, cluster.nowMs).find(
        ({ allocations }) => allocations.length === 2,
      );
      if (moving === undefined) continue;
      pair += 1;
      assert.equal(moving.state, 'running');
      assert.equal(moving.allocations[1]?.replaces, moving.allocations[0]?.id);
    }
    assert.ok(pair > 0);
  });

  it('can come back under the old id: a finished move leaves nothing behind', () => {
    const cluster = squeezed();
    cluster.run(60);
    for (const { desired } of cluster.state.nodes.values())
      for (const each of desired?.allocations ?? []) assert.equal(each.replaces, undefined);
  });

  it('are taken back once where they have not helped, not back and forth', () => {
    // Nothing shows beforehand that h2 takes three times as long for the heavy ones.
    const work = (name: string, node: string): number =>
      name === 'a' || name === 'c' ? (node === 'h2' ? 0.36 : 0.12) : 0.03;
    const cluster = new ToyCluster(['h1', 'h2'], work);
    cluster.submit(...['a', 'b', 'c', 'd'].map((name) => like(name, 100)));
    cluster.run(50);
    const moves = () =>
      cluster.events
        .filter((event) => event.startsWith('job.moved'))
        .map((event) => event.slice(10));
    const [first, second] = moves()[0] === 'a-2' ? ['a', 'c'] : ['c', 'a'];
    assert.deepEqual(moves(), [`${first}-2`]);
    cluster.run(60);
    assert.deepEqual(moves(), [`${first}-2`, `${first}-1`]);
    assert.match(cluster.placed[`${first}-1`] ?? '', /^h1/);
    // Then the other is tried, to make room, with the same outcome.
    cluster.run(1600);
    assert.deepEqual(moves(), [`${first}-2`, `${first}-1`, `${second}-2`, `${second}-1`]);
  });

  it('empty a node that is drained, and say so', () => {
    const cluster = new ToyCluster(['h1', 'h2'], () => 0.02);
    cluster.submit(...['a', 'b', 'c', 'd'].map((name) => like(name, 100)));
    cluster.run(10);
    cluster.apply({
      kind: 'node-scheduling',
      atMs: cluster.nowMs,
      node: nodeId('h1'),
      scheduling: 'draining',
    });
    cluster.run(5);
    assert.deepEqual(
      [...new Set(Object.values(cluster.placed).map((at) => at.slice(0, 2)))],
      ['h2'],
    );
    assert.equal(Object.keys(cluster.placed).length, 4);
    assert.ok(cluster.events.includes('node.drained h1'));
    assert.equal(nodeStatuses(cluster.state, 0)[0]?.scheduling, 'draining');
  });
});

describe('cluster: a heavier job', () => {
  it('takes the place of a lighter one that then waits, with events for both', () => {
    const cluster = new ToyCluster(['h1'], () => 0.05);
    cluster.submit(like('light', 100, { resources: { cpu: { minCores: 1.5 } } }));
    cluster.run(3);
    cluster.submit(like('heavy', 100, { weight: 5, resources: { cpu: { minCores: 1 } } }));
    cluster.run(3);
    assert.deepEqual(Object.keys(cluster.placed), ['heavy-1']);
    assert.ok(cluster.events.includes('job.preempted light-1'));
    assert.deepEqual([...cluster.state.pending.keys()], ['light-1']);
  });
});

describe('forecast', () => {
  const busy = () => {
    const cluster = new ToyCluster(['h1', 'h2'], (name) => (name.startsWith('face') ? 0.1 : 0.05));
    cluster.submit(like('face1', 100), like('face2', 100), like('word1', 100));
    cluster.run(30);
    return cluster;
  };

  it('says where a known job would run, with how much CPU, and that it is met', () => {
    const cluster = busy();
    const [its] = plan(cluster, like('word9', 100)).plans;
    const [planned] = its?.allocations ?? [];
    assert.deepEqual([its?.change, planned?.verdict], ['created', 'met']);
    assert.ok(Math.abs((planned?.expectedMs ?? 0) - 100) < 3, JSON.stringify(planned));
    assert.ok(Math.abs((planned?.limitCores ?? 0) - 0.5) < 0.03);
  });

  it('agrees with what then happens', () => {
    const cluster = busy();
    const [its] = plan(cluster, like('word9', 100)).plans;
    cluster.submit(like('word9', 100));
    cluster.decide();
    const { id = '', node = '', limitCores = 0 } = its?.allocations[0] ?? {};
    assert.equal(cluster.placed[id], `${node} ${(limitCores ?? 0).toFixed(2)}`);
  });

  it('names who would lose its target, and changes nothing', () => {
    const cluster = busy();
    const before = JSON.stringify([cluster.placed, [...cluster.state.jobs.keys()]]);
    const many = plan(cluster, like('face8', 100), like('face9', 100));
    const verdicts = many.plans.flatMap(({ allocations }) =>
      allocations.map(({ verdict }) => verdict),
    );
    const losers = many.effects.filter(({ effect }) => effect === 'loses-target').length;
    assert.ok(
      verdicts.filter((verdict) => verdict === 'unmet').length + losers >= 1,
      JSON.stringify(many),
    );
    assert.equal(JSON.stringify([cluster.placed, [...cluster.state.jobs.keys()]]), before);
  });

  it('gives the best reachable latency where a target cannot be met', () => {
    const [its] = plan(busy(), like('face9', 10)).plans;
    const [planned] = its?.allocations ?? [];
    assert.equal(planned?.verdict, 'unmet');
    assert.ok(
      (planned?.reachableMs ?? 0) > 40 && (planned?.neededCores ?? 0) > 5,
      JSON.stringify(planned),
    );
  });

  it('says that it knows nothing of a workload that never ran', () => {
    const [planned] = plan(busy(), like('new', 100)).plans[0]?.allocations ?? [];
    assert.deepEqual([planned?.verdict, planned?.expectedMs], ['unknown', null]);
    assert.match(planned?.reason ?? '', /has answered yet/);
  });

  it('gives the reasons of every node where no node takes it', () => {
    const [planned] =
      plan(busy(), like('x', 100, { constraints: { labels: { zone: 'a' } } })).plans[0]
        ?.allocations ?? [];
    assert.deepEqual(
      [planned?.verdict, planned?.node, planned?.id],
      ['nowhere', null, allocationId('x-1')],
    );
    assert.match(planned?.reason ?? '', /node h1 has no label zone, zone=a is required; node h2/);
  });

  it('is an update where the job runs already', () => {
    const [its] = plan(busy(), like('word1', 200)).plans;
    assert.deepEqual(
      [its?.change, its?.allocations[0]?.id, its?.allocations[0]?.verdict],
      ['updated', 'word1-1', 'met'],
    );
    assert.ok(Math.abs((its?.allocations[0]?.expectedMs ?? 0) - 200) < 25);
  });
});
