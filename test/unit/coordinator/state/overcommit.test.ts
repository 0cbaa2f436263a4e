import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { POLICIES } from '../../../../coordinator/schedule/policies/index.js';
import { NO_MEMORY, schedule } from '../../../../coordinator/schedule/schedule.js';
import { nodeStatuses } from '../../../../coordinator/state/node-status.js';
import { snapshotAfter, snapshotOf } from '../../../../coordinator/state/snapshot.js';
import { container, PARAMS, report } from '../build.js';
import { desiredOn, fold, reported, START, stored } from './state-build.js';

const GIB = 2 ** 30;
const asking = (minCores: number, memoryBytes = GIB) => ({
  resources: { cpu: { minCores }, memoryBytes },
});
const heard = (containers: readonly string[], node = 'h1') =>
  reported(0, node, { containers: containers.map((id) => container(id)) });

describe('a node whose jobs ask for more than it has since one was changed', () => {
  const runs = fold(
    START,
    heard(['a-1', 'b-1']),
    heard([], 'h2'),
    stored('a', asking(1), 1),
    stored('b', asking(0.5), 2),
    desiredOn('h1', 1, ['a-1', 1], ['b-1', 1]),
    heard(['a-1', 'b-1']),
  );
  const larger = fold(runs, stored('a', asking(1.8), 3));
  const decisionsOf = (state: typeof runs) => {
    const input = { snapshot: snapshotOf(state), nowMs: 0, params: PARAMS };
    return schedule({ ...input, policy: POLICIES.adaptive }, NO_MEMORY).plan.decisions.flatMap(
      (each) => (each.kind === 'limit' ? [] : [each]),
    );
  };
  const moved = (state: typeof runs) =>
    decisionsOf(state).map((each) =>
      each.kind === 'place'
        ? `${each.replaces} → ${each.allocation}@${each.node}`
        : `${each.kind} ${each.allocation}`,
    );
  const warningsOf = (state: typeof runs) => nodeStatuses(state, 0)[0]?.warnings;

  it('has the one moved that was changed last, of the lightest', () => {
    assert.deepEqual(moved(runs), []);
    assert.deepEqual(moved(larger), ['a-1 → a-2@h2']);
    assert.match(
      decisionsOf(larger)[0]?.reason ?? '',
      /^moves from h1: h1 has too little: its jobs ask for 2\.3 of 2 CPU; /,
    );
    const lighter = fold(larger, stored('b', { ...asking(0.5), weight: 0.5 }, 1));
    assert.deepEqual(moved(lighter), ['a-1 → a-2@h2'], 'an older version changes nothing');
    const light = fold(larger, stored('b', { ...asking(0.5), weight: 0.5 }, 4));
    assert.deepEqual(moved(light), ['b-1 → b-2@h2']);
    const pinned = fold(light, stored('b', { ...asking(0.5), weight: 0.5, moves: 'never' }, 5));
    assert.deepEqual(moved(pinned), ['a-1 → a-2@h2']);
  });

  it('does so for memory, and goes on as it is where no other has room', () => {
    const hungry = fold(runs, stored('b', asking(0.5, 2 ** 40), 3));
    assert.deepEqual(moved(hungry), ['b-1 → b-2@h2']);
    const nowhere = fold(hungry, stored('b', asking(0.5, 2 ** 41), 4));
    assert.deepEqual(moved(nowhere), []);
    assert.match(
      warningsOf(nowhere)?.join() ?? '',
      /^its jobs ask for \d+GiB of \d+GiB memory: let them ask for less, or give the cluster a /,
    );
    assert.deepEqual(warningsOf(runs), []);
  });

  it('promises no CPU that it only observes', () => {
    const observed = ['a-1', 'b-1'].map((id) => container(id, { control: 'observe' }));
    const state = fold(larger, reported(0, 'h1', { containers: observed }));
    assert.deepEqual(moved(state), []);
  });

  it('is seen in the next snapshot, whether jobs or hosts have changed', () => {
    const first = snapshotAfter(null, runs);
    const host = { ...report('h1').host, allocatableCpuCores: 1.2 };
    const containers = [container('a-1'), container('b-1')];
    const smaller = fold(runs, reported(0, 'h1', { containers, host }));
    for (const state of [larger, smaller]) {
      const next = snapshotAfter(first, state);
      assert.deepEqual(next.snapshot, snapshotOf(state));
      assert.equal(next.snapshot.jobs.filter(({ leaves }) => leaves !== undefined).length, 1);
    }
  });
});
