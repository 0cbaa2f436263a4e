import fc from 'fast-check';
import type { Member } from '../../../../../../coordinator/schedule/policies/adaptive/member.js';
import { goal, member } from '../../../../../unit/coordinator/schedule/policies/adaptive/build.js';
import { between, magnitude } from './arbitraries.js';

/** Members with a closed loop each, some held, some new, some stale. */
export const members = fc
  .array(
    fc.record({
      work: magnitude(0.01, 3),
      overhead: fc.constantFrom(0, 0, 0.3, 2),
      held: fc.option(between(0.02, 2), { nil: null, freq: 4 }),
      kind: fc.constantFrom('planned', 'planned', 'planned', 'planned', 'new', 'stale'),
      floorCores: between(0.001, 0.05),
      maxCores: between(0.3, 4),
      weight: fc.constantFrom(1, 1, 2),
      isChosen: fc.constantFrom(0, 1),
      chosenAtMs: fc.constantFrom(0, 990_000, 500_000),
    }),
    { maxLength: 10 },
  )
  .map((list) =>
    list.map(({ work, overhead, held, kind, weight, isChosen, chosenAtMs, ...bounds }, i) =>
      member(`j${i}-1`, {
        ...bounds,
        heldCores: held,
        isStale: kind === 'stale' && held !== null,
        goal:
          kind === 'new' ? null : goal({ law: { workSeconds: work, overheadSeconds: overhead } }),
        model: { isChosen, chosenAtMs },
        allocation: { weight },
      }),
    ),
  );

/** Those whose limit lies within their bounds, and wishes that do. */
export function withinBounds(list: readonly Member[], allocationGoals: readonly number[]) {
  const its = list.filter(
    ({ heldCores, floorCores, maxCores }) =>
      heldCores === null || (heldCores >= floorCores && heldCores <= maxCores),
  );
  const wished = its.map(({ floorCores, maxCores }, i) =>
    Math.min(maxCores, Math.max(floorCores, allocationGoals[i] ?? 0)),
  );
  return { its, wished };
}
