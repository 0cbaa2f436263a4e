import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { detailLines } from '../../../../cli/output/details.js';
import type { Column } from '../../../../cli/output/table.js';

interface Row {
  readonly name: string;
  readonly state: string;
  readonly reason: string;
}
const COLUMNS: readonly Column<Row>[] = [
  { title: 'NAME', cell: ({ name }) => name },
  { title: 'STATE', cell: ({ state }) => ({ text: state, tone: 'good' }) },
  { title: 'IMAGE', wide: true, cell: () => 'web:1' },
  { title: 'REASON', minWidth: 6, cell: ({ reason }) => reason },
];
const LONG = 'the target 40ms cannot be met here: best 92ms';
const ROWS: readonly Row[] = [
  { name: 'a', state: 'running', reason: LONG },
  { name: 'b', state: 'pending', reason: '' },
];
const PLAIN = { wide: false, colour: false };

describe('rows with all that they hold', () => {
  it('are a table where it fits, or where there is no terminal', () => {
    const table = ['NAME  STATE    REASON', `a     running  ${LONG}`, 'b     pending'];
    assert.deepEqual(detailLines(COLUMNS, ROWS, PLAIN), table);
    assert.deepEqual(detailLines(COLUMNS, ROWS, { ...PLAIN, width: 60 }), table);
  });

  it('have a line for each value where it does not fit, wrapped and not cut', () => {
    assert.deepEqual(detailLines(COLUMNS, ROWS, { ...PLAIN, width: 40 }), [
      'NAME    a',
      'STATE   running',
      'REASON  the target 40ms cannot be met',
      '        here: best 92ms',
      '',
      'NAME    b',
      'STATE   pending',
    ]);
  });

  it('are a table that is cut where they are many', () => {
    const [first, ...more] = detailLines(COLUMNS, Array(5).fill(ROWS[0]), { ...PLAIN, width: 40 });
    assert.equal(first, 'NAME  STATE    REASON');
    assert.deepEqual(new Set(more), new Set(['a     running  the target 40ms cannot b…']));
    assert.equal(more.length, 5);
  });

  it('have wide columns and colours as in a table', () => {
    const lines = detailLines(COLUMNS, ROWS, { wide: true, colour: true, width: 30 });
    const green = (text: string): string => `\u001b[32m${text}\u001b[0m`;
    assert.deepEqual(lines.slice(1, 3), [`STATE   ${green('running')}`, 'IMAGE   web:1']);
    assert.deepEqual(detailLines(COLUMNS, [], { ...PLAIN, width: 10 }), []);
  });
});
