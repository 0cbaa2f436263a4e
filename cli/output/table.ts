import { HARMFUL } from '../../shared/text.js';
import { type ColumnFit, cutText, type FittedColumn, fitColumns, textWidth } from './fit.js';

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
export const tableLines = <Row>(
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  options: TableOptions,
): readonly string[] => new TableBlocks(columns, options).lines(rows);

const EMPTY: Cell = { text: '' };

/** A column with its cells in one block of rows. */
interface BlockColumn<Row> {
  readonly column: Column<Row>;
  readonly texts: readonly Cell[];
  readonly shorts: readonly Cell[];
}

/**
 * A table whose rows come block by block, as `tableLines` makes it. Columns get wider with their
 * cells, for the rows from there on; where a narrow terminal then has other columns than before,
 * the header stands once more.
 */
export class TableBlocks<Row> {
  readonly #options: TableOptions & { readonly total: number };
  readonly #columns: readonly SizedColumn<Row>[];
  #header: string | undefined;

  constructor(columns: readonly Column<Row>[], options: TableOptions) {
    this.#options = { ...options, total: options.width ?? Number.POSITIVE_INFINITY };
    this.#columns = columns
      .filter((column) => options.wide || column.wide !== true)
      .map((column) => new SizedColumn(column));
  }

  /** The lines of one block; before the first one, the header. */
  lines(rows: readonly Row[]): readonly string[] {
    const block = new Map(this.#columns.map((sized) => [sized.column, sized.take(rows)]));
    const sizes = this.#columns.map((sized) => sized.size());
    const fitted = fitColumns(sizes, { total: this.#options.total, gap: GAP.length });
    const lines = rows.map((_, at) => this.#line(fitted, (one) => cellAt(block, one, at)));
    const header = fitted.map(({ column, isShort }) => `${column.title} ${isShort}`).join();
    if (header === this.#header) return lines;
    this.#header = header;
    return [this.#line(fitted, ({ column }) => ({ text: column.title }), 'end'), ...lines];
  }

  /** `cut`: absent = as each column has it. */
  #line(
    fitted: readonly FittedColumn<Column<Row>>[],
    cellOfColumn: (fitted: FittedColumn<Column<Row>>) => Cell,
    cut?: 'end',
  ): string {
    const cells = fitted.map((one) => {
      const { column, width } = one;
      const { text, tone } = cellOfColumn(one);
      const shown = toned(cutText(text, width, cut ?? column.cut), tone);
      return padded(shown, width, column.align ?? 'left');
    });
    return lineOf(cells, this.#options);
  }
}

const cellAt = <Row>(
  block: ReadonlyMap<Column<Row>, BlockColumn<Row>>,
  { column, isShort }: FittedColumn<Column<Row>>,
  at: number,
): Cell => block.get(column)?.[isShort ? 'shorts' : 'texts'][at] ?? EMPTY;

/** A column, and how wide its cells were until now. */
class SizedColumn<Row> {
  readonly column: Column<Row>;
  #natural: number;
  #short: number;
  #first: string | undefined;
  #isSame = true;

  constructor(column: Column<Row>) {
    this.column = column;
    this.#natural = column.title.length;
    this.#short = column.title.length;
  }

  take(rows: readonly Row[]): BlockColumn<Row> {
    const { column } = this;
    const { short } = column;
    const texts = rows.map((row) => cellOf(column.cell(row)));
    const shorts = short === undefined ? texts : rows.map((row) => cellOf(short(row)));
    this.#first ??= texts[0]?.text;
    this.#isSame &&= texts.every(({ text }) => text === this.#first);
    this.#natural = widest(this.#natural, texts);
    this.#short = widest(this.#short, shorts);
    return { column, texts, shorts };
  }

  size() {
    const size = { column: this.column, natural: this.#natural, isSame: this.#isSame };
    return this.column.short === undefined ? size : { ...size, short: this.#short };
  }
}

const widest = (least: number, cells: readonly Cell[]): number =>
  cells.reduce((width, cell) => Math.max(width, widthOf(cell)), least);

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
