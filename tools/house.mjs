// Counts what makes the house hard to read, so that before and after can be compared.
// Usage: node tools/house.mjs [DIR] [--list] [--json]. DIR: the tree to count (default: this one),
// such as an unpacked older commit. --list names each finding; --json prints all of it as JSON.
import { readFileSync } from 'node:fs';
import { dirname, extname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { between, circlesOf, importsOf } from './house/graph.mjs';
import { habitsOf } from './house/habits.mjs';
import { duplicateTypes, exportsOf } from './house/names.mjs';
import { isProgram, roomOf } from './house/source.mjs';
import { CODE, textsOf } from './style/files.mjs';
import { longFunctions } from './style/functions.mjs';
import { longLines, MAX_FILE_LINES } from './style/lines.mjs';

const ROOTS = ['agent', 'coordinator', 'console', 'proto', 'cli'];
const flags = process.argv.slice(2).filter((each) => each.startsWith('--'));
const [asked] = process.argv.slice(2).filter((each) => !each.startsWith('--'));
const root = resolve(asked ?? dirname(dirname(fileURLToPath(import.meta.url))));

const texts = new Map(textsOf(root).map((file) => [file, readFileSync(join(root, file), 'utf8')]));
const code = [...texts].filter(([file]) => CODE.has(extname(file)) && !file.endsWith('.d.ts'));
const program = new Map(code.filter(([file]) => isProgram(file) && file.endsWith('.ts')));

/** What is counted: its name, where it was found, and for exports the share that is documented. */
const findings = [
  ...ROOTS.map((name) => ({
    name: `loose files in ${name}/`,
    found: [...program.keys()].filter(
      (file) => file.split('/').length === 2 && file.startsWith(`${name}/`),
    ),
  })),
  ...circles(),
  { name: 'exports without a docstring', found: undocumented(), share: documentedShare() },
  {
    name: 'lines over 100 columns',
    found: [...texts].flatMap(([file, text]) =>
      longLines(text.split('\n'), extname(file)).map(({ line }) => `${file}:${line}`),
    ),
  },
  {
    name: 'type names in more than one room',
    found: duplicateTypes(program, roomOf).map(({ name, rooms }) => `${name}: ${rooms.join(', ')}`),
  },
  {
    name: 'functions over 60 lines',
    found: code.flatMap(([file, text]) =>
      longFunctions(text.split('\n')).map(
        ({ line, name, length }) => `${file}:${line} ${name} (${length})`,
      ),
    ),
  },
  {
    name: 'files over 300 lines',
    found: code
      .map(([file, text]) => [file, text.split('\n').length - 1])
      .filter(([, length]) => length > MAX_FILE_LINES)
      .map(([file, length]) => `${file} (${length})`),
  },
  ...habitsOf(program),
];

function circles() {
  const graph = importsOf(program);
  return [
    { name: 'room loops', found: circlesOf(between(graph, roomOf)).map((each) => each.join(', ')) },
    { name: 'file circles', found: circlesOf(graph).map((each) => each.join(', ')) },
  ];
}

function allExports() {
  return [...program].flatMap(([file, text]) => exportsOf(text).map((each) => ({ file, ...each })));
}

function undocumented() {
  return allExports()
    .filter(({ isDocumented }) => !isDocumented)
    .map(({ file, line, name }) => `${file}:${line} ${name}`);
}

function documentedShare() {
  const all = allExports();
  const share = all.filter(({ isDocumented }) => isDocumented).length / Math.max(1, all.length);
  return `${(100 * share).toFixed(1)} % of ${all.length} documented, aim 95 %`;
}

if (flags.includes('--json')) {
  console.log(JSON.stringify(findings, null, 2));
} else {
  for (const { name, found, share } of findings) {
    const note = share === undefined ? '' : `  (${share})`;
    console.log(`${name.padEnd(34)}${String(found.length).padStart(5)}${note}`);
    if (flags.includes('--list')) for (const each of found) console.log(`    ${each}`);
  }
}
