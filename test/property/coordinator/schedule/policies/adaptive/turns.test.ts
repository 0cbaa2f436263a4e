import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { Field } from '../../../../../../coordinator/schedule/model/allocation-model.js';
import { planNode } from '../../../../../../coordinator/schedule/policies/adaptive/divide/plan.js';
import type { Member } from '../../../../../../coordinator/schedule/policies/adaptive/member.js';
import { model } from '../../../../../unit/coordinator/schedule/policies/adaptive/build.js';
import {
  NOW,
  needing,
} from '../../../../../unit/coordinator/schedule/policies/adaptive/plan-build.js';
import { between, lawHolds } from './arbitraries.js';

/** The same, all of them served or left out for so long. */
const aged = (members: readonly Member[], ms: number): readonly Member[] =>
  members.map((one) => ({
    ...one,
    model: model({ isChosen: one.model[Field.isChosen], chosenAtMs: NOW - ms, bornAtMs: 1 }),
  }));

describe('adaptive turns: laws', () => {
  it('as many equal jobs are served when turns are due as when they are not', () => {
    let swapped = 0;
    lawHolds(
      fc.property(
        fc.integer({ min: 2, max: 12 }),
        fc.integer({ min: 1, max: 3 }),
        between(0, 0.08),
        between(0.88, 1.02),
        (served, waiting, spreadRatio, room) => {
          const members = Array.from({ length: served + waiting }, (_, i) =>
            needing(`a${String(i).padStart(2, '0')}-1`, 0.2, {
              spreadRatio,
              model: { isChosen: i < served ? 1 : 0 },
            }),
          );
          const input = { capacityCores: room * served * 0.2, nowMs: NOW } as const;
          const chosen = (ms: number): readonly number[] =>
            planNode({ ...input, fairness: 'weighted', members: aged(members, ms) })
              .allocationGoals.map(({ kind }, i) => (kind === 'atTarget' ? i : -1))
              .filter((i) => i >= 0);
          const [before, then] = [chosen(300_000), chosen(660_000)];
          if (then.some((i) => i >= served) && before.every((i) => i < served)) swapped += 1;
          assert.equal(then.length, before.length, `${before} then ${then}`);
        },
      ),
      500,
    );
    assert.ok(swapped > 0, 'nobody had a turn: this shows nothing');
  });
});
