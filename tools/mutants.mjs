// Mutation check of coordinator/schedule: breaks one named rule at a time and counts how many of
// the breaks the tests notice.
// Usage: node tools/mutants.mjs [NAME…]
// Exit: 0 = at least 85 % caught, 1 = fewer, 2 = the tests fail without any mutant.
// A mutant whose source is no longer found is printed as STALE and counts as not caught.
// Works on copies in a temporary folder; only dist/ of the working tree is rebuilt.
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readMutants } from './mutants/list.mjs';
import { compile, makeRoom } from './mutants/workshop.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const SCHEDULE = 'coordinator/schedule';
const LEAST_CAUGHT = 0.85;
const WORKERS = 2;
/** A mutant may loop for ever. */
const LIMIT_MS = 60_000;
const SEED = 1;
/** With fewer passing tests than this, not all tests ran. */
const LEAST_TESTS = 100;
/** The fast tests that see the schedule, those most likely to notice first. */
const TESTS = [
  'dist/test/unit/coordinator/schedule/**/*.test.js',
  'dist/test/unit/coordinator/cluster.test.js',
  'dist/test/unit/coordinator/losses.test.js',
  'dist/test/unit/coordinator/refusals.test.js',
  'dist/test/unit/coordinator/rollout*.test.js',
  'dist/test/scenario/*.test.js',
  'dist/test/unit/lab/sim/gpu.test.js',
  'dist/test/property/lab/sim/gpu.test.js',
  'dist/test/property/coordinator/**/*.test.js',
  'dist/test/unit/lab/sim/simulate.test.js',
];

function fail(message) {
  console.error(message);
  process.exit(2);
}

/** A copy of what the tests need, in which sources may be broken. */
function roomFor(temp, index) {
  const room = makeRoom(root, join(temp, `room-${index}`), [
    'dist',
    'test/scenario',
    'lab/scenarios',
    'package.json',
  ]);
  writeFileSync(
    join(room, 'seed.mjs'),
    "import fc from 'fast-check';\nfc.configureGlobal({ ...fc.readConfigureGlobal(), seed: " +
      `${SEED} });\n`,
  );
  return room;
}

/** Runs the tests until one fails: whether all passed, how many passed, or what failed. */
function runTests(room) {
  const mocha = join(room, 'node_modules/mocha/bin/mocha.js');
  const options = [
    '--bail',
    '--exit',
    '--no-config',
    '--no-package',
    '--reporter',
    'json',
    '--timeout',
    LIMIT_MS / 2,
  ];
  const child = spawn(
    process.execPath,
    ['--import', './seed.mjs', mocha, ...options.map(String), ...TESTS],
    {
      cwd: room,
      stdio: ['ignore', 'pipe', 'ignore'],
    },
  );
  let output = '';
  child.stdout.on('data', (chunk) => {
    output += chunk;
  });
  return new Promise((resolve) => {
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      resolve({ isPassed: false, count: 0, by: `no end within ${LIMIT_MS / 1000} s` });
    }, LIMIT_MS);
    child.on('close', () => {
      clearTimeout(timer);
      resolve(outcomeOf(output));
    });
  });
}

function outcomeOf(output) {
  try {
    const { stats, failures } = JSON.parse(output.slice(output.indexOf('{')));
    return {
      isPassed: stats.failures === 0,
      count: stats.passes,
      by: failures[0]?.fullTitle ?? '',
    };
  } catch {
    return { isPassed: false, count: 0, by: 'the tests do not even start' };
  }
}

async function tryMutant(mutant, room, temp) {
  const built = mutant.file.replace(/\.ts$/, '.js');
  const place = join(room, 'dist', SCHEDULE, built);
  const original = readFileSync(place);
  writeFileSync(place, readFileSync(join(temp, 'out', mutant.name, built)));
  const { isPassed, by } = await runTests(room);
  writeFileSync(place, original);
  console.log(
    `${isPassed ? 'SURVIVED' : 'caught  '}  ${mutant.name}  (${mutant.file})  ` +
      `${isPassed ? mutant.rule : by}`,
  );
  return { mutant, isCaught: !isPassed };
}

async function main(names) {
  const { mutants: all, stale } = readMutants(root);
  for (const each of stale) console.log(`STALE     ${each}`);
  const mutants = names.length === 0 ? all : all.filter(({ name }) => names.includes(name));
  if (mutants.length === 0) fail(`no such mutant: ${names.join(', ')}`);
  if (
    spawnSync(process.execPath, [join(root, 'tools/build.mjs')], { stdio: 'inherit' }).status !== 0
  )
    process.exit(2);
  const temp = mkdtempSync(join(tmpdir(), 'dqoes-mutants-'));
  try {
    const complaint = compile(root, mutants, temp);
    if (complaint !== '') fail(`a mutant does not compile:\n${complaint}`);
    const rooms = Array.from({ length: WORKERS }, (_, index) => roomFor(temp, index));
    const plain = await runTests(rooms[0]);
    if (!plain.isPassed || plain.count < LEAST_TESTS)
      fail(`without any mutant ${plain.count} tests pass: ${plain.by}`);
    const queue = [...mutants];
    const results = [];
    const work = async (room) => {
      for (let mutant = queue.shift(); mutant !== undefined; mutant = queue.shift())
        results.push(await tryMutant(mutant, room, temp));
    };
    await Promise.all(rooms.map(work));
    return report(results, names.length === 0 ? stale.length : 0);
  } finally {
    rmSync(temp, { recursive: true, force: true });
  }
}

function report(results, staleCount) {
  const files = [...new Set(results.map(({ mutant }) => mutant.file))].sort();
  console.log('\nfile                          caught  of');
  for (const file of files) {
    const its = results.filter(({ mutant }) => mutant.file === file);
    const caught = its.filter(({ isCaught }) => isCaught).length;
    console.log(
      `${file.padEnd(28)}  ${String(caught).padStart(6)}  ${String(its.length).padStart(2)}`,
    );
  }
  const caught = results.filter(({ isCaught }) => isCaught).length;
  const count = results.length + staleCount;
  console.log(`\n${caught} of ${count} mutants caught (${((100 * caught) / count).toFixed(1)} %)`);
  if (staleCount > 0) console.log(`${staleCount} match no longer: mend them in tools/mutants/`);
  return caught / count >= LEAST_CAUGHT ? 0 : 1;
}

process.exit(await main(process.argv.slice(2)));
