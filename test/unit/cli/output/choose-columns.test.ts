import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { chosenColumns, sortedRows } from '../../../../cli/output/choose-columns.js';
import { PS_COLUMNS } from '../../../../cli/output/columns.js';
import type { AllocationStatus } from '../../../../proto/schemas/status.js';

const row = (id: string, latencyMs: number | null, cores: number | null): AllocationStatus => ({
  ...{ id: id as never, job: 'a' as never, node: null, target: null, container: null, ageMs: null },
  ...{ latencyMs, qoeClass: null, reason: '' },
  desired: cores === null ? null : { cpuCores: cores, periodUs: 100_000 },
});
const ROWS = [
  row('a-1', 900, 0.1),
  row('a-2', null, 2),
  row('a-3', 1100, 1),
  row('a-10', 20, null),
];
const sorted = (by: string): readonly string[] | string => {
  const rows = sortedRows(PS_COLUMNS, ROWS, by);
  return rows.ok ? rows.value.map(({ id }) => id) : rows.error;
};

describe('columns that a person chooses', () => {
  it('come in the order asked for, those of -o wide included', () => {
    const chosen = chosenColumns(PS_COLUMNS, 'now, within-target,ID');
    assert.ok(chosen.ok);
    assert.deepEqual(
      chosen.value.map(({ title, wide }) => [title, wide]),
      [
        ['NOW', false],
        ['WITHIN TARGET', false],
        ['ID', false],
      ],
    );
  });

  it('are refused with all that there are', () => {
    for (const list of ['bogus', 'now,,limit', ''])
      assert.equal(chosenColumns(PS_COLUMNS, list).ok, false, list);
    const bad = chosenColumns(PS_COLUMNS, 'now,bogus');
    assert.ok(!bad.ok);
    assert.match(
      bad.error,
      /^"bogus" is not a column: use some of job, allocation, node, .*reason$/,
    );
  });
});

describe('--sort', () => {
  it('compares numbers as numbers, and puts what is not known last either way', () => {
    assert.deepEqual(sorted('now'), ['a-10', 'a-1', 'a-3', 'a-2']);
    assert.deepEqual(sorted('-now'), ['a-3', 'a-1', 'a-10', 'a-2']);
    assert.deepEqual(sorted('-limit'), ['a-2', 'a-3', 'a-1', 'a-10']);
  });

  it('compares names with their numbers, and keeps the order of equal ones', () => {
    assert.deepEqual(sorted('id'), ['a-1', 'a-2', 'a-3', 'a-10']);
    assert.deepEqual(sorted('job'), ['a-1', 'a-2', 'a-3', 'a-10']);
  });

  it('is refused for a column that is not there', () => {
    assert.match(String(sorted('speed')), /^"speed" is not a column: use/);
    assert.match(String(sorted('-nwo')), /^"nwo" is not a column \(did you mean now\?\): use/);
  });
});
