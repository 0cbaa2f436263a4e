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
