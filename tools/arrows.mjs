// Holds the code against the arrows of docs/architecture.md: who may import whom, and what pure
// rooms may not touch. Usage: node tools/arrows.mjs [ROOT]. Prints `file:line reason` for each
// violation; exit 1 if there is any.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { dirname, join, normalize, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = process.argv[2] ?? dirname(dirname(fileURLToPath(import.meta.url)));
const TOP = ['shared', 'proto', 'agent', 'coordinator', 'cli', 'lab', 'test'];
const IO = [
  'node:fs',
  'node:fs/promises',
  'node:child_process',
  'node:net',
  'node:http',
  'node:dgram',
  'node:os',
];

/**
 * First match wins. `may`: path prefixes it may import. `packages`: npm packages. `node`: true =
 * any built-in, else the list. `pure`: no clock, chance, IO, timers or async.
 */
const ROOMS = [
  { files: /^test\//, may: [''], packages: ['*'], node: true },
  {
    files: /^shared\/(config-yaml|yaml\/[^/]*)\.ts$/,
    may: ['shared/'],
    packages: ['yaml'],
    node: [],
    pure: true,
    why: 'text in, values out',
  },
  {
    files: /^shared\//,
    may: ['shared/'],
    packages: [],
    node: [],
    pure: true,
    why: 'shared/ holds pure words; it imports only itself',
  },
  { files: /^proto\/generated\//, may: [''], packages: ['*'], node: true },
  {
    files: /^proto\/nats-[^/]*\.ts$/,
    may: ['shared/', 'proto/'],
    packages: ['nats'],
    node: true,
    why: 'the NATS drivers know shared/ and proto/ only',
  },
  {
    files: /^proto\//,
    may: ['shared/', 'proto/'],
    packages: ['protobufjs', 'msgpackr'],
    node: [],
    why: 'proto/ is the wire; it imports only shared/, and the NATS client only in nats-*.ts',
  },
  {
    files: /^coordinator\/schedule\//,
    may: ['shared/', 'coordinator/schedule/'],
    packages: [],
    node: [],
    pure: true,
    why: 'schedule/ is pure and owns its input and output; it imports only shared/',
  },
  {
    files: /^coordinator\/state\/(persist|store)[^/]*\.ts$/,
    may: ['shared/', 'proto/', 'coordinator/schedule/', 'coordinator/state/'],
    packages: [],
    node: ['node:crypto'],
    why: 'durable state knows ports, not drivers',
  },
  {
    files: /^coordinator\/state\//,
    may: ['shared/', 'proto/', 'coordinator/schedule/', 'coordinator/state/'],
    packages: [],
    node: [],
    pure: true,
    why: 'state is a pure reduce; nothing flows back from dispatch or ingest',
  },
  {
    files: /^coordinator\/ingest\//,
    may: ['shared/', 'proto/', 'coordinator/state/', 'coordinator/ingest/'],
    packages: [],
    node: [],
    why: 'ingest turns bytes into events and knows nothing further right',
  },
  {
    files: /^coordinator\/(config|main)\.ts$/,
    may: ['shared/', 'proto/', 'coordinator/'],
    packages: ['yaml'],
    node: true,
    why: 'the coordinator never imports the agent',
  },
  {
    files: /^coordinator\//,
    may: ['shared/', 'proto/', 'coordinator/'],
    packages: [],
    node: ['node:crypto'],
    why:
      'the coordinator never imports the agent, and touches the OS in config.ts and main.ts ' +
      'only',
  },
  {
    files: /^agent\/ports\.ts$/,
    may: ['shared/'],
    packages: [],
    node: [],
    pure: true,
    types: true,
    why: 'ports are words of our own',
  },
  {
    files: /^agent\/drivers\//,
    may: [
      'shared/',
      'agent/ports',
      'agent/drivers/',
      'agent/enforce/host-config',
      'agent/enforce/limits',
      'agent/enforce/gpu/gpu-container',
      'agent/observe/statsd',
      'agent/observe/observations',
      'agent/observe/otlp/',
    ],
    packages: ['dockerode', 'systeminformation'],
    node: true,
    why: 'drivers are hands: they implement ports and decide nothing',
  },
  {
    files: /^agent\/(agent|config|main|restore|[a-z-]*root)\.ts$/,
    may: ['shared/', 'proto/', 'agent/'],
    packages: ['yaml'],
    node: true,
    why: 'the agent never imports the coordinator',
  },
  {
    files: /^agent\//,
    may: ['shared/', 'proto/', 'agent/'],
    not: ['agent/drivers/'],
    packages: [],
    node: ['node:crypto'],
    why: 'only the composition root imports drivers/; the rest sees ports.ts',
  },
  {
    files: /^lab\//,
    may: ['shared/', 'coordinator/schedule/', 'lab/'],
    packages: ['yaml'],
    node: true,
    why: 'the lab uses the scheduler as it is and nothing else of the coordinator',
  },
  {
    files: /^cli\//,
    may: ['shared/', 'proto/', 'cli/', 'lab/', 'agent/', 'coordinator/'],
    not: [
      'agent/drivers/docker',
      'agent/enforce/',
      'agent/observe/',
      'coordinator/state/',
      'coordinator/schedule/',
      'coordinator/dispatch/',
    ],
    packages: ['commander', 'yaml'],
    node: true,
    why: 'the cli is thin: it reaches the programs through their composition roots',
  },
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
    return path.endsWith('.ts') && !path.endsWith('.d.ts') ? [path] : [];
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
const startsWithAny = (path, prefixes = []) => prefixes.some((prefix) => path.startsWith(prefix));

function importFault(file, room, specifier) {
  if (specifier.startsWith('.')) {
    const target = normalize(join(dirname(file), specifier)).replaceAll('\\', '/');
    if (startsWithAny(target, room.may) && !startsWithAny(target, room.not)) return undefined;
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
  const room = ROOMS.find((candidate) => candidate.files.test(file));
  if (room === undefined) return [`${file}:1 lies in no room: see docs/architecture.md`];
  const text = withoutComments(readFileSync(join(root, file), 'utf8'));
  const faults = [];
  for (const match of text.matchAll(/(?:\bfrom|\bimport)\s*\(?\s*['"]([^'"]+)['"]/g)) {
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

const exists = (folder) => statSync(join(root, folder), { throwIfNoEntry: false }) !== undefined;
const files = TOP.filter(exists).flatMap(sources);
const faults = files.flatMap(faultsOf);
for (const fault of faults) console.error(fault);
console.error(
  `arrows: ${files.length} files in ${relative(process.cwd(), root) || '.'}, ` +
    `${faults.length} violations`,
);
process.exit(faults.length === 0 ? 0 : 1);
