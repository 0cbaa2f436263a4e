import { HARMFUL } from '../../shared/text.js';
import { type ColumnFit, cutText, fitColumns, textWidth } from './fit.js';

/** What a colour says about a cell. */
export type Tone = 'good' | 'bad' | 'warn' | 'dim';

/** Text of a cell, and its colour. */
export interface Cell {
  readonly text: string;
  readonly tone?: Tone;
}
/** Side of the column at which a text stands. */
export type Align = 'left' | 'right';

/** One column of a table of `Row`s. */
export interface Column<Row> extends ColumnFit {
  readonly title: string;
  readonly align?: Align;
  /** Shown only with `-o wide`. */
  readonly wide?: boolean;
  readonly cell: (row: Row) => string | Cell;
  /** The most important part of it, for narrow terminals; absent = there is none. */
  readonly short?: (row: Row) => string | Cell;
  /**
   * What `--sort` compares: numbers, or texts by their characters; null = not known, and comes
   * last. Absent = the text of the cell.
   */
  readonly sortBy?: (row: Row) => number | string | null;
}

const CODES: Readonly<Record<Tone, string>> = { good: '32', bad: '31', warn: '33', dim: '2' };
const GAP = '  ';

/** A cell with a tone, or without one. */
export const toned = (text: string, tone: Tone | undefined): Cell =>
  tone === undefined ? { text } : { text, tone };

/** How a table is printed. */
export interface TableOptions {
  readonly wide: boolean;
  readonly colour: boolean;
  /** Width of the terminal, characters; absent = nothing is cut. */
  readonly width?: number | undefined;
}

/**
 * The table as aligned lines, header first, without trailing spaces. Control characters in cells
 * are replaced.
 */
export function tableLines<Row>(
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  options: TableOptions,
): readonly string[] {
  const shown = columns.filter((column) => options.wide || column.wide !== true);
  const sized = shown.map((column) => sizedColumn(column, rows));
  const total = options.width ?? Number.POSITIVE_INFINITY;
  const fitted = fitColumns(sized, { total, gap: GAP.length });
  const cells = new Map(sized.map((one) => [one.column, one]));
  return [undefined, ...rows].map((_, line) =>
    lineOf(
      fitted.map(({ column, width, isShort }) => {
        const its = cells.get(column);
        const below = isShort ? its?.shorts : its?.texts;
        const { text, tone } = (line === 0 ? { text: column.title } : below?.[line - 1]) ?? EMPTY;
        // A title is cut at its end, which reads better than a name with its middle left out.
        const cut = line === 0 ? 'end' : column.cut;
        return padded(toned(cutText(text, width, cut), tone), width, column.align ?? 'left');
      }),
      { ...options, total },
    ),
  );
}

const EMPTY: Cell = { text: '' };

function sizedColumn<Row>(column: Column<Row>, rows: readonly Row[]) {
  const texts: readonly Cell[] = rows.map((row) => cellOf(column.cell(row)));
  const width = (cells: readonly Cell[]): number =>
    Math.max(column.title.length, ...cells.map(widthOf));
  const isSame = texts.every(({ text }) => text === texts[0]?.text);
  const { short } = column;
  const shorts: readonly Cell[] =
    short === undefined ? texts : rows.map((row) => cellOf(short(row)));
  const all = { column, texts, shorts, natural: width(texts), isSame };
  return short === undefined ? all : { ...all, short: width(shorts) };
}

/**
 * Joins the cells of a line. A line that is still too wide is cut without colours, as the cut could
 * fall into a colour code.
 */
function lineOf(
  cells: readonly Cell[],
  { colour, total }: { readonly colour: boolean; readonly total: number },
): string {
  const plain = cells
    .map(({ text }) => text)
    .join(GAP)
    .trimEnd();
  if (widthOf({ text: plain }) > total) return cutText(plain, total);
  return cells
    .map((cell) => coloured(cell, colour))
    .join(GAP)
    .trimEnd();
}

/** A cell as it is printed. */
export const cellOf = (cell: string | Cell): Cell => {
  const { text, tone } = typeof cell === 'string' ? { text: cell, tone: undefined } : cell;
  return toned(printable(text), tone);
};

/**
 * Replaces control characters, and those that turn the direction of writing: names and reasons come
 * from other machines and must not control the terminal.
 */
export const printable = (text: string): string =>
  text.replace(HARMFUL, (char) => (char === '\n' || char === '\t' ? ' ' : '\uFFFD'));

const widthOf = (cell: Cell | undefined): number => textWidth(cell?.text ?? '');

function padded(cell: Cell, width: number, align: Align): Cell {
  const space = ' '.repeat(Math.max(0, width - widthOf(cell)));
  return toned(align === 'right' ? `${space}${cell.text}` : `${cell.text}${space}`, cell.tone);
}

/** The text of a cell, in its colour where there are colours. */
export const coloured = (cell: Cell, colour: boolean): string =>
  !colour || cell.tone === undefined
    ? cell.text
    : `\u001b[${CODES[cell.tone]}m${cell.text}\u001b[0m`;
