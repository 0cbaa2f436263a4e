import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { decideLimits } from '../../../../../../coordinator/schedule/policies/adaptive/decision.js';
import type { Member } from '../../../../../../coordinator/schedule/policies/adaptive/member.js';
import { container, limit, target } from '../../../build.js';
import { type MemberChange, member, near } from './build.js';
import { coresOf, kinds, NOW, needing, plan, total } from './plan-build.js';

/** One of which nothing is known yet, with a limit. */
const waiting = (heldCores: number, change: MemberChange = {}): Member =>
  member('b-1', { goal: null, heldCores, ...change });
const served = (cores: number): Member =>
  needing('a-1', cores, { heldCores: cores, model: { isChosen: 1 } });

describe('adaptive limit of one that has not answered yet', () => {
  const decide = (members: readonly Member[], capacityCores = 2) =>
    decideLimits({
      members,
      plan: plan(members, capacityCores),
      capacityCores,
      period: 'fixed',
      isContested: false,
    });

  it('grows to an equal share where it has become tiny and CPU is free', () => {
    near(coresOf(plan([waiting(0.02)], 2))[0] ?? 0, 2, 1e-9);
    near(coresOf(plan([served(0.5), waiting(0.02)], 2))[1] ?? 0, 1, 1e-9);
    near(coresOf(plan([served(1.5), waiting(0.02)], 2))[1] ?? 0, 0.5, 1e-9);
    near(coresOf(plan([waiting(0.02, { maxCores: 0.3 })], 2))[0] ?? 0, 0.3, 1e-9);
  });

  it('takes nothing for that from who wants it', () => {
    for (const cores of [1.97, 2]) {
      const its = plan([served(cores), waiting(0.02)], 2);
      near(coresOf(its)[1] ?? 0, 0.02, 1e-9, `${cores}`);
      assert.ok(total(its) <= 2 + 1e-9);
    }
  });

  it('stays where it is a fair part, or where little more is free', () => {
    assert.deepEqual(decide([served(0.5), waiting(0.6)]), []);
    assert.deepEqual(decide([served(1.7), waiting(0.2)]), []);
  });

  it('grows step by step, and says so', () => {
    const seen: number[] = [];
    for (let held = 0.01, round = 0; round < 6; round += 1) {
      const [its] = decide([served(0.5), waiting(held)]).filter(
        ({ allocation }) => allocation === 'b-1',
      );
      if (its === undefined) break;
      if (round === 0) assert.match(its.reason, /^no answer yet: raised to 0\.04 CPU; from free/);
      held = its.limit.cpuCores ?? 0;
      seen.push(held);
    }
    assert.deepEqual(seen, [0.04, 0.16, 0.64]);
  });

  it('is no quota any more for a ceiling that was ended and runs again', () => {
    const ended = waiting(0.01, {
      allocation: { target: target(100, { mode: 'ceiling' }), limit: limit(0.01) },
    });
    const [its] = decide([ended]);
    assert.deepEqual([its?.limit.cpuCores, its?.limit.guaranteeCores], [null, 2]);
  });
});

describe('adaptive limit of one that nobody asks', () => {
  const cpu = (usageCores: number) =>
    ({ usageCores, usageTotalSeconds: 9, throttledRatio: 0, pressureRatio: 0 }) as const;
  const silent = (id: string, heldCores: number, minutes: number, usageCores = 0.01): Member =>
    member(id, {
      goal: null,
      heldCores,
      model: { bornAtMs: NOW - minutes * 60_000 },
      allocation: { report: container(id, { cpu: cpu(usageCores) }) },
    });
  /** Limits of two that hold two thirds of a core each beside one that takes 1.2 of two. */
  const beside = (minutes: number, usageCores?: number): string =>
    kinds(
      plan(
        [
          needing('a-1', 1.2, { heldCores: 0.66 }),
          silent('b-1', 2 / 3, minutes, usageCores),
          silent('c-1', 2 / 3, minutes, usageCores),
        ],
        2,
      ),
    );

  it('gives way to one that is asked', () => {
    assert.equal(beside(3), 'atTarget bootstrap bootstrap');
    assert.equal(beside(1), 'bestEffort bootstrap bootstrap', 'it may still start');
    assert.equal(beside(3, 0.3), 'bestEffort bootstrap bootstrap', 'it works');
  });

  it('keeps a quarter of an equal share, and more where that is not wanted', () => {
    const held = (wanted: number): number =>
      coresOf(plan([needing('a-1', wanted, { heldCores: 0.5 }), silent('b-1', 1, 3)], 2))[1] ?? 0;
    assert.equal(held(1), 1);
    near(held(1.2), 1 - 1.3 * 0.2, 1e-9);
    near(held(2), 0.25, 1e-9);
  });

  it('changes no limit while what is wanted changes a little', () => {
    let b = 1;
    const seen = new Set<number>();
    for (const wanted of [1.3, 1.31, 1.29, 1.33, 1.3, 1.35, 1.28]) {
      const members = [needing('a-1', wanted, { heldCores: wanted }), silent('b-1', b, 3)];
      b = coresOf(plan(members, 2))[1] ?? 0;
      seen.add(b);
    }
    assert.equal(seen.size, 1, `${[...seen]}`);
  });
});
