import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import {
  Field,
  type ModelDraft,
} from '../../../../../coordinator/schedule/model/allocation-model.js';
import { arrivalRateOf } from '../../../../../coordinator/schedule/model/fitted-law.js';
import {
  decayFactor,
  updateWork,
  withWorkScaled,
} from '../../../../../coordinator/schedule/model/work-estimator.js';
import { learnArrivals } from '../../../../../coordinator/schedule/policies/adaptive/learn/arrivals.js';
import type { Evidence } from '../../../../../coordinator/schedule/policies/adaptive/learn/evidence.js';
import { seededRandom } from '../../../../../shared/random.js';
import { draft as fresh, near, normal, read } from '../policies/adaptive/build.js';

describe('adaptive filter of work', () => {
  const meanOf = (draft: ModelDraft) => draft[Field.workSeconds] / draft[Field.workCount];
  /**
   * Folds reports of `requests` each, the work of a request being `work` with a relative deviation
   * of `noise`.
   */
  function fold(
    draft: ModelDraft,
    reports: number,
    { work = 0.1, requests = 5, noise = 0, seed = 1 } = {},
  ): ModelDraft {
    const random = seededRandom(seed);
    for (let i = 0; i < reports; i += 1) {
      let spent = 0;
      for (let j = 0; j < requests; j += 1) spent += work * (1 + noise * normal(random));
      updateWork(draft, spent, requests);
    }
    return draft;
  }

  it('scales what it knows of the work, and nothing else', () => {
    const before = fresh({ workSeconds: 2, workCount: 20, recentWork: 0.1, upSeconds: 1 });
    const after = read(withWorkScaled(before, 1.1));
    near(after.workSeconds, 2.2, 1e-9);
    near(after.recentWork, 0.11, 1e-9);
    assert.deepEqual([after.workCount, after.upSeconds], [20, 1]);
    assert.equal(before[Field.workSeconds], 2);
    const empty = fresh();
    assert.equal(withWorkScaled(empty, 1.1), empty);
    assert.equal(withWorkScaled(before, 1), before);
  });

  it('begins with the first requests', () => {
    const draft = fold(fresh(), 1, { requests: 3 });
    near(meanOf(draft), 0.1, 1e-12);
    assert.equal(draft[Field.workCount], 3);
  });

  it('learns a steady cost exactly, and how even it is', () => {
    const draft = fold(fresh(), 200);
    near(meanOf(draft), 0.1, 1e-9);
    assert.ok(draft[Field.noiseRatio] <= 0.021, `${draft[Field.noiseRatio]}`);
  });

  it('covers about the last 120 requests, or the last 20 reports where those hold more', () => {
    near(fold(fresh(), 2000, { requests: 1 })[Field.workCount], 120, 0.01);
    near(fold(fresh(), 2000, { requests: 5 })[Field.workCount], 120, 0.01);
    near(fold(fresh(), 2000, { requests: 50 })[Field.workCount], 1000, 0.01);
  });

  it('is near the mean with 8 % noise, and finds that noise', () => {
    const draft = fold(fresh(), 400, { noise: 0.08, seed: 3 });
    near(meanOf(draft), 0.1, 0.03);
    near(draft[Field.noiseRatio], 0.08, 0.4);
  });

  it('rarely takes noise for a change', () => {
    let alarms = 0;
    const draft: ModelDraft = fresh();
    const random = seededRandom(7);
    for (let i = 0; i < 2000; i += 1) {
      const before = draft[Field.workCount];
      updateWork(draft, 0.5 * (1 + (0.08 / Math.sqrt(5)) * normal(random)), 5);
      if (i > 40 && draft[Field.workCount] < before - 60) alarms += 1;
    }
    assert.ok(alarms <= 3, `${alarms} false alarms in 2000 reports`);
  });

  for (const factor of [1.5, 0.67]) {
    it(`notices within five reports that a request costs ${factor} times as much`, () => {
      const draft = fold(fresh(), 100, { noise: 0.08 });
      fold(draft, 5, { work: 0.1 * factor, noise: 0.08, seed: 2 });
      near(meanOf(draft), 0.1 * factor, 0.08);
      assert.ok(draft[Field.workCount] <= 30, `${draft[Field.workCount]} requests remembered`);
    });
  }

  it('raises no alarm for a single outlier', () => {
    for (const outlier of [10, 0.1]) {
      const draft = fold(fresh(), 100, { noise: 0.08 });
      fold(draft, 1, { work: 0.1 * outlier, requests: 1 });
      assert.ok(draft[Field.workCount] > 100);
      fold(draft, 30, { noise: 0.08, seed: 4 });
      near(meanOf(draft), 0.1, 0.06);
      assert.ok(draft[Field.noiseRatio] < 0.2);
    }
  });

  it('keeps noise between 2 % and 150 %', () => {
    const draft: ModelDraft = fresh();
    for (let i = 0; i < 300; i += 1) updateWork(draft, i % 2 === 0 ? 0.0001 : 50, 1);
    assert.ok(draft[Field.noiseRatio] >= 0.02 && draft[Field.noiseRatio] <= 1.5);
    assert.ok(fold(fresh(), 500)[Field.noiseRatio] >= 0.02);
  });

  it('keeps of a decayed sum what makes it cover its memory', () => {
    near(decayFactor(1, 100), 0.99, 1e-12);
    assert.equal(decayFactor(100, 100), 0);
    assert.equal(decayFactor(500, 100), 0);
  });
});

describe('adaptive arrivals', () => {
  const evidence = (change: Partial<Evidence>): Evidence => ({
    seconds: 1,
    usedSeconds: 0.5,
    count: 5,
    waitedSeconds: 1,
    limitCores: 0.5,
    periodUs: 100_000,
    regime: 'bound',
    doneAtMs: 0,
    doneCpuSeconds: 0,
    isSteady: true,
    isClean: true,
    ...change,
  });
  /** `seconds` reports of a second each. */
  function watch(
    draft: ModelDraft,
    seconds: number,
    change: (second: number) => Partial<Evidence>,
  ): ModelDraft {
    for (let i = 0; i < seconds; i += 1) {
      const doneAtMs = draft[Field.doneAtMs] + 1000;
      const its = evidence({ doneAtMs, ...change(i) });
      learnArrivals(draft, its);
      draft[Field.doneAtMs] = doneAtMs;
      draft[Field.lastMeanSeconds] = its.waitedSeconds / its.count;
    }
    return draft;
  }
  const closed = () => ({ count: 5, waitedSeconds: 1 });
  const open = (rate: number, meanSeconds: number, regime: Evidence['regime'] = 'free') => ({
    count: rate,
    waitedSeconds: rate * meanSeconds,
    usedSeconds: 0.1,
    regime,
  });

  it('takes one request under way at all times for a closed loop (Little)', () => {
    const draft = watch(fresh(), 60, closed);
    assert.equal(draft[Field.isOpen], 0);
    assert.equal(arrivalRateOf(draft), 0);
  });

  it('takes two clients that wait for their answers for a closed loop of two', () => {
    const draft = watch(fresh(), 60, () => ({ count: 10, waitedSeconds: 2 }));
    assert.deepEqual([draft[Field.isOpen], draft[Field.clients]], [0, 2]);
  });

  it('takes a queue with one request under way on average for what it is', () => {
    const draft = watch(fresh(), 60, (i) => ({
      count: 4,
      waitedSeconds: i % 2 === 0 ? 0.4 : 1.6,
      usedSeconds: 0.49,
    }));
    assert.equal(draft[Field.isOpen], 1);
  });

  // What a client waited in each second between two ends, which were noted late by up to 0.2 s.
  for (const waited of [
    [0.81, 1.19, 1, 1],
    [1.19, 0.7, 1.3, 1],
  ])
    it(`takes a loop for one though ends are noted late: ${waited} s`, () => {
      const [one, two] = [fresh(), fresh()];
      for (const waitedSeconds of waited) {
        watch(one, 1, () => ({ waitedSeconds, usedSeconds: 0.4 }));
        watch(two, 1, () => ({ count: 10, waitedSeconds: 2 * waitedSeconds, usedSeconds: 0.4 }));
        assert.deepEqual([one[Field.isOpen], two[Field.isOpen]], [0, 0]);
      }
    });

  it('tells a queue from a loop whose ends are noted late within four seconds', () => {
    const queue = (i: number) => ({ waitedSeconds: i % 2 === 0 ? 0.9 : 1.35, usedSeconds: 0.4 });
    assert.equal(watch(fresh(), 4, queue)[Field.isOpen], 1);
  });

  it('takes fewer than one for open arrivals, and more than one for a queue', () => {
    assert.equal(watch(fresh(), 10, () => open(5, 0.1))[Field.isOpen], 1);
    assert.equal(watch(fresh(), 10, () => open(5, 0.5, 'bound'))[Field.isOpen], 1);
  });

  it('decides nothing on fewer than four answers, but where hardly anything was under way', () => {
    assert.equal(watch(fresh(), 3, () => open(1, 0.6))[Field.isOpen], 0);
    assert.equal(watch(fresh(), 20, () => open(1, 0.6))[Field.isOpen], 1);
    assert.equal(watch(fresh(), 1, () => open(1, 0.4))[Field.isOpen], 1);
  });

  it('takes open arrivals for a closed loop again only where it also uses all of its limit', () => {
    const start = () => watch(fresh(), 10, () => open(5, 0.1));
    assert.equal(watch(start(), 60, () => ({ ...closed(), usedSeconds: 0.25 }))[Field.isOpen], 1);
    assert.equal(watch(start(), 60, closed)[Field.isOpen], 0);
  });

  it('is not fooled by one report in which a queue has a whole number under way', () => {
    const start = () =>
      watch(fresh(), 20, (i) => ({ ...open(40, i % 2 === 0 ? 0.02 : 0.09), usedSeconds: 0.49 }));
    const after = watch(start(), 1, () => ({ count: 40, waitedSeconds: 3, usedSeconds: 0.5 }));
    assert.equal(after[Field.isOpen], 1);
  });

  it('learns the rate', () => {
    near(arrivalRateOf(watch(fresh(), 60, (i) => open(i % 2 === 0 ? 4 : 6, 0.1))), 5, 0.02);
  });

  for (const [from, to] of [
    [4, 10],
    [10, 4],
  ] as const) {
    it(`follows a change of rate from ${from} to ${to} a second within ten seconds`, () => {
      const draft = watch(fresh(), 60, () => open(from, 0.05));
      near(arrivalRateOf(draft), from, 0.01);
      watch(draft, 10, () => open(to, 0.05));
      near(arrivalRateOf(draft), to, 0.02);
    });
  }

  it('begins anew from what came since the rate began to differ, and from all of that', () => {
    for (const [from, to] of [
      [4, 10],
      [10, 4],
    ] as const) {
      const draft = watch(fresh(), 60, () => open(from, 0.05));
      for (let second = 1; second <= 20; second += 1) {
        watch(draft, 1, () => open(to, 0.05));
        const rate = arrivalRateOf(draft);
        assert.ok(rate >= 3.9 && rate <= 10.1, `${rate} a second`);
        assert.ok(draft[Field.arrivedSeconds] > 0);
      }
      assert.ok(
        draft[Field.arrivedSeconds] <= 21,
        `${draft[Field.arrivedSeconds]} s remembered after the change`,
      );
    }
  });

  it('changes its mind neither way between the two thresholds', () => {
    const between = (i: number) => ({ count: 5, waitedSeconds: i % 2 === 0 ? 0.9 : 1.1 });
    assert.equal(
      watch(
        watch(fresh(), 10, () => open(5, 0.1)),
        60,
        between,
      )[Field.isOpen],
      1,
    );
    assert.equal(watch(watch(fresh(), 60, closed), 60, between)[Field.isOpen], 0);
  });

  it('does not take chance for a change of rate', () => {
    const random = seededRandom(5);
    const poisson = () => {
      let [count, product] = [0, random()];
      while (product > Math.exp(-5)) [count, product] = [count + 1, product * random()];
      return Math.max(1, count);
    };
    const draft = watch(fresh(), 600, () => open(poisson(), 0.05));
    near(arrivalRateOf(draft), 5, 0.15);
    assert.ok(draft[Field.arrivedSeconds] > 30, `${draft[Field.arrivedSeconds]} s remembered`);
  });

  it('knows that more arrive than are answered while the queue grows: λ = μ/(1 − dL/dt)', () => {
    // Answers at 5 a second, latency rising by 0.5 s a second: 10 arrive.
    const draft = watch(fresh(), 30, (i) => open(5, 0.6 + 0.5 * i, 'bound'));
    near(arrivalRateOf(draft), 10, 0.1);
    // A queue that gets shorter: 5 answered, latency falling by 0.25 s a second: 4 arrive.
    near(arrivalRateOf(watch(fresh(), 20, (i) => open(5, 10 - 0.25 * i, 'bound'))), 4, 0.1);
  });

  it('counts few answers at their arrival: the server’s pace is not the arrival rate', () => {
    // One answer a second, each 0.5 s later than the one before: two arrive a second.
    near(arrivalRateOf(watch(fresh(), 200, (i) => open(1, 0.6 + 0.5 * i, 'bound'))), 2, 0.1);
  });

  it('counts nothing twice: a report without a later answer changes nothing', () => {
    const draft = watch(fresh(), 20, () => open(5, 0.1));
    const before = read(draft);
    learnArrivals(draft, evidence({ doneAtMs: draft[Field.doneAtMs] }));
    assert.deepEqual(read(draft), before);
  });
});
