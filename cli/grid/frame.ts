import { asciiOf } from './ascii.js';
import { type Cut, cutGlyphs } from './glyphs.js';

/** How a cell looks; values are added up. A colour never says what no text says. */
export const STYLE = {
  plain: 0,
  good: 1,
  bad: 2,
  warn: 3,
  dim: 4,
  bold: 8,
  reverse: 16,
} as const;

/** Which characters the terminal knows. */
export type Charset = 'utf8' | 'ascii';

/** What a terminal shows: a grid of cells, filled by `put` and compared by `frameDiff`. */
export interface Frame {
  readonly columns: number;
  readonly rows: number;
  readonly charset: Charset;
  /** Row by row. A glyph of two columns is followed by an empty cell. */
  readonly cells: string[];
  /** Sums of `STYLE`, of each cell. */
  readonly styles: Uint8Array;
}

/** An empty frame. */
export const blankFrame = (columns: number, rows: number, charset: Charset = 'utf8'): Frame => ({
  columns,
  rows,
  charset,
  cells: new Array<string>(columns * rows).fill(' '),
  styles: new Uint8Array(columns * rows),
});

/** Where a text is put, and how. */
export interface Place {
  readonly x: number;
  readonly y: number;
  /** Columns it may take; default up to the edge. What does not fit is cut, with `…`. */
  readonly width?: number;
  /** At which side of `width` it stands; default left. */
  readonly align?: 'left' | 'right';
  readonly cut?: Cut;
  readonly style?: number;
}

/** Puts a text on one row, made harmless; returns the column behind it. Outside is nothing. */
export function put(frame: Frame, text: string, place: Place): number {
  const { x, y, cut = 'end', style = STYLE.plain } = place;
  const room = Math.min(place.width ?? frame.columns, frame.columns - x);
  if (y < 0 || y >= frame.rows || x < 0 || room <= 0) return x;
  const glyphs = cutGlyphs(text, room, cut);
  const used = glyphs.reduce((sum, { width }) => sum + width, 0);
  let at = place.align === 'right' ? x + room - used : x;
  for (const { text: glyph, width } of glyphs) {
    const cell = y * frame.columns + at;
    const isAscii = frame.charset === 'ascii';
    frame.cells[cell] = isAscii ? asciiOf(glyph) : glyph;
    frame.styles[cell] = style;
    if (width === 2) {
      frame.cells[cell + 1] = isAscii ? ' ' : '';
      frame.styles[cell + 1] = style;
    }
    at += width;
  }
  return at;
}

/** Adds a style to all cells of a row. */
export function styleRow(frame: Frame, y: number, style: number): void {
  if (y < 0 || y >= frame.rows) return;
  for (let cell = y * frame.columns; cell < (y + 1) * frame.columns; cell += 1)
    frame.styles[cell] = (frame.styles[cell] ?? 0) | style;
}

/** The rows as texts, without spaces at their ends. */
export const frameLines = ({ columns, rows, cells }: Frame): readonly string[] =>
  Array.from({ length: rows }, (_, y) =>
    cells
      .slice(y * columns, (y + 1) * columns)
      .join('')
      .trimEnd(),
  );
