import { CODE } from './files.mjs';

export const MAX_COLUMNS = 100;
export const MAX_FILE_LINES = 300;

/** A line that cannot be broken: an address, a row of a table, a pattern that stands alone. */
const isUnbreakable = (line, extension) =>
  /\bhttps?:\/\/\S{20}/.test(line) ||
  (extension === '.md' && /^\s*\|/.test(line)) ||
  (CODE.has(extension) && /^\s*\/(?![/*]).*\/[a-z]*[,;]?$/.test(line));

/** Lines of a text that are too long, as `{ line, columns }`; `line` counts from 1. */
export function longLines(lines, extension) {
  return lines.flatMap((text, i) => {
    if (text.length <= MAX_COLUMNS || isUnbreakable(text, extension)) return [];
    const columns = [...text].length;
    return columns > MAX_COLUMNS ? [{ line: i + 1, columns }] : [];
  });
}
