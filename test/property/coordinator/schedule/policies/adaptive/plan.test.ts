import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { latencySeconds } from '../../../../../../coordinator/schedule/model/law.js';
import { planNode } from '../../../../../../coordinator/schedule/policies/adaptive/divide/plan.js';
import { FAIRNESS } from '../../../../../../coordinator/schedule/types.js';
import { between, EPSILON, lawHolds, sum } from './arbitraries.js';
import { members } from './members.js';

describe('adaptive plan: laws', () => {
  it('the sum is at most the capacity, or what nobody may take away', () => {
    lawHolds(
      fc.property(
        members,
        between(0.2, 6),
        fc.constantFrom(...FAIRNESS),
        (list, capacityCores, fairness) => {
          const {
            wishes,
            ease,
            demandCores: demand,
          } = planNode({ members: list, capacityCores, fairness, nowMs: 1e6 });
          assert.equal(wishes.length, list.length);
          const fixed = sum(
            list.map(({ floorCores }, i) =>
              ['hold', 'start'].includes(wishes[i]?.part ?? '')
                ? (wishes[i]?.cores ?? 0)
                : floorCores,
            ),
          );
          const total = sum(wishes.map(({ cores }) => cores));
          assert.ok(
            total <= Math.max(capacityCores, fixed) + 1e-6,
            `${total} of ${capacityCores}, ${fixed} fixed`,
          );
          assert.ok(ease >= 0 && ease <= 2 && Number.isFinite(demand));
          for (const [i, { part, cores }] of wishes.entries()) {
            const each = list[i];
            assert.ok(each !== undefined);
            if (part === 'aim') {
              assert.ok(
                each.goal !== null &&
                  latencySeconds(each.goal.law, cores) <= each.goal.slowSeconds * (1 + 1e-6),
              );
              assert.ok(cores <= each.mostCores + EPSILON && cores >= each.floorCores - EPSILON);
            }
            if (part === 'hold') assert.ok(each.isStale);
            if (part === 'start') assert.equal(each.goal, null);
          }
        },
      ),
    );
  });

  it('with maxmin, all that can be met are, or none', () => {
    lawHolds(
      fc.property(members, between(0.2, 6), (list, capacityCores) => {
        const { wishes } = planNode({
          members: list,
          capacityCores,
          fairness: 'maxmin',
          nowMs: 1e6,
        });
        const reachable = wishes.filter(
          (_, i) =>
            (list[i]?.goal?.edgeCores ?? Number.POSITIVE_INFINITY) <= (list[i]?.mostCores ?? 0),
        );
        const aimed = reachable.filter(({ part }) => part === 'aim').length;
        const seekers = reachable.filter(({ part }) => part === 'aim' || part === 'left').length;
        assert.ok(aimed === 0 || aimed === seekers, `${aimed} of ${seekers}`);
      }),
    );
  });
});
