// PURE: code without characters beyond Latin-1. With a single one of them V8 holds the text of the
// whole file in two bytes a character, for as long as the program runs.

/** UTF-16 units that take two bytes, with what stands before them. */
const WIDE = /(\\*)([\u0100-\uffff])/g;
/** How much longer `\uXXXX` is than the unit that it stands for. */
const GROWTH = 5;

const escapeOf = (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
/** Behind a backslash the escape would be read as a backslash and a text. */
const isEscaped = (before) => before.length % 2 === 1;

/**
 * The same program, with escapes in texts, templates, patterns and names. Does not hold for
 * `String.raw` and its like, which see escapes as they are written.
 */
export const narrowed = (code) =>
  code.replace(WIDE, (found, before, unit) =>
    isEscaped(before) ? found : `${before}${escapeOf(unit)}`,
  );

/** The `mappings` of a source map of `code`, moved to what `narrowed` makes of it. */
export function narrowedMappings(mappings, code) {
  const lines = code.split('\n');
  return mappings
    .split(';')
    .map((segments, line) => movedLine(segments, growingAt(lines[line] ?? '')))
    .join(';');
}

/** Columns behind which a line has grown. */
const growingAt = (line) =>
  [...line.matchAll(WIDE)]
    .filter(([, before]) => !isEscaped(before))
    .map(({ index, 0: found }) => index + found.length - 1);

function movedLine(segments, growing) {
  if (growing.length === 0 || segments === '') return segments;
  let [column, moved, passed] = [0, 0, 0];
  return segments
    .split(',')
    .map((segment) => {
      const { value, length } = decodeFirst(segment);
      column += value;
      while (passed < growing.length && growing[passed] < column) passed += 1;
      const step = column + GROWTH * passed - moved;
      moved += step;
      return encode(step) + segment.slice(length);
    })
    .join(',');
}

/** Base 64 VLQ: five bits a character, the lowest first, and the sign in the lowest bit. */
const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** The first number of a segment, and how many characters it takes. */
function decodeFirst(segment) {
  let [bits, shift, length] = [0, 0, 0];
  for (;;) {
    const digit = DIGITS.indexOf(segment[length]);
    length += 1;
    bits += (digit & 31) * 2 ** shift;
    shift += 5;
    if (digit < 32) break;
  }
  const size = Math.floor(bits / 2);
  return { value: bits % 2 === 1 ? -size : size, length };
}

function encode(value) {
  let bits = value < 0 ? -value * 2 + 1 : value * 2;
  let text = '';
  do {
    const digit = bits % 32;
    bits = Math.floor(bits / 32);
    text += DIGITS[bits > 0 ? digit + 32 : digit];
  } while (bits > 0);
  return text;
}
