import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { deriveEvents } from '../../../coordinator/state/derive-events.js';
import { nodeLossesOf } from '../../../coordinator/state/node-losses.js';
import { reduce } from '../../../coordinator/state/reduce.js';
import { nodeId } from './build.js';
import { like, ToyCluster } from './schedule/toy-cluster.js';

/** Longer than it takes until a silent node is down, s. */
const DOWN_SECONDS = 20;

describe('a node that is lost', () => {
  const three = (...changes: Parameters<typeof like>[2][]) => {
    const cluster = new ToyCluster(['h1', 'h2', 'h3'], () => 0.02);
    cluster.submit(...['a', 'b', 'c', 'd', 'e', 'f'].map((name, i) => like(name, 100, changes[i])));
    cluster.run(10);
    return cluster;
  };
  const homeOf = (cluster: ToyCluster, job: string): readonly string[] =>
    Object.entries(cluster.placed).flatMap(([id, at]) =>
      id.startsWith(`${job}-`) ? [at.slice(0, 2)] : [],
    );
  const copies = (cluster: ToyCluster) =>
    cluster.nodes.flatMap((node) => cluster.runningOn(node)).sort();

  it('has its jobs started elsewhere once it is down, not before', () => {
    const cluster = three();
    assert.ok(cluster.runningOn('h1').length > 0);
    cluster.cut.add('h1');
    cluster.run(10);
    assert.ok(Object.values(cluster.placed).some((at) => at.startsWith('h1')));
    cluster.run(DOWN_SECONDS);
    assert.deepEqual(
      [...new Set(Object.values(cluster.placed).map((at) => at.slice(0, 2)))].sort(),
      ['h2', 'h3'],
    );
    assert.equal(Object.keys(cluster.placed).length, 6);
    assert.ok(cluster.events.includes('node.down h1'));
  });

  it('stops its duplicates when it comes back: one of each is left', () => {
    const cluster = three();
    cluster.cut.add('h1');
    cluster.run(DOWN_SECONDS + 10);
    assert.equal(copies(cluster).length, 8);
    cluster.cut.delete('h1');
    cluster.run(10);
    const jobs = copies(cluster).map((id) => id.slice(0, 1));
    assert.deepEqual(jobs, ['a', 'b', 'c', 'd', 'e', 'f']);
  });

  it('keeps jobs that are to wait for it', () => {
    const cluster = three(...Array.from({ length: 6 }, () => ({ onLoss: 'keep' as const })));
    const before = cluster.placed;
    cluster.cut.add('h1');
    cluster.run(DOWN_SECONDS + 10);
    assert.deepEqual(Object.keys(cluster.placed), Object.keys(before));
    assert.ok(Object.values(cluster.placed).some((at) => at.startsWith('h1')));
  });

  it('keeps its jobs while more than half are silent, with events for begin and end', () => {
    const cluster = three();
    cluster.cut.add('h1').add('h2');
    cluster.run(DOWN_SECONDS + 10);
    assert.ok(nodeLossesOf(cluster.state).isFrozen);
    assert.equal(homeOf(cluster, 'a').length, 1);
    assert.ok(Object.values(cluster.placed).some((at) => at.startsWith('h1')));
    assert.deepEqual(
      cluster.events.filter((event) => event.startsWith('coordinator')),
      ['coordinator.frozen '],
    );
    cluster.cut.clear();
    cluster.run(10);
    assert.ok(cluster.events.includes('coordinator.resumed '));
    assert.equal(copies(cluster).length, 6);
  });

  it('is waited for once most are heard again, which are one after the other', () => {
    const homes = ({ placed }: ToyCluster) =>
      Object.entries(placed).map(([id, at]) => `${id} ${at.slice(0, 2)}`);
    const stays = Array.from({ length: 6 }, () => ({ moves: 'never' as const }));
    for (const isGone of [false, true]) {
      const cluster = three(...stays);
      const before = homes(cluster);
      cluster.cut.add('h1').add('h2');
      cluster.run(DOWN_SECONDS + 10);
      cluster.cut.delete('h1');
      cluster.run(10);
      assert.deepEqual([homes(cluster), nodeLossesOf(cluster.state).isFrozen], [before, false]);
      if (!isGone) cluster.cut.clear();
      cluster.run(DOWN_SECONDS);
      assert.equal(homes(cluster).length, before.length);
      assert.equal(
        homes(cluster).some((each) => each.endsWith('h2')),
        !isGone,
      );
      if (!isGone) assert.deepEqual(homes(cluster), before);
    }
  });

  it('holds nothing up any more once it is removed or its jobs are stopped: an event', () => {
    const removed = three();
    removed.cut.add('h1').add('h2');
    removed.run(DOWN_SECONDS + 10);
    removed.apply({ kind: 'node-removed', atMs: removed.nowMs, node: nodeId('h1') });
    const stopped = three();
    stopped.cut.add('h1').add('h2');
    stopped.run(DOWN_SECONDS + 10);
    for (const name of stopped.state.jobs.keys())
      stopped.apply({ kind: 'job-removed', atMs: stopped.nowMs, name });
    stopped.run(1);
    for (const { state, events } of [removed, stopped]) {
      assert.equal(nodeLossesOf(state).isFrozen, false);
      assert.deepEqual(
        events.filter((event) => event.startsWith('coordinator')),
        ['coordinator.frozen ', 'coordinator.resumed '],
      );
    }
  });

  it('keeps its jobs, drained or not, while more than half are silent', () => {
    const cluster = new ToyCluster(['h1', 'h2', 'h3', 'h4', 'h5'], () => 0.02);
    cluster.submit(...Array.from({ length: 10 }, (_, i) => like(`j${i}`, 100)));
    cluster.run(10);
    cluster.cut.add('h1').add('h2').add('h3');
    cluster.run(DOWN_SECONDS + 10);
    const before = cluster.placed;
    cluster.apply({
      kind: 'node-scheduling',
      atMs: cluster.nowMs,
      node: nodeId('h4'),
      scheduling: 'draining',
    });
    cluster.run(10);
    assert.deepEqual(Object.keys(cluster.placed), Object.keys(before));
    cluster.cut.clear();
    cluster.run(10);
    assert.ok(Object.values(cluster.placed).every((at) => !at.startsWith('h4')));
  });

  it('does not count again once it was emptied', () => {
    const cluster = three();
    cluster.cut.add('h1');
    cluster.run(DOWN_SECONDS + 10);
    cluster.cut.add('h2');
    cluster.run(DOWN_SECONDS + 10);
    assert.deepEqual(
      [...new Set(Object.values(cluster.placed).map((at) => at.slice(0, 2)))],
      ['h3'],
    );
  });

  /** No node has been heard by the new coordinator. */
  const startAgain = (cluster: ToyCluster): void => {
    const forgotten = [...cluster.state.nodes.values()].map((node) => ({
      ...node,
      report: null,
      sent: null,
      heardAtMs: cluster.nowMs,
    }));
    cluster.state = { ...cluster.state, nodes: new Map(forgotten.map((node) => [node.id, node])) };
  };

  it('holds nothing up once its jobs are stopped, though it was not heard since a start', () => {
    const cluster = three();
    startAgain(cluster);
    cluster.cut.add('h1').add('h2');
    cluster.run(DOWN_SECONDS + 10);
    assert.ok(nodeLossesOf(cluster.state).isFrozen);
    for (const name of cluster.state.jobs.keys())
      cluster.apply({ kind: 'job-removed', atMs: cluster.nowMs, name });
    cluster.run(1);
    assert.equal(nodeLossesOf(cluster.state).isFrozen, false);
    assert.ok(cluster.events.includes('coordinator.resumed '));
  });

  it('is emptied though it has not been heard since the coordinator started', () => {
    const cluster = three();
    startAgain(cluster);
    const lost = cluster.runningOn('h1').map((id) => `job.lost ${id}`);
    cluster.events.length = 0;
    cluster.cut.add('h1');
    cluster.run(DOWN_SECONDS + 10);
    assert.deepEqual(cluster.events, ['node.down h1', ...lost]);
    assert.deepEqual(
      [...new Set(Object.values(cluster.placed).map((at) => at.slice(0, 2)))].sort(),
      ['h2', 'h3'],
    );
    assert.deepEqual(cluster.state.nodes.get(nodeId('h1'))?.desired?.allocations, []);
    cluster.cut.delete('h1');
    cluster.run(2);
    assert.equal(cluster.events.at(-1), 'node.joined h1');
  });

  it('gives each event once', () => {
    const cluster = three();
    cluster.cut.add('h1').add('h2');
    cluster.run(DOWN_SECONDS + 10);
    const after = reduce(cluster.state, { kind: 'tick', atMs: cluster.nowMs + 1 });
    assert.deepEqual(
      deriveEvents(cluster.state, after, { nowMs: cluster.nowMs, wallMs: 0, source: '/test' }),
      [],
    );
  });
});
