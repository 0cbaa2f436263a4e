import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { conditionsOf } from '../../../../../../coordinator/schedule/policies/adaptive/conditions.js';
import { planNode } from '../../../../../../coordinator/schedule/policies/adaptive/divide/plan.js';
import {
  type FallBackState,
  NO_FALL_BACK,
  suspendedIn,
  updateFallBack,
} from '../../../../../../coordinator/schedule/policies/adaptive/fall-back.js';
import { fallBackConditionOf } from '../../../../../../coordinator/schedule/policies/adaptive/fall-back-condition.js';
import type { Member } from '../../../../../../coordinator/schedule/policies/adaptive/member.js';
import { container, node, target } from '../../../build.js';
import { goal, member } from './build.js';
import { seen } from './seen.js';

const idsOf = ({ only }: FallBackState): readonly string[] | undefined => only?.map(({ id }) => id);

describe('the watch', () => {
  const host = node('h1', { allocatableCpuCores: 4 });
  const look = (before: FallBackState, members: readonly Member[], nowMs: number): FallBackState =>
    updateFallBack(before, {
      node: { ...host, allocations: members.map(({ allocation }) => allocation) },
      members: members.map((one) => ({
        ...one,
        allocation: { ...one.allocation, observedAtMs: nowMs },
      })),
      capacityCores: 4,
      nowMs,
      intervalMs: 5000,
      fairness: 'weighted',
    });
  const harmed = [seen('a-1', { ms: 2000 }), seen('b-1', { ms: 2000 })];
  const well = [seen('a-1', { ms: 300 }), seen('b-1', { ms: 300 })];
  const weighted = {
    limit: { cpuCores: null, periodUs: 100_000, guaranteeCores: 0.5, weightCores: 1 },
  };

  it('drops quotas after two intervals with more violations than plain Docker, not one', () => {
    const once = look(NO_FALL_BACK, harmed, 20_000);
    assert.deepEqual([once.level, once.badIntervals], [0, 1]);
    const twice = look(once, harmed, 25_000);
    assert.equal(twice.level, 1);
    assert.match(
      fallBackConditionOf(twice, [])?.reason ?? '',
      /limits made things worse: 2 jobs slower than asked, 0 expected with plain Docker/,
    );
    assert.equal(look(look(NO_FALL_BACK, harmed, 20_000), well, 25_000).badIntervals, 0);
  });

  const late = [seen('a-1', { ms: 2000 }), seen('b-1', { ms: 1000 })];
  const held = late.map((one) => ({
    ...one,
    allocation: { ...one.allocation, limit: { cpuCores: 0.5, periodUs: 100_000 } },
  }));

  it('drops the quotas of those that are late, and leaves the others as they are', () => {
    const fallen = look(look(NO_FALL_BACK, held, 20_000), held, 25_000);
    assert.deepEqual([fallen.level, idsOf(fallen)], [1, ['a-1']]);
    assert.deepEqual(
      ['a-1', 'b-1'].map((id) => suspendedIn(fallen)?.(id)),
      [true, false],
    );
    assert.match(fallBackConditionOf(fallen, [])?.reason ?? '', /; now no quota for a-1; limits/);
    const report = container('a-1', { origin: 'label', name: 'shop' });
    const adopted = [{ id: report.allocation, origin: 'label', report }] as const;
    assert.match(fallBackConditionOf(fallen, adopted)?.reason ?? '', /; now no quota for shop; /);
    const healed = look(look(fallen, well, 40_000), well, 86_000);
    assert.deepEqual([healed.level, healed.only, healed.holdMs], [0, null, 120_000]);
  });

  it('counts one no more that had more CPU and is no faster without its quota', () => {
    const fallen = look(look(NO_FALL_BACK, held, 20_000), held, 25_000);
    const tried = held.map((one) => {
      const report = one.allocation.report;
      assert.ok(report !== null);
      const cpu = { ...{ usageCores: 0.9, usageTotalSeconds: 1 }, throttledRatio: 0 };
      return {
        ...one,
        allocation: {
          ...one.allocation,
          report: { ...report, cpu: { ...cpu, pressureRatio: null } },
        },
      };
    });
    const after = look(fallen, tried, 36_000);
    assert.deepEqual([after.level, after.only, Object.keys(after.leftOut)], [0, null, ['a-1']]);
    const later = look(look(after, tried, 41_000), tried, 46_000);
    assert.equal(later.level, 0, 'it costs the others nothing');
    assert.equal(look(look(later, tried, 700_000), tried, 705_000).level, 1, 'tried again');
  });

  it('drops those of all where that does not help, then weights', () => {
    const fallen = look(look(NO_FALL_BACK, held, 20_000), held, 25_000);
    assert.deepEqual(idsOf(look(fallen, held, 30_000)), ['a-1'], 'it waits for two intervals');
    const all = look(fallen, held, 36_000);
    assert.deepEqual([all.level, all.only], [1, null]);
    assert.ok(['a-1', 'b-1'].every((id) => suspendedIn(all)?.(id) === true));
    assert.equal(look(all, held, 47_000).level, 2);
  });

  it('does nothing where plain Docker would do as much harm', () => {
    const tight = [seen('a-1', { ms: 2000 }), seen('b-1', { ms: 2000 })];
    const crowd = updateFallBack(NO_FALL_BACK, {
      node: { ...host, allocations: tight.map(({ allocation }) => allocation) },
      members: tight,
      capacityCores: 0.9,
      nowMs: 20_000,
      intervalMs: 5000,
      fairness: 'weighted',
    });
    assert.equal(crowd.badIntervals, 0);
  });

  it('goes on to plain Docker where weights do not help, and back if that does not help', () => {
    const fallen = look(look(NO_FALL_BACK, harmed, 20_000), harmed, 25_000);
    assert.equal(look(fallen, harmed, 30_000).level, 1, 'it waits for two intervals');
    const baseline = look(fallen, harmed, 36_000);
    assert.equal(baseline.level, 2);
    assert.match(
      fallBackConditionOf(baseline, [])?.reason ?? '',
      /as plain Docker; limits return after 60 s, .*, or sooner where this is no better$/,
    );
    const back = look(baseline, harmed, 47_000);
    assert.equal(back.level, 0);
    assert.equal(
      look(look(back, harmed, 52_000), harmed, 57_000).level,
      0,
      'what a trial showed counts for a while',
    );
  });

  it('tries limits again after a minute, twice as long the next time, with more room', () => {
    const fallen = look(look(NO_FALL_BACK, harmed, 20_000), harmed, 25_000);
    const healed = look(look(fallen, well, 40_000), well, 80_000);
    assert.equal(healed.level, 1);
    const again = look(healed, well, 86_000);
    assert.deepEqual([again.level, again.holdMs, again.reserveRatio], [0, 120_000, 0.05]);
  });

  it('is not alarmed for ever by the last answers of one that nobody asks any more', () => {
    const silent = (ageMs: number) =>
      ['a-1', 'b-1'].map((id) =>
        seen(id, { ms: 2000, change: { allocation: { newestSampleAgeMs: ageMs } } }),
      );
    let state = look(NO_FALL_BACK, silent(0), 20_000);
    for (let ageMs = 5000; ageMs <= 900_000; ageMs += 5000) {
      state = look(state, silent(ageMs), 20_000 + ageMs);
      assert.equal(state.level, 0, `${ageMs}`);
    }
  });

  it('is alarmed by one that answers no more and uses all of its limit', () => {
    const working = (usageCores: number, ageMs: number) =>
      ['a-1', 'b-1'].map((id) => {
        const { allocation, ...its } = seen(id, { ms: 2000 });
        const cpu = { usageCores, usageTotalSeconds: 1, throttledRatio: 0.9, pressureRatio: null };
        const report = container(id, { ...allocation.report, cpu });
        return { ...its, allocation: { ...allocation, report, newestSampleAgeMs: ageMs } };
      });
    const levelsAt = (usageCores: number): readonly number[] => {
      const levels: number[] = [];
      let state = look(NO_FALL_BACK, working(usageCores, 60_000), 20_000);
      for (const nowMs of [25_000, 30_000]) {
        state = look(state, working(usageCores, 40_000 + nowMs), nowMs);
        levels.push(state.level);
      }
      return levels;
    };
    assert.deepEqual(levelsAt(0.49), [1, 1]);
    assert.deepEqual(levelsAt(0.2), [0, 0]);
    const fallen = look(look(NO_FALL_BACK, harmed, 20_000), harmed, 25_000);
    const still = working(1, 60_000).map((one) => ({
      ...one,
      allocation: { ...one.allocation, limit: null },
    }));
    assert.equal(look(fallen, still, 36_000).level, 2, 'without a quota it works and answers not');
  });

  it('does not count the same answers twice, and counts rare ones', () => {
    const slow = (ageMs: number) => [
      seen('a-1', { ms: 12_000, change: { allocation: { newestSampleAgeMs: ageMs } } }),
    ];
    const once = look(NO_FALL_BACK, slow(1000), 20_000);
    const again = look(once, slow(6000), 25_000);
    assert.deepEqual([again.level, again.badIntervals], [0, 1]);
    assert.equal(look(again, slow(1000), 32_000).level, 1, 'the next answer, after 12 s');
    // One that is asked twice a minute, or tells of its answers so rarely.
    const rare = (ageMs: number) => [
      seen('a-1', { ms: 2000, change: { allocation: { newestSampleAgeMs: ageMs } } }),
    ];
    let state = look(NO_FALL_BACK, rare(1000), 20_000);
    for (let nowMs = 25_000; nowMs < 50_000; nowMs += 5000)
      state = look(state, rare(nowMs - 19_000), nowMs);
    assert.deepEqual([state.level, state.badIntervals], [0, 1]);
    assert.equal(look(state, rare(1000), 50_000).level, 1, 'the next answer, after 30 s');
  });

  it('does not excuse harm by what plain Docker would do to one that nobody asks', () => {
    const idle = ['x-1', 'y-1', 'z-1'].map((id) =>
      seen(id, {
        ms: 300,
        change: {
          goal: goal({ law: { workSeconds: 4 } }),
          allocation: { newestSampleAgeMs: 600_000 },
        },
      }),
    );
    const members = [...harmed, ...idle];
    assert.equal(look(look(NO_FALL_BACK, members, 20_000), members, 25_000).level, 1);
  });

  it('falls back to plain Docker at once where nothing has a quota', () => {
    const list = harmed.map((one) => ({ ...one, allocation: { ...one.allocation, ...weighted } }));
    assert.equal(look(look(NO_FALL_BACK, list, 20_000), list, 25_000).level, 2);
  });
});

describe('conditions of a node', () => {
  const open = (rate: number): Member => {
    const its = { workSeconds: 0.1, ratePerSecond: rate, quantile: 0.95 };
    return member('a-1', {
      goal: goal({ law: its, seconds: 1 }),
      model: { isOpen: 1, arrivedCount: 100 * rate, arrivedSeconds: 100 },
      allocation: { target: target(1000, { statistic: 'p95', mode: 'ceiling' }) },
    });
  };
  const of = (rate: number, before: ReturnType<typeof conditionsOf> = []) => {
    const plan = planNode({
      members: [open(rate)],
      capacityCores: 2,
      fairness: 'weighted',
      nowMs: 1e6,
    });
    const given = { plan, capacityCores: 2, fallBack: NO_FALL_BACK };
    return conditionsOf({ ...given, before, allocations: [] });
  };

  it('tell of overload what it would take, until it is surely over', () => {
    assert.deepEqual(of(10), []);
    const [over] = of(24);
    assert.equal(over?.kind, 'overloaded');
    assert.match(
      over?.reason ?? '',
      /need 2\.40 CPU, 2\.00 CPU are available: queues grow without bound; 0\.\d\d CPU more/,
    );
    const told = of(24);
    assert.equal(of(19, told), told, 'the same words as long as it lasts');
    assert.deepEqual(of(18, told), []);
  });
});
