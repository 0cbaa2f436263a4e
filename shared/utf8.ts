import { err, ok, type Result } from './result.js';

/**
 * The text of a file that people write, with its BOM where it has one. What is not UTF-8 is
 * refused, since its values would not be what was written: the error is the first such line, from
 * 1.
 */
export function utf8Text(bytes: Uint8Array): Result<string, number> {
  const text = decoded(bytes);
  return text === undefined ? err(firstBadLine(bytes)) : ok(text);
}

/** Follows the name of a file that is not UTF-8; `line` where the fault has no place beside it. */
export function notUtf8(line?: number): string {
  const at = line === undefined ? '' : ` (line ${line})`;
  return `is not UTF-8${at}: save it as that, as with iconv -f ISO-8859-1 -t UTF-8`;
}

function decoded(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

const LINE_FEED = 0x0a;

/** No character of several bytes holds the byte of a line feed. */
function firstBadLine(bytes: Uint8Array): number {
  let line = 1;
  let from = 0;
  for (;;) {
    const end = bytes.indexOf(LINE_FEED, from);
    if (end < 0 || decoded(bytes.subarray(from, end)) === undefined) return line;
    line += 1;
    from = end + 1;
  }
}
