import { CODE } from './files.mjs';

export const MAX_COLUMNS = 100;
export const MAX_FILE_LINES = 300;

/**
 * A line that cannot be broken: an address, a row of a table, a value of JSON, a pattern or an
 * import that stands alone.
 */
const isUnbreakable = (line, extension) =>
  /\bhttps?:\/\/\S{20}/.test(line) ||
  (extension === '.md' && /^\s*\|/.test(line)) ||
  (extension === '.json' && /^\s*"/.test(line)) ||
  (CODE.has(extension) && /^import (type )?\{ [\w ]+ \} from '[^']+';$/.test(line)) ||
  (CODE.has(extension) && /^\s*\/(?![/*]).*\/[a-z]*[,;]?$/.test(line));

/**
 * Lines of a text that are too long, as `{ line, columns }`; `line` counts from 1. What a program
 * prints (a block fenced as `console`, but for the commands after `$`) stands as it is printed.
 */
export function longLines(lines, extension) {
  let isOutput = false;
  return lines.flatMap((text, i) => {
    if (extension === '.md' && text.startsWith('```')) isOutput = text === '```console';
    if (text.length <= MAX_COLUMNS || isUnbreakable(text, extension)) return [];
    if (isOutput && !text.startsWith('$ ')) return [];
    const columns = [...text].length;
    return columns > MAX_COLUMNS ? [{ line: i + 1, columns }] : [];
  });
}
