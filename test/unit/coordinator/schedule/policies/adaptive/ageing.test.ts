import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { planNode } from '../../../../../../coordinator/schedule/policies/adaptive/divide/plan.js';
import type { Member } from '../../../../../../coordinator/schedule/policies/adaptive/member.js';
import { NO_MEMORY } from '../../../../../../coordinator/schedule/policies/adaptive/memory.js';
import { remember } from '../../../../../../coordinator/schedule/policies/adaptive/remember.js';
import { node } from '../../../build.js';
import { type Fields, goal, member, model, read } from './build.js';

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

/** What is remembered of the jobs after a plan. */
function rememberedOf(members: readonly Member[], capacityCores: number): readonly Fields[] {
  const how = { members, capacityCores, nowMs: NOW };
  const plan = planNode({ ...how, fairness: 'weighted' });
  const decided = { ...NO_MEMORY, ...how, plan, limits: [], contested: false, host: NO_MEMORY };
  const host = node('h1', { allocations: members.map(({ allocation }) => allocation) });
  const { models } = remember(members, { ...decided, before: NO_MEMORY, node: host });
  return models.map(read);
}

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

  /** As after that plan. */
  const turned = (change: Job, turnUntilMs: number): Member => {
    const its = job('b', change);
    return { ...its, model: model({ ...read(its.model), turnUntilMs }) };
  };

  it('keeps the place for ten minutes, though the other one is cheaper', () => {
    const [a, b] = [{ cores: 0.6 }, { cores: 0.7 }];
    assert.equal(satisfied([job('a', { ...a, chosen: 11 }), job('b', { ...b, out: 11 })]), 'b');
    const out = job('a', { ...a, out: 1 });
    assert.equal(satisfied([out, turned({ ...b, chosen: 1 }, NOW + 9 * MINUTE)]), 'b');
    assert.equal(satisfied([out, turned({ ...b, chosen: 10 }, NOW)]), 'a', 'its time is over');
  });

  it('is for one that got the place of another, not where all found one', () => {
    const turnsOf = (members: readonly Member[], capacityCores: number): readonly number[] =>
      rememberedOf(members, capacityCores).map(({ turnUntilMs }) => turnUntilMs);
    const swap = [job('a', { chosen: 11 }), job('b', { out: 11 })];
    assert.deepEqual(turnsOf(swap, 0.75), [0, NOW + 10 * MINUTE]);
    // As services that nobody asked for half an hour, and that are all asked now.
    assert.deepEqual(turnsOf([job('a', { out: 30 }), job('b', { out: 30 })], 2), [0, 0]);
  });

  it('keeps it from nobody that weighs more, nor from two', () => {
    const b = turned({ cores: 0.7, chosen: 1 }, NOW + 9 * MINUTE);
    assert.equal(satisfied([job('a', { weight: 2 }), b]), 'a');
    const two = [job('a', { cores: 0.35, out: 1 }), job('c', { cores: 0.35, out: 1 })];
    assert.equal(satisfied([...two, b]), 'ac');
    assert.equal(satisfied([job('a', { out: 1 }), b], 0.6), 'a', 'it does not fit any more');
  });

  it('is for no one that was served until now', () => {
    // Four of 0.2 and one of 0.3 do not fit any more: the large one goes, and stays away.
    let members = ['a', 'b', 'c', 'd', 'e'].map((id) =>
      job(id, { cores: id === 'e' ? 0.3 : 0.2, chosen: 11 }),
    );
    for (let second = 0; second < 5; second += 1) {
      const its = satisfied(members, 0.95);
      assert.equal(its, 'abcd', `after ${second} s`);
      members = members.map((one) =>
        its.includes(one.allocation.job) ? one : job('e', { cores: 0.3, out: second / 60 }),
      );
    }
  });

  it('and nobody loses its place where all fit', () => {
    assert.equal(satisfied([job('a', { chosen: 11 }), job('b', { out: 11 })], 2), 'ab');
  });
});

describe('adaptive places of those whose reports are old', () => {
  const silent = (id: string, change: Job): Member => ({ ...job(id, change), isStale: true });

  it('are kept for them', () => {
    const [a, b] = rememberedOf([silent('a', { chosen: 11 }), silent('b', { out: 11 })], 2);
    assert.deepEqual([a?.isChosen, a?.chosenAtMs], [1, NOW - 11 * MINUTE]);
    assert.deepEqual([b?.isChosen, b?.chosenAtMs], [0, NOW - 11 * MINUTE]);
  });

  it('are nobody else’s turn', () => {
    const [, b] = rememberedOf([silent('a', { chosen: 11 }), job('b', { out: 11 })], 2);
    assert.deepEqual([b?.isChosen, b?.turnUntilMs], [1, 0]);
  });
});
