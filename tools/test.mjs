// Runs the stages of `npm test` in order and ends with `N passed, N failed, N skipped`. Usage: node
// tools/test.mjs [STAGE…] [--rounds N]. A stage whose needs are absent is skipped with the reason,
// and counted. Rounds: how often tests that kill at random moments do so (`trust`); few by default.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run, runMocha } from './mocha-run.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const bin = (name) => join(root, 'node_modules/.bin', name);
const answers = (command, args) =>
  spawnSync(command, args, { stdio: 'ignore', timeout: 15_000 }).status === 0;

const NEEDS = {
  nats: () => (answers('nats-server', ['--version']) ? '' : 'nats-server is not on PATH'),
  docker: () =>
    answers('docker', ['info'])
      ? ''
      : 'no Docker Engine answers (start one with deploy/bootstrap.sh)',
  hosts: () =>
    process.getuid?.() === 0 && answers('ip', ['-V']) && answers('dockerd', ['--version'])
      ? ''
      : 'hosts on this machine need root, iproute2 and dockerd',
  vm: () =>
    process.getuid?.() === 0 &&
    answers('qemu-system-x86_64', ['--version']) &&
    answers('debootstrap', ['--version'])
      ? ''
      : 'an emulated machine needs root, qemu-system-x86 and debootstrap ' +
        '(deploy/vm-image/build.sh installs both)',
  gpu: () =>
    answers('nvidia-smi', ['-L']) || answers('amd-smi', ['list'])
      ? ''
      : 'no GPU answers here: neither nvidia-smi nor amd-smi',
  images: () =>
    answers('docker', ['image', 'inspect', 'dqoes/sample:1', 'dqoes/tiny:1'])
      ? ''
      : 'the sample images are not built (deploy/bootstrap.sh --images)',
};

const command = (name, file, args) => ({ name, commands: [[file, args]] });
const mocha = (name, needs = [], timeoutMs = 10_000) => ({ name, mocha: true, needs, timeoutMs });
const STAGES = [
  {
    name: 'lint',
    commands: [
      [bin('biome'), ['check', '--error-on-warnings', '.']],
      [process.execPath, ['tools/arrows.mjs']],
      [process.execPath, ['tools/style.mjs']],
      [process.execPath, ['tools/links.mjs']],
      [
        bin('cspell'),
        ['--no-progress', '--no-summary', '--gitignore', '**/*.{ts,tsx,css,mjs,md,sh,proto,json}'],
      ],
      [process.execPath, ['tools/generate-proto.mjs', '--check']],
      [process.execPath, ['tools/pictures.mjs', '--check']],
    ],
  },
  {
    name: 'supply',
    commands: [
      [process.execPath, ['tools/supply.mjs']],
      [process.execPath, ['tools/supply.mjs', '--audit']],
    ],
  },
  command('types', process.execPath, ['tools/build.mjs']),
  mocha('unit'),
  mocha('property', [], 60_000),
  mocha('scenario', [], 30_000),
  mocha('contract', ['nats', 'docker', 'images'], 60_000),
  mocha('integration', ['nats', 'docker', 'images'], 90_000),
  mocha('e2e', ['nats', 'docker', 'images'], 240_000),
  mocha('security', ['nats', 'docker', 'images'], 240_000),
  // In a short form; npm run test:trust -- --rounds 200 for the whole.
  mocha('trust', ['nats', 'docker', 'images'], 240_000),
  // Only when asked for: npm run test:hosts.
  { ...mocha('hosts', ['nats', 'docker', 'images', 'hosts'], 300_000), onDemand: true },
  // Only when asked for: npm run test:gpu. It only reads.
  { ...mocha('gpu', ['gpu'], 60_000), onDemand: true },
  // Only when asked for: npm run test:vm.
  { ...mocha('vm', ['nats', 'docker', 'images', 'vm'], 300_000), onDemand: true },
];

const total = { passed: 0, failed: 0, skipped: 0 };
/** What failed, said again at the very end: the end of a long log is what people are shown. */
const failures = [];
/** Titles of tests that passed at the second try only. */
const lucky = [];
/** Failures in more files than this are no matter of an unlucky moment. */
const REPEATED_FILES_MAX = 3;
/** Exit code of a command that could not check anything; it says why. */
const SKIPPED = 77;

async function runCommands(stage) {
  for (const [file, args] of stage.commands) {
    const { code } = await run(root, file, args);
    if (code === 0) total.passed += 1;
    else if (code === SKIPPED) total.skipped += 1;
    else {
      total.failed += 1;
      failures.push(`  failed: ${[file.split('/').at(-1), ...args].join(' ')}`);
      console.log(failures.at(-1));
    }
  }
}

const testsIn = (folder) =>
  existsSync(folder)
    ? readdirSync(folder, { recursive: true }).filter((name) => String(name).endsWith('.test.js'))
        .length
    : 0;

async function runTests(stage) {
  const folder = join(root, 'dist/test', stage.name);
  if (testsIn(folder) === 0) return;
  const reason = stage.needs
    .map((need) => NEEDS[need]())
    .filter((text) => text !== '')
    .join('; ');
  if (reason !== '') {
    total.skipped += testsIn(folder);
    console.log(`  skipped ${testsIn(folder)} files: ${reason}`);
    return;
  }
  const timeoutMs = stage.timeoutMs * Math.max(1, Math.ceil(rounds / 5));
  const result = await runMocha(root, [folder], timeoutMs);
  if (mayRepeat(stage, result)) await repeat(stage, result, timeoutMs);
  for (const { passed, failed, pending } of result.files.values()) {
    total.passed += passed;
    total.failed += failed;
    total.skipped += pending;
  }
  if (result.failures.length > 0) failures.push(`== ${stage.name}`, ...result.failures);
}

const failedFiles = ({ files }) =>
  [...files].filter(([, { failed }]) => failed > 0).map(([file]) => file);

function mayRepeat(stage, result) {
  const unlucky = failedFiles(result);
  const isShort = unlucky.length > 0 && unlucky.length <= REPEATED_FILES_MAX;
  return stage.needs.length > 0 && stage.onDemand !== true && isShort && !unlucky.includes('');
}

/**
 * Runs the files that failed once more, alone, and counts that instead: real parts on a busy
 * machine are late now and then. Tests that passed only then are named at the end.
 */
async function repeat(stage, result, timeoutMs) {
  const unlucky = failedFiles(result);
  console.log(`\n== ${stage.name}: once more, ${unlucky.length} files with failures`);
  const again = await runMocha(root, unlucky, timeoutMs);
  if (unlucky.some((file) => !again.files.has(file))) return;
  for (const file of unlucky) {
    const now = again.files.get(file);
    if (now.failed === 0) lucky.push(...result.files.get(file).titles);
    result.files.set(file, now);
  }
  result.failures = again.failures;
}

const wanted = process.argv.slice(2);
const roundsAt = wanted.indexOf('--rounds');
const [, roundsText = ''] = roundsAt < 0 ? [] : wanted.splice(roundsAt, 2);
const rounds = roundsAt < 0 ? 0 : Number(roundsText);
if (roundsAt >= 0 && !(Number.isSafeInteger(rounds) && rounds > 0)) {
  console.error(
    `--rounds is ${JSON.stringify(roundsText)}: give a whole number from 1, as in --rounds 200`,
  );
  process.exit(2);
}
if (rounds > 0) process.env.DQOES_TEST_ROUNDS = String(rounds);
const unknown = wanted.filter((name) => !STAGES.some((stage) => stage.name === name));
if (unknown.length > 0) {
  console.error(
    `unknown stage ${unknown.join(', ')}: use ${STAGES.map((stage) => stage.name).join(', ')}`,
  );
  process.exit(2);
}
const needsBuild = wanted.length > 0 && !wanted.includes('types');
const stages = STAGES.filter(
  (stage) =>
    (wanted.length === 0 && stage.onDemand !== true) ||
    wanted.includes(stage.name) ||
    (needsBuild && stage.name === 'types'),
);
for (const stage of stages) {
  const startedAt = performance.now();
  console.log(`\n== ${stage.name}`);
  await (stage.mocha === true ? runTests(stage) : runCommands(stage));
  console.log(`== ${stage.name}: ${((performance.now() - startedAt) / 1000).toFixed(1)} s`);
  if (stage.name === 'types' && total.failed > 0) break;
}
if (lucky.length > 0) console.log(`\npassed at the second try only:\n  ${lucky.join('\n  ')}`);
if (failures.length > 0) console.log(`\nwhat failed, again:\n${failures.join('\n')}`);
console.log(`\n${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exit(total.failed === 0 && total.passed > 0 ? 0 : 1);
