import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { Field } from '../../../../../../coordinator/schedule/model/allocation-model.js';
import {
  type Admission,
  foldAdmission,
  foldDepartures,
  NO_ADMISSION,
} from '../../../../../../coordinator/schedule/policies/adaptive/admission.js';
import { planNode } from '../../../../../../coordinator/schedule/policies/adaptive/divide/plan.js';
import { allocationId, target } from '../../../build.js';
import { Bands } from './bands.js';
import { type MemberChange, model, near } from './build.js';
import { kinds, NOW, needing, plan } from './plan-build.js';

const SERVED: MemberChange = { model: { isChosen: 1, chosenAtMs: NOW - 300_000 } };
const WENT: MemberChange = { model: { isChosen: 0, chosenAtMs: NOW - 100_000 } };
/** One that took 0.2 cores at its target had to go, soon after one had come. */
const CLOSED: Admission = {
  takenAtMs: NOW - 110_000,
  closedUntilMs: NOW + 10_000,
  waitMs: 60_000,
  wentCores: 0.182,
  wentWeight: 1,
  vacantCores: 0,
};
/** Another of that size has left since. */
const VACANT: Admission = { ...CLOSED, vacantCores: 0.185 };
const nine = Array.from({ length: 9 }, (_, i) => needing(`a${i}-1`, 0.2, SERVED));

describe('adaptive: the places of those that left a host', () => {
  const known = {
    ids: ['a-1', 'b-1', 'c-1', 'd-1'],
    models: [1, 1, 0, 1].map((isChosen) => model({ isChosen })),
    wanted: [target(100), target(100), target(100), target(100, { mode: 'ceiling' })],
    edgeCores: [0.1, 0.2, 0.4, 0.8],
  } as const;
  const without = (...gone: readonly string[]): number => {
    const left = known.ids.filter((id) => !gone.includes(id));
    const allocations = [...left, 'e-1'].map((id) => ({ id: allocationId(id) }));
    return foldDepartures(CLOSED, known, allocations).vacantCores;
  };

  it('are those of bands that were served', () => {
    assert.deepEqual([without(), without('a-1'), without('b-1')], [0, 0.1, 0.2]);
    near(without('a-1', 'b-1', 'c-1', 'd-1'), 0.3, 1e-9);
    assert.deepEqual([without('c-1'), without('d-1')], [0, 0]);
  });

  it('are not counted before one had to go, nor where no CPU meets the target', () => {
    assert.equal(foldDepartures(NO_ADMISSION, known, []), NO_ADMISSION);
    const edgeCores = known.edgeCores.map(() => Number.MAX_VALUE);
    assert.equal(foldDepartures(CLOSED, { ...known, edgeCores }, []), CLOSED);
  });

  it('are free for one as large while the host is closed, and for no larger one', () => {
    // CPU for ten at 1.03 of their targets.
    const isTaken = (cores: number, admission: Admission): boolean => {
      const members = [...nine, needing('b-1', cores, WENT)];
      const input = { capacityCores: 1.94, fairness: 'weighted', nowMs: NOW } as const;
      return kinds(planNode({ ...input, members, admission })).endsWith('atTarget');
    };
    assert.deepEqual([isTaken(0.2, CLOSED), isTaken(0.2, VACANT)], [false, true]);
    assert.deepEqual([isTaken(0.24, NO_ADMISSION), isTaken(0.24, VACANT)], [true, false]);
  });

  it('are for as many as have left', () => {
    // CPU for thirty at 1.03 of their targets, and at the edges of their bands for all.
    const served = Array.from({ length: 29 }, (_, i) => needing(`a${i}-1`, 0.2, SERVED));
    const members = [...served, needing('b-1', 0.2, WENT), needing('c-1', 0.2, WENT)];
    const input = { capacityCores: 5.8, fairness: 'weighted', nowMs: NOW, members } as const;
    const comers = (admission: Admission): number =>
      kinds(planNode({ ...input, admission })).split(' atTarget').length - 29;
    assert.deepEqual([NO_ADMISSION, CLOSED, VACANT].map(comers), [2, 0, 1]);
  });

  it('are no try with one more when they are taken', () => {
    const taken = (cores: number): Admission => {
      const members = [...nine, needing('b-1', cores, WENT)];
      return foldAdmission(VACANT, members, { plan: plan(members, 2.2), nowMs: NOW });
    };
    assert.deepEqual(taken(0.2), { ...VACANT, vacantCores: 0 });
    assert.deepEqual(taken(0.3), { ...VACANT, takenAtMs: NOW, vacantCores: 0 });
  });

  it('are forgotten when one has to go', () => {
    const members = [...nine, needing('b-1', 0.2, SERVED)];
    const its = foldAdmission(VACANT, members, { plan: plan(members, 1.8), nowMs: NOW });
    // None was tried since the last one had to go.
    assert.deepEqual([its.vacantCores, its.waitMs], [0, 60_000]);
  });

  it('are taken again by a container that was started again, which is no try either', () => {
    const bands = new Bands(4).settle();
    const waited = { ...CLOSED, takenAtMs: 1, closedUntilMs: 31_000, waitMs: 30_000 };
    bands.memory = { ...bands.memory, admission: waited };
    bands.step((i) => i !== 3);
    for (let i = 0; i < 20; i += 1) bands.step();
    assert.deepEqual(
      bands.memory.models.map((its) => its[Field.isChosen]),
      [1, 1, 1, 1],
    );
    assert.equal(bands.memory.admission.takenAtMs, 1);
  });
});
