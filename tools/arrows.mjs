// Holds the code against the arrows of docs/architecture.md: which room imports which, and what
// pure rooms may not touch. Usage: node tools/arrows.mjs [ROOT]. Prints `file:line reason` for each
// violation; exit 1 if there is any.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { dirname, join, normalize, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ROOMS } from './rooms.mjs';

const root = process.argv[2] ?? dirname(dirname(fileURLToPath(import.meta.url)));
const TOP = ['shared', 'proto', 'agent', 'coordinator', 'console', 'cli', 'lab', 'test'];
const IO = [
  'node:fs',
  'node:fs/promises',
  'node:child_process',
  'node:net',
  'node:http',
  'node:dgram',
  'node:os',
];

const PURE_BANS = [
  [/\bDate\b/, 'no Date: time is an argument'],
  [/\bMath\.random\b/, 'no Math.random: chance is an argument'],
  [/\b(setTimeout|setInterval|setImmediate|queueMicrotask)\b/, 'no timers in pure code'],
  [/\bprocess\./, 'no process in pure code'],
  [/\basync\b|\bawait\b/, 'no async in pure code'],
  [/\bperformance\./, 'no clock: time is an argument'],
];
const PLACE_BANS = [
  [/\bprocess\.env\b/, /(^|\/)config\.ts$|^test\//, 'process.env only in config.ts files'],
  [
    /\bprocess\.exit\b|process\.(on|once)\('SIG/,
    /(^|\/)main\.ts$|^test\//,
    'process.exit and signals only in main.ts files',
  ],
];

function sources(folder) {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return entry.name === 'node_modules' ? [] : sources(path);
    return /\.tsx?$/.test(path) && !path.endsWith('.d.ts') ? [path] : [];
  });
}

// Keeps line numbers: comments become blanks of the same shape.
const blank = (text) => text.replace(/[^\n]/g, ' ');
const withoutComments = (text) =>
  text
    .replace(/\/\*[\s\S]*?\*\//g, blank)
    .replace(/(^|[^:'"`\\])\/\/[^\n]*/g, (all, before) => before + blank(all.slice(before.length)));
const withoutStrings = (text) =>
  text.replace(/'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|`(?:[^`\\$]|\\.)*`/g, blank);
const lineOf = (text, index) => text.slice(0, index).split('\n').length;
const roomOf = (file) => ROOMS.find(({ files }) => files.test(file));

/** `*` at the end stands for the room before it and all rooms below it. */
const mayImport = (room, name) =>
  room.name === name ||
  name === 'shared' ||
  name === 'shared/yaml' ||
  name === 'shared/schema' ||
  room.may.some((each) =>
    each.endsWith('*') ? `${name}/`.startsWith(each.slice(0, -1)) : each === name,
  );

function importFault(file, room, specifier) {
  if (specifier.startsWith('.')) {
    const target = normalize(join(dirname(file), specifier)).replaceAll('\\', '/');
    const goal = roomOf(target.replace(/\.js$/, '.ts'));
    const only = room.only?.[goal?.name];
    const isAllowed = goal !== undefined && mayImport(room, goal.name);
    if (isAllowed && (only === undefined || only.some((each) => target.startsWith(each))))
      return undefined;
    return `may not import ${target}: ${room.why}`;
  }
  const bare = specifier.replace(/^node:/, '').split('/')[0];
  if (specifier.startsWith('node:') || builtinModules.includes(bare)) {
    if (room.node === true || room.node.includes(specifier)) return undefined;
    return (
      `may not import ${specifier}: ` +
      `${IO.includes(specifier) ? 'the OS is touched in agent/drivers/ only' : room.why}`
    );
  }
  const name = specifier.startsWith('@')
    ? specifier.split('/').slice(0, 2).join('/')
    : specifier.split('/')[0];
  if (room.packages.includes('*') || room.packages.includes(name)) return undefined;
  return `may not import the package ${name}: SDK types stop at the driver; ${room.why}`;
}

function faultsOf(file) {
  const room = roomOf(file);
  if (room === undefined) return [`${file}:1 lies in no room: see docs/architecture.md`];
  const text = withoutComments(readFileSync(join(root, file), 'utf8'));
  const faults = [];
  for (const match of text.matchAll(/(?:\bfrom\s+|\bimport\s*\(?\s*)['"]([^'"]+)['"]/g)) {
    const fault = importFault(file, room, match[1]);
    if (fault !== undefined) faults.push(`${file}:${lineOf(text, match.index)} ${fault}`);
  }
  const code = withoutStrings(text);
  const places = PLACE_BANS.filter(([, allowed]) => !allowed.test(file)).map(([pattern, , why]) => [
    pattern,
    why,
    text,
  ]);
  const pure =
    room.pure && !room.types ? PURE_BANS.map(([pattern, why]) => [pattern, why, code]) : [];
  for (const [pattern, why, where] of [...pure, ...places]) {
    const match = pattern.exec(where);
    if (match !== null) faults.push(`${file}:${lineOf(where, match.index)} ${why}`);
  }
  return faults;
}

/** The table of docs/architecture.md. */
function tableLines() {
  const code = (names) => names.map((name) => `\`${name}\``).join(', ');
  return [
    '| room | may import beside `shared` | packages | pure |',
    '|---|---|---|---|',
    ...ROOMS.filter(({ name }) => name !== 'test').map(
      ({ name, may, packages, pure }) =>
        `| \`${name}\` | ${code(may)} | ${code(packages)} | ${pure ? 'yes' : ''} |`,
    ),
  ];
}

if (process.argv.includes('--table')) {
  console.log(tableLines().join('\n'));
  process.exit(0);
}
const exists = (folder) => statSync(join(root, folder), { throwIfNoEntry: false }) !== undefined;
const files = TOP.filter(exists).flatMap(sources);
const faults = files.flatMap(faultsOf);
for (const fault of faults) console.error(fault);
console.error(
  `arrows: ${files.length} files in ${relative(process.cwd(), root) || '.'}, ` +
    `${faults.length} violations`,
);
process.exit(faults.length === 0 ? 0 : 1);
