import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import {
  planByChoice,
  planNode,
} from '../../../../../../coordinator/schedule/policies/adaptive/divide/plan.js';
import { planAllServed } from '../../../../../../coordinator/schedule/policies/adaptive/divide/plan-all-served.js';
import type { Member } from '../../../../../../coordinator/schedule/policies/adaptive/member.js';
import { FAIRNESS } from '../../../../../../coordinator/schedule/types.js';
import { goal, member } from '../../../../../unit/coordinator/schedule/policies/adaptive/build.js';
import { between, lawHolds, magnitude } from './arbitraries.js';
import { members } from './member-arbitraries.js';

/** One that is served: what it holds ÷ what its target takes, and what may keep it from that. */
const served = fc.record({
  work: magnitude(0.01, 3),
  overhead: fc.constantFrom(0, 0, 0.3),
  heldRatio: fc.option(between(0.8, 1.25), { nil: null, freq: 12 }),
  floorRatio: fc.constantFrom(0, 0.1, 0.1, 0.9, 1.1),
  maxRatio: fc.constantFrom(0.9, 1.02, 4, 4, 4, 4),
  isChosen: fc.constantFrom(1, 1, 1, 1, 1, 1, 1, 1, 0),
  lentCores: fc.constantFrom(0, 0, 0, 0, 0, 0.2),
  isOpen: fc.constantFrom(0, 0, 0, 0, 0, 0, 0, 1),
  weight: fc.constantFrom(1, 1, 2),
});

type Served = typeof served extends fc.Arbitrary<infer T> ? T : never;

function memberOf(its: Served, i: number): Member {
  const aim = goal({ law: { workSeconds: its.work, overheadSeconds: its.overhead } });
  const cores = Number.isFinite(aim.aimCores) ? aim.aimCores : 1;
  const { isChosen, lentCores, isOpen, weight } = its;
  const arrived = isOpen === 1 ? { arrivedCount: 10, arrivedSeconds: 20 } : {};
  return member(`j${i}-1`, {
    goal: aim,
    heldCores: its.heldRatio === null ? null : its.heldRatio * cores,
    floorCores: its.floorRatio * cores,
    maxCores: its.maxRatio * cores,
    model: { isChosen, lentCores, isOpen, chosenAtMs: 500_000, ...arrived },
    allocation: { weight },
  });
}

/** All that can be planned in one pass: who keeps a little more takes it from what is spare. */
const easilyServed = served.map(
  (its): Served => ({
    ...its,
    heldRatio: its.heldRatio === null ? null : 1 + (its.heldRatio - 1) / 4,
    floorRatio: 0.1,
    maxRatio: 4,
    isChosen: 1,
    isOpen: 0,
  }),
);

const listOf = (one: fc.Arbitrary<Served>) =>
  fc.array(one, { minLength: 1, maxLength: 8 }).map((list) => list.map(memberOf));
const servedMembers = fc.oneof(listOf(served), listOf(easilyServed), listOf(easilyServed));

/** Capacity ÷ what all set points take: mostly near what decides whether they fit. */
const roomRatio = fc.oneof(between(0.9, 1.3), between(1, 1.05), fc.constantFrom(1, 1 + 1e-9, 2));

const demandOf = (list: readonly Member[]): number =>
  list.reduce((sum, { goal: its }) => sum + Math.min(its?.aimCores ?? 0, 8), 0);

describe('adaptive plan where all are served', () => {
  it('is the plan by choice, to the last bit', () => {
    let found = 0;
    lawHolds(
      fc.property(
        fc.oneof({ weight: 4, arbitrary: servedMembers }, { weight: 1, arbitrary: members }),
        roomRatio,
        fc.constantFrom(...FAIRNESS),
        fc.constantFrom(1, 1, 1.01, 1.1, 1.3),
        fc.boolean(),
        (list, ratio, fairness, slowerRatio, lends) => {
          const lending = lends ? { lending: { othersCores: 0.1 } } : {};
          const capacityCores = Math.max(0.1, ratio * demandOf(list));
          const input = { members: list, capacityCores, fairness, nowMs: 1e6, slowerRatio };
          if (planAllServed({ ...input, ...lending }) !== null) found += 1;
          const whole = { ...input, ...lending };
          assert.deepEqual(planNode(whole), planByChoice(whole));
        },
      ),
      1000,
    );
    assert.ok(found > 0, 'no plan was one where all are served');
  });

  it('leaves all others to the choice', () => {
    const plain: Served = {
      work: 0.1,
      overhead: 0,
      heldRatio: 1,
      floorRatio: 0.1,
      maxRatio: 4,
      isChosen: 1,
      lentCores: 0,
      isOpen: 0,
      weight: 1,
    };
    const isPlanned = (list: readonly Partial<Served>[], capacityCores = 100): boolean => {
      const its = list.map((change, i) => memberOf({ ...plain, ...change }, i));
      return planAllServed({ members: its, capacityCores, fairness: 'count', nowMs: 1e6 }) !== null;
    };
    assert.ok(isPlanned([{}, { heldRatio: null }, { heldRatio: 1.01 }]));
    assert.ok(!isPlanned([]));
    assert.ok(!isPlanned([{}], 0.05), 'its target does not fit');
    const changes: readonly Partial<Served>[] = [{ isChosen: 0 }, { isOpen: 1 }, { maxRatio: 0.9 }];
    for (const change of changes) assert.ok(!isPlanned([{}, change]), JSON.stringify(change));
  });
});
