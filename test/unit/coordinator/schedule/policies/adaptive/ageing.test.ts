import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { planNode } from '../../../../../../coordinator/schedule/policies/adaptive/divide/plan.js';
import type { Member } from '../../../../../../coordinator/schedule/policies/adaptive/member.js';
import { goal, member } from './build.js';

const NOW = 1e7;
const MINUTE = 60_000;

interface Job {
  readonly cores?: number;
  readonly weight?: number;
  /** Chosen, or left out, for this number of minutes. */
  readonly chosen?: number;
  readonly out?: number;
  /** It has not reported yet: only its workload is known. */
  readonly isNew?: boolean;
}

const job = (id: string, { cores = 0.6, weight = 1, chosen, out = 0, isNew }: Job): Member =>
  member(`${id}-1`, {
    goal: goal({ law: { workSeconds: cores } }),
    heldCores: chosen === undefined ? 0.1 : cores,
    model: {
      isChosen: chosen === undefined ? 0 : 1,
      chosenAtMs: isNew ? 0 : NOW - (chosen ?? out) * MINUTE,
      bornAtMs: isNew ? 0 : NOW - 100 * MINUTE,
    },
    allocation: { weight },
  });
const satisfied = (members: readonly Member[], capacityCores = 0.75): string =>
  planNode({ members, capacityCores, fairness: 'weighted', nowMs: NOW })
    .allocationGoals.map(({ kind }, i) =>
      kind === 'atTarget' ? (members[i]?.allocation.job ?? '') : '',
    )
    .join('');

describe('adaptive turns', () => {
  it('swaps a job that waited for ten minutes with one that was served as long', () => {
    assert.equal(satisfied([job('a', { chosen: 11 }), job('b', { out: 11 })]), 'b');
  });

  it('not before', () => {
    assert.equal(satisfied([job('a', { chosen: 11 }), job('b', { out: 9 })]), 'a');
    assert.equal(satisfied([job('a', { chosen: 9 }), job('b', { out: 11 })]), 'a');
  });

  it('nor with one that has just come', () => {
    assert.equal(satisfied([job('a', { chosen: 11 }), job('b', { isNew: true })]), 'a');
  });

  it('never the place of one that weighs more', () => {
    assert.equal(satisfied([job('a', { chosen: 11, weight: 2 }), job('b', { out: 11 })]), 'a');
  });

  it('never a place that is too small for it', () => {
    assert.equal(
      satisfied([job('a', { chosen: 11, cores: 0.4 }), job('b', { out: 11, cores: 0.9 })], 0.7),
      'a',
    );
  });

  it('to the one that waited longest, from the one that was served longest, one at a time', () => {
    const members = [
      job('a', { chosen: 12 }),
      job('b', { chosen: 15 }),
      job('c', { out: 12 }),
      job('d', { out: 15 }),
    ];
    assert.equal(satisfied(members, 1.3), 'ad');
  });

  it('and nobody loses its place where all fit', () => {
    assert.equal(satisfied([job('a', { chosen: 11 }), job('b', { out: 11 })], 2), 'ab');
  });
});
