import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { findingLines } from '../../../../cli/doctor/lines.js';
import type { DoctorFinding } from '../../../../cli/doctor/section.js';
import { textWidth } from '../../../../cli/grid/glyphs.js';
import { detailLines } from '../../../../cli/output/details.js';
import { cutLine, cutText, NAME_FIT, TEXT_FIT, wrapText } from '../../../../cli/output/fit.js';
import { type Column, tableLines } from '../../../../cli/output/table.js';

/** Each takes two columns of a terminal. */
const WIDE = '共有データ用のディレクトリ';
const REASON = `bind source path does not exist: /srv/${WIDE}/${WIDE}: make it, or mount another`;

interface Row {
  readonly name: string;
  readonly reason: string;
}
const COLUMNS: readonly Column<Row>[] = [
  { title: 'NAME', ...NAME_FIT, cell: ({ name }) => name },
  { title: 'REASON', ...TEXT_FIT, cell: ({ reason }) => reason },
  { title: 'AGE', align: 'right', cell: () => '3s' },
];
const ROWS: readonly Row[] = [
  { name: 'face', reason: REASON },
  { name: WIDE.slice(0, 6), reason: 'runs' },
];
const WIDTH = 80;
const options = { wide: false, colour: false, width: WIDTH };

const fits = (lines: readonly string[]): void => {
  for (const line of lines) assert.ok(textWidth(line) <= WIDTH, `${textWidth(line)}: ${line}`);
};

describe('texts with glyphs of two columns', () => {
  it('are cut where the terminal ends, with a sign for what is missing', () => {
    const cut = cutLine(REASON, 50);
    assert.deepEqual([textWidth(cut) <= 50, cut.endsWith('…')], [true, true]);
    assert.equal(cutText(WIDE.slice(0, 6), 12), WIDE.slice(0, 6));
    assert.equal(textWidth(cutText(WIDE, 9, 'middle')) <= 9, true);
  });

  it('stand in columns of tables that fit', () => {
    const lines = tableLines(COLUMNS, ROWS, options);
    fits(lines);
    const ends = lines.map(textWidth);
    assert.deepEqual(ends, [WIDTH, WIDTH, WIDTH], 'the last column ends in one place');
  });

  it('are wrapped between words below each other', () => {
    fits(detailLines(COLUMNS, ROWS, options));
    const findings: readonly DoctorFinding[] = [
      { what: WIDE, state: 'missing', detail: REASON, cure: REASON },
      { what: 'Docker', state: 'works', detail: '26.1.5', cure: '' },
    ];
    const lines = findingLines(findings, options);
    fits(lines);
    const states = lines.flatMap((line) => {
      const at = /missing|works/.exec(line)?.index;
      return at === undefined ? [] : [textWidth(line.slice(0, at))];
    });
    assert.equal(new Set(states).size, 1, 'one column of states');
    assert.deepEqual(wrapText('a  b ', 80), ['a b']);
    assert.deepEqual(wrapText(' ', 80), []);
  });
});
