import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { LastingFields } from '../../../../coordinator/state/model.js';
import { nodeId } from '../build.js';
import { fold, reported, START } from './state-build.js';

const H1 = nodeId('h1');
const [FIRST, OTHER] = ['A'.repeat(43), 'B'.repeat(43)];
const theirs: LastingFields = {
  scheduling: 'draining',
  registration: null,
  isApproved: true,
  capacity: { capacityCpuCores: 4, capacityMemoryBytes: 2 ** 30 },
  refusals: new Map(),
  sealingKey: OTHER,
  auditedAct: 7,
};
const storedOf = (lasting: LastingFields) =>
  ({ kind: 'node-stored', atMs: 5, node: H1, lasting }) as const;

describe('a node that another leader stored', () => {
  const heard = fold(START, reported(0, 'h1', { sealingKey: FIRST }));

  it('follows the operator, and its host in what it says of itself', () => {
    const [before, after] = [heard, fold(heard, storedOf(theirs))].map((state) =>
      state.nodes.get(H1),
    );
    assert.ok(before && after);
    const { scheduling, capacity, sealingKey } = after;
    assert.deepEqual(
      [scheduling, capacity, sealingKey],
      ['draining', theirs.capacity, theirs.sealingKey],
    );
    assert.deepEqual(
      [after.registration, after.report, after.refusals, after.heardAtMs],
      [before.registration, before.report, before.refusals, before.heardAtMs],
    );
  });

  it('approved without a key takes that of its next report', () => {
    const reset = fold(heard, storedOf({ ...theirs, sealingKey: null }));
    const next = fold(reset, reported(6, 'h1', { sequence: 2, sealingKey: OTHER }));
    assert.equal(next.nodes.get(H1)?.sealingKey, OTHER);
  });

  it('tells nothing again that has a line in the audit', () => {
    const audited = (number: number) =>
      ({ kind: 'act-audited', atMs: 5, node: H1, number }) as const;
    const of = (state: typeof heard) => state.nodes.get(H1)?.auditedAct;
    assert.equal(of(fold(heard, storedOf(theirs))), 7);
    assert.equal(of(fold(heard, audited(9), storedOf(theirs), audited(8))), 9);
    assert.equal(of(fold(heard, audited(9), reported(6, 'h1', { sequence: 2 }))), 9);
    assert.equal(fold(START, audited(9)), START, 'a node that was removed');
  });

  it('that was not known is known from then on', () => {
    const node = fold(START, storedOf(theirs)).nodes.get(H1);
    assert.deepEqual([node?.scheduling, node?.isApproved, node?.heardAtMs], ['draining', true, 5]);
  });
});
