// Holds every text of the repository to what a reader needs: lines of at most 100 columns, files of
// at most 300 lines, functions of at most 60, none of the banned words in comments and documents,
// and none of the calls that leak. Usage: node tools/style.mjs [ROOT]. Prints `file:line reason`;
// exit 1 if there is any.
import { readFileSync } from 'node:fs';
import { dirname, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { BANNED_WORDS } from './style/banned-words.mjs';
import { forbiddenCalls } from './style/calls.mjs';
import { CODE, textsOf } from './style/files.mjs';
import { longFunctions, MAX_FUNCTION_LINES } from './style/functions.mjs';
import { longLines, MAX_COLUMNS, MAX_FILE_LINES } from './style/lines.mjs';
import { proseOf } from './style/prose.mjs';

const root = process.argv[2] ?? dirname(dirname(fileURLToPath(import.meta.url)));

function faultsOf(file) {
  const extension = extname(file);
  const text = readFileSync(join(root, file), 'utf8');
  const lines = text.split('\n');
  const faults = longLines(lines, extension).map(
    ({ line, columns }) =>
      `${file}:${line} the line has ${columns} columns: at most ${MAX_COLUMNS}`,
  );
  if (CODE.has(extension)) {
    faults.push(...sizeFaults(file, lines));
    faults.push(...forbiddenCalls(text).map(({ line, use }) => `${file}:${line} ${use}`));
  }
  proseOf(text, extension).forEach((line, i) => {
    for (const [pattern, use] of BANNED_WORDS) {
      const word = pattern.exec(line)?.[0];
      if (word !== undefined) faults.push(`${file}:${i + 1} the word "${word}": ${use}`);
    }
  });
  return faults;
}

function sizeFaults(file, lines) {
  const faults = longFunctions(lines).map(
    ({ line, name, length }) =>
      `${file}:${line} ${name} has ${length} lines: at most ${MAX_FUNCTION_LINES} a function`,
  );
  if (lines.length - 1 > MAX_FILE_LINES)
    faults.push(`${file}:1 the file has ${lines.length - 1} lines: at most ${MAX_FILE_LINES}`);
  return faults;
}

const files = textsOf(root);
const faults = files.flatMap(faultsOf);
for (const fault of faults) console.error(fault);
console.error(`style: ${files.length} files, ${faults.length} faults`);
process.exit(faults.length === 0 ? 0 : 1);
