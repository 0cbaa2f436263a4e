import { textWidth, wrapText } from './fit.js';
import { type Column, cellOf, coloured, type TableOptions, tableLines, toned } from './table.js';

const GAP = '  ';
/** Values are not wrapped narrower than this, characters. */
const MIN_VALUE_WIDTH = 20;
/** More rows are not read one below the other. */
const MAX_ROWS = 4;

/**
 * Rows with all that they hold: a table where it fits the terminal, else each value on a line of
 * its own, wrapped at blanks, without those that are empty. Where there are many, a table that is
 * cut to the terminal.
 */
export function detailLines<Row>(
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  { width, ...whole }: TableOptions,
): readonly string[] {
  const isNarrow = (line: string): boolean => textWidth(line) <= (width ?? Infinity);
  const plain = tableLines(columns, rows, { ...whole, colour: false });
  if (width === undefined || plain.every(isNarrow)) return tableLines(columns, rows, whole);
  if (rows.length > MAX_ROWS) return tableLines(columns, rows, { ...whole, width });
  const shown = columns.filter((column) => whole.wide || column.wide !== true);
  const titleWidth = Math.max(...shown.map(({ title }) => title.length));
  const valueWidth = Math.max(MIN_VALUE_WIDTH, width - titleWidth - GAP.length);
  return rows.flatMap((row, at) => [
    ...(at === 0 ? [] : ['']),
    ...shown.flatMap(({ title, cell }) => {
      const { text, tone } = cellOf(cell(row));
      return wrapText(text, valueWidth).map((line, part) => {
        const name = (part === 0 ? title : '').padEnd(titleWidth);
        return `${name}${GAP}${coloured(toned(line, tone), whole.colour)}`;
      });
    }),
  ]);
}
