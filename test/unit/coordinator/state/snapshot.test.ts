import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { StateEvent } from '../../../../coordinator/state/events.js';
import {
  type CachedSnapshot,
  snapshotAfter,
  snapshotOf,
} from '../../../../coordinator/state/snapshot.js';
import { container, latency, nodeId, report, target } from '../build.js';
import { desiredOn, fold, reported, START, stored } from './state-build.js';

describe('snapshotOf', () => {
  it('is frozen, in id order, and equal for any order of arrival', () => {
    const events = [
      stored('b'),
      stored('a'),
      reported(1, 'h2'),
      reported(1, 'h1'),
      desiredOn('h1', 1, ['b-1', 1], ['a-1', 1]),
    ];
    const one = snapshotOf(fold(START, ...events));
    assert.deepEqual(one, snapshotOf(fold(START, ...events.toReversed())));
    assert.deepEqual(
      one.nodes.map(({ id }) => id),
      ['h1', 'h2'],
    );
    assert.deepEqual(
      one.nodes[0]?.allocations.map(({ id }) => id),
      ['a-1', 'b-1'],
    );
    assert.ok(Object.isFrozen(one) && Object.isFrozen(one.nodes[0]));
  });

  it('takes the target of our own jobs from the job, of adopted containers from the report', () => {
    const containers = [
      container('a-1', { latency: latency(120) }),
      container('adopted-9', { origin: 'label', target: target(300), latency: latency(250) }),
    ];
    const state = fold(
      START,
      stored('a', { target: target(100) }),
      desiredOn('h1', 1, ['a-1', 1]),
      reported(5, 'h1', { containers }),
    );
    const [own, adopted] = snapshotOf(state).nodes[0]?.allocations ?? [];
    assert.deepEqual(
      [own?.target?.latencyMs, own?.latencyMs, own?.limit?.cpuCores, own?.observedAtMs],
      [100, 120, 1, 5],
    );
    assert.deepEqual(
      [adopted?.target?.latencyMs, adopted?.latencyMs, adopted?.limit],
      [300, 250, null],
    );
  });

  it('counts what is desired on a silent node as placed, and leaves the node out', () => {
    const view = snapshotOf(fold(START, stored('a'), desiredOn('h9', 4, ['a-1', 1])));
    assert.deepEqual(view.nodes, []);
    assert.deepEqual(view.jobs[0]?.placed, [{ id: 'a-1', node: 'h9' }]);
  });

  it('does not count a container as placed that its agent is about to remove', () => {
    const containers = [container('a-1')];
    const view = snapshotOf(
      fold(START, stored('a'), desiredOn('h1', 1, ['b-1', 1]), reported(1, 'h1', { containers })),
    );
    assert.deepEqual(view.jobs[0]?.placed, []);
    assert.deepEqual(
      view.nodes[0]?.allocations.map(({ id }) => id),
      ['b-1'],
    );
  });

  it('counts a running container without desired state as placed, but only one', () => {
    const containers = [container('a-1')];
    const view = snapshotOf(
      fold(
        START,
        stored('a'),
        reported(1, 'h2', { containers }),
        reported(1, 'h1', { containers }),
      ),
    );
    assert.deepEqual(view.jobs[0]?.placed, [{ id: 'a-1', node: 'h1' }]);
    assert.deepEqual(
      view.nodes.map(({ allocations }) => allocations.length),
      [1, 0],
    );
  });

  it('says why a node takes no new allocations', () => {
    const why = (...events: StateEvent[]) =>
      snapshotOf(fold(START, ...events)).nodes[0]?.unschedulableReason;
    assert.equal(why(reported(0, 'h1')), '');
    assert.equal(
      why(reported(0, 'h1'), {
        kind: 'node-scheduling',
        atMs: 0,
        node: nodeId('h1'),
        scheduling: 'cordoned',
      }),
      'cordoned',
    );
    assert.equal(why(reported(0, 'h1'), { kind: 'tick', atMs: 7000 }), 'the node is suspect');
    const foreign = { holds: { incarnation: 'other', epoch: 9, revision: 1 } };
    assert.match(why(reported(0, 'h1', foreign)) ?? '', /another store/);
  });

  it('assumes control of our containers until the agent says it only observes', () => {
    const controlOf = (control: 'none' | 'observe') => {
      const containers = [container('a-1', { control })];
      return snapshotOf(
        fold(START, stored('a'), desiredOn('h1', 1, ['a-1', 1]), reported(1, 'h1', { containers })),
      ).nodes[0]?.allocations[0]?.control;
    };
    assert.deepEqual([controlOf('none'), controlOf('observe')], ['enforce', 'observe']);
  });
});

describe('snapshotAfter', () => {
  const host = { ...report('h1').host, allocatableCpuCores: 1.5 };
  const slow = [container('a-1', { latency: latency(400) }), container('b-1')];
  const adopted = container('b-1', { origin: 'label', weight: 7, target: target(5) });
  const ended = [container('a-1', { state: 'exited', reason: 'ended' }), adopted];
  // Each shows something else than the one before: figures, states, jobs, limits, CPU, other nodes.
  const events = [
    ...[stored('a'), stored('b', { target: target(300) })],
    desiredOn('h1', 1, ['a-1', 1], ['b-1', 0.5]),
    ...[reported(1, 'h1', { containers: slow }), reported(2, 'h1', { containers: slow })],
    reported(3, 'h1', { containers: ended }),
    reported(4, 'h1', { containers: [slow[0] ?? adopted] }),
    ...[stored('a', { weight: 4, target: target(90) }, 2), reported(5, 'h1', { containers: slow })],
    reported(6, 'h1', { containers: slow, host }),
    desiredOn('h1', 2, ['a-1', 0.25], ['b-1', 0.5]),
    ...[reported(7, 'h1', { containers: slow }), reported(8, 'h0'), reported(9, 'h2')],
    reported(10, 'h1', { containers: [...slow, container('adopted-9', { origin: 'label' })] }),
    { kind: 'node-removed', atMs: 11, node: nodeId('h0') } satisfies StateEvent,
    reported(12, 'h1', { containers: slow }),
  ];

  it('says after each event what a snapshot from nothing says, however it shares', () => {
    let state = START;
    let known: CachedSnapshot | null = null;
    for (const [i, event] of events.entries()) {
      state = fold(state, event);
      known = snapshotAfter(known, state);
      assert.deepEqual(known.snapshot, snapshotOf(state), `after event ${i}`);
    }
  });
});
