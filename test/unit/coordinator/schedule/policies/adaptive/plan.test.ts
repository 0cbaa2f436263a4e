import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { decideLimits } from '../../../../../../coordinator/schedule/policies/adaptive/decision.js';
import type { NodePlan } from '../../../../../../coordinator/schedule/policies/adaptive/divide/node-plan.js';
import { planNode } from '../../../../../../coordinator/schedule/policies/adaptive/divide/plan.js';
import type { Member } from '../../../../../../coordinator/schedule/policies/adaptive/member.js';
import { unreachableOf } from '../../../../../../coordinator/schedule/policies/adaptive/unreachable.js';
import type { Fairness, PeriodRule } from '../../../../../../coordinator/schedule/types.js';
import { formatDurationMs } from '../../../../../../shared/units.js';
import { node, target } from '../../../build.js';
import { type GoalChange, goal, type MemberChange, member, near } from './build.js';

const sum = (values: readonly number[]): number => values.reduce((total, each) => total + each, 0);
const NOW = 1e6;
const plan = (
  members: readonly Member[],
  capacityCores: number,
  fairness: Fairness = 'weighted',
): NodePlan => planNode({ members, capacityCores, fairness, nowMs: NOW });
const kinds = ({ allocationGoals }: NodePlan): string =>
  allocationGoals.map(({ kind }) => kind).join(' ');
const coresOf = ({ allocationGoals }: NodePlan): number[] =>
  allocationGoals.map(({ cores }) => cores);
const total = (its: NodePlan): number => sum(coresOf(its));
/** One that takes `cores` for its target of 1 s. */
const needing = (
  id: string,
  cores: number,
  change: MemberChange = {},
  its: GoalChange = {},
): Member => {
  const made = goal({ ...its, law: { workSeconds: cores, ...its.law } });
  return member(id, { ...change, model: { bornAtMs: NOW - 30_000, ...change.model }, goal: made });
};

describe('adaptive plan', () => {
  it('gives everybody what its target takes where all fits, and leaves the rest idle', () => {
    const its = plan([needing('a-1', 0.5), needing('b-1', 0.3)], 2);
    assert.equal(kinds(its), 'atTarget atTarget');
    assert.deepEqual(coresOf(its), [0.5, 0.3]);
    assert.deepEqual([its.bandSlack, its.cpuPressure], [0, 'low']);
    near(its.demandCores, 0.8, 1e-9);
  });

  it('eases everybody towards the slow edge of its band where that makes room for all', () => {
    const its = plan([needing('a-1', 1), needing('b-1', 1)], 1.9);
    assert.equal(kinds(its), 'atTarget atTarget');
    assert.ok(its.bandSlack > 0 && its.bandSlack <= 1);
    assert.ok(total(its) <= 1.9 && total(its) > 1.89);
    assert.equal(its.cpuPressure, 'high');
  });

  it('says where CPU is tight, loose, and between', () => {
    const cpuPressure = (capacityCores: number) =>
      plan([needing('a-1', 1)], capacityCores).cpuPressure;
    assert.deepEqual([0.99, 1.01, 2].map(cpuPressure), ['high', 'medium', 'low']);
  });

  it('satisfies as many as possible where not even that fits, the others share the rest', () => {
    const its = plan([needing('a-1', 1.5), needing('b-1', 0.5), needing('c-1', 0.4)], 1.2);
    assert.equal(kinds(its), 'bestEffort atTarget atTarget');
    assert.ok(total(its) <= 1.2 + 1e-9);
    assert.ok((coresOf(its)[0] ?? 0) > 0.2, 'the rest is not wasted');
  });

  it('goes by weight or by count as fairness says', () => {
    const members = [
      needing('a-1', 1, { allocation: { weight: 3 } }),
      needing('b-1', 0.5),
      needing('c-1', 0.5),
    ];
    assert.equal(kinds(plan(members, 1, 'weighted')), 'atTarget bestEffort bestEffort');
    assert.equal(kinds(plan(members, 1, 'count')), 'bestEffort atTarget atTarget');
  });

  it('with maxmin satisfies all or brings all equally near', () => {
    const members = [needing('a-1', 1.5), needing('b-1', 0.5), needing('c-1', 0.4)];
    assert.equal(kinds(plan(members, 2.4, 'maxmin')), 'atTarget atTarget atTarget');
    const tight = plan(members, 1.2, 'maxmin');
    assert.equal(kinds(tight), 'bestEffort bestEffort bestEffort');
    const lateness = coresOf(tight).map(
      (cores, i) => [1.5, 0.5, 0.4].map((work) => work / cores)[i] ?? 0,
    );
    for (const ratio of lateness) near(ratio, lateness[0] ?? 0, 1e-3);
  });

  it('with maxmin lets one that cannot be met keep nobody from its target', () => {
    const its = plan([needing('a-1', 1, { maxCores: 0.5 }), needing('b-1', 0.5)], 1.2, 'maxmin');
    assert.equal(kinds(its), 'bestEffort atTarget');
  });

  it('never aims at what no CPU meets, or what takes more than the container may use', () => {
    const its = plan(
      [
        needing('a-1', 0.5, {}, { law: { overheadSeconds: 2 } }),
        needing('b-1', 1, { maxCores: 0.5 }),
        needing('c-1', 0.5),
      ],
      8,
    );
    assert.equal(kinds(its), 'bestEffort bestEffort atTarget');
  });

  it('keeps the chosen ones while nothing better can be had', () => {
    const [a, b] = [needing('a-1', 0.6), needing('b-1', 0.58)];
    assert.equal(kinds(plan([a, b], 0.7)), 'bestEffort atTarget');
    const held = needing('a-1', 0.6, {
      heldCores: 0.6,
      model: { isChosen: 1, chosenAtMs: NOW - 5000 },
    });
    assert.equal(kinds(plan([held, b], 0.7)), 'atTarget bestEffort');
  });

  it('takes one that was given up lately back only with room to spare', () => {
    const dropped = needing('a-1', 0.6, { model: { isChosen: 0, chosenAtMs: NOW - 5000 } });
    const edge = dropped.goal?.edgeCores ?? 0;
    assert.equal(kinds(plan([dropped], edge * 1.001)), 'bestEffort');
    assert.equal(kinds(plan([dropped], edge * 1.1)), 'atTarget');
    const long = needing('a-1', 0.6, { model: { isChosen: 0, chosenAtMs: NOW - 600_000 } });
    assert.equal(kinds(plan([long], edge * 1.001)), 'atTarget');
  });

  it('lets those that have not answered yet make room for newcomers, down to an equal share', () => {
    const waiting = member('a-1', {
      goal: null,
      heldCores: 1.9,
      allocation: { target: target(1000) },
    });
    const newcomer = member('b-1', { goal: null });
    assert.deepEqual(coresOf(plan([waiting, newcomer], 2)), [1, 1]);
    assert.deepEqual(coresOf(plan([waiting], 2)), [1.9]);
    // Without a target nothing is known to be wanted: it keeps what it holds.
    const aimless = member('a-1', { goal: null, heldCores: 1.5, allocation: { target: null } });
    assert.deepEqual(coresOf(plan([aimless, newcomer], 2)), [1.5, 0.5]);
  });

  it('never takes for a guess what a settled job must have, however little that leaves', () => {
    const settled = needing('a-1', 0.5, { heldCores: 0.5, model: { isChosen: 1 } });
    const waiting = member('b-1', {
      goal: null,
      heldCores: 1.4,
      allocation: { target: target(1000) },
    });
    const newcomer = member('c-1', { goal: null });
    for (const capacityCores of [2, 1.2, 0.7, 0.5]) {
      const its = plan([settled, waiting, newcomer], capacityCores);
      assert.equal(kinds(its), 'atTarget bootstrap bootstrap', `${capacityCores}`);
      assert.ok(
        total(its) <= Math.max(capacityCores, 0.5 + 0.02) + 1e-9,
        `${capacityCores}: ${coresOf(its)}`,
      );
    }
    const [held = 0, , fresh = 0] = coresOf(plan([settled, waiting, newcomer], 1.2));
    assert.ok(held >= 0.5 / 1.1 && fresh > 0.1, `${held} ${fresh}`);
  });

  it('takes a fair part for a guess from those who are not in their bands', () => {
    const left = needing('a-1', 3, { heldCores: 1.9 });
    near(coresOf(plan([left, member('b-1', { goal: null })], 2))[1] ?? 0, 1, 1e-9);
  });

  it('gives newcomers an equal share, or all that is free', () => {
    const newcomer = (id: string) => member(id, { goal: null });
    assert.deepEqual(coresOf(plan([newcomer('a-1'), newcomer('b-1')], 2)), [1, 1]);
    const beside = plan([needing('a-1', 0.5), newcomer('b-1')], 2);
    assert.equal(kinds(beside), 'atTarget bootstrap');
    near(coresOf(beside)[1] ?? 0, 1.5, 1e-9);
    const full = plan([needing('a-1', 2), newcomer('b-1')], 2);
    near(coresOf(full)[1] ?? 0, 1, 1e-9);
    assert.equal(coresOf(plan([member('a-1', { goal: null, maxCores: 0.3 })], 2))[0], 0.3);
  });

  it('lets one of which nothing is known keep its first limit, and one with an old report the limit it has', () => {
    const its = plan(
      [
        member('a-1', { goal: null, heldCores: 0.7 }),
        member('b-1', { heldCores: 0.9, isStale: true }),
      ],
      2,
    );
    assert.equal(kinds(its), 'bootstrap keep');
    assert.deepEqual(coresOf(its), [0.7, 0.9]);
    const beside = plan([needing('a-1', 1.5), member('b-1', { heldCores: 0.9, isStale: true })], 2);
    assert.equal(kinds(beside), 'bestEffort keep');
    assert.ok(total(beside) <= 2);
  });

  it('gives floors and keeps within bounds', () => {
    const its = plan(
      [needing('a-1', 0.1, { floorCores: 0.4 }), needing('b-1', 3), needing('c-1', 1)],
      1.6,
    );
    assert.deepEqual(kinds(its), 'atTarget bestEffort atTarget');
    assert.equal(coresOf(its)[0], 0.4);
  });

  it('does not share the rest anew while everybody has about its share', () => {
    const chosen = needing('a-1', 1, { heldCores: 1, model: { isChosen: 1 } });
    const others = (cores: number) =>
      ['b-1', 'c-1'].map((id) => needing(id, 2, { heldCores: cores }));
    assert.deepEqual(coresOf(plan([chosen, ...others(0.24)], 1.5)).slice(1), [0.24, 0.24]);
    assert.notDeepEqual(coresOf(plan([chosen, ...others(0.05)], 1.5)).slice(1), [0.05, 0.05]);
    const uneven = plan([chosen, ...others(0.4)], 1.5);
    assert.ok(total(uneven) <= 1.5 + 1e-9);
  });
});

describe('adaptive decision', () => {
  const decide = (
    members: readonly Member[],
    capacityCores: number,
    period: PeriodRule = 'target',
  ) =>
    decideLimits({
      members,
      plan: plan(members, capacityCores),
      capacityCores,
      period,
      isContested: false,
    });
  const reasons = (members: readonly Member[], capacityCores: number) =>
    decide(members, capacityCores).map(({ allocation, reason }) => `${allocation}: ${reason}`);
  const seen = (latencyMs: number) => ({ allocation: { latencyMs, target: target(1000) } });

  it('changes only what has to change', () => {
    const rest = needing('a-1', 0.5, { heldCores: 0.5, model: { isChosen: 1 } });
    assert.deepEqual(
      decide([rest, needing('b-1', 0.5)], 2).map(({ allocation }) => allocation),
      ['b-1'],
    );
    assert.deepEqual(decide([rest], 2), []);
  });

  it('tells a story in numbers: what is expected, what a request costs, what was, who gives and who gets', () => {
    const [taker, giver] = reasons(
      [
        needing('a-1', 0.6, { heldCores: 0.4, ...seen(1320) }),
        needing('b-1', 0.22, { heldCores: 0.62, ...seen(400) }),
      ],
      1,
    );
    assert.match(
      taker ?? '',
      /a-1: 1s expected for 1s \(0\.60 CPU-s per request\), was 1\.32s, 32 % over; 0\.20 from b/,
    );
    assert.match(
      giver ?? '',
      /b-1: 1s expected for 1s \(0\.22 CPU-s per request\), was 400ms, 60 % under; 0\.20 given to a, 32 % over/,
    );
  });

  it('says what is expected of the limit it had where nothing was measured lately', () => {
    const unseen = needing('a-1', 0.6, {
      heldCores: 0.4,
      allocation: { latencyMs: null, target: target(1000) },
    });
    assert.match(reasons([unseen], 2)[0] ?? '', /was 1\.5s, 50 % over/);
  });

  it('says where free CPU comes from, and that what is given up stays free', () => {
    assert.match(
      reasons([needing('a-1', 0.6, { heldCores: 0.3, ...seen(2000) })], 2)[0] ?? '',
      /from free CPU$/,
    );
    assert.match(
      reasons([needing('a-1', 0.3, { heldCores: 0.6, ...seen(500) })], 2)[0] ?? '',
      /the rest stays free$/,
    );
  });

  it('says why one gets only what is left', () => {
    const [reason = ''] = reasons(
      [needing('a-1', 1.5), needing('b-1', 0.5), needing('c-1', 0.4)],
      1.2,
    );
    assert.match(
      reason,
      /a-1: best effort: \S+s expected; 1s would take 1\.50 CPU, all targets need 2\.40 of 1\.20 CPU/,
    );
    const [never = ''] = reasons([needing('a-1', 0.5, {}, { law: { overheadSeconds: 2 } })], 1.2);
    assert.match(never, /1s would take more CPU than it can use/);
  });

  it('counts as there what starters leave', () => {
    const waiting = member('b-1', {
      goal: null,
      heldCores: 0.5,
      allocation: { target: target(1000) },
    });
    const [reason = ''] = reasons([needing('a-1', 1.5), waiting], 1.2);
    assert.match(reason, /1s would take 1\.50 CPU, all targets need 1\.50 of 0\.70 CPU/);
  });

  it('says that a newcomer is tried first', () => {
    assert.match(
      reasons([member('a-1', { goal: null })], 2)[0] ?? '',
      /initial limit: 2\.00 of 2\.00 CPU until the first answer shows what a request costs/,
    );
  });

  it('takes the period of the target, or 100 ms where the rule says so', () => {
    const one = needing('a-1', 0.5, { allocation: { target: target(400) } });
    assert.equal(decide([one], 2)[0]?.limit.periodUs, 20_000);
    assert.equal(decide([one], 2, 'fixed')[0]?.limit.periodUs, 100_000);
  });

  it('makes a queue that must not be faster than its band meet its quota several times a request', () => {
    const its = (mode: 'band' | 'ceiling') =>
      needing(
        'a-1',
        0.04,
        { allocation: { target: target(1000, { mode }) } },
        { law: { ratePerSecond: 10 } },
      );
    const [band, ceiling] = [decide([its('band')], 2), decide([its('ceiling')], 2)];
    assert.ok((ceiling[0]?.limit.periodUs ?? 0) > (band[0]?.limit.periodUs ?? 0));
  });

  it('sets CPU free by a longer period where it is short, even where the CPU stays', () => {
    // 0.625 each is asked for, 0.62 each is good enough.
    const hidden = (id: string) =>
      needing(
        id,
        0.5,
        {
          heldCores: 0.62,
          model: { isChosen: 1 },
          allocation: { limit: { cpuCores: 0.62, periodUs: 10_000 } },
        },
        { law: { overheadSeconds: 0.2 } },
      );
    const limits = (capacityCores: number, period?: PeriodRule) =>
      decide([hidden('a-1'), hidden('b-1')], capacityCores, period).map(({ limit }) => limit);
    const long = { cpuCores: 0.62, periodUs: 100_000 };
    assert.deepEqual(limits(1.245), [long, long]);
    assert.deepEqual(limits(1.26), []);
  });

  it('writes nothing where a limit is held, whatever its bounds', () => {
    assert.deepEqual(
      decide([member('a-1', { heldCores: 0.9, maxCores: 0.5, isStale: true })], 2),
      [],
    );
    assert.deepEqual(decide([member('a-1', { heldCores: 0.9, maxCores: 0.5, goal: null })], 2), []);
    const made = decide(
      [member('a-1', { goal: null, heldCores: 1.9 }), member('b-1', { goal: null })],
      2,
    );
    assert.match(made[0]?.reason ?? '', /reduced to free CPU for others/);
  });

  it('gives up a little too where the sum asks for it', () => {
    // Both are within what is not worth an update, but together they hold more than there is.
    const held = needing('a-1', 0.5, { heldCores: 0.5005, model: { isChosen: 1 } });
    assert.equal(decide([held], 0.5).length, 1);
    assert.equal(decide([held], 0.51).length, 0);
  });
});

describe('adaptive targets out of reach', () => {
  const unreachable = (members: readonly Member[], capacityCores: number) =>
    unreachableOf({ node: node('h1'), members, plan: plan(members, capacityCores) });

  it('are none where all are met or nothing is known', () => {
    assert.deepEqual(
      unreachable([needing('a-1', 0.5), member('b-1', { goal: null, heldCores: 0.5 })], 2),
      [],
    );
  });

  it('are named with what can be reached and what it would take', () => {
    const [one, ...more] = unreachable(
      [needing('a-1', 1.5), needing('b-1', 0.5), needing('c-1', 0.4)],
      1.2,
    );
    assert.deepEqual(more, []);
    assert.deepEqual(
      [one?.allocation, one?.job, one?.node, one?.targetMs],
      ['a-1', 'a', 'h1', 1000],
    );
    near(one?.neededCores ?? 0, 1.5 / 1.1, 1e-9);
    assert.ok((one?.reachableMs ?? 0) > 1100);
    assert.match(
      one?.reason ?? '',
      /1s would take 1\.36 CPU \(all targets on this node need 2\.40 of 1\.20 CPU\)/,
    );
    assert.ok(one?.reason.includes(formatDurationMs(one.reachableMs ?? 0)), one?.reason);
  });

  it('say when no amount of CPU helps', () => {
    const [one] = unreachable(
      [needing('a-1', 0.5, { maxCores: 2 }, { law: { overheadSeconds: 2 } })],
      8,
    );
    assert.equal(one?.neededCores, null);
    near(one?.reachableMs ?? 0, 2250, 1e-6);
    assert.match(one?.reason ?? '', /^best 2\.25s; no amount of CPU meets 1s$/);
  });

  it('say when the container’s own bound is in the way', () => {
    const [one] = unreachable([needing('a-1', 1.1, { maxCores: 0.5 })], 8);
    near(one?.neededCores ?? 0, 1, 1e-9);
    near(one?.reachableMs ?? 0, 2200, 1e-6);
    assert.match(
      one?.reason ?? '',
      /^best 2\.2s with its maximum of 0\.50 CPU; 1s would take 1\.00 CPU$/,
    );
  });
});
