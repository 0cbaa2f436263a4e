// Runs the stages of `npm test` and ends with `N passed, N failed, N skipped`. Usage: node
// tools/test.mjs [STAGE…] [--rounds N]. A stage whose needs are absent is skipped with the reason,
// and counted. Rounds: how often tests that kill at random moments do so (`trust`); few by default.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { run, runMocha } from './mocha-run.mjs';
import { NEEDS, root, STAGES } from './test-stages.mjs';

const total = { passed: 0, failed: 0, skipped: 0 };
/** What failed, said again at the very end: the end of a long log is what people are shown. */
const failures = [];
/** Titles of tests that passed at the second try only. */
const lucky = [];
/** Failures in more files than this are no matter of an unlucky moment. */
const REPEATED_FILES_MAX = 3;
/** Exit code of a command that could not check anything; it says why. */
const SKIPPED = 77;

async function runCommands(stage, write) {
  for (const [file, args] of stage.commands) {
    const { code } = await run(root, file, args, { write });
    if (code === 0) total.passed += 1;
    else if (code === SKIPPED) total.skipped += 1;
    else {
      total.failed += 1;
      failures.push(`  failed: ${[file.split('/').at(-1), ...args].join(' ')}`);
      write(`${failures.at(-1)}\n`);
    }
  }
}

const testsIn = (folder) =>
  existsSync(folder)
    ? readdirSync(folder, { recursive: true }).filter((name) => String(name).endsWith('.test.js'))
        .length
    : 0;

async function runTests(stage, write) {
  const folder = join(root, 'dist/test', stage.name);
  if (testsIn(folder) === 0) return;
  const reason = stage.needs
    .map((need) => NEEDS[need]())
    .filter((text) => text !== '')
    .join('; ');
  if (reason !== '') {
    total.skipped += testsIn(folder);
    write(`  skipped ${testsIn(folder)} files: ${reason}\n`);
    return;
  }
  const timeoutMs = stage.timeoutMs * Math.max(1, Math.ceil(rounds / 5));
  const result = await runMocha(root, [folder], { timeoutMs, write });
  if (mayRepeat(stage, result)) await repeat(stage, result, { timeoutMs, write });
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
async function repeat(stage, result, options) {
  const unlucky = failedFiles(result);
  options.write(`\n== ${stage.name}: once more, ${unlucky.length} files with failures\n`);
  const again = await runMocha(root, unlucky, options);
  if (unlucky.some((file) => !again.files.has(file))) return;
  for (const file of unlucky) {
    const now = again.files.get(file);
    if (now.failed === 0) lucky.push(...result.files.get(file).titles);
    result.files.set(file, now);
  }
  result.failures = again.failures;
}

async function runStage(stage, write) {
  const startedAt = performance.now();
  write(`\n== ${stage.name}\n`);
  await (stage.mocha === true ? runTests(stage, write) : runCommands(stage, write));
  write(`== ${stage.name}: ${((performance.now() - startedAt) / 1000).toFixed(1)} s\n`);
}

async function runInOrder(stages, write) {
  for (const stage of stages) await runStage(stage, write);
}

const show = (text) => process.stdout.write(text);

/** The pure stages beside the patient ones; what the pure ones write is shown at the end. */
async function runBoth(pure, patient) {
  if (patient.length === 0) return runInOrder(pure, show);
  const held = [];
  await Promise.all([runInOrder(pure, (text) => held.push(text)), runInOrder(patient, show)]);
  show(held.join(''));
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
const isPure = (stage) => stage.isPure === true;
const isPatient = (stage) => stage.isPatient === true;
await runInOrder(
  stages.filter((stage) => stage.name === 'types'),
  show,
);
if (total.failed === 0) {
  await runBoth(stages.filter(isPure), stages.filter(isPatient));
  await runInOrder(
    stages.filter((stage) => stage.name !== 'types' && !isPure(stage) && !isPatient(stage)),
    show,
  );
}
if (lucky.length > 0) console.log(`\npassed at the second try only:\n  ${lucky.join('\n  ')}`);
if (failures.length > 0) console.log(`\nwhat failed, again:\n${failures.join('\n')}`);
console.log(`\n${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exit(total.failed === 0 && total.passed > 0 ? 0 : 1);
