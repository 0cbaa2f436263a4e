import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { FIRST_PARTS, FIRST_ROWS, RowBlocks } from '../../../../cli/output/row-blocks.js';
import { type Column, TableBlocks, tableLines } from '../../../../cli/output/table.js';

interface Row {
  readonly name: string;
  readonly what: string;
}
const COLUMNS: readonly Column<Row>[] = [
  { title: 'NAME', cell: ({ name }) => name },
  { title: 'SIDE', optional: true, cell: () => 'same' },
  { title: 'WHAT', minWidth: 16, cell: ({ what }) => what },
];
const plain = { wide: false, colour: false };

describe('a table that comes in blocks', () => {
  it('is one table where columns stay as wide', () => {
    const rows = [1, 2, 3, 4].map((each) => ({ name: `n-${each}`, what: 'done' }));
    const blocks = new TableBlocks(COLUMNS, plain);
    assert.deepEqual(
      [...blocks.lines(rows.slice(0, 2)), ...blocks.lines(rows.slice(2))],
      tableLines(COLUMNS, rows, plain),
    );
  });

  it('has wider columns from the row on that needs them', () => {
    const blocks = new TableBlocks(COLUMNS, plain);
    assert.deepEqual(blocks.lines([{ name: 'a', what: 'x' }]), [
      'NAME  SIDE  WHAT',
      'a     same  x',
    ]);
    assert.deepEqual(blocks.lines([{ name: 'longer-name', what: 'x' }]), ['longer-name  same  x']);
    assert.deepEqual(blocks.lines([{ name: 'b', what: 'x' }]), ['b            same  x']);
  });

  it('has its header once more where a narrow terminal has other columns', () => {
    const blocks = new TableBlocks(COLUMNS, { ...plain, width: 24 });
    assert.deepEqual(blocks.lines([{ name: 'a', what: 'x' }]), [
      'NAME  SIDE  WHAT',
      'a     same  x',
    ]);
    assert.deepEqual(blocks.lines([{ name: 'b', what: 'what is longer' }]), [
      'NAME  WHAT',
      'b     what is longer',
    ]);
    assert.deepEqual(blocks.lines([{ name: 'c', what: 'x' }]), ['c     x']);
  });

  it('may be a very long one', () => {
    const rows = Array.from({ length: 200_000 }, () => ({ name: 'n', what: 'x' }));
    assert.equal(tableLines(COLUMNS, rows, plain).length, rows.length + 1);
  });
});

describe('rows that are printed while they are read', () => {
  function printed() {
    const blocks: (readonly [number, boolean])[] = [];
    const rows = new RowBlocks<number>((each, isWhole) => blocks.push([each.length, isWhole]));
    return { blocks, rows };
  }

  it('are one block where there are few, or none', () => {
    for (const count of [3, 0]) {
      const { blocks, rows } = printed();
      for (let each = 0; each < count; each += 1) rows.add(each);
      rows.partRead();
      rows.end();
      assert.deepEqual(blocks, [[count, true]]);
    }
  });

  it('are a large block, and then those of each part', () => {
    const { blocks, rows } = printed();
    for (let each = 0; each < FIRST_ROWS + 5; each += 1) rows.add(each);
    rows.partRead();
    rows.partRead();
    rows.add(1);
    rows.end();
    assert.deepEqual(blocks, [
      [FIRST_ROWS, false],
      [5, false],
      [1, false],
    ]);
  });

  it('are printed after some parts where few are found', () => {
    const { blocks, rows } = printed();
    rows.add(1);
    for (let part = 0; part < FIRST_PARTS; part += 1) rows.partRead();
    assert.deepEqual(blocks, [[1, false]]);
    rows.end();
    assert.equal(blocks.length, 1);
  });
});
