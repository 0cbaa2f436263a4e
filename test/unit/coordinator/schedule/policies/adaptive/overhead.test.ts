import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { AllocationModel } from '../../../../../../coordinator/schedule/model/allocation-model.js';
import { fittedLaw } from '../../../../../../coordinator/schedule/model/fitted-law.js';
import { afterChange } from '../../../../../../coordinator/schedule/policies/adaptive/learn/learn.js';
import { limit } from '../../../build.js';
import { model, near, read } from './build.js';

describe('adaptive learning after a decision', () => {
  const before = model({ overheadSeconds: 2, overheadWeight: 40, workSeconds: 1, workCount: 10 });
  const overheadOf = (its: AllocationModel) => fittedLaw(its, 'mean')?.overheadSeconds ?? 0;

  it('keeps everything where the limit hardly changes', () => {
    assert.equal(afterChange(before, limit(1), limit(1.05)), before);
  });

  it('keeps the overhead but trusts it less where the limit is another one', () => {
    const after = afterChange(before, limit(1), limit(2));
    near(overheadOf(after), overheadOf(before), 1e-9);
    assert.ok(read(after).overheadWeight < 40);
    assert.equal(read(after).workCount, 10);
  });

  it('believes the same overhead however often the limit and its period change', () => {
    const periods = [100_000, 10_000];
    let after = before;
    for (let round = 0; round < 20; round += 1) {
      const [from, to] = [round, round + 1].map((i) => ({
        cpuCores: 1 + (i % 2),
        periodUs: periods[(i >> 1) % 2] ?? 0,
      }));
      after = afterChange(after, from ?? limit(1), to ?? limit(1));
    }
    near(overheadOf(after), overheadOf(before), 1e-9);
    assert.ok(read(after).overheadWeight <= 1);
  });

  it('trusts it still less where the period is another one', () => {
    const other = { cpuCores: 1, periodUs: 10_000 };
    const few = model({ overheadSeconds: 0.05, overheadWeight: 1 });
    assert.ok(read(afterChange(few, limit(1), other)).overheadWeight < 1);
    assert.equal(read(afterChange(few, limit(1), limit(2))).overheadWeight, 1);
  });
});

describe('adaptive overhead of a queue', () => {
  it('doubts an overhead that chance may have made in a queue, and none that it cannot', () => {
    const beliefOf = (seenSeconds: number, overheadWeight: number) =>
      (fittedLaw(
        model({
          ...{ workSeconds: 1, workCount: 10, isOpen: 1, limitCores: 0.5, overheadWeight },
          overheadSeconds: seenSeconds * overheadWeight,
        }),
        'mean',
      )?.overheadSeconds ?? 0) / seenSeconds;
    // A request takes 0.2 s of its server.
    assert.ok(beliefOf(0.01, 30) < 0.05);
    assert.ok(beliefOf(0.01, 30) < beliefOf(0.01, 3000));
    assert.ok(beliefOf(0.1, 30) > 0.6);
    assert.ok(beliefOf(0.2, 30) > 0.85);
    assert.ok(beliefOf(0.2, 3) < 0.5, 'a few answers are chance');
    assert.ok(beliefOf(-0.2, 30) < 0.05, 'less than none is an error of the work');
  });
});
