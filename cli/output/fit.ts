import type { Cut } from '../grid/glyphs.js';

/** Minimum width of a column that is cut, characters. */
const MIN_WIDTH = 6;
const ELLIPSIS = '…';

/** What may happen to a column on a narrow terminal. */
export interface ColumnFit {
  /** It may be cut down to this width, characters; absent = never cut. */
  readonly minWidth?: number;
  /** Which part is left out when it is cut; default the end. */
  readonly cut?: Cut;
  /** It may be left out. */
  readonly optional?: boolean;
}

/** For names: they differ at the beginning (hosts) or at the end (numbers of allocations). */
export const NAME_FIT: ColumnFit = { minWidth: 8, cut: 'middle' };
/** For texts such as targets, reasons and warnings. */
export const TEXT_FIT: ColumnFit = { minWidth: 16 };

/** The columns that are shown, and how wide each is. */
export interface FittedColumns<C> {
  readonly columns: readonly C[];
  /** Width of each column, characters. */
  readonly widths: readonly number[];
}

interface Sized<C> {
  readonly column: C;
  /** Width of its longest cell, characters. */
  readonly natural: number;
  /** All its cells are equal. */
  readonly isSame: boolean;
}

/**
 * Columns and widths that take at most `total` characters. First it leaves out optional columns,
 * those with equal cells before the others; then it cuts the widest columns that may be cut. If the
 * rest is still too wide, the caller cuts the line.
 */
export function fitColumns<C extends ColumnFit>(
  sized: readonly Sized<C>[],
  { total, gap }: { readonly total: number; readonly gap: number },
): FittedColumns<C> {
  const leaving = [...sized]
    .filter(({ column }) => column.optional === true)
    .sort((a, b) => Number(b.isSame) - Number(a.isSame));
  let kept = sized;
  const roomFor = (those: readonly Sized<C>[]): number => total - gap * (those.length - 1);
  while (sum(kept.map(leastOf)) > roomFor(kept)) {
    const next = leaving.shift();
    if (next === undefined) break;
    kept = kept.filter((each) => each !== next);
  }
  return { columns: kept.map(({ column }) => column), widths: widthsIn(kept, roomFor(kept)) };
}

const leastOf = ({ column, natural }: Sized<ColumnFit>): number =>
  Math.min(natural, column.minWidth ?? natural);

/** The widest columns shrink first: one cap for all that may be cut. */
function widthsIn(kept: readonly Sized<ColumnFit>[], room: number): readonly number[] {
  const capped = (cap: number, least: (one: Sized<ColumnFit>) => number): readonly number[] =>
    kept.map((one) =>
      one.column.minWidth === undefined
        ? one.natural
        : Math.min(one.natural, Math.max(cap, least(one))),
    );
  const longest = Math.max(0, ...kept.map(({ natural }) => natural));
  for (const least of [leastOf, () => MIN_WIDTH])
    for (let cap = longest; cap >= MIN_WIDTH; cap -= 1) {
      const widths = capped(cap, least);
      if (sum(widths) <= room) return widths;
    }
  return capped(MIN_WIDTH, () => MIN_WIDTH);
}

const sum = (numbers: readonly number[]): number =>
  numbers.reduce((total, each) => total + each, 0);

/** Cuts a line to a width; `undefined` = no limit. */
export const cutLine = (line: string, width: number | undefined): string =>
  width === undefined ? line : cutText(line, width);

/** Cuts a text to `width` characters, with `…` for the missing part. */
export function cutText(text: string, width: number, cut: Cut = 'end'): string {
  const chars = [...text];
  if (chars.length <= width) return text;
  const kept = Math.max(0, width - 1);
  if (cut === 'start') return `${ELLIPSIS}${chars.slice(chars.length - kept).join('')}`;
  const tail = cut === 'middle' ? Math.floor(kept / 2) : 0;
  const head = chars.slice(0, kept - tail).join('');
  return `${head}${ELLIPSIS}${chars.slice(chars.length - tail).join('')}`;
}

/** A text in lines of at most `width` characters, broken at blanks; a longer word is cut apart. */
export function wrapText(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  const words = text.split(/ +/).flatMap((word) => piecesOf(word, width));
  for (const word of words) {
    const joined = line === '' ? word : `${line} ${word}`;
    if ([...joined].length <= width) line = joined;
    else {
      lines.push(line);
      line = word;
    }
  }
  return line === '' ? lines : [...lines, line];
}

function piecesOf(word: string, width: number): readonly string[] {
  const chars = [...word];
  const count = Math.ceil(chars.length / width);
  return Array.from({ length: count }, (_, at) =>
    chars.slice(at * width, (at + 1) * width).join(''),
  );
}
