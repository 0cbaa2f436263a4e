import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { MAX_KNOWN_NODES } from '../../../coordinator/state/admission.js';
import { allocationStatuses } from '../../../coordinator/state/allocation-status.js';
import type { StateEvent } from '../../../coordinator/state/events.js';
import { jobStatuses } from '../../../coordinator/state/job-status.js';
import {
  type ClusterState,
  emptyState,
  type NodeRecord,
} from '../../../coordinator/state/model.js';
import { nodeLossesOf } from '../../../coordinator/state/node-losses.js';
import { nodeStatus, nodeStatuses } from '../../../coordinator/state/node-status.js';
import { snapshotOf } from '../../../coordinator/state/snapshot.js';
import type { NodeId } from '../../../shared/ids.js';
import { allocationId, container, job, nodeId, report } from './build.js';
import { like, ToyCluster } from './schedule/toy-cluster.js';
import { desiredOn, fold, reported, stored, typesOf } from './state/state-build.js';

const START = emptyState({
  incarnation: 'inc',
  epoch: 3,
  policy: 'dqoes',
  registration: 'approved',
});
const host = (cores: number) => ({
  ...report('h1').host,
  capacityCpuCores: cores,
  allocatableCpuCores: cores * 0.9,
});
const approve = (state: ClusterState, node: string, cores: number | null = null): ClusterState =>
  fold(state, {
    kind: 'node-approved',
    atMs: 0,
    node: nodeId(node),
    capacity: cores === null ? null : { capacityCpuCores: cores, capacityMemoryBytes: 2 ** 40 },
  });
const allocatable = (state: ClusterState): number | undefined =>
  snapshotOf(state).nodes[0]?.allocatableCpuCores;

describe('nodes that have to be approved', () => {
  it('are shown as waiting, and are no part of the cluster', () => {
    const fake = { containers: [container('a-1')] };
    const before = fold(START, stored('a'));
    const state = fold(before, reported(0, 'h1', fake));
    const [status] = nodeStatuses(state, 0);
    assert.deepEqual([status?.id, status?.isWaiting], ['h1', true]);
    assert.match(status?.warnings[0] ?? '', /waits to be approved.*dqoes node approve h1/);
    assert.deepEqual(snapshotOf(state).nodes, []);
    assert.deepEqual(typesOf(before, state), []);
    assert.equal(jobStatuses(state, 0)[0]?.state, 'pending');
    assert.deepEqual(
      allocationStatuses(state, 0).map(({ node }) => node),
      [null],
    );
  });

  it('are registered with the key for secrets that they report when they are approved', () => {
    const keyOf = (state: ClusterState) => state.nodes.get(nodeId('h1'))?.sealingKey;
    const [first, other] = ['A'.repeat(43), 'B'.repeat(43)];
    const waiting = fold(START, reported(0, 'h1', { sealingKey: first }));
    assert.equal(keyOf(waiting), null, 'nothing that is not approved is kept');
    const approved = fold(waiting, {
      kind: 'node-approved',
      atMs: 0,
      node: nodeId('h1'),
      capacity: null,
      sealingKey: first,
    });
    assert.equal(keyOf(fold(approved, reported(1, 'h1', { sealingKey: other }))), first);
    const before = fold(approve(START, 'h1'), reported(0, 'h1', { sealingKey: other }));
    assert.equal(keyOf(before), other, 'approved before it was heard: its first report counts');
  });

  it('get jobs once they are approved, none before', () => {
    const cluster = new ToyCluster(['h1', 'h2'], () => 0.05);
    cluster.state = { ...cluster.state, registration: 'approved' };
    cluster.submit(like('web', 200));
    cluster.run(5);
    assert.deepEqual(cluster.placed, {});
    assert.match(
      jobStatuses(cluster.state, cluster.nowMs)[0]?.reasons[0] ?? '',
      /no node is approved, 2 wait: dqoes node ls/,
    );
    cluster.state = approve(cluster.state, 'h2');
    cluster.run(3);
    assert.deepEqual(cluster.runningOn('h2'), ['web-1']);
    assert.deepEqual(cluster.runningOn('h1'), []);
  });

  it('are counted once for an answer, however many allocations wait', () => {
    const pending = ['a-1', 'a-2', 'a-3'].map((id) => ({
      allocation: allocationId(id),
      job: job('a').name,
      refusals: [],
    }));
    const nothing = { preempted: [], unreachable: [] };
    const state = fold(START, stored('a', { replicas: 3 }), reported(0, 'h1'), {
      kind: 'planned',
      atMs: 0,
      pending,
      ...nothing,
    });
    let walks = 0;
    const nodes = new (class extends Map<NodeId, NodeRecord> {
      override values() {
        walks += 1;
        return super.values();
      }
    })(state.nodes);
    const statuses = allocationStatuses({ ...state, nodes }, 0);
    assert.match(statuses[2]?.reason ?? '', /no node is approved, 1 wait/);
    assert.equal(walks, 1);
  });

  it('join when they are approved, and when they are heard afterwards', () => {
    const waiting = fold(START, reported(0, 'h1'));
    assert.deepEqual(typesOf(waiting, approve(waiting, 'h1')), ['node.joined']);
    const early = approve(START, 'h1');
    assert.deepEqual(typesOf(START, early), []);
    assert.deepEqual(typesOf(early, fold(early, reported(0, 'h1'))), ['node.joined']);
  });

  it('may be approved before they are heard', () => {
    const state = fold(approve(START, 'h1'), reported(0, 'h1'));
    assert.equal(snapshotOf(state).nodes.length, 1);
    assert.equal(nodeStatuses(state, 0)[0]?.isWaiting, undefined);
  });

  it('are forgotten when they fall silent, as names that anybody may invent', () => {
    const state = fold(START, reported(0, 'h1'), { kind: 'tick', atMs: 60_000 });
    assert.equal(state.nodes.size, 0);
  });

  it('do not count among those that are silent or heard', () => {
    const state = fold(START, reported(0, 'h1'), reported(0, 'h2'));
    assert.deepEqual(nodeLossesOf(state).heard, 0);
    assert.deepEqual(nodeLossesOf(approve(state, 'h1')).heard, 1);
  });

  it('were approved where all take part, in case that changes', () => {
    const open = fold({ ...START, registration: 'open' }, reported(0, 'h1'));
    const state: ClusterState = { ...open, registration: 'approved' };
    assert.equal(snapshotOf(state).nodes.length, 1);
  });
});

describe('nodes where all take part', () => {
  const OPEN: ClusterState = { ...START, registration: 'open' };
  const joined = (count: number): ClusterState => {
    const reports = Array.from({ length: count }, (_, i) => ({ atMs: 0, report: report(`n${i}`) }));
    return fold(OPEN, { kind: 'reports', atMs: 0, reports });
  };
  const LATER: StateEvent = { kind: 'tick', atMs: 600_000 };

  it('are kept when they are down', () => {
    assert.equal(fold(joined(3), LATER).nodes.size, 3);
  });

  it('are forgotten beyond the bound when they are down and hold nothing', () => {
    const kept: StateEvent[] = [
      desiredOn('n1', 1, ['a-1', 1]),
      { kind: 'node-scheduling', atMs: 0, node: nodeId('n2'), scheduling: 'cordoned' },
      reported(600_000, 'n3', { sequence: 2 }),
      desiredOn('n4', 1, ['b-1', 1]),
      desiredOn('n4', 2),
    ];
    const state = fold(joined(MAX_KNOWN_NODES + 1), ...kept, LATER);
    assert.deepEqual([...state.nodes.keys()], ['n1', 'n2', 'n3']);
  });
});

describe('the registered capacity of a node', () => {
  it('is that of its first report, and more than that is shown and not used', () => {
    const first = fold(approve(START, 'h1'), reported(0, 'h1', { host: host(2) }));
    assert.equal(allocatable(first), 1.8);
    const grown = fold(first, reported(1, 'h1', { sequence: 2, host: host(64) }));
    assert.equal(allocatable(grown), 1.8);
    const node = grown.nodes.get(nodeId('h1'));
    assert.ok(node !== undefined);
    assert.match(
      nodeStatus(grown, node, 0)?.warnings[0] ?? '',
      /reports 64 CPU and 1020GiB, was approved with 2 CPU and 1020GiB.*dqoes node approve h1/,
    );
    assert.equal(allocatable(approve(grown, 'h1', 64)), 57.6);
  });

  it('bounds nothing within the tolerance, nor what shrinks', () => {
    const first = fold(approve(START, 'h1', 2), reported(0, 'h1', { host: host(2.05) }));
    assert.equal(allocatable(first), 2.05 * 0.9);
    assert.equal(allocatable(fold(first, reported(1, 'h1', { host: host(1) }))), 0.9);
  });

  it('bounds nothing where every node takes part', () => {
    const open: ClusterState = { ...START, registration: 'open' };
    const grown = fold(
      open,
      reported(0, 'h1', { host: host(2) }),
      reported(1, 'h1', { host: host(64) }),
    );
    assert.equal(allocatable(grown), 57.6);
  });
});
