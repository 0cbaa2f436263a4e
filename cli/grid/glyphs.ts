import { WIDE } from './wide.js';

/** One character as it is drawn, and the columns that it takes. */
export interface Glyph {
  readonly text: string;
  readonly width: 1 | 2;
}

/** Which part of a text is left out when it is cut. */
export type Cut = 'start' | 'middle' | 'end';

const REPLACED: Glyph = { text: '\uFFFD', width: 1 };
const ELLIPSIS: Glyph = { text: '…', width: 1 };
const PLAIN = /^[\x20-\x7e]*$/;
/** Letters of Latin, and signs such as `…`, `→` and `≥`: one column each, without marks. */
const NARROW = /^[\x20-\x7e\xa0-\xac\xae-\u02ff\u2013-\u2026\u2190-\u2193\u2264\u2265]*$/;
const SPACE = /[\n\t]/;
/** Moves the cursor, turns the direction of writing, or stands for no character at all. */
const HARMFUL = /[\p{Cc}\p{Cs}\p{Cn}\p{Co}\p{Zl}\p{Zp}\p{Bidi_Control}]/u;
/** Joins or selects glyphs: terminals disagree about the width of what comes of it. */
const INVISIBLE = /[\p{Cf}\p{Variation_Selector}]/u;
const MARK = /[\p{Mn}\p{Me}]/u;
/** Syllables are composed before; these are parts of none. */
const SYLLABLE_PART = /[\u1160-\u11ff\ud7b0-\ud7ff]/;
const MAX_MARKS = 2;
const [FIRST_INDICATOR, LAST_INDICATOR, FIRST_TONE, LAST_TONE] = [
  0x1f1e6, 0x1f1ff, 0x1f3fb, 0x1f3ff,
];

/**
 * The characters of a text that comes from elsewhere, made harmless: whatever it holds, each glyph
 * takes its width in columns on every terminal, and none of them moves the cursor. Line breaks and
 * tabs become spaces, other controls `\uFFFD`; joiners and selectors are dropped, flags become
 * letters, and a character keeps two combining marks at most.
 */
export function glyphsOf(text: string): readonly Glyph[] {
  if (PLAIN.test(text)) return [...text].map((each) => ({ text: each, width: 1 }));
  const glyphs: Glyph[] = [];
  let marks = 0;
  for (const char of text.normalize('NFC')) {
    // Before marks: selectors are some as well.
    if (INVISIBLE.test(char) && !HARMFUL.test(char)) continue;
    if (MARK.test(char)) {
      const base = glyphs.at(-1);
      marks += 1;
      if (base !== undefined && marks <= MAX_MARKS)
        glyphs[glyphs.length - 1] = { ...base, text: base.text + char };
      continue;
    }
    const glyph = glyphOf(char, glyphs.at(-1));
    if (glyph === undefined) continue;
    marks = 0;
    glyphs.push(glyph);
  }
  return glyphs;
}

function glyphOf(char: string, before: Glyph | undefined): Glyph | undefined {
  if (SPACE.test(char)) return { text: ' ', width: 1 };
  if (HARMFUL.test(char) || SYLLABLE_PART.test(char)) return REPLACED;
  const code = char.codePointAt(0) ?? 0;
  if (code >= FIRST_TONE && code <= LAST_TONE && before?.width === 2) return undefined;
  if (code >= FIRST_INDICATOR && code <= LAST_INDICATOR)
    return { text: String.fromCharCode(code - FIRST_INDICATOR + 65), width: 1 };
  return { text: char, width: isWide(code) ? 2 : 1 };
}

function isWide(code: number): boolean {
  if (code < (WIDE[0] ?? 0)) return false;
  let [low, high] = [0, WIDE.length / 2 - 1];
  while (low <= high) {
    const middle = (low + high) >> 1;
    if (code < (WIDE[2 * middle] ?? 0)) high = middle - 1;
    else if (code > (WIDE[2 * middle + 1] ?? 0)) low = middle + 1;
    else return true;
  }
  return false;
}

const widthOfAll = (glyphs: readonly Glyph[]): number =>
  glyphs.reduce((sum, { width }) => sum + width, 0);

/** Columns that a text takes. */
export const textWidth = (text: string): number =>
  NARROW.test(text) ? text.length : widthOfAll(glyphsOf(text));

/** The glyphs of a text that fit into `width` columns, with `…` for what is missing. */
export function cutGlyphs(text: string, width: number, cut: Cut = 'end'): readonly Glyph[] {
  const glyphs = glyphsOf(text);
  if (widthOfAll(glyphs) <= width) return glyphs;
  if (width < 1) return [];
  const room = width - 1;
  const tailRoom = cut === 'start' ? room : cut === 'middle' ? Math.floor(room / 2) : 0;
  const tail = taken([...glyphs].reverse(), tailRoom).reverse();
  return [...taken(glyphs, room - tailRoom), ELLIPSIS, ...tail];
}

function taken(glyphs: readonly Glyph[], room: number): Glyph[] {
  const kept: Glyph[] = [];
  let used = 0;
  for (const glyph of glyphs) {
    used += glyph.width;
    if (used > room) break;
    kept.push(glyph);
  }
  return kept;
}

/** As `cutGlyphs`, as a text. */
export const fitText = (text: string, width: number, cut: Cut = 'end'): string =>
  cutGlyphs(text, width, cut)
    .map((glyph) => glyph.text)
    .join('');

/**
 * Breaks a text into lines of at most `width` columns, between words where that is possible; lines
 * after the first are indented. Never empty.
 */
export function wrapText(text: string, width: number, indent = 0): readonly string[] {
  const lines: string[] = [];
  const hang = Math.max(0, Math.min(indent, width - 8));
  let rest = glyphsOf(text);
  while (rest.length > 0 || lines.length === 0) {
    const room = Math.max(1, lines.length === 0 ? width : width - hang);
    const head = headOf(rest, room);
    const shown = head
      .map((glyph) => glyph.text)
      .join('')
      .replace(/ +$/, '');
    lines.push(lines.length === 0 ? shown : `${' '.repeat(hang)}${shown}`);
    rest = rest.slice(head.length);
    while (rest[0]?.text === ' ') rest = rest.slice(1);
  }
  return lines;
}

/** What goes on one line: at least one glyph, if there is any. */
function headOf(glyphs: readonly Glyph[], room: number): readonly Glyph[] {
  const fitting = taken(glyphs, room);
  if (fitting.length === glyphs.length) return fitting;
  if (glyphs[fitting.length]?.text === ' ') return fitting;
  const space = fitting.findLastIndex((glyph) => glyph.text === ' ');
  if (space > 0) return fitting.slice(0, space);
  return fitting.length > 0 ? fitting : glyphs.slice(0, 1);
}
