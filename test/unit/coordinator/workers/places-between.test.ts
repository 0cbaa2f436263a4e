import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { unheard } from '../../../../coordinator/state/fold-node.js';
import type { NodeRecord } from '../../../../coordinator/state/model.js';
import {
  mayBeWritten,
  NO_PLACES,
  placesBetween,
  undesiredOf,
} from '../../../../coordinator/workers/places-between.js';
import type { DesiredState } from '../../../../shared/command.js';
import { allocation, allocationId, container, job, limit, nodeId, report } from '../build.js';

const H1 = nodeId('h1');
const record = (change: Partial<NodeRecord> = {}): NodeRecord => ({ ...unheard(H1, 0), ...change });
const nodesOf = (node: NodeRecord) => new Map([[node.id, node]]);
const desiredOf = (...names: readonly string[]): DesiredState => ({
  ...{ node: H1, incarnation: 'inc', epoch: 1, revision: 1, validForMs: 1000 },
  allocations: names.map((name) => ({
    ...{ id: allocationId(name), job: job('a').name, spec: job('a') },
    ...{ limit: limit(1), reason: '' },
  })),
});
const running = (...names: readonly string[]) =>
  record({ report: report('h1', { containers: names.map((name) => container(name)) }) });

describe('what is left of places that were carried out', () => {
  const gone = [allocationId('a-1'), allocationId('b-1')];
  const change = { node: H1, gone, came: [allocation('c-1')], gpus: [] };
  const decision = { kind: 'remove', node: H1, allocation: gone[0], job: 'a', reason: '' } as never;
  const finishedMoves = new Set(gone);
  const places = { ...NO_PLACES, changes: [change], decisions: [decision], finishedMoves };

  it('is what does not count any more, and the moves; nothing is done twice', () => {
    const left = placesBetween({ ...places, turns: gone }, nodesOf(record()));
    const still = { node: H1, gone, came: [], gpus: [] };
    assert.deepEqual(left, { ...NO_PLACES, changes: [still], finishedMoves });
  });

  it('is nothing of what is desired there again', () => {
    const [first] = placesBetween(places, nodesOf(record({ desired: desiredOf('a-1') }))).changes;
    assert.deepEqual(first?.gone, [gone[1]]);
    const both = nodesOf(record({ desired: desiredOf('a-1', 'b-1') }));
    assert.deepEqual(placesBetween(places, both).changes, []);
  });
});

describe('nodes that may get a first desired state', () => {
  const may = (was: NodeRecord | undefined, now: NodeRecord): boolean =>
    mayBeWritten(nodesOf(now), undesiredOf(was === undefined ? [] : [was])).size === 1;

  it('are those of whose containers the places knew', () => {
    assert.ok(may(running('a-1'), running('a-1')));
    assert.ok(may(running('a-1', 'b-1'), running('b-1', 'a-1')));
    for (const was of [undefined, record(), running(), running('b-1'), running('a-1', 'b-1')])
      assert.ok(!may(was, running('a-1')));
  });

  it('are the same map where all may', () => {
    const nodes = nodesOf(record({ desired: desiredOf() }));
    assert.equal(mayBeWritten(nodes, new Map()), nodes);
  });
});
