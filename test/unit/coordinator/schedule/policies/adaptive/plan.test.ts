import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { Member } from '../../../../../../coordinator/schedule/policies/adaptive/member.js';
import { target } from '../../../build.js';
import { type MemberChange, member, near } from './build.js';
import { coresOf, kinds, NOW, needing, plan, planAfter, total } from './plan-build.js';

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

  it('chooses a new one only where it fits with what all took while the host was slower', () => {
    const held = (id: string) =>
      needing(id, 1, { heldCores: 0.95, model: { isChosen: 1, chosenAtMs: NOW - 300_000 } });
    const members = [held('a-1'), held('b-1'), needing('c-1', 0.2)];
    const fitting = (cores: number): string =>
      kinds(planAfter(members, { cores, slowerRatio: 1.1 }));
    assert.equal(kinds(plan(members, 2.2)), 'atTarget atTarget atTarget');
    assert.equal(fitting(2.2), 'atTarget atTarget bestEffort');
    assert.equal(fitting(2.3), 'atTarget atTarget atTarget');
    // What its owner promised does not grow.
    const promised = [held('a-1'), needing('c-1', 0.2, { floorCores: 1.1 })];
    assert.equal(
      kinds(planAfter(promised, { cores: 2.16, slowerRatio: 1.1 })),
      'atTarget atTarget',
    );
    assert.equal(
      kinds(planAfter(promised, { cores: 2.1, slowerRatio: 1.1 })),
      'atTarget bestEffort',
    );
    // Of several new ones as many as fit.
    const comers = ['c-1', 'd-1', 'e-1'].map((id, i) => needing(id, 0.2 + 0.01 * i));
    const some = planAfter([...members.slice(0, 2), ...comers], { cores: 2.5, slowerRatio: 1.1 });
    assert.equal(kinds(some), 'atTarget atTarget atTarget atTarget bestEffort');
    const two = (members: readonly Member[], cores: number): string =>
      kinds(planAfter(members, { cores, slowerRatio: 1.1, fairness: 'maxmin' }));
    const fresh = [needing('a-1', 1), needing('b-1', 1)];
    // Where nobody is served, a new one puts nobody at risk.
    assert.equal(two(fresh, 1.95), 'atTarget atTarget');
    assert.equal(two([held('a-1'), held('b-1')], 1.95), 'atTarget atTarget');
  });

  it('with maxmin serves all and none in turn with no little change of the CPU', () => {
    const served = { heldCores: 0.95, model: { isChosen: 1, chosenAtMs: NOW - 5000 } };
    const dropped = { heldCores: 0.85, model: { isChosen: 0, chosenAtMs: NOW - 5000 } };
    const at = (change: MemberChange, capacityCores: number): string =>
      kinds(plan([needing('a-1', 1, change), needing('b-1', 1, change)], capacityCores, 'maxmin'));
    const edge = 2 * (needing('a-1', 1).goal?.edgeCores ?? 0);
    assert.equal(at({}, 1.001 * edge), 'atTarget atTarget');
    assert.equal(at({}, 0.999 * edge), 'bestEffort bestEffort');
    assert.equal(at(served, 0.995 * edge), 'atTarget atTarget');
    assert.equal(at(dropped, 1.02 * edge), 'bestEffort bestEffort');
    assert.equal(at(dropped, 1.03 * edge), 'atTarget atTarget');
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

  it('shrinks those without an answer for new ones, down to an equal share', () => {
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

  it('keeps the first limit of an unknown job, and the limit of one with an old report', () => {
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

  it('lets a mistyped target take no more than its even part of what is left', () => {
    const members = [needing('face-1', 0.5), needing('typo-1', 500), needing('wide-1', 1.3)];
    for (const [i, cores] of coresOf(plan(members, 1.6)).entries())
      near(cores, [0.5, 0.5225, 0.5225][i] ?? 0, 1e-6);
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
