import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { NodePlan } from '../../../../../../coordinator/schedule/policies/adaptive/divide/node-plan.js';
import type { MemberChange } from './build.js';
import { kinds, NOW, needing, plan, planAfter } from './plan-build.js';

const SERVED: MemberChange = { model: { isChosen: 1, chosenAtMs: NOW - 300_000 } };

describe('adaptive choice by expectation', () => {
  /** Jobs that take 0.2 cores each at their targets of 1 s ± 10 %. */
  const jobs = (count: number, spreadRatio: number, change: MemberChange = {}) =>
    Array.from({ length: count }, (_, i) =>
      needing(`a${String(i).padStart(2, '0')}-1`, 0.2, { spreadRatio, ...change }),
    );
  const served = (its: NodePlan): number =>
    kinds(its)
      .split(' ')
      .filter((kind) => kind === 'atTarget').length;

  it('squeezes all in where the host is even', () => {
    assert.equal(served(plan(jobs(10, 0), 1.86)), 10);
  });

  it('leaves one out where that makes the others much likelier to be within', () => {
    // Ten would be 7.5 % late: within in two intervals of three. Nine are at their targets.
    assert.equal(served(plan(jobs(10, 0.05), 1.86)), 9);
  });

  it('takes a new one only where it would have been worth it before the host became faster', () => {
    const nine = jobs(9, 0.01, SERVED);
    const next = needing('b-1', 0.2, { spreadRatio: 0.01 });
    assert.equal(served(plan([...nine, next], 1.92)), 10);
    assert.equal(served(planAfter([...nine, next], { cores: 1.92, slowerRatio: 1.08 })), 9);
    assert.equal(served(planAfter([...nine, next], { cores: 2.2, slowerRatio: 1.08 })), 10);
    // Also where it takes less than any other: nine at the edges of their bands are worth more.
    const small = needing('b-1', 0.05, { spreadRatio: 0.01 });
    assert.equal(served(plan([...nine, small], 1.8364)), 10);
    assert.equal(served(planAfter([...nine, small], { cores: 1.8364, slowerRatio: 1.08 })), 9);
    assert.equal(served(planAfter([...nine, small], { cores: 2.2, slowerRatio: 1.08 })), 10);
    // Where nobody is served yet, it puts nobody at risk.
    const fresh = jobs(10, 0.01);
    assert.equal(served(planAfter(fresh, { cores: 1.92, slowerRatio: 1.08 })), 10);
    // Who is served already stays.
    assert.equal(served(planAfter(jobs(10, 0.01, SERVED), { cores: 1.92, slowerRatio: 1.08 })), 10);
  });

  it('keeps all where they fit at their targets, however uneven the host is', () => {
    for (const spreadRatio of [0.02, 0.1, 0.3])
      assert.equal(served(plan(jobs(10, spreadRatio), 2.1)), 10);
  });

  it('gives up a job that it serves only for more than the risk of a change', () => {
    // Ten are worth 8.1, nine 8.9.
    assert.equal(served(plan(jobs(10, 0.04), 1.885)), 9);
    assert.equal(served(plan(jobs(10, 0.04, SERVED), 1.885)), 10);
    assert.equal(served(plan(jobs(10, 0.05, SERVED), 1.86)), 9);
  });

  it('gives up one at a time of those it serves', () => {
    assert.ok(served(plan(jobs(30, 0.05), 5.55)) < 29);
    assert.equal(served(plan(jobs(30, 0.05, SERVED), 5.55)), 29);
  });

  it('gives up the one that takes most CPU for its weight', () => {
    const large = needing('b-1', 0.3, { spreadRatio: 0.05 });
    assert.match(kinds(plan([...jobs(8, 0.05), large], 1.77)), /^(atTarget ){8}bestEffort$/);
    const heavy = needing('b-1', 0.3, { spreadRatio: 0.05, allocation: { weight: 3 } });
    assert.match(kinds(plan([...jobs(8, 0.05), heavy], 1.77)), /atTarget$/);
  });

  const WAITED: MemberChange = { model: { isChosen: 0, chosenAtMs: NOW - 660_000 } };
  const LONG: MemberChange = { model: { isChosen: 1, chosenAtMs: NOW - 660_000 } };

  it('lets one that was left out for ten minutes change places with one that was served', () => {
    const out = needing('b-1', 0.21, { spreadRatio: 0.05, ...WAITED });
    const its = kinds(plan([...jobs(9, 0.05, LONG), out], 1.86)).split(' ');
    assert.equal(its[9], 'atTarget');
    assert.equal(its.filter((kind) => kind === 'atTarget').length, 9);
    const lately = needing('b-1', 0.21, {
      spreadRatio: 0.05,
      model: { chosenAtMs: NOW - 590_000 },
    });
    assert.match(kinds(plan([...jobs(9, 0.05, LONG), lately], 1.86)), /bestEffort$/);
  });

  it('takes no second place when one comes in the place of another', () => {
    // Ten are held though nine would be worth 0.8 of a job more: less than the risk of a change.
    const ten = jobs(10, 0.04, LONG);
    const next = (ms: number) =>
      needing('b-1', 0.2, { spreadRatio: 0.04, model: { chosenAtMs: NOW - ms } });
    const before = plan([...ten, next(590_000)], 1.895);
    assert.deepEqual([served(before), kinds(before).endsWith('bestEffort')], [10, true]);
    const then = plan([...ten, next(660_000)], 1.895);
    assert.deepEqual([served(then), kinds(then).endsWith('atTarget')], [10, true]);
  });

  it('leaves it its place for as long', () => {
    const turn = { isChosen: 1, chosenAtMs: NOW - 1000, turnUntilMs: NOW + 599_000 };
    const next = needing('b-1', 0.21, { spreadRatio: 0.05, model: turn });
    const done = needing('c-1', 0.2, {
      spreadRatio: 0.05,
      model: { isChosen: 0, chosenAtMs: NOW - 1000 },
    });
    const its = kinds(plan([...jobs(8, 0.05, LONG), next, done], 1.86)).split(' ');
    assert.deepEqual(its.slice(8), ['atTarget', 'bestEffort']);
  });

  it('chooses nobody where all are to be equally near', () => {
    assert.equal(served(plan(jobs(10, 0.05), 1.86, 'maxmin')), 10);
  });
});
