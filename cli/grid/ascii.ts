/** What stands in for a character where the terminal knows ASCII only; each takes one column. */
const STAND_INS: Readonly<Record<string, string>> = {
  '…': '~',
  '≤': '<',
  '≥': '>',
  '±': '~',
  '→': '>',
  '↑': '^',
  '↓': 'v',
  '▕': '|',
  '▏': '|',
  '─': '-',
  '●': 'o',
  '«': '<',
  '»': '>',
  '█': '#',
  '▒': '=',
  '·': '.',
  '▁': '_',
  '▂': '.',
  '▃': '-',
  '▄': '=',
  '▅': '+',
  '▆': '*',
  '▇': '%',
  µ: 'u',
};

/** One glyph in ASCII, `?` where nothing stands for it. */
export const asciiOf = (glyph: string): string =>
  /^[\x20-\x7e]*$/.test(glyph) ? glyph : (STAND_INS[glyph] ?? '?');

/** A text in ASCII, character by character. */
export const asciiText = (text: string): string => [...text].map(asciiOf).join('');
