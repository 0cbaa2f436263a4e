import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { before, describe, it } from 'mocha';
import { csvLines } from '../../../../console/ledger/csv.js';
import { UsageLedger } from '../../../../console/ledger/ledger.js';
import { usageOf } from '../../../../console/ledger/usage.js';
import type { ReportBy, UsageReport, UsageRow } from '../../../../proto/schemas/usage.js';
import type { MinuteRecord } from '../../../../proto/schemas/view.js';
import { at, hourWithCredits, type RecordedHour, recordedHour } from './hour.js';

// The tests run in dist/test/unit/console/ledger; what is golden is not built.
const golden = readFileSync(
  new URL('../../../../../test/fixtures/ledger/hour.csv', import.meta.url),
  'utf8',
);

function reportOf({ begin }: RecordedHour, by: ReportBy, records: readonly MinuteRecord[]) {
  const ledger = new UsageLedger({ from: begin, to: begin + 60, by, labelOf: () => null });
  for (const each of records) ledger.take(each);
  const head = { fromMs: begin * 60_000, toMs: (begin + 60) * 60_000, storedSinceMs: null };
  return usageOf(
    ledger.close(() => true),
    { ...head, by, warnings: [] },
  );
}

const rowsOf = ({ rows }: UsageReport): Readonly<Record<string, UsageRow>> =>
  Object.fromEntries(rows.map((row) => [row.key, row]));

describe('a recorded hour with two failovers, a lost bucket and a silent host', function () {
  this.timeout(60_000);
  let hour: RecordedHour;
  let records: readonly MinuteRecord[];
  before(async () => {
    hour = await recordedHour();
    ({ records } = hour);
  });

  const reportBy = (by: ReportBy, order = records): UsageReport => reportOf(hour, by, order);
  const rowsBy = (by: ReportBy) => rowsOf(reportBy(by));

  it('every minute of every allocation is known once or unknown, by hand', () => {
    const { face, sign, album } = rowsBy('job');
    // Nobody wrote minutes 35 to 37; album-1 was on a silent host for ten more.
    const minutes = [face, sign, album].map((row) => [row?.minutes, row?.unknownMinutes]);
    assert.deepEqual(minutes, [
      [2 * 57, 2 * 3],
      [50 - 3, 3],
      [60 - 3 - 10, 3 + 10],
    ]);
    const { total } = reportBy('job');
    assert.equal(total.minutes + total.unknownMinutes, 3 * 60 + 50);
  });

  it('requests and CPU are those of the known time, to the request, by hand', () => {
    // Counted from 0:00 to 34:55 and from 38:05 to 59:55; c1 left nothing out for c2.
    const seconds = at(34, 55) + (at(59, 55) - at(38, 5));
    // album-1 ends at 44:55 and goes on from 55:00, when its host is heard again.
    const album = at(34, 55) + (at(44, 55) - at(38, 5)) + (at(59, 55) - at(55));
    const sign = at(34, 55) + (at(49, 55) - at(38, 5));
    const rows = rowsBy('job');
    const counted = ['face', 'sign', 'album'].map((key) => {
      const row = rows[key];
      return [row?.requests, row?.seconds];
    });
    assert.deepEqual(counted, [
      [2 * 2 * seconds, 2 * seconds],
      [2 * sign, sign],
      [2 * album, album],
    ]);
    const face = rows.face as UsageRow;
    assert.deepEqual(
      [face.reservedCoreHours, face.usedCoreHours, face.cost],
      [seconds / 1800, seconds / 3600, (seconds / 1800) * 0.6].map(
        (each) => Math.round(each * 1e6) / 1e6,
      ),
    );
    // face-1 has two cores alone; face-2 one of two beside sign-1, and both when that is gone.
    const beside = sign;
    const plain = (2 * seconds + beside + 2 * (seconds - beside)) / 3600;
    assert.ok(Math.abs((face.plainCoreHours ?? 0) - plain) < 0.01, `${face.plainCoreHours}`);
  });

  it('the sums of jobs are those of nodes, days and labels', () => {
    const [first, ...others] = (['job', 'node', 'day', 'label'] as const).map(
      (by) => reportBy(by).total,
    );
    for (const each of others) assert.deepEqual(each, first);
    for (const by of ['job', 'node'] as const) {
      const { rows, total } = reportBy(by);
      for (const field of ['minutes', 'unknownMinutes', 'requests', 'seconds'] as const)
        assert.equal(
          rows.reduce((sum, row) => sum + row[field], 0),
          total[field],
          `${by} ${field}`,
        );
    }
  });

  it('a stream that is read twice, or backwards, has the same ledger', () => {
    assert.deepEqual(reportBy('job', [...records, ...records]), reportBy('job'));
    assert.deepEqual(reportBy('job', [...records].reverse()), reportBy('job'));
  });

  it('is as it was', () => {
    const lines = [...csvLines(reportBy('job')), ...csvLines(reportBy('node')).slice(1)];
    assert.equal(`${lines.join('\n')}\n`, golden);
  });
});

describe('a recorded hour with credits, and a failover while one was slow', function () {
  this.timeout(60_000);
  let hour: RecordedHour;
  before(async () => {
    hour = await hourWithCredits();
  });
  const reportBy = (by: ReportBy) => reportOf(hour, by, hour.records);
  const rounded = (value: number): number => Math.round(value * 1e6) / 1e6;

  it('who was slower than asked for too long gets a share of the cost, by hand', () => {
    const { a, b, c } = rowsOf(reportBy('job'));
    assert.ok(a && b && c);
    // A core at 0.6 and two GiB at 0.06 an hour, for each of two. Minute 30 was never written.
    const seconds = at(29, 55) + (at(59, 55) - at(34, 5));
    assert.deepEqual([a.seconds, b.seconds], [2 * seconds, seconds]);
    const cost = ((2 * seconds) / 3600) * (0.6 + 2 * 0.06);
    assert.ok(Math.abs((a.cost ?? 0) - cost) < 1e-4, `${a.cost} of ${cost}`);
    // Two minutes of a's 111 are below 99 %; two of b's 55 are not below 95 %.
    assert.equal(a.notSlowerRatio, rounded((a.observedSeconds - 120) / a.observedSeconds));
    assert.equal(b.notSlowerRatio, rounded((b.observedSeconds - 120) / b.observedSeconds));
    assert.ok((a.notSlowerRatio ?? 1) < 0.99 && (b.notSlowerRatio ?? 0) > 0.95);
    assert.deepEqual([a.credit, b.credit, c.credit], [rounded((a.cost ?? 0) / 10), 0, null]);
  });

  it('unknown minutes do not count against anybody', () => {
    const { a } = rowsOf(reportBy('job'));
    // Slow from 30:30 to 34:00, of which nobody wrote anything: 120 s, not 330.
    assert.ok(a && a.unknownMinutes > 0);
    const slow = a.observedSeconds * (1 - (a.notSlowerRatio ?? 0));
    assert.ok(Math.abs(slow - 120) < 0.1, String(slow));
  });

  it('the credits of jobs are those of nodes and of days', () => {
    const reports = (['job', 'node', 'day', 'label'] as const).map(reportBy);
    const [first] = reports;
    assert.ok((first?.total.credit ?? 0) > 0);
    for (const { rows, total } of reports) {
      assert.deepEqual(total, first?.total);
      const sum = rows.reduce((all, { credit }) => all + (credit ?? 0), 0);
      assert.ok(Math.abs(sum - (total.credit ?? 0)) < 1e-5);
    }
    // h2 was never slow in what is known; a's credit is of its cost there, too.
    const { h1, h2 } = rowsOf(reportBy('node'));
    assert.ok((h2?.credit ?? 0) > 0 && h1?.credit === h2?.credit, `${h1?.credit} ${h2?.credit}`);
  });
});
