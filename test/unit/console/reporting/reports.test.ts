import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { makeReport, type ReportAccess } from '../../../../console/reporting/report.js';
import type { NodeStatus } from '../../../../proto/schemas/status.js';
import { err, ok } from '../../../../shared/result.js';
import { MinuteStream } from '../../../lib/minute-stream.js';
import { ran, recordOf } from '../ledger/build.js';

const NOT_FOUND = { code: 'service.not-found', field: 'name', message: 'there is no job' };
const SILENT = { code: 'service.unavailable', field: '', message: 'no answer' };
const PERIOD = { from: 1000, to: 1010 };

/** A coordinator that knows these nodes with their labels, and the job a. */
const calls = (labels: Readonly<Record<string, object>> | 'silent'): ReportAccess['call'] =>
  (async (verb: string, { name }: { readonly name?: string }) => {
    if (labels === 'silent') return err([SILENT]);
    if (verb === 'job-status') return name === 'a' ? ok({ job: {} }) : err([NOT_FOUND]);
    const nodes = Object.entries(labels).map(([id, its]) => ({ id, labels: its }) as NodeStatus);
    return ok({ nodes });
  }) as unknown as ReportAccess['call'];
const minutes = ['h1', 'h2'].flatMap((node) =>
  Array.from({ length: 4 }, (_, index) => ({
    data: recordOf(node, 1000 + index, [ran(`${node}-1`)]),
  })),
);
const accessTo = (labels: Parameters<typeof calls>[0], stored = minutes): ReportAccess => ({
  bus: new MinuteStream(stored).bus,
  cluster: 'main',
  call: calls(labels),
});

describe('a report', () => {
  it('is of the time and the nodes there are: what was removed is not unknown since', async () => {
    const report = await makeReport(accessTo({ h1: {} }), { by: 'node' }, PERIOD);
    assert.ok(report.ok);
    assert.deepEqual(
      report.value.rows.map(({ key, minutes: known, unknownMinutes }) => [
        key,
        known,
        unknownMinutes,
      ]),
      [
        ['h1', 4, 6],
        ['h2', 4, 0],
      ],
    );
    const { fromMs, toMs, storedSinceMs, warnings } = report.value;
    assert.deepEqual([fromMs, toMs, storedSinceMs], [60_000_000, 60_600_000, 60_000_000]);
    assert.deepEqual(warnings, []);
  });

  it('by label of nodes; one that no node has is a warning', async () => {
    const access = accessTo({ h1: { zone: 'x' }, h2: {} });
    const keysOf = async (label: string) => {
      const report = await makeReport(access, { by: 'label', label }, PERIOD);
      assert.ok(report.ok);
      return [report.value.rows.map(({ key }) => key), report.value.warnings.length];
    };
    assert.deepEqual(await keysOf('zone'), [['x', null], 0]);
    assert.deepEqual(await keysOf('toString'), [[null], 1]);
  });

  it('needs a coordinator only for labels', async () => {
    const access = accessTo('silent');
    const report = await makeReport(access, { by: 'job' }, PERIOD);
    assert.ok(report.ok);
    assert.equal(report.value.total.minutes, 8);
    assert.match(report.value.warnings.join(), /does not answer/);
    const labelled = await makeReport(access, { by: 'label', label: 'zone' }, PERIOD);
    assert.deepEqual(labelled, err([SILENT]));
  });

  it('a job without minutes is empty, one that is not there a fault', async () => {
    const access = accessTo({ h1: {} });
    const known = await makeReport(access, { by: 'job', job: 'a' }, PERIOD);
    assert.deepEqual(known.ok && known.value.rows, []);
    assert.deepEqual(await makeReport(access, { by: 'job', job: 'b' }, PERIOD), err([NOT_FOUND]));
  });

  it('of a time without data is empty, and says since when there is any', async () => {
    const before = await makeReport(accessTo({ h1: {} }), { by: 'job' }, { from: 1, to: 9 });
    assert.ok(before.ok);
    const { rows, total, storedSinceMs, currency } = before.value;
    assert.deepEqual([rows, storedSinceMs, currency], [[], 60_000_000, undefined]);
    assert.deepEqual([total.minutes, total.cost, total.reservedCoreHours], [0, null, 0]);
    const never = await makeReport(accessTo({ h1: {} }, []), { by: 'day' }, PERIOD);
    assert.ok(never.ok);
    assert.deepEqual([never.value.rows, never.value.storedSinceMs], [[], null]);
  });
});
