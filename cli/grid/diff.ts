import { blankFrame, type Frame } from './frame.js';

const COLOURS: readonly string[] = ['', ';32', ';31', ';33', ';2', '', '', ''];
const DIM_BIT = 4;
const [TONE_BITS, BOLD_BIT, REVERSE_BIT] = [7, 8, 16];
const CLEAR = '\u001b[0m\u001b[2J';
const PLAIN = '\u001b[0m';

/**
 * What is to be written to a terminal that shows `before`, so that it shows `after`: changed cells
 * and nothing else. Without `before`, or where the size is another, the screen is cleared first.
 */
export function frameDiff(before: Frame | undefined, after: Frame, colour: boolean): string {
  const { columns, rows } = after;
  const isSameSize = before?.columns === columns && before.rows === rows;
  const known = isSameSize ? before : blankFrame(columns, rows);
  const pen = new Pen(colour);
  if (!isSameSize) pen.clear();
  for (let y = 0; y < rows; y += 1)
    for (let x = 0; x < columns; x += 1) {
      const at = y * columns + x;
      const cell = after.cells[at] ?? ' ';
      const style = after.styles[at] ?? 0;
      const isSame = cell === known.cells[at] && style === known.styles[at];
      // The second half of a wide glyph is drawn with the first one.
      if (isSame || cell === '') continue;
      const width = x + 1 < columns && after.cells[at + 1] === '' ? 2 : 1;
      pen.draw({ x, y, cell, style, width });
      if (x + width >= columns) pen.loseTrack();
    }
  return pen.end();
}

interface Stroke {
  readonly x: number;
  readonly y: number;
  readonly cell: string;
  readonly style: number;
  readonly width: number;
}

/** Writes with as few movements and changes of style as there can be. */
class Pen {
  readonly #colour: boolean;
  #out = '';
  #style = PLAIN;
  #x = -1;
  #y = -1;

  constructor(colour: boolean) {
    this.#colour = colour;
  }

  clear(): void {
    this.#out += CLEAR;
  }

  /** Behind the last column terminals differ about where the cursor is. */
  loseTrack(): void {
    this.#x = -1;
  }

  draw({ x, y, cell, style, width }: Stroke): void {
    if (y !== this.#y || this.#x < 0 || x < this.#x) this.#out += `\u001b[${y + 1};${x + 1}H`;
    else if (x > this.#x) this.#out += `\u001b[${x - this.#x}C`;
    const text = styleText(style, this.#colour);
    if (text !== this.#style) this.#out += text;
    this.#style = text;
    this.#out += cell;
    [this.#x, this.#y] = [x + width, y];
  }

  end(): string {
    if (this.#style !== PLAIN) this.#out += PLAIN;
    return this.#out;
  }
}

/** Without colours there are still bold, dim and reverse. */
function styleText(style: number, colour: boolean): string {
  const tone = style & TONE_BITS;
  const shade = colour || tone === DIM_BIT ? (COLOURS[tone] ?? '') : '';
  const bold = style & BOLD_BIT ? ';1' : '';
  const reverse = style & REVERSE_BIT ? ';7' : '';
  return `\u001b[0${shade}${bold}${reverse}m`;
}
