import { type Cut, fitText, textWidth, wrapText as wrapGlyphs } from '../grid/glyphs.js';

export { textWidth };

/** Minimum width of a column that is cut, characters. */
const MIN_WIDTH = 6;

/** What may happen to a column on a narrow terminal. */
export interface ColumnFit {
  /** It may be cut down to this width, characters; absent = never cut. */
  readonly minWidth?: number;
  /**
   * Where its cells are that long, other columns are left out, shortened and cut before it gets
   * narrower than this, characters; absent = `minWidth`.
   */
  readonly wantedWidth?: number;
  /** Which part is left out when it is cut; default the end. */
  readonly cut?: Cut;
  /** It may be left out. */
  readonly optional?: boolean;
  /** It is left out only where short forms of other columns do not help. */
  readonly staysLonger?: boolean;
}

/** For names: they differ at the beginning (hosts) or at the end (numbers of allocations). */
export const NAME_FIT: ColumnFit = { minWidth: 8, cut: 'middle' };
/** For those by which people call what the list is of: most of them are shown whole. */
export const MAIN_NAME_FIT: ColumnFit = { ...NAME_FIT, wantedWidth: 24 };
/** For texts such as targets, reasons and warnings. */
export const TEXT_FIT: ColumnFit = { minWidth: 16 };

/** A column that is shown. */
export interface FittedColumn<C> {
  readonly column: C;
  /** Characters. */
  readonly width: number;
  /** Its cells are in their short form. */
  readonly isShort: boolean;
}

interface Sized<C> {
  readonly column: C;
  /** Width of its longest cell, characters. */
  readonly natural: number;
  /** The same of its short form; absent = it has none. */
  readonly short?: number;
  /** All its cells are equal. */
  readonly isSame: boolean;
}
interface Kept<C> extends Sized<C> {
  readonly isShort: boolean;
}

/**
 * Columns that take at most `total` characters. First it leaves out optional columns, those with
 * equal cells before the others, and takes short forms, until each has the width that it wants;
 * then it cuts the widest columns that may be cut. If the rest is still too wide, the caller cuts
 * the line.
 */
export function fitColumns<C extends ColumnFit>(
  sized: readonly Sized<C>[],
  { total, gap }: { readonly total: number; readonly gap: number },
): readonly FittedColumn<C>[] {
  let kept: readonly Kept<C>[] = sized.map((one) => ({ ...one, isShort: false }));
  const room = (): number => total - gap * (kept.length - 1);
  for (const { column, isLeft } of concessionsOf(sized)) {
    if (sum(kept.map(wantedOf)) <= room()) break;
    kept = isLeft
      ? kept.filter((one) => one.column !== column)
      : kept.map((one) => (one.column === column ? shortened(one) : one));
  }
  const widths = widthsIn(kept, room());
  return kept.map(({ column, isShort }, at) => ({ column, isShort, width: widths[at] ?? 0 }));
}

interface Concession<C> {
  readonly column: C;
  /** It is left out; else it is shortened. */
  readonly isLeft: boolean;
}

/** What narrow terminals make of columns, in that order. Short forms are taken from the end on. */
function concessionsOf<C extends ColumnFit>(sized: readonly Sized<C>[]): readonly Concession<C>[] {
  const leaving = (isDue: (one: Sized<C>) => boolean): readonly Concession<C>[] =>
    sized
      .filter((one) => one.column.optional === true && isDue(one))
      .map(({ column }) => ({ column, isLeft: true }));
  const stays = ({ column }: Sized<C>): boolean => column.staysLonger === true;
  return [
    ...leaving(({ isSame }) => isSame),
    ...leaving((one) => !one.isSame && !stays(one)),
    ...sized
      .flatMap(({ column, short }) => (short === undefined ? [] : [{ column, isLeft: false }]))
      .reverse(),
    ...leaving((one) => !one.isSame && stays(one)),
  ];
}

const shortened = <C>(one: Kept<C>): Kept<C> => ({
  ...one,
  natural: Math.min(one.natural, one.short ?? one.natural),
  isShort: true,
});

const leastOf = ({ column, natural }: Sized<ColumnFit>): number =>
  Math.min(natural, column.minWidth ?? natural);
const wantedOf = ({ column, natural }: Sized<ColumnFit>): number =>
  Math.min(natural, column.wantedWidth ?? column.minWidth ?? natural);
/** Names keep what they want longer than texts do. */
const nameWantedOf = (one: Sized<ColumnFit>): number =>
  one.column.cut === 'middle' ? wantedOf(one) : leastOf(one);
const LEASTS = [wantedOf, nameWantedOf, leastOf, () => MIN_WIDTH];

/** The widest columns shrink first: one cap for all that may be cut. */
function widthsIn(kept: readonly Sized<ColumnFit>[], room: number): readonly number[] {
  const capped = (cap: number, least: (one: Sized<ColumnFit>) => number): readonly number[] =>
    kept.map((one) =>
      one.column.minWidth === undefined
        ? one.natural
        : Math.min(one.natural, Math.max(cap, least(one))),
    );
  const longest = Math.max(0, ...kept.map(({ natural }) => natural));
  for (const least of LEASTS)
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

/** Cuts a text to `width` columns, with `…` for the missing part. */
export const cutText = (text: string, width: number, cut: Cut = 'end'): string =>
  textWidth(text) <= width ? text : fitText(text, width, cut);

/** A text in lines of at most `width` columns, broken at blanks; a longer word is cut apart. */
export function wrapText(text: string, width: number): readonly string[] {
  const plain = text.replace(/ +/g, ' ').trim();
  return plain === '' ? [] : wrapGlyphs(plain, width);
}
