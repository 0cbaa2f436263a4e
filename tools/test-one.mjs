// Runs the tests of some files. Usage: npm run test:one -- FILE… [--watch] [-- MOCHA OPTIONS]
// FILE: a test (test/unit/shared/words.test.ts), a folder of tests, or a part of a test's path.
import { spawn, spawnSync } from 'node:child_process';
import { readdirSync, watch } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const WAIT_MS = 200;
const WATCHED = ['agent', 'cli', 'console', 'coordinator', 'lab', 'proto', 'shared', 'test'];

const [asked, rest] = split(process.argv.slice(2));
const isWatching = asked.includes('--watch');
const parts = asked.filter((each) => each !== '--watch').map((each) => each.replace(/^\.\//, ''));

function split(args) {
  const at = args.indexOf('--');
  return at < 0 ? [args, []] : [args.slice(0, at), args.slice(at + 1)];
}

function fail(message) {
  console.error(message);
  process.exit(2);
}

/** The tests, as sources, whose path holds one of the parts. */
function testsOf() {
  const all = readdirSync(join(root, 'test'), { recursive: true, encoding: 'utf8' })
    .map((name) => `test/${name.replaceAll('\\', '/')}`)
    .filter((name) => name.endsWith('.test.ts'));
  return all.filter((name) => parts.some((part) => name.includes(part)));
}

/** Builds and runs; resolves with the exit code. */
async function run() {
  const tests = testsOf();
  if (tests.length === 0) fail(`no test has ${parts.join(' or ')} in its path: see ls test/*`);
  const built = spawnSync(process.execPath, [join(root, 'tools/build.mjs')], { stdio: 'inherit' });
  if (built.status !== 0) return 1;
  const files = tests.map((name) => join(root, 'dist', name.replace(/\.ts$/, '.js')));
  const mocha = join(root, 'node_modules/mocha/bin/mocha.js');
  const options = ['--enable-source-maps', '--exit', '--timeout', '240000', ...rest];
  const child = spawn(process.execPath, [mocha, ...options, ...files], {
    cwd: root,
    stdio: 'inherit',
  });
  return new Promise((resolve) => child.on('close', (code) => resolve(code ?? 1)));
}

/** Runs at each change of a source until it is interrupted. */
async function keepRunning() {
  let timer;
  let isRunning = false;
  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(again, WAIT_MS);
  };
  const again = async () => {
    if (isRunning) return later();
    isRunning = true;
    await run();
    isRunning = false;
    console.log('waiting for a change: Ctrl-C ends');
  };
  for (const folder of WATCHED)
    watch(join(root, folder), { recursive: true }, (_, name) => {
      if (/\.(tsx?|css)$/.test(name ?? '')) later();
    });
  await again();
}

if (parts.length === 0) fail('which tests? npm run test:one -- test/unit/shared/words.test.ts');
if (isWatching) await keepRunning();
else process.exitCode = await run();
