/**
 * Number in a kernel file, read from bytes: no strings are made. All yield NaN when the number is
 * not there.
 */

const ZERO = 0x30;
const NINE = 0x39;
const MINUS = 0x2d;
const DOT = 0x2e;
const SPACE = 0x20;

/** Bytes of one small kernel file; only `[0, length)` counts, the rest is of an earlier file. */
export interface FileBytes {
  readonly bytes: Buffer;
  readonly length: number;
}

/** The decimal number that begins at `start`, e.g. `-1`, `50000`, `8.33`. */
export function numberAt(file: FileBytes, start: number): number {
  const negative = file.bytes[start] === MINUS;
  let at = negative ? start + 1 : start;
  let value = 0;
  let scale = 0;
  const first = at;
  for (; at < file.length; at += 1) {
    const byte = file.bytes[at] ?? 0;
    if (byte === DOT && scale === 0) scale = 1;
    else if (byte < ZERO || byte > NINE) break;
    else {
      value = value * 10 + (byte - ZERO);
      scale *= 10;
    }
  }
  if (at === first) return Number.NaN;
  const size = scale > 1 ? value / scale : value;
  return negative ? -size : size;
}

/**
 * The number after the first `key` and any spaces, e.g. `total=` of a pressure file, `MemTotal:` of
 * meminfo.
 */
export function numberAfter(file: FileBytes, key: Buffer): number {
  const at = file.bytes.indexOf(key);
  if (at === -1) return Number.NaN;
  let start = at + key.length;
  while (start < file.length && file.bytes[start] === SPACE) start += 1;
  return start >= file.length ? Number.NaN : numberAt(file, start);
}

/** The number of the line `name value` of a flat-keyed file, wherever the line stands. */
export function numberOfLine(file: FileBytes, line: LineKey): number {
  if (file.bytes.indexOf(line.first) === 0 && line.first.length < file.length)
    return numberAt(file, line.first.length);
  return numberAfter(file, line.later);
}

/** A line's name prepared for searching: at the start of the file, or after a newline. */
export interface LineKey {
  readonly first: Buffer;
  readonly later: Buffer;
}
/** Text to look for, as bytes. */
export const keyOf = (text: string): Buffer => Buffer.from(text);
/** A line's name, prepared for `numberAtLine`. */
export const lineKey = (name: string): LineKey => ({
  first: Buffer.from(`${name} `),
  later: Buffer.from(`\n${name} `),
});

/** Position after the first space, for the second number of `cpu.max`. */
export function secondField(file: FileBytes): number {
  const at = file.bytes.indexOf(SPACE);
  return at === -1 || at >= file.length ? file.length : at + 1;
}
