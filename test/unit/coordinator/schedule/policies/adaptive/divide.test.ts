import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import {
  chooseSatisfied,
  type KnapsackItem,
} from '../../../../../../coordinator/schedule/model/knapsack.js';
import {
  type BestEffortClaim,
  shareBestEffort,
} from '../../../../../../coordinator/schedule/policies/adaptive/divide/best-effort.js';
import { keepHeldLimits } from '../../../../../../coordinator/schedule/policies/adaptive/divide/hysteresis.js';
import { boundSteps } from '../../../../../../coordinator/schedule/policies/adaptive/divide/step-bound.js';
import { goal, law, member, near } from './build.js';

const sum = (values: readonly number[]): number => values.reduce((total, each) => total + each, 0);

describe('adaptive choice', () => {
  const one = (cores: number, change: Partial<KnapsackItem> = {}): KnapsackItem => ({
    cores,
    floorCores: 0,
    weight: 1,
    isIncumbent: false,
    ...change,
  });
  const chosen = (capacityCores: number, ...candidates: KnapsackItem[]): string =>
    chooseSatisfied(candidates, capacityCores)
      .map((is) => (is ? 'x' : '-'))
      .join('');

  it('takes the cheapest first', () => {
    assert.equal(chosen(1, one(0.9), one(0.4), one(0.5)), '-xx');
    assert.equal(chosen(1, one(0.6), one(0.6), one(0.6)), 'x--');
  });

  it('counts the floors of those it leaves', () => {
    const dear = one(0.9, { floorCores: 0.3 });
    // 0.3 is gone: 0.7 for 0.2 and 0.6 on top of nothing, or for 0.6 on top of 0.3.
    assert.equal(chosen(1, dear, one(0.6), one(0.2)), '--x');
    assert.equal(chosen(1.1, dear, one(0.6), one(0.2)), '-xx');
  });

  it('never takes what no CPU satisfies', () => {
    assert.equal(chosen(100, one(Number.POSITIVE_INFINITY), one(1)), '-x');
    assert.equal(chosen(100, one(Number.POSITIVE_INFINITY, { weight: 5 }), one(1)), '-x');
  });

  it('keeps an incumbent against one a little cheaper, not against more jobs', () => {
    assert.equal(chosen(1, one(0.62, { isIncumbent: true }), one(0.6)), 'x-');
    assert.equal(chosen(1, one(0.7, { isIncumbent: true }), one(0.6)), '-x');
    assert.equal(chosen(1, one(0.54, { isIncumbent: true }), one(0.5), one(0.5)), '-xx');
  });

  it('serves as many small jobs of a small host where one of them weighs more', () => {
    const small = (weight: number) => one(0.051, { weight });
    const many = (weight: number) =>
      chosen(1, small(weight), ...Array.from({ length: 19 }, () => small(1)));
    assert.equal(many(1).replaceAll('-', '').length, 19);
    assert.equal(many(2).replaceAll('-', '').length, 19);
    assert.equal(chosen(0.5, one(0.3), one(0.301, { weight: 2 })), '-x');
  });

  it('goes by weight where weights differ', () => {
    assert.equal(chosen(1, one(1, { weight: 3 }), one(0.5), one(0.5)), 'x--');
    assert.equal(chosen(1, one(1, { weight: 1.5 }), one(0.5), one(0.5)), '-xx');
    assert.equal(chosen(1.5, one(1, { weight: 3 }), one(0.5), one(0.5)), 'xx-');
  });

  it('counts the weight of an incumbent a tenth more', () => {
    assert.equal(
      chosen(1, one(1, { weight: 1, isIncumbent: true }), one(1, { weight: 1.05 })),
      'x-',
    );
    assert.equal(
      chosen(1, one(1, { weight: 1, isIncumbent: true }), one(1, { weight: 1.15 })),
      '-x',
    );
  });

  it('fills a node to the last cell of its grid', () => {
    assert.equal(chosen(0.3, one(0.1, { weight: 2 }), one(0.2)), 'xx');
  });

  it('copes with nothing to give and nobody to give to', () => {
    assert.equal(chosen(0, one(0.1), one(0.2, { weight: 2 })), '--');
    assert.equal(chosen(-1, one(0.1), one(0.2)), '--');
    assert.equal(chosen(1), '');
  });
});

describe('adaptive share of the rest', () => {
  const claim = (workSeconds: number, change: Partial<BestEffortClaim> = {}): BestEffortClaim => ({
    law: law({ workSeconds }),
    aimSeconds: 1,
    weight: 1,
    floorCores: 0.01,
    maxCores: 4,
    ...change,
  });
  const ratios = (claims: readonly BestEffortClaim[], cores: readonly number[]) =>
    claims.map(
      ({ law: its, aimSeconds }, i) => (its?.workSeconds ?? 0) / (cores[i] ?? 0) / aimSeconds,
    );

  it('makes all equally late', () => {
    const claims = [claim(0.5), claim(1), claim(2, { aimSeconds: 0.5 })];
    const cores = shareBestEffort(claims, 1.1);
    near(sum(cores), 1.1, 1e-6);
    for (const ratio of ratios(claims, cores)) near(ratio, 5, 1e-6);
  });

  it('gives nobody more than its target takes', () => {
    assert.deepEqual(shareBestEffort([claim(0.5), claim(1)], 10), [0.5, 1]);
  });

  it('lets a heavier job be nearer to its target', () => {
    const claims = [claim(1, { weight: 2 }), claim(1)];
    const [heavy = 0, light = 0] = shareBestEffort(claims, 0.9);
    near(heavy / light, 2, 1e-6);
  });

  it('holds everybody between its floor and its most', () => {
    const [floored = 0, rest = 0] = shareBestEffort(
      [claim(0.05, { floorCores: 0.3 }), claim(10)],
      1,
    );
    assert.equal(floored, 0.3);
    near(rest, 0.7, 1e-6);
    const [capped = 0, other = 0] = shareBestEffort([claim(10, { maxCores: 0.2 }), claim(10)], 1);
    assert.equal(capped, 0.2);
    near(other, 0.8, 1e-6);
  });

  describe('beside a target that no CPU meets', () => {
    const typo = claim(0.12, { aimSeconds: 0.001, maxCores: 1.9 });
    const face = claim(0.1, { aimSeconds: 0.25, maxCores: 1.9 });
    const rests = (claims: readonly BestEffortClaim[], shares: readonly number[]) => {
      const cores = shareBestEffort(claims, 0.36);
      assert.equal(cores.length, shares.length);
      for (const [i, share] of shares.entries()) near(cores[i] ?? 0, share, 1e-6, `${i}`);
    };

    it('keeps an even part for the others', () => {
      rests([typo, face], [0.18, 0.18]);
      rests([face, typo, claim(1)], [0.24 * (0.4 / 1.4), 0.12, 0.24 * (1 / 1.4)]);
    });

    it('gives it what they leave', () => {
      rests([typo, claim(0.05)], [0.31, 0.05]);
      rests([typo], [0.36]);
    });

    it('counts a heavier job more', () => {
      rests([{ ...typo, weight: 3 }, face], [0.27, 0.09]);
      rests([typo, { ...face, weight: 3 }], [0.09, 0.27]);
    });

    it('divides evenly among several of them', () => {
      rests([typo, claim(1, { aimSeconds: 0.2, maxCores: 1.9 })], [0.18, 0.18]);
    });

    it('goes over to that without a jump', () => {
      const parts = Array.from({ length: 31 }, (_, i) => {
        const needed = claim(1.9 * (0.8 + i / 20), { maxCores: 1.9 });
        return shareBestEffort([needed, face], 0.36)[0] ?? 0;
      });
      near(parts[0] ?? 0, 0.36 * (1.52 / 1.92), 1e-6);
      near(parts.at(-1) ?? 0, 0.18, 1e-6);
      for (const [i, part] of parts.slice(1).entries())
        assert.ok(Math.abs(part - (parts[i] ?? 0)) < 0.0125, `${part} after ${parts[i]}`);
    });
  });

  it('gives floors even if they are too much, and only the floor where nothing is known', () => {
    assert.deepEqual(
      shareBestEffort([claim(1, { floorCores: 1 }), claim(1, { floorCores: 1 })], 0.5),
      [1, 1],
    );
    assert.equal(
      shareBestEffort([claim(1, { law: null, floorCores: 0.1 }), claim(1)], 0.5)[0],
      0.1,
    );
  });

  it('asks for what reaches the best there is, not for more', () => {
    const [cores = 0] = shareBestEffort(
      [claim(1, { law: law({ workSeconds: 1, minSeconds: 2 }) })],
      4,
    );
    near(cores, 0.5, 1e-6);
  });

  it('shares by work where not even the queues can be kept from growing', () => {
    const claims = [0.2, 0.4].map((workSeconds) =>
      claim(workSeconds, { law: law({ workSeconds, ratePerSecond: 4 }) }),
    );
    const cores = shareBestEffort(claims, 1);
    assert.ok(sum(cores) <= 1 + 1e-9);
    near((cores[1] ?? 0) / (cores[0] ?? 1), 2, 1e-6);
  });
});

describe('adaptive keeping of what is good enough', () => {
  const its = goal();
  const aim = its.aimCores;
  const keep = (held: readonly (number | null)[], leftCores: number, bandSlack = 0, cores = aim) =>
    keepHeldLimits(
      held.map((heldCores, i) => ({ member: member(`a${i}-1`, { heldCores }), goal: its })),
      held.map(() => cores),
      { leftCores, bandSlack },
    );

  it('keeps a limit whose latency is within 0.6 of the way to an edge of the band', () => {
    assert.deepEqual(keep([aim * 0.947, aim * 1.06], 1), [aim * 0.947, aim * 1.06]);
    assert.deepEqual(keep([aim * 0.94, aim * 1.07], 1), [aim, aim]);
  });

  it('changes what is out of the band or near its edge', () => {
    assert.deepEqual(keep([aim * 0.92, aim * 1.09, aim * 2, null], 1), [aim, aim, aim, aim]);
  });

  it('lets nobody keep more than there is, unless another keeps less', () => {
    assert.deepEqual(keep([aim * 1.04], aim), [aim]);
    const [less, more] = [aim * 0.96, aim * 1.03];
    assert.deepEqual(keep([more, less], 2 * aim), [more, less]);
  });

  it('asks for more than an update is worth before it moves anybody', () => {
    const wide = goal({ seconds: 1, alpha: 0.02, marginRatio: 0.01 });
    const held = wide.aimCores * 1.015;
    const aimed = { member: member('a-1', { heldCores: held }), goal: wide };
    const kept = keepHeldLimits([aimed], [wide.aimCores], { leftCores: 1, bandSlack: 0 });
    assert.deepEqual(kept, [held]);
  });

  it('keeps nothing outside a container’s own bounds', () => {
    const held = aim * 1.03;
    const bounded = (bounds: object) =>
      keepHeldLimits(
        [{ member: member('a-1', { heldCores: held, ...bounds }), goal: its }],
        [aim],
        { leftCores: 1, bandSlack: 0 },
      );
    assert.deepEqual(bounded({ maxCores: aim }), [aim]);
    assert.deepEqual(bounded({ floorCores: aim * 1.05 }), [aim]);
    assert.deepEqual(bounded({}), [held]);
  });

  it('keeps up to half the margin where everybody is eased', () => {
    const eased = its.edgeCores;
    const quarter = 0.1 / (its.edgeSeconds + 0.25 * (its.slowSeconds - its.edgeSeconds));
    const near3 = 0.1 / (its.edgeSeconds + 0.9 * (its.slowSeconds - its.edgeSeconds));
    assert.deepEqual(keep([quarter], 1, 1, eased), [quarter]);
    assert.notDeepEqual(keep([near3], 1, 1, eased * 1.1), [near3]);
  });
});

describe('adaptive steps', () => {
  const held = (...cores: (number | null)[]) =>
    cores.map((heldCores, i) => member(`a${i}-1`, { heldCores }));

  it('changes a limit by a factor of four at most', () => {
    assert.deepEqual(boundSteps(held(0.1, 1), [1, 0.1], 4), [0.4, 0.25]);
    assert.deepEqual(boundSteps(held(0.1, 1), [0.3, 0.5], 4), [0.3, 0.5]);
  });

  it('gives a first limit at once', () => {
    assert.deepEqual(boundSteps(held(null), [3], 4), [3]);
  });

  it('lets those who grow wait where somebody cannot give up all it should at once', () => {
    // The first should go from 1.6 to 0.1 and goes to 0.4: 0.3 less for the others, in proportion
    // to their growth.
    const steps = boundSteps(held(1.6, 0.3, 0.1), [0.1, 0.9, 0.4], 1.4);
    assert.equal(steps[0], 0.4);
    near(sum(steps), 1.4, 1e-9);
    near(((steps[1] ?? 0) - 0.3) / ((steps[2] ?? 0) - 0.1), 2, 1e-9);
  });

  it('holds nobody back while there is room', () => {
    assert.deepEqual(boundSteps(held(1.6, 0.3), [0.1, 0.9], 4), [0.4, 0.9]);
  });

  it('keeps everybody within its bounds', () => {
    const bounded = [
      member('a-1', { heldCores: 0.1, floorCores: 0.6 }),
      member('b-1', { heldCores: 2, maxCores: 0.3 }),
    ];
    assert.deepEqual(boundSteps(bounded, [0.6, 0.3], 4), [0.6, 0.3]);
  });
});
