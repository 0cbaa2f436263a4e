import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import {
  contentionFactor,
  poolCoresFor,
  pooledSeconds,
} from '../../../../../../coordinator/schedule/model/pool.js';
import { decideLimits } from '../../../../../../coordinator/schedule/policies/adaptive/decision.js';
import { drainCores } from '../../../../../../coordinator/schedule/policies/adaptive/divide/backlog.js';
import type { NodePlan } from '../../../../../../coordinator/schedule/policies/adaptive/divide/node-plan.js';
import { planNode } from '../../../../../../coordinator/schedule/policies/adaptive/divide/plan.js';
import {
  isNearWeight,
  weightLimit,
  weightOf,
} from '../../../../../../coordinator/schedule/policies/adaptive/divide/weights.js';
import { expectedSeconds } from '../../../../../../coordinator/schedule/policies/adaptive/expected.js';
import type { Member } from '../../../../../../coordinator/schedule/policies/adaptive/member.js';
import { target } from '../../../build.js';
import { goal, law, type MemberChange, member, near } from './build.js';

const NOW = 1e6;
const sum = (values: readonly number[]): number => values.reduce((total, each) => total + each, 0);
const plan = (members: readonly Member[], capacityCores: number): NodePlan =>
  planNode({ members, capacityCores, fairness: 'weighted', nowMs: NOW });
const cores = ({ allocationGoals }: NodePlan): number[] =>
  allocationGoals.map((assigned) => assigned.cores);
const kinds = ({ allocationGoals }: NodePlan): string =>
  allocationGoals.map(({ kind }) => kind).join(' ');

interface Service {
  /** CPU-seconds of a request, requests per second, and the p95 asked for, s. */
  readonly work: number;
  readonly rate: number;
  readonly seconds: number;
}

/** A service with open arrivals and a p95 ceiling. */
function service(id: string, { work, rate, seconds }: Service, change: MemberChange = {}): Member {
  const its = { workSeconds: work, ratePerSecond: rate, queueing: 0.5, quantile: 0.95 };
  return member(id, {
    goal: goal({ law: its, seconds }),
    ...change,
    model: {
      isOpen: 1,
      arrivedCount: 100 * rate,
      arrivedSeconds: 100,
      bornAtMs: NOW - 60_000,
      ...change.model,
    },
    allocation: {
      target: target(seconds * 1000, { statistic: 'p95', mode: 'ceiling' }),
      ...change.allocation,
    },
  });
}
/** A closed loop held in a band by `needs` cores at 1 s. */
const band = (id: string, reserved: number): Member =>
  member(id, {
    goal: goal({ law: { workSeconds: reserved } }),
    allocation: { target: target(1000) },
  });

describe('adaptive pool', () => {
  it('stretches a request by what others of the pool use, without end where they use all', () => {
    near(contentionFactor(1e-9, 2), 1, 1e-3);
    assert.ok(contentionFactor(1, 2) > 1 && contentionFactor(1.8, 2) > contentionFactor(1, 2));
    assert.equal(contentionFactor(2, 2), Number.POSITIVE_INFINITY);
    assert.ok(
      contentionFactor(5, 10) < contentionFactor(0.5, 1),
      'more cores at the same utilisation wait less',
    );
  });

  it('takes less CPU for all together than quotas would one by one', () => {
    const one = {
      law: law({ workSeconds: 0.03, ratePerSecond: 8, quantile: 0.95 }),
      targetSeconds: 0.1,
    };
    const quota = goal({
      law: { workSeconds: 0.03, ratePerSecond: 8, quantile: 0.95 },
      seconds: 0.1,
    }).aimCores;
    const whole = poolCoresFor(one, 5 * 0.24);
    assert.ok(whole < 5 * quota, `${whole} of ${5 * quota}`);
    assert.ok(whole > 1.2);
    assert.ok(pooledSeconds(one, 1.2, whole) <= 0.1 * (1 + 1e-6));
  });

  it('knows when no CPU does it', () => {
    const law1 = law({ workSeconds: 0.2, ratePerSecond: 1, quantile: 0.95 });
    assert.equal(poolCoresFor({ law: law1, targetSeconds: 0.1 }, 0.2), Number.POSITIVE_INFINITY);
  });
});

describe('adaptive ceilings', () => {
  const five = (rate: number): Member[] =>
    ['a-1', 'b-1', 'c-1', 'd-1', 'e-1'].map((id) =>
      service(id, { work: 0.03, rate, seconds: 0.1 }),
    );

  it('are all at target where their quotas would exceed the host but their use does not', () => {
    const its = plan(five(7.5), 1.9);
    assert.ok(sum(five(7.5).map((one) => one.goal?.aimCores ?? 0)) > 1.9, 'the quotas do not fit');
    assert.equal(kinds(its), 'atTarget atTarget atTarget atTarget atTarget');
    for (const each of cores(its)) assert.ok(each >= 0.225 / 0.9 - 1e-9, `${each}`);
    assert.ok(sum(cores(its)) <= 1.9 + 1e-9);
    assert.equal(its.isOverloaded, false);
  });

  it('rank where not all queues can be short; each gets at least half its even share', () => {
    const its = plan(five(15), 1.9);
    assert.equal(its.isOverloaded, true);
    assert.equal(its.isCrowded, true);
    assert.equal(its.allocationGoals.filter(({ kind }) => kind === 'atTarget').length, 3);
    for (const each of cores(its)) assert.ok(each >= 1.9 / 5 / 2 - 1e-9, `${each}`);
    assert.ok(sum(cores(its)) <= 1.9 + 1e-9);
  });

  it('take one back that was left out lately only with room to spare, as bands do', () => {
    const at = (out: MemberChange, capacityCores: number): NodePlan =>
      plan(
        [...five(7).slice(1), service('z-1', { work: 0.03, rate: 7, seconds: 0.1 }, out)],
        capacityCores,
      );
    const lately = { model: { isChosen: 0, chosenAtMs: NOW - 5000 } };
    // Each takes 0.233 to keep its queue short, together 1.167.
    assert.equal(at({}, 1.18).isCrowded, false);
    assert.equal(at({}, 1.1).isCrowded, true);
    assert.equal(at(lately, 1.18).isCrowded, true);
    assert.equal(at(lately, 1.3).isCrowded, false);
    assert.equal(at({ model: { chosenAtMs: NOW - 61_000 } }, 1.18).isCrowded, false);
  });

  it('keep their queues from growing before a closed loop gets what it asks for', () => {
    const its = plan([...five(10), band('x-1', 0.8)], 1.9);
    for (const each of cores(its).slice(0, 5)) assert.ok(each >= 0.3, `${each}`);
    assert.equal(its.allocationGoals[5]?.kind, 'bestEffort');
  });

  it('leave bands their quotas where both fit', () => {
    const its = plan([...five(4), band('x-1', 0.5)], 1.9);
    assert.equal(kinds(its), 'atTarget atTarget atTarget atTarget atTarget atTarget');
    near(cores(its)[5] ?? 0, 0.5, 1e-9);
  });

  it('set less aside beside a band, which weighs less and catches up', () => {
    const alone = sum(cores(plan(five(4), 1.9)));
    const beside = plan([...five(4), band('x-1', 0.6)], 1.9);
    assert.equal(kinds(beside), 'atTarget atTarget atTarget atTarget atTarget atTarget');
    assert.ok(sum(cores(beside).slice(0, 5)) < 0.8 * alone);
  });
});

describe('adaptive limits of ceilings', () => {
  const decide = (members: readonly Member[]) =>
    decideLimits({
      members,
      plan: plan(members, 1.9),
      capacityCores: 1.9,
      period: 'target',
      isContested: true,
    });

  it('have no quota, a guarantee and a weight; bands beside them weigh by their quota', () => {
    const [ceiling, closed] = decide([
      service('a-1', { work: 0.03, rate: 7.5, seconds: 0.1 }),
      band('x-1', 0.5),
    ]);
    assert.equal(ceiling?.limit.cpuCores, null);
    assert.ok((ceiling?.limit.guaranteeCores ?? 0) >= 0.225);
    assert.ok((ceiling?.limit.weightCores ?? 0) > (ceiling?.limit.guaranteeCores ?? 9));
    assert.deepEqual([closed?.limit.cpuCores, closed?.limit.weightCores], [0.5, 2]);
    assert.equal(
      closed?.limit.burstUs,
      Math.floor(0.5 * (closed?.limit.periodUs ?? 0)),
      'catches up after services',
    );
    assert.match(
      ceiling?.reason ?? '',
      /no quota \(ceiling 100ms\); 0\.\d\d CPU guaranteed by weight/,
    );
  });

  it('give a quota a weight of its own where others take CPU, else leave it to Docker', () => {
    const members = [band('x-1', 0.5)];
    const decided = (isContested: boolean) =>
      decideLimits({
        members,
        plan: plan(members, 1.9),
        capacityCores: 1.9,
        period: 'target',
        isContested,
      })[0]?.limit;
    assert.equal(decided(true)?.weightCores, 2);
    assert.equal(decided(false)?.weightCores, undefined);
  });

  it('change the weight of a band when a contest begins, though its quota stays', () => {
    const held = { cpuCores: 0.5, periodUs: 50_000, weightCores: 0.5 };
    const at = band('x-1', 0.5);
    const settled = { ...at, heldCores: 0.5, allocation: { ...at.allocation, limit: held } };
    const [, closed] = decide([service('a-1', { work: 0.03, rate: 7.5, seconds: 0.1 }), settled]);
    assert.deepEqual([closed?.limit.cpuCores, closed?.limit.weightCores], [0.5, 2]);
  });

  it('keep the quota that their owner wrote as the most', () => {
    const its = service(
      'a-1',
      { work: 0.03, rate: 5, seconds: 0.1 },
      { maxCores: 0.7, isBoundedByOwner: true },
    );
    const limit = weightLimit(its, { guaranteeCores: 0.2, weightCores: 0.4 });
    assert.deepEqual([limit.cpuCores, limit.guaranteeCores, limit.weightCores], [0.7, 0.2, 0.4]);
  });

  it('are not written anew for small changes', () => {
    const held = { cpuCores: null, periodUs: 100_000, guaranteeCores: 0.3, weightCores: 1 };
    assert.ok(isNearWeight(held, { ...held, guaranteeCores: 0.32, weightCores: 1.2 }));
    assert.ok(isNearWeight(held, { ...held, guaranteeCores: 0.22 }), 'more than it has to be');
    assert.ok(!isNearWeight(held, { ...held, guaranteeCores: 0.4 }));
    assert.ok(!isNearWeight(held, { ...held, guaranteeCores: 0.15 }));
    assert.ok(!isNearWeight(held, { ...held, weightCores: 2 }));
    assert.ok(!isNearWeight(held, { ...held, cpuCores: 1 }));
  });

  it('weigh a tight tail more than a loose one, and a closed loop as what it is guaranteed', () => {
    const calm = { isCrowded: false, isContested: false };
    const contest = { ...calm, isContested: true };
    const weigh = (tailCores: number) =>
      weightOf({ kind: 'atTarget', cores: 0.2, tailCores }, contest);
    const alike = [1, 0.3].map((tailCores) =>
      weightOf({ kind: 'atTarget', cores: 0.2, tailCores }, calm),
    );
    assert.deepEqual(alike, [0.5, 0.5], 'all weigh the same where nobody takes all there is');
    assert.ok(weigh(1) > weigh(0.3) && weigh(1) < 4 * weigh(0.3));
    assert.equal(weightOf({ kind: 'atTarget', cores: 0.2 }, calm), 0.2);
    const crowded = { isCrowded: true, isContested: true };
    const first = weightOf({ kind: 'atTarget', cores: 0.2, tailCores: 0.3 }, crowded);
    assert.ok(first > 2 * weightOf({ kind: 'bestEffort', cores: 0.2, tailCores: 0.3 }, crowded));
  });
});

describe('adaptive expectation of ceilings', () => {
  it('is that of the pool on what quotas leave', () => {
    const members = [service('a-1', { work: 0.03, rate: 7, seconds: 0.1 }), band('x-1', 0.5)];
    const its = plan(members, 1.9);
    const [open, closed] = expectedSeconds(members, its.allocationGoals, 1.9);
    const latencyGoalOf = members[0]?.goal;
    assert.ok(latencyGoalOf !== null && latencyGoalOf !== undefined);
    near(open ?? 0, pooledSeconds(latencyGoalOf, 0.21, 1.4), 1e-9);
    near(closed ?? 0, 1, 1e-9);
  });
});

describe('adaptive backlog', () => {
  const its = (lastMeanSeconds: number): Member =>
    service('a-1', { work: 0.03, rate: 5, seconds: 0.1 }, { model: { lastMeanSeconds } });
  const drain = (one: Member): number => (one.goal === null ? 0 : drainCores(one, one.goal, 0.4));

  it('is drained by as much CPU as the requests that wait take in a second', () => {
    near(drain(its(2.1)), 5 * 2 * 0.03, 1e-9);
    assert.equal(drain(its(0.05)), 0);
    assert.equal(
      drain(member('b-1', { model: { lastMeanSeconds: 9 } })),
      0,
      'a client that waits has no queue',
    );
  });

  it('is over where nobody has been answered for as long', () => {
    const quiet = (waitedSeconds: number, newestSampleAgeMs: number): Member => ({
      ...its(waitedSeconds),
      allocation: { ...its(waitedSeconds).allocation, newestSampleAgeMs },
    });
    assert.ok(drain(quiet(30, 29_900)) > 0);
    assert.equal(drain(quiet(30, 30_100)), 0);
    // Between two figures of a metrics endpoint that tells its own every 15 s.
    for (const ageMs of [0, 8000, 15_000])
      near(drain(quiet(2.1, ageMs)), 5 * 2 * 0.03, 1e-9, `${ageMs}`);
    assert.equal(drain(quiet(2.1, 21_000)), 0);
  });

  it('takes nothing from others for the last answers of a service that nobody asks', () => {
    const last = { lastMeanSeconds: 30 };
    const silent = (newestSampleAgeMs: number): Member =>
      member('a-1', {
        goal: goal({ law: { workSeconds: 0.1, ratePerSecond: 5 } }),
        model: { isOpen: 1, arrivedCount: 500, arrivedSeconds: 100, ...last },
        allocation: { newestSampleAgeMs },
      });
    const others = (ageMs: number): number =>
      cores(plan([silent(ageMs), band('x-1', 3)], 1.9))[1] ?? 0;
    assert.ok(others(0) < 0.1, 'a queue is drained first');
    assert.ok(others(600_000) > 0.5, `${others(600_000)}`);
  });
});
