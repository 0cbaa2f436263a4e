import { textWidth } from '../../cli/grid/glyphs.js';

// biome-ignore lint/suspicious/noControlCharactersInRegex: a terminal reads control characters
const SEQUENCE = /^\u001b\[(\??)([\d;]*)([A-Za-z])/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: as above
const BEGUN = /^\u001b(\[[\d;?]*)?$/;
const MARK = /[\p{Mn}\p{Me}]/u;

interface Cell {
  /** '' = the second half of a wide glyph. */
  readonly text: string;
  readonly style: string;
}

const BLANK: Cell = { text: ' ', style: '' };

/**
 * A terminal as far as `dqoes top` uses one: it shows what was written to it, and throws at what it
 * does not know. On the first screen, where a shell writes as well, it passes over that.
 */
export class Screen {
  readonly modes = new Map<string, boolean>();
  /** Characters that were written since the last call of `count`. */
  written = 0;
  readonly #isShared: boolean;
  #columns: number;
  #rows: number;
  #cells: Cell[];
  #x = 0;
  #y = 0;
  #style = '';
  #rest = '';

  /** `isShared`: a shell writes to its first screen, and what is not known there is passed over. */
  constructor(columns: number, rows: number, isShared = false) {
    this.#isShared = isShared;
    this.#columns = columns;
    this.#rows = rows;
    this.#cells = new Array<Cell>(columns * rows).fill(BLANK);
  }

  /** The other screen is shown. */
  get isAlternate(): boolean {
    return this.modes.get('1049') === true;
  }

  get isCursorVisible(): boolean {
    return this.modes.get('25') !== false;
  }

  get lines(): readonly string[] {
    return this.#rowsOf(({ text }) => text).map((cells) => cells.join('').trimEnd());
  }

  /** The styles of a row: the last SGR of each cell. */
  styles(y: number): readonly string[] {
    return this.#rowsOf(({ style }) => style)[y] ?? [];
  }

  get text(): string {
    return this.lines.join('\n');
  }

  resize(columns: number, rows: number): void {
    [this.#columns, this.#rows] = [columns, rows];
    this.#clear();
  }

  write(text: string): void {
    this.written += text.length;
    let rest = this.#rest + text;
    while (rest !== '' && !BEGUN.test(rest)) {
      const sequence = SEQUENCE.exec(rest);
      if (sequence !== null) {
        this.#obey(sequence);
        rest = rest.slice(sequence[0].length);
        continue;
      }
      const char = [...rest][0] ?? '';
      this.#print(char);
      rest = rest.slice(char.length);
    }
    this.#rest = rest;
  }

  #rowsOf<T>(of: (cell: Cell) => T): readonly (readonly T[])[] {
    return Array.from({ length: this.#rows }, (_, y) =>
      this.#cells.slice(y * this.#columns, (y + 1) * this.#columns).map(of),
    );
  }

  #clear(): void {
    this.#cells = new Array<Cell>(this.#columns * this.#rows).fill(BLANK);
  }

  #obey([all, isPrivate, numbers = '', letter]: RegExpExecArray): void {
    const [first = '', second = ''] = numbers.split(';');
    if (isPrivate === '?' && (letter === 'h' || letter === 'l')) {
      this.modes.set(first, letter === 'h');
      if (first === '1049') this.#clear();
      return;
    }
    if (letter === 'H') [this.#x, this.#y] = [Number(second || 1) - 1, Number(first || 1) - 1];
    else if (letter === 'C') this.#x += Number(first || 1);
    else if (letter === 'm') this.#style = numbers === '0' ? '' : numbers;
    else if (letter === 'J' && first === '2') this.#clear();
    else this.#wonder(all);
  }

  #print(char: string): void {
    if (char === '\r') this.#x = 0;
    else if (char === '\n') this.#y = Math.min(this.#y + 1, this.#rows - 1);
    else if (char < ' ') this.#wonder(char);
    else if (MARK.test(char)) this.#mark(char);
    else this.#put(char, textWidth(char));
  }

  #wonder(at: string): void {
    if (this.isAlternate || !this.#isShared)
      throw new Error(`a terminal may not know ${JSON.stringify(at)}`);
  }

  #mark(char: string): void {
    const at = this.#y * this.#columns + this.#x - 1;
    const base = this.#cells[at]?.text === '' ? at - 1 : at;
    const cell = this.#cells[base] ?? BLANK;
    this.#cells[base] = { ...cell, text: cell.text + char };
  }

  #put(text: string, width: number): void {
    const at = this.#y * this.#columns + this.#x;
    // Half of a wide glyph cannot stay.
    if (this.#cells[at]?.text === '') this.#cells[at - 1] = BLANK;
    if (this.#cells[at + width]?.text === '') this.#cells[at + width] = BLANK;
    this.#cells[at] = { text, style: this.#style };
    if (width === 2) this.#cells[at + 1] = { text: '', style: this.#style };
    this.#x += width;
  }
}
