import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { latencySeconds } from '../../../../../../coordinator/schedule/model/latency-law.js';
import { planNode } from '../../../../../../coordinator/schedule/policies/adaptive/divide/plan.js';
import { FAIRNESS } from '../../../../../../coordinator/schedule/types.js';
import { between, EPSILON, lawHolds, sum } from './arbitraries.js';
import { members } from './member-arbitraries.js';

describe('adaptive plan: laws', () => {
  it('the sum is at most the capacity, or what nobody may take away', () => {
    lawHolds(
      fc.property(
        members,
        between(0.2, 6),
        fc.constantFrom(...FAIRNESS),
        (list, capacityCores, fairness) => {
          const {
            allocationGoals,
            bandSlack,
            demandCores: demand,
          } = planNode({ members: list, capacityCores, fairness, nowMs: 1e6 });
          assert.equal(allocationGoals.length, list.length);
          const fixed = sum(
            list.map(({ floorCores }, i) =>
              ['keep', 'bootstrap'].includes(allocationGoals[i]?.kind ?? '')
                ? (allocationGoals[i]?.cores ?? 0)
                : floorCores,
            ),
          );
          const total = sum(allocationGoals.map(({ cores }) => cores));
          assert.ok(
            total <= Math.max(capacityCores, fixed) + 1e-6,
            `${total} of ${capacityCores}, ${fixed} fixed`,
          );
          assert.ok(bandSlack >= 0 && bandSlack <= 2 && Number.isFinite(demand));
          for (const [i, { kind, cores }] of allocationGoals.entries()) {
            const each = list[i];
            assert.ok(each !== undefined);
            if (kind === 'atTarget') {
              assert.ok(
                each.goal !== null &&
                  latencySeconds(each.goal.law, cores) <= each.goal.slowSeconds * (1 + 1e-6),
              );
              assert.ok(cores <= each.maxCores + EPSILON && cores >= each.floorCores - EPSILON);
            }
            if (kind === 'keep') assert.ok(each.isStale);
            if (kind === 'bootstrap') assert.equal(each.goal, null);
          }
        },
      ),
    );
  });

  it('with maxmin, all that can be met are, or none', () => {
    lawHolds(
      fc.property(members, between(0.2, 6), (list, capacityCores) => {
        const { allocationGoals } = planNode({
          members: list,
          capacityCores,
          fairness: 'maxmin',
          nowMs: 1e6,
        });
        const reachable = allocationGoals.filter(
          (_, i) =>
            (list[i]?.goal?.edgeCores ?? Number.POSITIVE_INFINITY) <= (list[i]?.maxCores ?? 0),
        );
        const aimed = reachable.filter(({ kind }) => kind === 'atTarget').length;
        const plannedMembers = reachable.filter(
          ({ kind }) => kind === 'atTarget' || kind === 'bestEffort',
        ).length;
        assert.ok(aimed === 0 || aimed === plannedMembers, `${aimed} of ${plannedMembers}`);
      }),
    );
  });
});
