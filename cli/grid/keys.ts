const NAMES = {
  '\u001b[A': 'up',
  '\u001bOA': 'up',
  '\u001b[B': 'down',
  '\u001bOB': 'down',
  '\u001b[C': 'right',
  '\u001bOC': 'right',
  '\u001b[D': 'left',
  '\u001bOD': 'left',
  '\u001b[5~': 'page-up',
  '\u001b[6~': 'page-down',
  '\u001b[H': 'home',
  '\u001bOH': 'home',
  '\u001b[1~': 'home',
  '\u001b[7~': 'home',
  '\u001b[F': 'end',
  '\u001bOF': 'end',
  '\u001b[4~': 'end',
  '\u001b[8~': 'end',
  '\r': 'enter',
  '\n': 'enter',
  '\u007f': 'backspace',
  '\b': 'backspace',
  '\u0003': 'interrupt',
  '\u001a': 'suspend',
  '\f': 'redraw',
} as const;
const BY_CODE: Readonly<Record<string, NamedKey>> = NAMES;

/** A key with a name. */
export type NamedKey = (typeof NAMES)[keyof typeof NAMES] | 'escape';
/** A key as it was typed: one with a name, or a character. */
export type Key = NamedKey | { readonly char: string };

/** What a terminal sends for a key that is no character: CSI, or SS3 and one letter. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: keys are sent as control characters
const SEQUENCE = /^\u001b(?:\[[\x20-\x3f]*[\x40-\x7e]|O[\x20-\x7e])/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: as above
const BEGUN = /^\u001b(?:\[[\x20-\x3f]{0,16}|O)?$/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: as above
const CONTROL = /[\u0000-\u001f\u007f-\u009f]/;
const ESCAPE = '\u001b';

/**
 * The keys in what a terminal sent; `rest` may be the beginning of a longer key: put it before what
 * comes next, or give it to `lastKeys` when nothing does. What is no known key is dropped.
 */
export function readKeys(text: string): { readonly keys: readonly Key[]; readonly rest: string } {
  const keys: Key[] = [];
  let rest = text;
  while (rest !== '' && !BEGUN.test(rest)) {
    const code = SEQUENCE.exec(rest)?.[0] ?? [...rest][0] ?? '';
    rest = rest.slice(code.length);
    const key = code === ESCAPE ? 'escape' : BY_CODE[code];
    if (key !== undefined) keys.push(key);
    else if (!CONTROL.test(code)) keys.push({ char: code });
  }
  return { keys, rest };
}

/** The keys in a rest that nothing followed: an Escape was pressed by itself. */
export const lastKeys = (rest: string): readonly Key[] => (rest === ESCAPE ? ['escape'] : []);
