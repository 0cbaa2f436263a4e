import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { type LedgerSums, UsageLedger } from '../../../console/ledger/ledger.js';
import { addSums, noSums, type Sums } from '../../../console/ledger/sums.js';
import { usageOf } from '../../../console/ledger/usage.js';
import { REPORT_BY, type ReportBy } from '../../../proto/schemas/usage.js';
import type { MinuteRecord } from '../../../proto/schemas/view.js';
import { EUR, ran, recordOf } from '../../unit/console/ledger/build.js';

const NODES = ['h1', 'h2', 'h3'];
/** Two days meet in the middle of it. */
const FROM = 1440 * 20_000 - 20;
const TO = FROM + 40;

const seconds = fc.integer({ min: 0, max: 180_000 }).map((ms) => ms / 1000);
const anyMinute = fc
  .record({
    id: fc.constantFrom('a-1', 'a-2', 'b-1', 'c-1'),
    seconds,
    observed: fc.double({ min: 0, max: 1, noNaN: true }),
    atTarget: fc.double({ min: 0, max: 1, noNaN: true }),
    requests: fc.integer({ min: 0, max: 1_000_000 }),
    energyJoules: fc.option(seconds),
    reservedCpuSeconds: seconds,
    credit: fc.constantFrom(
      {},
      { creditCostRatio: 0.1, creditBelowRatio: 0.99 },
      { creditCostRatio: 0.25, creditBelowRatio: 0.5 },
    ),
  })
  .map(({ id, observed, atTarget, credit, ...rest }) => {
    const observedSeconds = Math.round(rest.seconds * observed * 1000) / 1000;
    const atTargetSeconds = Math.round(observedSeconds * atTarget * 1000) / 1000;
    return ran(id, {
      ...rest,
      ...credit,
      observedSeconds,
      atTargetSeconds,
      notSlowerSeconds: Math.round((observedSeconds + atTargetSeconds) * 500) / 1000,
    });
  });
const anyRecord = fc
  .record({
    node: fc.constantFrom(...NODES),
    minute: fc.integer({ min: FROM - 3, max: TO + 3 }),
    epoch: fc.integer({ min: 1, max: 2 }),
    seconds,
    prices: fc.constantFrom(undefined, EUR, { ...EUR, cpuCoreHour: 1 }),
    allocations: fc.uniqueArray(anyMinute, { maxLength: 4, selector: ({ id }) => id }),
  })
  .map(({ node, minute, allocations, prices, ...rest }): MinuteRecord => {
    const { prices: _, ...record } = recordOf(node, minute, allocations, rest);
    return prices === undefined ? record : { ...record, prices };
  });
/** At most one for a node, minute and epoch, as the stream keeps them. */
const anyRecords = fc.uniqueArray(anyRecord, {
  maxLength: 60,
  selector: ({ node, minute, epoch }) => `${node} ${minute} ${epoch}`,
});

const labelOf = (node: string): string | null => (node === 'h3' ? null : 'x');
const sumsOf = (records: readonly MinuteRecord[], by: ReportBy): LedgerSums => {
  const ledger = new UsageLedger({ from: FROM, to: TO, by, labelOf });
  for (const each of records) ledger.take(each);
  return ledger.close((node) => node !== 'h2');
};
/** Everything but how many allocations there were, which rows may share. */
const byKey = <T>(parts: ReadonlyMap<string, T>) => [...parts].sort(([a], [b]) => (a < b ? -1 : 1));
const plain = ({ allocations: _, priced, credited, ...rest }: Sums) => ({
  ...rest,
  priced: byKey(priced),
  credited: byKey(credited).map(([key, each]) => [key, { ...each, priced: byKey(each.priced) }]),
});
const sorted = ({ rows }: LedgerSums) =>
  [...rows].map(([key, sums]) => [key, plain(sums)]).sort(([a], [b]) => (`${a}` < `${b}` ? -1 : 1));

describe('laws of the ledger', () => {
  it('the sums of all jobs are those of all nodes, days and labels', () => {
    fc.assert(
      fc.property(anyRecords, (records) => {
        const [first, ...others] = REPORT_BY.map((by) => {
          const { rows, total } = sumsOf(records, by);
          const sum = noSums();
          for (const each of rows.values()) addSums(sum, each);
          assert.deepEqual(plain(sum), plain(total), by);
          return { ...plain(total), allocations: total.allocations };
        });
        for (const each of others) assert.deepEqual(each, first);
      }),
    );
  });

  it('neither order nor repetition changes anything', () => {
    fc.assert(
      fc.property(
        anyRecords.chain((records) =>
          fc.tuple(
            fc.constant(records),
            fc.shuffledSubarray([...records, ...records], {
              minLength: 2 * records.length,
              maxLength: 2 * records.length,
            }),
          ),
        ),
        fc.constantFrom(...REPORT_BY),
        ([records, shuffled], by) => {
          const [once, again] = [sumsOf(records, by), sumsOf(shuffled, by)];
          assert.deepEqual(sorted(again), sorted(once));
          assert.equal(again.total.allocations, once.total.allocations);
        },
      ),
    );
  });

  it('a time is the sum of its parts, in what was counted', () => {
    fc.assert(
      fc.property(anyRecords, fc.integer({ min: FROM, max: TO }), (records, middle) => {
        const counted = (from: number, to: number) => {
          const ledger = new UsageLedger({ from, to, by: 'job' });
          for (const each of records) ledger.take(each);
          return ledger.close(() => false).total;
        };
        const parts = noSums();
        addSums(parts, counted(FROM, middle));
        addSums(parts, counted(middle, TO));
        // Which minutes are known depends on what was before.
        const only = ({ seconds: time, requests, used, observed, atTarget, energy }: Sums) => ({
          ...{ time, requests, used, observed, atTarget, energy },
        });
        assert.deepEqual(only(parts), only(counted(FROM, TO)));
      }),
    );
  });

  it('the credits of all rows are those of the whole, and no more than a share of the cost', () => {
    fc.assert(
      fc.property(anyRecords, fc.constantFrom(...REPORT_BY), (records, by) => {
        const head = { fromMs: 0, toMs: 1, by, storedSinceMs: null, warnings: [] };
        const { rows, total } = usageOf(sumsOf(records, by), head);
        const sum = rows.reduce((all, { credit }) => all + (credit ?? 0), 0);
        assert.ok(Math.abs(sum - (total.credit ?? 0)) <= 2e-6 * (rows.length + 1));
        for (const { credit, cost } of [...rows, total])
          assert.ok(credit === null || credit <= 0.25 * (cost ?? 0) + 1e-6);
        const byJob = usageOf(sumsOf(records, 'job'), { ...head, by: 'job' });
        assert.equal(total.credit, byJob.total.credit);
      }),
    );
  });

  it('no minute of an allocation is both known and unknown, and none counts twice', () => {
    fc.assert(
      fc.property(anyRecords, (records) => {
        const { total } = sumsOf(records, 'node');
        const all = total.allocations * (TO - FROM);
        assert.ok(total.minutes + total.unknownMinutes <= all, 'more than there are');
      }),
    );
  });
});
