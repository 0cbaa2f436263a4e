export type Tone = 'good' | 'bad' | 'warn' | 'dim';

/** A cell's text, and how it may be coloured. */
export interface Cell {
  readonly text: string;
  readonly tone?: Tone;
}
export type Align = 'left' | 'right';

/** One column of a table of `Row`s. */
export interface Column<Row> {
  readonly title: string;
  readonly align?: Align;
  /** Shown only with `-o wide`. */
  readonly wide?: boolean;
  readonly cell: (row: Row) => string | Cell;
}

const CODES: Readonly<Record<Tone, string>> = { good: '32', bad: '31', warn: '33', dim: '2' };
const GAP = '  ';

export const toned = (text: string, tone: Tone | undefined): Cell => (tone === undefined ? { text } : { text, tone });

/** Aligned lines, the header first; no trailing spaces. Control characters of cells are made visible. */
export function tableLines<Row>(
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  options: { readonly wide: boolean; readonly colour: boolean },
): readonly string[] {
  const shown = columns.filter((column) => options.wide || column.wide !== true);
  const cells = rows.map((row) => shown.map((column) => cellOf(column.cell(row))));
  const widths = shown.map((column, index) =>
    Math.max(column.title.length, ...cells.map((line) => widthOf(line[index]))),
  );
  const header = shown.map((column) => ({ text: column.title }));
  return [header, ...cells].map((line) =>
    line
      .map((cell, index) => painted(padded(cell, widths[index] ?? 0, shown[index]?.align ?? 'left'), options.colour))
      .join(GAP)
      .trimEnd(),
  );
}

const cellOf = (cell: string | Cell): Cell => {
  const { text, tone } = typeof cell === 'string' ? { text: cell, tone: undefined } : cell;
  return toned(visible(text), tone);
};

/** Names and reasons come from other machines: nothing in them may drive the terminal. */
export const visible = (text: string): string =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e]/g, (char) =>
    char === '\n' || char === '\t' ? ' ' : '\uFFFD',
  );

const widthOf = (cell: Cell | undefined): number => [...(cell?.text ?? '')].length;

function padded(cell: Cell, width: number, align: Align): Cell {
  const space = ' '.repeat(Math.max(0, width - widthOf(cell)));
  return toned(align === 'right' ? `${space}${cell.text}` : `${cell.text}${space}`, cell.tone);
}

const painted = (cell: Cell, colour: boolean): string =>
  !colour || cell.tone === undefined ? cell.text : `\u001b[${CODES[cell.tone]}m${cell.text}\u001b[0m`;
