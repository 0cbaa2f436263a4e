import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import {
  stoppedNodes,
  withAddedHosts,
  withoutAllocations,
  withoutNodes,
} from '../../../../coordinator/planning/changed-hosts.js';
import { type ClusterState, emptyState } from '../../../../coordinator/state/model.js';
import { reduce } from '../../../../coordinator/state/reduce.js';
import { snapshotOf } from '../../../../coordinator/state/snapshot.js';
import type { DesiredAllocation } from '../../../../shared/command.js';
import type { JobSpec } from '../../../../shared/job.js';
import type { NodeReport } from '../../../../shared/report.js';
import { allocationId, container, job, jobName, limit, nodeId, report } from '../build.js';

const GIB = 2 ** 30;
const sized = (node: string, cores: number): NodeReport => {
  const { host } = report(node);
  const memory = { capacityMemoryBytes: cores * GIB, allocatableMemoryBytes: cores * GIB };
  const cpu = { capacityCpuCores: cores, allocatableCpuCores: cores };
  return report(node, { host: { ...host, ...cpu, ...memory }, labels: { zone: 'a' } });
};

const stateOf = (
  reports: readonly NodeReport[],
  specs: readonly JobSpec[] = [],
  registration: 'open' | 'approved' = 'open',
): ClusterState => {
  const identity = { incarnation: 'i', epoch: 1, policy: 'adaptive' } as const;
  const jobs = specs.map((spec) => ({ spec, revision: 1 }));
  const empty = emptyState({ ...identity, registration });
  const stored = reduce(empty, { kind: 'jobs-stored', atMs: 0, jobs });
  const heard = reports.map((each) => ({ atMs: 0, report: each }));
  return reduce(stored, { kind: 'reports', atMs: 0, reports: heard });
};

/** What dqoes did not start has no spec in the desired state. */
const desired = (id: string, spec?: JobSpec): DesiredAllocation => ({
  id: allocationId(id),
  job: spec?.name ?? jobName('adopted'),
  limit: limit(0.5),
  reason: '',
  ...(spec === undefined ? {} : { spec }),
});

const holding = (
  state: ClusterState,
  node: string,
  allocations: readonly DesiredAllocation[],
): ClusterState =>
  reduce(state, {
    kind: 'desired-stored',
    atMs: 0,
    states: [
      {
        ...{ incarnation: 'i', epoch: 1, revision: 1, node: nodeId(node), validForMs: 1000 },
        allocations,
      },
    ],
  });

describe('a cluster with fewer hosts', () => {
  it('is as after each was removed', () => {
    const state = stateOf([report('h1'), report('h2'), report('h3')]);
    const gone = [nodeId('h1'), nodeId('h3')];
    const removed = gone.reduce(
      (now, node) => reduce(now, { kind: 'node-removed', atMs: 0, node }),
      state,
    );
    assert.deepEqual(withoutNodes(state, gone), removed);
    assert.equal(state.nodes.size, 3);
  });

  it('lacks what waits for its host and what others started: nothing starts them', () => {
    const [waits, moves] = [job('waits', { onLoss: 'keep', replicas: 2 }), job('moves')];
    const adopted = container('adopted-1', { origin: 'label', name: 'theirs' });
    const heard = stateOf([report('h1', { containers: [adopted] }), report('h2')], [waits, moves]);
    const own = [desired('waits-1', waits), desired('moves-1', moves)];
    const state = holding(heard, 'h1', [desired('adopted-1'), ...own]);
    const { stays, state: left, note } = stoppedNodes(state, new Set([nodeId('h1')]));
    assert.deepEqual(
      stays.map(({ allocation, container: name, node }) => [allocation, name, node]),
      [
        ['adopted-1', 'theirs', null],
        ['waits-1', undefined, null],
      ],
    );
    assert.match(stays[0]?.reason ?? '', /runs on h1 only: dqoes did not start it/);
    assert.match(stays[1]?.reason ?? '', /waits for h1: its job has onLoss: keep/);
    assert.equal(note, '');
    // What waits keeps its place, so that only what moves is placed again.
    assert.deepEqual(snapshotOf(left).lost, ['h1']);
    assert.deepEqual(left.nodes.get(nodeId('h1'))?.desired, state.nodes.get(nodeId('h1'))?.desired);
    assert.equal(state.nodes.get(nodeId('h1'))?.liveness, 'ready');
  });

  it('is without them where the silent ones would be more than those that report', () => {
    const [waits, moves] = [job('waits', { onLoss: 'keep', replicas: 2 }), job('moves')];
    const heard = stateOf([report('h1'), report('h2'), report('h3')], [waits, moves]);
    const first = holding(heard, 'h1', [desired('moves-1', moves), desired('waits-1', waits)]);
    const state = holding(first, 'h2', [desired('moves-2', moves)]);
    const { state: left, note } = stoppedNodes(state, new Set([nodeId('h1'), nodeId('h2')]));
    assert.match(note, /2 hosts with jobs would be silent and 1 report/);
    assert.deepEqual([...left.nodes.keys()], ['h3']);
    assert.equal(left.jobs.get(waits.name)?.spec.replicas, 1);
    assert.equal(left.jobs.get(moves.name)?.spec.replicas, 1);
  });
});

describe('a cluster with more hosts', () => {
  const reports = [sized('h1', 2), sized('h2', 4), sized('h3', 4)];

  it('has empty ones like those that are usual, with names of their own', () => {
    const state = stateOf([...reports, report('new-1')]);
    const added = withAddedHosts(state, { hosts: 2 }, 5);
    assert.equal(added?.cpuCores, 4);
    const nodes = snapshotOf(added?.state as ClusterState).nodes.filter(
      ({ id }) => !state.nodes.has(id),
    );
    assert.deepEqual(
      nodes.map((node) => [
        ...[node.id, node.schedulable, node.allocatableCpuCores],
        ...[node.allocatableMemoryBytes, node.labels.zone, node.allocations.length],
      ]),
      ['new-2', 'new-3'].map((id) => [id, true, 4, 4 * GIB, 'a', 0]),
    );
  });

  it('has ones of a size, with memory in proportion', () => {
    const added = withAddedHosts(stateOf(reports), { hosts: 1, cpuCores: 8 }, 5);
    const host = added?.state.nodes.get(nodeId('new-1'))?.report?.host;
    assert.deepEqual([host?.allocatableCpuCores, host?.allocatableMemoryBytes], [8, 8 * GIB]);
  });

  it('lets them take part where nodes have to be approved', () => {
    const waiting = stateOf(reports, [], 'approved');
    assert.equal(withAddedHosts(waiting, { hosts: 1 }, 5), undefined);
    const node = nodeId('h2');
    const approved = reduce(waiting, { kind: 'node-approved', atMs: 0, node, capacity: null });
    const added = withAddedHosts(approved, { hosts: 1 }, 5);
    const { nodes } = snapshotOf(added?.state as ClusterState);
    assert.deepEqual(
      nodes.map(({ id }) => id),
      ['h2', 'new-1'],
    );
  });

  it('is not known where no host reports', () => {
    assert.equal(withAddedHosts(stateOf([]), { hosts: 1 }, 5), undefined);
  });
});

describe('allocations that are taken from where they are', () => {
  it('are gone from what is desired and reported, unless they may not move', () => {
    const [free, bound] = [job('free'), job('bound', { moves: 'never' })];
    const running = ['free-1', 'bound-1', 'adopted-1'].map((id) => container(id));
    const heard = stateOf([report('h1', { containers: running })], [free, bound]);
    const allocations = [
      ...[desired('adopted-1'), desired('bound-1', bound)],
      desired('free-1', free),
    ];
    // What was reported before it was desired does not count as running.
    const state = reduce(holding(heard, 'h1', allocations), {
      kind: 'reports',
      atMs: 1,
      reports: [{ atMs: 1, report: report('h1', { containers: running, sequence: 2 }) }],
    });
    const ids = new Set(['free-1', 'bound-1', 'adopted-1'].map(allocationId));
    const node = withoutAllocations(state, ids).nodes.get(nodeId('h1'));
    assert.deepEqual(
      node?.desired?.allocations.map(({ id }) => id),
      ['adopted-1', 'bound-1'],
    );
    assert.deepEqual(
      node?.report?.containers.map(({ allocation }) => allocation),
      ['bound-1', 'adopted-1'],
    );
    assert.equal(state.nodes.get(nodeId('h1'))?.desired?.allocations.length, 3);
  });
});
