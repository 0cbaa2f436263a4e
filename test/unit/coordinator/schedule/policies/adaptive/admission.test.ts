import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import {
  type Admission,
  foldAdmission,
  NO_ADMISSION,
} from '../../../../../../coordinator/schedule/policies/adaptive/admission.js';
import { planNode } from '../../../../../../coordinator/schedule/policies/adaptive/divide/plan.js';
import type { Member } from '../../../../../../coordinator/schedule/policies/adaptive/member.js';
import type { MemberChange } from './build.js';
import { kinds, NOW, needing, plan } from './plan-build.js';

const SERVED: MemberChange = { model: { isChosen: 1, chosenAtMs: NOW - 300_000 } };
const WENT: MemberChange = { model: { isChosen: 0, chosenAtMs: NOW - 5000 } };
/** One that took 0.2 cores at its target had to go. */
const CLOSED: Admission = {
  takenAtMs: NOW - 20_000,
  closedUntilMs: NOW + 10_000,
  waitMs: 30_000,
  wentCores: 0.182,
  wentWeight: 1,
  vacantCores: 0,
};

/** Nine that are served, of 0.2 cores each. */
const nine = Array.from({ length: 9 }, (_, i) => needing(`a${i}-1`, 0.2, SERVED));

function isTaken(one: Member, cores: number, admission: Admission = CLOSED): boolean {
  const input = { capacityCores: cores, fairness: 'weighted', nowMs: NOW } as const;
  const its = planNode({ ...input, members: [...nine, one], admission });
  assert.match(kinds(its), /^(atTarget ){9}/);
  return kinds(its).endsWith('atTarget');
}

/** CPU for ten at 1.03 of their targets, and for ten at their targets. */
const [SQUEEZED_CORES, AMPLE_CORES] = [1.94, 2.05];

describe('adaptive: one more beside those that are served', () => {
  it('waits after one had to go, where the others would be slower for it', () => {
    const one = needing('b-1', 0.2, WENT);
    assert.equal(isTaken(one, SQUEEZED_CORES, NO_ADMISSION), true);
    assert.equal(isTaken(one, SQUEEZED_CORES), false);
    assert.equal(isTaken(one, SQUEEZED_CORES, { ...CLOSED, closedUntilMs: NOW }), true);
  });

  it('comes at once where all are at their targets with it', () => {
    assert.equal(isTaken(needing('b-1', 0.2, WENT), AMPLE_CORES), true);
  });

  it('comes alone where that is so of one of two', () => {
    const two = [needing('b-1', 0.2, WENT), needing('c-1', 0.3, WENT)];
    const input = { fairness: 'weighted', nowMs: NOW, admission: CLOSED } as const;
    for (const capacityCores of [2.05, 2.25]) {
      const its = planNode({ ...input, capacityCores, members: [...nine, ...two] });
      assert.match(kinds(its), /^(atTarget ){10}bestEffort$/);
    }
  });

  it('comes where it weighs more than the one that had to go', () => {
    const heavy = needing('b-1', 0.2, { ...WENT, allocation: { weight: 10 } });
    assert.equal(isTaken(heavy, SQUEEZED_CORES), true);
    const input = { capacityCores: 1.8, fairness: 'weighted', nowMs: NOW } as const;
    const its = planNode({ ...input, members: [...nine, heavy], admission: CLOSED });
    assert.match(kinds(its), /atTarget$/);
  });

  it('waits in the place of the one that had to go, too', () => {
    const other: MemberChange = { model: { isChosen: 0, chosenAtMs: NOW - 100_000 } };
    assert.equal(isTaken(needing('b-1', 0.2, other), SQUEEZED_CORES), false);
    const never: MemberChange = { model: { bornAtMs: NOW - 100_000 } };
    assert.equal(isTaken(needing('b-1', 0.2, never), SQUEEZED_CORES), false);
  });

  it('comes where it is smaller, has just started, or has waited for ten minutes', () => {
    assert.equal(isTaken(needing('b-1', 0.15, WENT), 1.9), true);
    const fresh: MemberChange = { model: { bornAtMs: NOW - 10_000 } };
    assert.equal(isTaken(needing('b-1', 0.2, fresh), SQUEEZED_CORES), true);
    const long: MemberChange = { model: { isChosen: 0, chosenAtMs: NOW - 600_000 } };
    assert.equal(isTaken(needing('b-1', 0.2, long), SQUEEZED_CORES), true);
  });
});

describe('adaptive: who had to go', () => {
  const ten = [...nine, needing('b-1', 0.2, SERVED)];
  const went = (before: Admission, nowMs = NOW): Admission =>
    foldAdmission(before, ten, { plan: plan(ten, 1.8), nowMs });

  it('closes the host for half a minute', () => {
    const { closedUntilMs, waitMs, wentCores, wentWeight } = went(NO_ADMISSION);
    assert.deepEqual([closedUntilMs, waitMs, wentWeight], [NOW + 30_000, 30_000, 1]);
    assert.ok(wentCores > 0.18 && wentCores < 0.2);
  });

  it('closes it for twice as long where the stay was short, up to ten minutes', () => {
    const waits = [30_000];
    let [its, nowMs] = [went(NO_ADMISSION), NOW];
    for (; waits.length < 7; waits.push(its.waitMs)) {
      nowMs += its.waitMs + 20_000;
      its = went({ ...its, takenAtMs: nowMs - 20_000 }, nowMs);
    }
    assert.deepEqual(waits, [30_000, 60_000, 120_000, 240_000, 480_000, 600_000, 600_000]);
  });

  it('counts a stay once where others have to go after the first', () => {
    const tried = { ...CLOSED, closedUntilMs: NOW - 70_000 };
    const waits: number[] = [];
    let its: Admission = tried;
    for (const afterMs of [0, 2000, 4000, 6000]) {
      its = went(its, NOW + afterMs);
      waits.push(its.waitMs);
      assert.equal(its.closedUntilMs, NOW + afterMs + its.waitMs);
    }
    assert.deepEqual(waits, [60_000, 60_000, 60_000, 60_000]);
    // As on a host that has just started, where the first ones are found to be too many.
    its = { ...NO_ADMISSION, takenAtMs: NOW - 10_000 };
    for (const afterMs of [0, 2000, 4000]) its = went(its, NOW + afterMs);
    assert.equal(its.waitMs, 30_000);
  });

  it('is not one whose target takes more than it may have', () => {
    const one = needing('b-1', 0.2, { ...SERVED, maxCores: 0.1 });
    const members = [...nine, one];
    const its = plan(members, 2.5);
    assert.match(kinds(its), /^(atTarget ){9}bestEffort$/);
    assert.equal(foldAdmission(CLOSED, members, { plan: its, nowMs: NOW }), CLOSED);
  });

  it('begins anew after a stay that was worth it', () => {
    assert.equal(went({ ...CLOSED, takenAtMs: NOW - 130_000 }).waitMs, 30_000);
    const long = { ...CLOSED, waitMs: 240_000 };
    assert.equal(went({ ...long, takenAtMs: NOW - 130_000 }).waitMs, 480_000);
    assert.equal(went({ ...long, takenAtMs: NOW - 250_000 }).waitMs, 30_000);
  });

  it('is not who changed places, nor anybody while all stay', () => {
    const out = needing('c-1', 0.2);
    const members = [...nine, needing('b-1', 0.3, SERVED), out];
    const its = plan(members, 1.9);
    assert.match(kinds(its), /bestEffort atTarget$/);
    assert.equal(foldAdmission(CLOSED, members, { plan: its, nowMs: NOW }), CLOSED);
    assert.equal(foldAdmission(CLOSED, ten, { plan: plan(ten, 2.1), nowMs: NOW }), CLOSED);
  });

  it('notes when one was taken', () => {
    const members = [...nine, needing('c-1', 0.2)];
    const its = foldAdmission(CLOSED, members, { plan: plan(members, 2.1), nowMs: NOW });
    assert.deepEqual(its, { ...CLOSED, takenAtMs: NOW });
  });

  it('is no ceiling', () => {
    const target = {
      latencyMs: 1000,
      toleranceRatio: 0.1,
      mode: 'ceiling',
      statistic: 'mean',
    } as const;
    const members = ten.map((one) => ({
      ...one,
      isWeighted: true,
      allocation: { ...one.allocation, target },
    }));
    const its = plan(members, 1.5);
    assert.equal(foldAdmission(NO_ADMISSION, members, { plan: its, nowMs: NOW }), NO_ADMISSION);
  });
});
