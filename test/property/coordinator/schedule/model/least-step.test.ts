import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { latencySeconds } from '../../../../../coordinator/schedule/model/latency-law.js';
import { leastStep } from '../../../../../coordinator/schedule/model/least-step.js';
import {
  coresAt,
  type LatencyGoal,
} from '../../../../../coordinator/schedule/policies/adaptive/latency-goal.js';
import { goal } from '../../../../unit/coordinator/schedule/policies/adaptive/build.js';
import {
  between,
  closedLaw,
  lawHolds,
  magnitude,
  openLaw,
} from '../policies/adaptive/arbitraries.js';

type Falling = (step: number) => number;

/** One step after the other. */
function walked(count: number, excessAt: Falling): number {
  for (let step = 1; step < count; step += 1) if (excessAt(step) <= 0) return step;
  return count;
}

/** Half of what is left each time: what a plan was always made by. */
function bisected(count: number, excessAt: Falling): number {
  let [low, high] = [0, count];
  while (high - low > 1) {
    const middle = (low + high) / 2;
    if (excessAt(middle) <= 0) high = middle;
    else low = middle;
  }
  return high;
}

/** Falls from more than 0, or from no bound at all, in pieces that may be even. */
const falling = fc
  .array(fc.oneof(fc.constant(0), between(0, 1), magnitude(1e-6, 10)), { minLength: 1 })
  .chain((falls) =>
    fc.record({
      falls: fc.constant(falls),
      from: between(1e-9, falls.reduce((sum, each) => sum + each, 0) + 0.1),
      endless: fc.constantFrom(0, 0, 1, 3),
    }),
  )
  .map(({ falls, from, endless }) => {
    const levels = [from];
    for (const fall of falls) levels.push((levels.at(-1) ?? 0) - fall);
    const at: Falling = (step) =>
      step < endless ? Number.POSITIVE_INFINITY : (levels[step] ?? Number.NEGATIVE_INFINITY);
    return { count: falls.length, at };
  });

describe('the least step', () => {
  it('is the first at which nothing is above, whatever falls', () => {
    lawHolds(
      fc.property(falling, ({ count, at }) => {
        assert.equal(leastStep(count, at(0), at), walked(count, at));
      }),
      2000,
    );
  });

  it('of the CPU that targets take is found as by bisection, in half the questions', () => {
    const COUNT = 2 ** 14;
    let [asked, searches] = [0, 0];
    const laws = fc.oneof(closedLaw, closedLaw, openLaw([0]));
    // What is asked of each, where in its band it could be, and its bounds ÷ that CPU.
    const claim = fc.record({
      law: laws,
      alpha: between(0.01, 0.5),
      cores: magnitude(0.02, 4),
      floorRatio: fc.constantFrom(0, 0.5, 0.97, 1.2),
      mostRatio: fc.constantFrom(0.9, 1.05, 10, 10, 10),
    });
    lawHolds(
      fc.property(
        fc.array(claim, { minLength: 1, maxLength: 12 }),
        between(0, 1),
        (claims, share) => {
          const wanted = claims.map(({ law, alpha, cores, floorRatio, mostRatio }) => {
            const seconds = latencySeconds(law, cores);
            const its = goal({ law, alpha, seconds: Number.isFinite(seconds) ? seconds : 1 });
            const from = Number.isFinite(its.aimCores) ? its.aimCores : cores;
            return { its, floor: floorRatio * from, most: mostRatio * from };
          });
          const total = (step: number): number =>
            wanted.reduce((sum, { its, floor, most }) => sum + within(its, step, floor, most), 0);
          const [dear, cheap] = [total(0), total(COUNT)];
          const left = cheap + share * (dear - cheap) - 1e-12;
          const excessAt = (step: number): number => total(step) - left;
          if (excessAt(0) <= 0) return;
          const found = leastStep(COUNT, excessAt(0), (step) => {
            asked += 1;
            return excessAt(step);
          });
          searches += 1;
          assert.equal(found, bisected(COUNT, excessAt));
        },
      ),
      500,
    );
    assert.ok(searches > 200, `${searches} searches`);
    assert.ok(asked / searches < 8, `${asked} questions in ${searches} searches`);
  });
});

const within = (its: LatencyGoal, step: number, floor: number, most: number): number =>
  Math.min(most, Math.max(floor, coresAt(its, (step * 2) / 2 ** 14)));
