import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { decideLimits } from '../../../../../../coordinator/schedule/policies/adaptive/decision.js';
import {
  type LimitChange,
  limitReason,
} from '../../../../../../coordinator/schedule/policies/adaptive/limit-reason.js';
import type { Member } from '../../../../../../coordinator/schedule/policies/adaptive/member.js';
import { unreachableOf } from '../../../../../../coordinator/schedule/policies/adaptive/unreachable.js';
import type { PeriodRule } from '../../../../../../coordinator/schedule/types.js';
import type { CpuLimit } from '../../../../../../shared/command.js';
import { formatDurationMs } from '../../../../../../shared/units.js';
import { node, target } from '../../../build.js';
import { member, near } from './build.js';
import { NOW, needing, plan, planAfter } from './plan-build.js';

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
  const change = (its: Member, fromCores: number, toCores: number): LimitChange => {
    const [assigned] = plan([its], 2).allocationGoals;
    assert.ok(assigned);
    const limit: CpuLimit = { cpuCores: toCores, periodUs: 100_000 };
    return { member: its, assigned, fromCores, toCores, boostCores: 0, limit };
  };
  const seen = (latencyMs: number) => ({ allocation: { latencyMs, target: target(1000) } });

  it('changes only what has to change', () => {
    const rest = needing('a-1', 0.5, { heldCores: 0.5, model: { isChosen: 1 } });
    assert.deepEqual(
      decide([rest, needing('b-1', 0.5)], 2).map(({ allocation }) => allocation),
      ['b-1'],
    );
    assert.deepEqual(decide([rest], 2), []);
  });

  it('changes nothing where all hold what is planned, at their targets or not', () => {
    const held = (id: string, needed: number, heldCores: number, isChosen: number) =>
      needing(id, needed, {
        heldCores,
        model: { isChosen },
        allocation: { limit: { cpuCores: heldCores, periodUs: 25_000 } },
      });
    const both = [held('a-1', 0.5, 0.5, 1), held('b-1', 0.9, 0.46, 0)];
    const kinds = plan(both, 1).allocationGoals.map(({ kind }) => kind);
    assert.deepEqual(kinds, ['atTarget', 'bestEffort']);
    assert.deepEqual(decide(both, 1), []);
    assert.ok(decide([...both, needing('c-1', 0.05)], 1).length > 0);
  });

  it('says what is expected, what a request costs, what was, and who gives and gets', () => {
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
      /b-1: 1s expected for 1s \(0\.22 CPU-s per request\), was 400ms, 60 % under; /,
    );
    assert.match(giver ?? '', /; 0\.20 given to a, 32 % over$/);
  });

  it('says how many times the target it was where that is many', () => {
    const [taker = '', giver = ''] = reasons(
      [
        needing('a-1', 0.6, { heldCores: 0.4, ...seen(830_000) }),
        needing('b-1', 0.22, { heldCores: 0.62, ...seen(400) }),
      ],
      1,
    );
    assert.match(taker, /, was 13m50s, 830 times the target; 0\.20 from b/);
    assert.match(giver, /; 0\.20 given to a, 830 times its target$/);
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

  it('names nobody where no CPU that can be seen goes from one to another', () => {
    const said = (heldCores: number, other: number): string =>
      limitReason(
        change(needing('a-1', 0.6, { heldCores, ...seen(1000) }), heldCores, 0.6),
        [change(needing('b-1', 0.3, { heldCores: other }), other, 0.3)],
        plan([], 2),
        2,
      );
    assert.match(said(0.598, 0.5), /, was 1s, within$/, 'only the period or burst changes');
    assert.match(said(0.5, 0.302), /, was 1s, within$/, 'the other gives next to nothing');
    assert.match(said(0.5, 0.4), /; 0\.10 from b$/);
    assert.match(said(0.598, 0.2), /, was 1s, within$/);
  });

  it('says why one gets only what is left', () => {
    const [reason = ''] = reasons(
      [needing('a-1', 1.5), needing('b-1', 0.5), needing('c-1', 0.4)],
      1.2,
    );
    assert.match(
      reason,
      /a-1: best effort: \S+s expected; 1s would take 1\.50 CPU, all targets need 2\.40 of/,
    );
    assert.match(reason, /all targets need 2\.40 of 1\.20 CPU/);
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

  it('lets a queue in a band meet its quota several times per request', () => {
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

  it('say what all took lately where they would fit now', () => {
    const served = { heldCores: 0.95, model: { isChosen: 1, chosenAtMs: NOW - 300_000 } };
    const members = [needing('a-1', 1, served), needing('b-1', 1, served), needing('c-1', 0.2)];
    const later = planAfter(members, { cores: 2.21, slowerRatio: 1.1 });
    const [one] = unreachableOf({ node: node('h1'), members, plan: later });
    assert.equal(one?.allocation, 'c-1');
    assert.match(one?.reason ?? '', /need 2\.20 of 2\.21 CPU, and needed 2\.42 lately\)$/);
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
