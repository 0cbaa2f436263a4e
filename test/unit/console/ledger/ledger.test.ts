import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { csvLines } from '../../../../console/ledger/csv.js';
import { dayOf } from '../../../../console/ledger/day.js';
import { type LedgerQuestion, UsageLedger } from '../../../../console/ledger/ledger.js';
import { usageOf } from '../../../../console/ledger/usage.js';
import type { UsageRow } from '../../../../proto/schemas/usage.js';
import type { MinuteRecord } from '../../../../proto/schemas/view.js';
import { EUR, ran, recordOf } from './build.js';

const HEAD = { fromMs: 0, toMs: 1, by: 'job', storedSinceMs: null, warnings: [] } as const;
const HOUR = { from: 1000, to: 1060, by: 'job' } as const;

const reportOf = (
  records: readonly MinuteRecord[],
  question: LedgerQuestion = HOUR,
  isThere: (node: string) => boolean = () => true,
) => {
  const ledger = new UsageLedger(question);
  for (const each of records) ledger.take(each);
  return usageOf(ledger.close(isThere), { ...HEAD, by: question.by });
};
const rowOf = (records: readonly MinuteRecord[], ...rest: [LedgerQuestion?, (() => boolean)?]) => {
  const { rows } = reportOf(records, ...rest);
  assert.equal(rows.length, 1);
  return rows[0] as UsageRow;
};
const known = ({ minutes, unknownMinutes }: UsageRow) => [minutes, unknownMinutes];
const minutes = (from: number, to: number, ...ids: string[]): readonly MinuteRecord[] =>
  Array.from({ length: to - from }, (_, index) =>
    recordOf(
      'h1',
      from + index,
      ids.map((id) => ran(id)),
    ),
  );

describe('the ledger', () => {
  it('sums time, requests, CPU, memory and cost by the prices of each minute', () => {
    const slow = ran('a-1', {
      requests: 30,
      meanMs: 90,
      worstMs: 200,
      observedSeconds: 40,
      atTargetSeconds: 10,
      notSlowerSeconds: 30,
    });
    const row = rowOf([recordOf('h1', 1000, [ran('a-1')]), recordOf('h1', 1001, [slow])], {
      ...HOUR,
      to: 1002,
    });
    assert.deepEqual(row, {
      key: 'a',
      ...{ allocations: 1, minutes: 2, partialMinutes: 0, unknownMinutes: 0 },
      ...{ seconds: 120, observedSeconds: 100, atTargetRatio: 0.7, notSlowerRatio: 0.9 },
      // 10 + 30 ÷ 4 of 40, and 10 + 30 × 3 ÷ 4.
      ...{ requests: 40, requestsAtTargetRatio: 0.4375, requestsNotSlowerRatio: 0.8125 },
      ...{ meanMs: 80, worstMs: 200 },
      ...{ reservedCoreHours: 0.033333, usedCoreHours: 0.016667 },
      // Alone on four cores for two minutes.
      plainCoreHours: 0.133333,
      ...{ reservedMemoryGibHours: 0.066667, reservedGpuHours: 0, energyKwh: null },
      // 1/30 core-hour at 0.6 and 2/30 GiB-hours at 0.06; with plain Docker four times the CPU.
      ...{ cost: 0.024, plainCost: 0.084, energyCost: null, credit: null },
    });
  });

  it('a record that comes twice counts once', () => {
    const records = minutes(1000, 1010, 'a-1');
    assert.deepEqual(reportOf([...records, ...records, ...records]), reportOf(records));
  });

  it('what lies outside the time does not count', () => {
    const records = minutes(990, 1070, 'a-1');
    assert.deepEqual(known(rowOf(records)), [60, 0]);
    assert.deepEqual(known(rowOf(records, { ...HOUR, from: 1020, to: 1030 })), [10, 0]);
  });

  it('a minute that nobody wrote is unknown, and costs nothing', () => {
    const row = rowOf([...minutes(1000, 1010, 'a-1'), ...minutes(1020, 1060, 'a-1')]);
    assert.deepEqual(known(row), [50, 10]);
    assert.equal(row.seconds, 3000);
    assert.equal(row.cost, rowOf(minutes(1000, 1050, 'a-1')).cost);
  });

  it('a host that stays silent leaves the rest unknown, unless it was removed', () => {
    const records = minutes(1000, 1010, 'a-1');
    assert.deepEqual(known(rowOf(records)), [10, 50]);
    assert.deepEqual(known(rowOf(records, HOUR, () => false)), [10, 0]);
  });

  it('an allocation that is gone while its host goes on has ended', () => {
    const records = [...minutes(1000, 1010, 'a-1', 'b-1'), ...minutes(1010, 1060, 'b-1')];
    const [a, b] = reportOf(records).rows;
    assert.deepEqual(
      [a, b].map((row) => row && known(row)),
      [
        [10, 0],
        [60, 0],
      ],
    );
  });

  it('an interval that reaches back over a gap covers it', () => {
    const after = recordOf('h1', 1011, [ran('a-1', { seconds: 118 })], { seconds: 118 });
    assert.deepEqual(
      known(rowOf([...minutes(1000, 1010, 'a-1'), after], { ...HOUR, to: 1012 })),
      [12, 0],
    );
    // One that began after the gap does not.
    const fresh = recordOf('h1', 1011, [ran('a-1', { seconds: 50 })], { seconds: 50 });
    assert.deepEqual(
      known(rowOf([...minutes(1000, 1010, 'a-1'), fresh], { ...HOUR, to: 1012 })),
      [11, 1],
    );
  });

  it('two leaders that each wrote a part of a minute: both count, the minute once', () => {
    const parts = [1, 2].map((epoch) =>
      recordOf('h1', 1000, [ran('a-1', { seconds: 30, reservedCpuSeconds: 30 })], {
        epoch,
        seconds: 30,
        partial: true,
      }),
    );
    const row = rowOf(parts, { ...HOUR, to: 1001 });
    assert.deepEqual([...known(row), row.partialMinutes, row.seconds], [1, 0, 2, 60]);
  });

  it('plain Docker: an equal part of the host for each that runs, as long as it runs', () => {
    const plain = (...seconds: number[]) =>
      reportOf([
        recordOf(
          'h1',
          1000,
          seconds.map((each, index) => ran(`a-${index}`, { seconds: each })),
        ),
      ]).total.plainCoreHours;
    assert.equal(plain(60), 0.066667);
    assert.equal(plain(60, 60), 0.066667);
    // Alone for six seconds: it had the host for these only.
    assert.equal(plain(6), 0.006667);
    const unknown = recordOf('h1', 1000, [ran('a-1')]);
    const { allocatableCores: _, ...old } = unknown;
    const { plainCoreHours, plainCost } = reportOf([old]).total;
    assert.deepEqual([plainCoreHours, plainCost], [null, null]);
  });

  it('days are those of UTC, and a gap lies in the days it is in', () => {
    const midnight = 1440 * 20_783;
    const records = [
      ...minutes(midnight - 30, midnight - 10, 'a-1'),
      ...minutes(midnight + 10, midnight + 30, 'a-1'),
    ];
    const { rows, total } = reportOf(records, {
      from: midnight - 30,
      to: midnight + 30,
      by: 'day',
    });
    assert.deepEqual(
      rows.map((row) => [row.key, ...known(row), row.allocations]),
      [
        ['2026-11-25', 20, 10, 1],
        ['2026-11-26', 20, 10, 1],
      ],
    );
    assert.deepEqual([...known(total), total.allocations], [40, 20, 1]);
    assert.equal(dayOf(0), '1970-01-01');
    for (let day = 0; day < 60_000; day += 17)
      assert.equal(dayOf(day * 1440 + 3), new Date(day * 86_400_000).toISOString().slice(0, 10));
  });

  it('by label of nodes; a node without it is in the row without a name, at the end', () => {
    const records = ['h1', 'h2', 'h3'].map((node) => recordOf(node, 1000, [ran(`${node}-1`)]));
    const zones: Record<string, string> = { h1: 'z', h2: 'a' };
    const labelOf = (node: string) => zones[node] ?? null;
    const { rows } = reportOf(records, { from: 1000, to: 1001, by: 'label', labelOf });
    assert.deepEqual(
      rows.map(({ key }) => key),
      ['a', 'z', null],
    );
  });

  it('only one job, with the same share of the host as beside the others', () => {
    const records = minutes(1000, 1060, 'a-1', 'b-1');
    const all = reportOf(records).rows.find(({ key }) => key === 'a');
    assert.deepEqual(rowOf(records, { ...HOUR, job: 'a' }), all);
  });

  it('without prices: core-hours, no costs; where they changed: each minute by its own', () => {
    const bare = minutes(1000, 1030, 'a-1').map(({ prices: _, ...rest }) => rest);
    const none = reportOf(bare, { ...HOUR, to: 1030 });
    assert.deepEqual([none.currency, none.total.cost, none.warnings], [undefined, null, []]);
    assert.equal(none.total.reservedCoreHours, 0.5);
    const half = reportOf([...bare, ...minutes(1030, 1060, 'a-1')]);
    // Half an hour of a core, and of two GiB.
    assert.deepEqual([half.currency, half.total.cost], ['EUR', 0.36]);
    assert.match(half.warnings.join(), /0\.500 core-hours .* no prices/);
    const dearer = { ...EUR, cpuCoreHour: 1.2 };
    const change = minutes(1030, 1060, 'a-1').map((each) => ({ ...each, prices: dearer }));
    const both = reportOf([...minutes(1000, 1030, 'a-1'), ...change]);
    assert.deepEqual([both.total.cost, both.warnings], [1.02, []]);
    const other = minutes(1030, 1060, 'a-1').map((each) => ({
      ...each,
      prices: { ...EUR, currency: 'USD' },
    }));
    const mixed = reportOf([...minutes(1000, 1030, 'a-1'), ...other]);
    assert.deepEqual([mixed.currency, mixed.total.cost], [undefined, null]);
    assert.match(mixed.warnings.join(), /in EUR and in USD/);
  });

  describe('credits', () => {
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

  it('energy has a cost of its own, where it is known and has a price', () => {
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

  it('CSV has the same values; what is not known is empty', () => {
    const { rows } = reportOf(minutes(1000, 1010, 'a-1', 'b-1'));
    const [names = '', ...lines] = csvLines({ rows });
    const fields = names.split(',');
    const read = lines.map((line) =>
      Object.fromEntries(
        line.split(',').map((text, index) => {
          const field = fields[index] ?? '';
          return [field, field === 'key' ? text : text === '' ? null : Number(text)];
        }),
      ),
    );
    assert.deepEqual(read, rows);
  });

  it('CSV quotes what it must, and begins no formula', () => {
    const [row] = reportOf(minutes(1000, 1001, 'a-1')).rows;
    assert.ok(row);
    const cells = ['a,"b"', '=1+1', '-x'].map((key) => csvLines({ rows: [{ ...row, key }] })[1]);
    assert.deepEqual(
      cells.map((line) => line?.replace(/,1,1,0,.*/, '')),
      ['"a,""b"""', "'=1+1", "'-x"],
    );
  });
});
