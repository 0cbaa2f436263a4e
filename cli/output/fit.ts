/** Columns that are cut keep at least this much, characters. */
const MIN_WIDTH = 6;
const ELLIPSIS = '…';

export type Cut = 'start' | 'middle' | 'end';

/** What may happen to a column on a narrow terminal. */
export interface ColumnFit {
  /** It may be cut down to so many characters; absent = never cut. */
  readonly least?: number;
  /** Which part of it is left out then; default the end. */
  readonly cut?: Cut;
  /** It may be left out. */
  readonly mayGo?: boolean;
}

/** Names differ at either end: hosts at the beginning, allocations by their number. */
export const NAME_FIT: ColumnFit = { least: 8, cut: 'middle' };
/** Targets, reasons and warnings. */
export const TEXT_FIT: ColumnFit = { least: 16 };

export interface FittedColumns<C> {
  readonly columns: readonly C[];
  /** Of each column, characters. */
  readonly widths: readonly number[];
}

interface Sized<C> {
  readonly column: C;
  /** What its longest cell takes, characters. */
  readonly natural: number;
  /** Every row says the same in it. */
  readonly isSame: boolean;
}

/**
 * Columns and widths that together take at most `total` characters. Columns that may be left out go
 * first, those that say the same in every row before the others; then the longest of those that may
 * be cut are cut. A terminal narrower than what cannot be cut is exceeded: the caller cuts the
 * line.
 */
export function fitColumns<C extends ColumnFit>(
  sized: readonly Sized<C>[],
  { total, gap }: { readonly total: number; readonly gap: number },
): FittedColumns<C> {
  const leaving = [...sized]
    .filter(({ column }) => column.mayGo === true)
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
  Math.min(natural, column.least ?? natural);

/** The longest give first: a common cap on all that may be cut. */
function widthsIn(kept: readonly Sized<ColumnFit>[], room: number): readonly number[] {
  const capped = (cap: number, least: (one: Sized<ColumnFit>) => number): readonly number[] =>
    kept.map((one) =>
      one.column.least === undefined
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

/** A line that fits; `undefined` = as it is. */
export const cutLine = (line: string, width: number | undefined): string =>
  width === undefined ? line : cutText(line, width);

/** At most `width` characters; what was left out is shown as `…`. */
export function cutText(text: string, width: number, cut: Cut = 'end'): string {
  const chars = [...text];
  if (chars.length <= width) return text;
  const kept = Math.max(0, width - 1);
  if (cut === 'start') return `${ELLIPSIS}${chars.slice(chars.length - kept).join('')}`;
  const tail = cut === 'middle' ? Math.floor(kept / 2) : 0;
  return `${chars.slice(0, kept - tail).join('')}${ELLIPSIS}${tail === 0 ? '' : chars.slice(-tail).join('')}`;
}
