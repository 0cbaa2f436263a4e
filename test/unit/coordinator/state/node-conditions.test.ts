import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { NodeCondition } from '../../../../coordinator/schedule/types.js';
import { deriveEvents } from '../../../../coordinator/state/derive-events.js';
import type { StateEvent } from '../../../../coordinator/state/events.js';
import { type ClusterState, emptyState } from '../../../../coordinator/state/model.js';
import { nodeStatuses } from '../../../../coordinator/state/node-status.js';
import { reduce } from '../../../../coordinator/state/reduce.js';
import { nodeId, report } from '../build.js';

const START = emptyState({ incarnation: 'inc', epoch: 3, policy: 'adaptive' });
const fold = (state: ClusterState, ...events: StateEvent[]) => events.reduce(reduce, state);
const heard: StateEvent = {
  kind: 'reports',
  atMs: 1000,
  reports: [{ atMs: 1000, report: report('h1', {}) }],
};
const known: StateEvent = {
  kind: 'node-known',
  atMs: 0,
  node: nodeId('h1'),
  registration: { host: report('h1', {}).host, labels: {}, agentVersion: '1', intervalMs: 1000 },
};
const told = (...conditions: readonly NodeCondition[]): StateEvent => ({
  kind: 'planned',
  atMs: 0,
  pending: [],
  preempted: [],
  unreachable: [],
  conditions: conditions.map((one) => ({ node: nodeId('h1'), ...one })),
});
const typesOf = (before: ClusterState, after: ClusterState) =>
  deriveEvents(before, after, { nowMs: 0, wallMs: 0, source: '/test' }).map(({ type }) => type);

const OVERLOADED: NodeCondition = {
  kind: 'overloaded',
  reason: 'requests need 2.40 CPU',
};
const FELL_BACK: NodeCondition = { kind: 'fell-back', reason: 'limits made things worse' };

describe('conditions of nodes', () => {
  const ready = fold(START, known, heard);

  it('cause one event when they begin and one when they end', () => {
    const over = fold(ready, told(OVERLOADED));
    assert.deepEqual(typesOf(ready, over), ['dqoes.node.overloaded']);
    assert.deepEqual(typesOf(over, fold(over, told({ ...OVERLOADED, reason: 'more' }))), []);
    const both = fold(over, told(FELL_BACK, OVERLOADED));
    assert.deepEqual(typesOf(over, both), ['dqoes.node.fell-back']);
    assert.deepEqual(typesOf(both, fold(both, told())), [
      'dqoes.node.resumed',
      'dqoes.node.relieved',
    ]);
  });

  it('cause one more event where a fall-back goes further', () => {
    const further = told({ ...FELL_BACK, reason: 'no quotas, weights only' });
    const some = fold(ready, told(FELL_BACK));
    const all = fold(some, further);
    assert.deepEqual(typesOf(some, all), ['dqoes.node.fell-back']);
    assert.deepEqual(typesOf(all, fold(all, further)), []);
    assert.deepEqual(typesOf(all, fold(all, told())), ['dqoes.node.resumed']);
  });

  it('come first among the warnings of the node', () => {
    const over = fold(ready, told(FELL_BACK));
    assert.equal(nodeStatuses(over, 2000)[0]?.warnings[0], 'limits made things worse');
  });

  it('stay while the node is silent, and end with another policy', () => {
    const over = fold(ready, told(OVERLOADED));
    const silent = fold(over, { kind: 'tick', atMs: 1e9 }, told());
    assert.equal(silent.conditions.size, 1);
    assert.equal(fold(over, { kind: 'policy-set', atMs: 0, policy: 'dqoes' }).conditions.size, 0);
  });
});
