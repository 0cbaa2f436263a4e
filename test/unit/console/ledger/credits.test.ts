import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { type LedgerQuestion, UsageLedger } from '../../../../console/ledger/ledger.js';
import { usageOf } from '../../../../console/ledger/usage.js';
import type { UsageRow } from '../../../../proto/schemas/usage.js';
import type { MinuteRecord } from '../../../../proto/schemas/view.js';
import { EUR, ran, recordOf } from './build.js';

const HEAD = { fromMs: 0, toMs: 1, storedSinceMs: null, warnings: [] } as const;
const HOUR = { from: 1000, to: 1060, by: 'job' } as const;

const reportOf = (records: readonly MinuteRecord[], question: LedgerQuestion = HOUR) => {
  const ledger = new UsageLedger(question);
  for (const each of records) ledger.take(each);
  return usageOf(
    ledger.close(() => true),
    { ...HEAD, by: question.by },
  );
};
const rowOf = (records: readonly MinuteRecord[], question?: LedgerQuestion) => {
  const { rows } = reportOf(records, question);
  assert.equal(rows.length, 1);
  return rows[0] as UsageRow;
};

describe('credits in the ledger', () => {
  const tenth = { creditCostRatio: 0.1, creditBelowRatio: 0.99 };
  const hourOf = (slowMinutes: number, credit: object = tenth, id = 'a-1') =>
    Array.from({ length: 60 }, (_, index) =>
      recordOf('h1', 1000 + index, [
        ran(id, { ...credit, ...(index < slowMinutes ? { notSlowerSeconds: 30 } : {}) }),
      ]),
    );

  it('are a share of the cost where too much of the time was slower than asked', () => {
    // An hour of a core at 0.6 and of two GiB at 0.06 costs 0.72; 30 s of 3600 are 0.83 %.
    assert.deepEqual(
      [0, 1, 2].map((slow) => rowOf(hourOf(slow)).credit),
      [0, 0, 0.072],
    );
  });

  it('are none where no job asks, nothing is known, or nothing has a cost', () => {
    assert.equal(rowOf(hourOf(60, {})).credit, null);
    const unseen = { ...tenth, observedSeconds: 0, atTargetSeconds: 0, notSlowerSeconds: 0 };
    assert.equal(rowOf(hourOf(0, unseen)).credit, 0);
    const free = hourOf(60).map(({ prices: _, ...rest }) => rest);
    assert.equal(rowOf(free).credit, null);
  });

  it('are not due beside a share of all of the time: that is never rounded up', () => {
    const seconds = 30 * 86_400;
    const all = { seconds, observedSeconds: seconds, atTargetSeconds: seconds };
    const strict = { creditCostRatio: 0.1, creditBelowRatio: 1 };
    const missedBy = (missed: number) => {
      const its = { ...all, ...strict, notSlowerSeconds: seconds - missed };
      return rowOf([recordOf('h1', 1000, [ran('a-1', its)])]);
    };
    assert.deepEqual([missedBy(0).notSlowerRatio, missedBy(0).credit], [1, 0]);
    assert.equal(missedBy(1).notSlowerRatio, 0.999999);
    assert.ok((missedBy(1).credit ?? 0) > 0);
  });

  it('are those of the time in which the job asked for them', () => {
    const before = hourOf(30, {}).slice(0, 30);
    const after = hourOf(31).slice(30);
    // The slow half hour was before; half a minute of thirty is 1.67 %.
    assert.equal(rowOf([...before, ...after]).credit, 0.036);
    const stricter = { creditCostRatio: 0.5, creditBelowRatio: 1 };
    const changed = [...hourOf(1).slice(0, 30), ...hourOf(31, stricter).slice(30)];
    // A tenth of the first half, and half of the second.
    assert.equal(rowOf(changed).credit, 0.216);
  });

  it('follow from the whole time, also by day', () => {
    const midnight = 1440 * 20_783;
    const records = hourOf(2).map((each, i) => ({ ...each, minute: midnight - 30 + i }));
    const question = { from: midnight - 30, to: midnight + 30, by: 'day' } as const;
    const { rows, total } = reportOf(records, question);
    assert.deepEqual(
      rows.map(({ credit }) => credit),
      [0.036, 0.036],
    );
    assert.equal(total.credit, 0.072);
  });

  it('are each job’s own', () => {
    const records = [...hourOf(2, tenth, 'a-1'), ...hourOf(0, tenth, 'b-1')].map((each, i) => ({
      ...each,
      epoch: i < 60 ? 1 : 2,
    }));
    assert.deepEqual(
      reportOf(records).rows.map(({ credit }) => credit),
      [0.072, 0],
    );
  });
});

describe('energy in the ledger', () => {
  it('has a cost of its own, where it is known and has a price', () => {
    const used = (joules: number | null, energyKwh?: number) =>
      recordOf('h1', 1000, [ran('a-1', { energyJoules: joules })], {
        prices: energyKwh === undefined ? EUR : { ...EUR, energyKwh },
      });
    const costOf = (record: MinuteRecord) => rowOf([record], { ...HOUR, to: 1001 }).energyCost;
    assert.equal(costOf(used(7_200_000, 0.28)), 0.56);
    assert.equal(costOf(used(0, 0.28)), 0);
    assert.equal(costOf(used(null, 0.28)), null);
    assert.equal(costOf(used(7_200_000)), null);
    const row = rowOf([used(7_200_000, 0.28)], { ...HOUR, to: 1001 });
    assert.equal(row.cost, rowOf([used(7_200_000)], { ...HOUR, to: 1001 }).cost);
    const both = rowOf([used(3_600_000, 0.28), { ...used(3_600_000, 0.5), minute: 1001 }], {
      ...HOUR,
      to: 1002,
    });
    assert.deepEqual([both.energyKwh, both.energyCost], [2, 0.78]);
  });
});
