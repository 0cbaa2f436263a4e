// Holds every text of the repository to what a reader needs: lines of at most 100 columns, files
// of at most 300 lines, and none of the banned words in comments and documents.
// Usage: node tools/style.mjs [ROOT]. Prints `file:line reason`; exit 1 if there is any.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { BANNED_WORDS } from './style/banned-words.mjs';
import { proseOf } from './style/prose.mjs';

const root = process.argv[2] ?? dirname(dirname(fileURLToPath(import.meta.url)));
const MAX_COLUMNS = 100;
const MAX_FILE_LINES = 300;
const CODE = new Set(['.ts', '.mjs', '.js']);
const TEXT = new Set([...CODE, '.md', '.sh', '.proto', '.yaml', '.yml', '.service', '.json']);
const SKIPPED =
  /(^|\/)(fixtures|generated|dist)\/|package-lock\.json$|^tools\/(mutants|planted)\/.*\.json$/;

/**
 * A line that cannot be broken: an address, a row of a table, a pattern that stands alone, an
 * import of one name, which the formatter keeps on its line.
 */
const isUnbreakable = (line, extension) =>
  /\bhttps?:\/\/\S{20}/.test(line) ||
  (extension === '.md' && /^\s*\|/.test(line)) ||
  (CODE.has(extension) && /^import (type )?\{ [\w ]+ \} from '[^']+';$/.test(line)) ||
  (CODE.has(extension) && /^\s*\/(?![/*]).*\/[a-z]*[,;]?$/.test(line));

const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
  cwd: root,
  encoding: 'utf8',
})
  .split('\n')
  .filter((file) => TEXT.has(extname(file)) && !SKIPPED.test(file));

function faultsOf(file) {
  const extension = extname(file);
  const text = readFileSync(join(root, file), 'utf8');
  const lines = text.split('\n');
  const faults = lines.flatMap((line, i) =>
    [...line].length > MAX_COLUMNS && !isUnbreakable(line, extension)
      ? [`${file}:${i + 1} the line has ${[...line].length} columns: at most ${MAX_COLUMNS}`]
      : [],
  );
  if (CODE.has(extension) && lines.length - 1 > MAX_FILE_LINES)
    faults.push(`${file}:1 the file has ${lines.length - 1} lines: at most ${MAX_FILE_LINES}`);
  proseOf(text, extension).forEach((line, i) => {
    for (const [pattern, use] of BANNED_WORDS) {
      const word = pattern.exec(line)?.[0];
      if (word !== undefined) faults.push(`${file}:${i + 1} the word "${word}": ${use}`);
    }
  });
  return faults;
}

const faults = files.flatMap(faultsOf);
for (const fault of faults) console.error(fault);
console.error(`style: ${files.length} files, ${faults.length} faults`);
process.exit(faults.length === 0 ? 0 : 1);
