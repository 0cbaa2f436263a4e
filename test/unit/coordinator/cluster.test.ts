import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { nextDesired } from '../../../coordinator/dispatch/next.js';
import { forecast } from '../../../coordinator/forecast.js';
import { POLICIES } from '../../../coordinator/schedule/policies/index.js';
import { NO_MEMORY, type SchedulerMemory, schedule } from '../../../coordinator/schedule/schedule.js';
import { deriveEvents } from '../../../coordinator/state/derive.js';
import type { StateEvent } from '../../../coordinator/state/events.js';
import { type ClusterState, emptyState } from '../../../coordinator/state/model.js';
import { reduce } from '../../../coordinator/state/reduce.js';
import { jobStatuses, nodeStatuses } from '../../../coordinator/state/status.js';
import { viewOf } from '../../../coordinator/state/view.js';
import type { JobSpec } from '../../../shared/job.js';
import type { ContainerReport } from '../../../shared/report.js';
import { allocationId, container, job, latency, nodeId, PARAMS, report, target } from './build.js';

const CORES = 2;
const LINGER_MS = 2500;

interface Running {
  readonly id: string;
  readonly job: string;
  readonly cores: number;
  readonly untilMs: number;
}

/** Hosts on which a request takes work ÷ limit, seen through the coordinator's own state; one step is one second. */
class ToyCluster {
  state: ClusterState = emptyState({ incarnation: 'inc', epoch: 1, policy: 'adaptive' });
  memory: SchedulerMemory = NO_MEMORY;
  nowMs = 0;
  readonly events: string[] = [];
  readonly #ran = new Map<string, readonly Running[]>();
  readonly #counters = new Map<string, { cpu: number; count: number; totalMs: number }>();

  constructor(
    readonly nodes: string[],
    readonly workSeconds: (job: string, node: string) => number,
  ) {}

  apply(event: StateEvent): void {
    const before = this.state;
    this.state = reduce(before, event);
    const context = { nowMs: this.nowMs, wallMs: 0, source: '/test' };
    for (const { type, data } of deriveEvents(before, this.state, context))
      if (!/limit-changed|class-changed|started|placed|submitted/.test(type))
        this.events.push(
          `${type.replace('dqoes.', '')} ${'allocation' in data ? data.allocation : 'node' in data ? data.node : ''}`,
        );
  }

  submit(...specs: readonly JobSpec[]): void {
    this.apply({ kind: 'jobs-stored', atMs: this.nowMs, jobs: specs.map((spec) => ({ spec, revision: 1 })) });
  }

  run(seconds: number): void {
    for (let i = 0; i < seconds; i += 1) this.#second();
  }

  /** Where each allocation of a job is desired, with its limit. */
  get placed(): Readonly<Record<string, string>> {
    const placed: Record<string, string> = {};
    for (const { id, desired } of this.state.nodes.values())
      for (const each of desired?.allocations ?? [])
        placed[each.id] = `${id} ${each.limit.cpuCores?.toFixed(2) ?? '-'}`;
    return placed;
  }

  #second(): void {
    this.nowMs += 1000;
    for (const node of this.nodes) {
      const containers = this.#onNode(node).map(({ id, job: name, cores }) =>
        this.#work(id, this.workSeconds(name, node), cores),
      );
      const sequence = this.nowMs / 1000;
      const heard = { atMs: this.nowMs, report: report(node, { sequence, containers }) };
      this.apply({ kind: 'reports', atMs: this.nowMs, reports: [heard] });
    }
    this.decide();
  }

  // What is desired, and what was until a moment ago: an agent needs time to stop a container.
  #onNode(node: string): readonly Running[] {
    const wanted = (this.state.nodes.get(nodeId(node))?.desired?.allocations ?? []).map(({ id, job: name, limit }) => ({
      ...{ id, job: name, cores: limit.cpuCores ?? CORES },
      untilMs: this.nowMs + LINGER_MS,
    }));
    const ids = new Set<string>(wanted.map(({ id }) => id));
    const dying = (this.#ran.get(node) ?? []).filter(({ id, untilMs }) => !ids.has(id) && untilMs > this.nowMs);
    const running = [...wanted, ...dying];
    this.#ran.set(node, running);
    return running;
  }

  decide(): void {
    this.apply({ kind: 'tick', atMs: this.nowMs });
    const input = { snapshot: viewOf(this.state), nowMs: this.nowMs, params: PARAMS, policy: POLICIES.adaptive };
    const { plan, memory } = schedule(input, this.memory);
    this.memory = memory;
    const { pending, preempted, unreachable } = plan;
    this.apply({ kind: 'planned', atMs: this.nowMs, pending, preempted, unreachable });
    for (const desired of nextDesired(this.state, plan, 1000))
      this.apply({ kind: 'desired-stored', atMs: this.nowMs, desired });
  }

  #work(id: string, workSeconds: number, limitCores: number): ContainerReport {
    const seconds = workSeconds / limitCores;
    const counters = this.#counters.get(id) ?? { cpu: 0, count: 0, totalMs: 0 };
    const count = Math.max(1, Math.round(1 / seconds));
    const after = {
      cpu: counters.cpu + count * workSeconds,
      count: counters.count + count,
      totalMs: counters.totalMs + count * seconds * 1000,
    };
    this.#counters.set(id, after);
    const limit = { cpuCores: limitCores, periodUs: 100_000 };
    return container(id, {
      applied: limit,
      observed: limit,
      cpu: { usageCores: limitCores, usageTotalSeconds: after.cpu, throttledRatio: 1, pressureRatio: 0 },
      latency: latency(seconds * 1000, { totalCount: after.count, totalMs: after.totalMs, newestAgeMs: 0 }),
    });
  }
}

const like = (name: string, latencyMs: number, change: Partial<JobSpec> = {}): JobSpec =>
  job(name, { command: [name.replace(/\d+$/, '')], target: target(latencyMs), ...change });
const plan = (cluster: ToyCluster, ...jobs: readonly JobSpec[]) =>
  forecast({
    ...{ state: cluster.state, memory: cluster.memory, jobs, nowMs: cluster.nowMs, params: PARAMS },
    policy: POLICIES.adaptive,
  });

describe('cluster: what is known of a workload', () => {
  it('places the next one like it where it fits best, and gives it at once what its target takes', () => {
    const cluster = new ToyCluster(['h1', 'h2'], () => 0.1);
    cluster.submit(like('face1', 100), like('face2', 200));
    cluster.run(30);
    assert.deepEqual(Object.keys(cluster.placed), ['face1-1', 'face2-1']);
    cluster.submit(like('face3', 125));
    cluster.decide();
    assert.match(cluster.placed['face3-1'] ?? '', /^h1 0\.8/);
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
  // Nobody is known: they are dealt out by count, and the two heavy ones meet.
  const squeezed = () => {
    const cluster = new ToyCluster(['h1', 'h2'], (name) => (name === 'a' || name === 'c' ? 0.12 : 0.03));
    cluster.submit(...['a', 'b', 'c', 'd'].map((name) => like(name, 100)));
    return cluster;
  };

  it('bring a job to where its target can be met; the old one goes when the new one answers', () => {
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
    const status = jobStatuses(cluster.state, cluster.nowMs).find(({ spec }) => `${spec.name}-2` === moved);
    assert.deepEqual([status?.state, status?.allocations.length], ['running', 1]);
  });

  it('show both places while they last, and the job as running', () => {
    const cluster = squeezed();
    let pair = 0;
    for (let second = 0; second < 40; second += 1) {
      cluster.run(1);
      const moving = jobStatuses(cluster.state, cluster.nowMs).find(({ allocations }) => allocations.length === 2);
      if (moving === undefined) continue;
      pair += 1;
      assert.equal(moving.state, 'running');
      assert.equal(moving.allocations[1]?.replaces, moving.allocations[0]?.id);
    }
    assert.ok(pair > 0);
  });

  it('can come back under the old name: a move that is over leaves nothing behind', () => {
    const cluster = squeezed();
    cluster.run(60);
    for (const { desired } of cluster.state.nodes.values())
      for (const each of desired?.allocations ?? []) assert.equal(each.replaces, undefined);
  });

  it('are taken back once where they have not helped: nobody goes to and fro', () => {
    // Nothing tells beforehand that h2 takes three times as long for the heavy ones.
    const work = (name: string, node: string): number =>
      name === 'a' || name === 'c' ? (node === 'h2' ? 0.36 : 0.12) : 0.03;
    const cluster = new ToyCluster(['h1', 'h2'], work);
    cluster.submit(...['a', 'b', 'c', 'd'].map((name) => like(name, 100)));
    cluster.run(50);
    const moves = () => cluster.events.filter((event) => event.startsWith('job.moved')).map((event) => event.slice(10));
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
    cluster.apply({ kind: 'node-scheduling', atMs: cluster.nowMs, node: nodeId('h1'), scheduling: 'draining' });
    cluster.run(5);
    assert.deepEqual([...new Set(Object.values(cluster.placed).map((at) => at.slice(0, 2)))], ['h2']);
    assert.equal(Object.keys(cluster.placed).length, 4);
    assert.ok(cluster.events.includes('node.drained h1'));
    assert.equal(nodeStatuses(cluster.state, 0)[0]?.scheduling, 'draining');
  });
});

describe('cluster: a heavier job', () => {
  it('takes the place of a lighter one that then waits, and both are told', () => {
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

  it('says where a job like others would run, with how much, and that its target would be met', () => {
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
    const verdicts = many.plans.flatMap(({ allocations }) => allocations.map(({ verdict }) => verdict));
    const losers = many.effects.filter(({ effect }) => effect === 'loses-target').length;
    assert.ok(verdicts.filter((verdict) => verdict === 'unmet').length + losers >= 1, JSON.stringify(many));
    assert.equal(JSON.stringify([cluster.placed, [...cluster.state.jobs.keys()]]), before);
  });

  it('tells the best reachable where a target is not', () => {
    const [its] = plan(busy(), like('face9', 10)).plans;
    const [planned] = its?.allocations ?? [];
    assert.equal(planned?.verdict, 'unmet');
    assert.ok((planned?.reachableMs ?? 0) > 40 && (planned?.neededCores ?? 0) > 5, JSON.stringify(planned));
  });

  it('knows nothing of what never ran, and says so', () => {
    const [planned] = plan(busy(), like('new', 100)).plans[0]?.allocations ?? [];
    assert.deepEqual([planned?.verdict, planned?.expectedMs], ['unknown', null]);
    assert.match(planned?.reason ?? '', /has answered yet/);
  });

  it('gives the reasons of every node where none takes it', () => {
    const [planned] =
      plan(busy(), like('x', 100, { constraints: { labels: { zone: 'a' } } })).plans[0]?.allocations ?? [];
    assert.deepEqual([planned?.verdict, planned?.node, planned?.id], ['nowhere', null, allocationId('x-1')]);
    assert.match(planned?.reason ?? '', /node h1 has label zone=\(none\), a is required; node h2/);
  });

  it('is of an update where the job runs already', () => {
    const [its] = plan(busy(), like('word1', 200)).plans;
    assert.deepEqual(
      [its?.change, its?.allocations[0]?.id, its?.allocations[0]?.verdict],
      ['updated', 'word1-1', 'met'],
    );
    assert.ok(Math.abs((its?.allocations[0]?.expectedMs ?? 0) - 200) < 25);
  });
});
