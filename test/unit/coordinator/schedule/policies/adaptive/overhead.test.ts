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
