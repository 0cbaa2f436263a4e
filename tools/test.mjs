// Runs the stages of `npm test` and ends with `N passed, N failed, N skipped`. Usage: node
// tools/test.mjs [STAGE…] [--rounds N] [--prepare]. A stage whose needs are absent is skipped with
// the reason, and counted. Rounds: how often tests that kill at random moments do so (`trust`); few
// by default. --prepare: also builds the images and installs what tests need and this machine
// lacks, beside the stages that need neither.
import { join } from 'node:path';
import { run, runMocha } from './mocha-run.mjs';
import { inLanes, Screen } from './test-lanes.mjs';
import { filesOf, isPartial, partsOf } from './test-parts.mjs';
import { BUNDLE, NEEDS, root, STAGES } from './test-stages.mjs';
import { coreTimes, idleText, timesText } from './test-times.mjs';

const total = { passed: 0, failed: 0, skipped: 0 };
/** What failed, said again at the very end: the end of a long log is what people are shown. */
const failures = [];
/** Titles of tests that passed at the second try only. */
const lucky = [];
/** Parts that mocha has run and that are not counted yet, with what came of them. */
const played = [];
/** How long each part took, and each file of it. */
const spent = { parts: [], files: [] };
/** What needs only a processor gives way by this to what is late when it waits for one. */
const PURE_NICENESS = 3;
/** Failures in more files than this are no matter of an unlucky moment. */
const REPEATED_FILES_MAX = 3;
/** Exit code of a command that could not check anything; it says why. */
const SKIPPED = 77;

const screen = new Screen((text) => process.stdout.write(text));
/** Something that others wait for; `open` tells them what came of it. */
function gate() {
  let open;
  const opened = new Promise((resolve) => {
    open = resolve;
  });
  return { open, opened };
}
/** Whether the build went well, once it has ended: what is built waits for it. */
const build = gate();
/** The images are there, or cannot be had: what needs anything of this machine waits for it. */
const machine = gate();

const nicenessOf = ({ lane }) => (lane === 'pure' ? PURE_NICENESS : 0);

/** Resolves with whether none of them failed. */
async function runCommands({ stage, lane }, write) {
  let isGood = true;
  for (const [file, args] of stage.commands) {
    const { code } = await run(root, file, args, { write, niceness: nicenessOf({ lane }) });
    if (code === 0) total.passed += 1;
    else if (code === SKIPPED) total.skipped += 1;
    else {
      isGood = false;
      total.failed += 1;
      failures.push(`  failed: ${[file.split('/').at(-1), ...args].join(' ')}`);
      write(`${failures.at(-1)}\n`);
    }
  }
  return isGood;
}

async function runTests(part, write) {
  const { stage } = part;
  const files = filesOf(part, join(root, 'dist'));
  if (files.length === 0) return;
  const reason = stage.needs
    .map((need) => NEEDS[need]())
    .filter((text) => text !== '')
    .join('; ');
  if (reason !== '') {
    total.skipped += files.length;
    write(`  skipped ${files.length} files: ${reason}\n`);
    return;
  }
  const timeoutMs = stage.timeoutMs * Math.max(1, Math.ceil(rounds / 5));
  const paths = isPartial(part) ? files : [join(root, 'dist/test', stage.name)];
  const options = { timeoutMs, write, niceness: nicenessOf(part) };
  const result = await runMocha(root, paths, options);
  played.push({ part, timeoutMs, result });
  for (const [path, { ms }] of result.files) spent.files.push({ path, stage: stage.name, ms });
}

/** Runs a part and shows what it writes. Nothing that is built runs where the build failed. */
async function play(part) {
  const { stage, title } = part;
  if (stage.mocha === true && !(await build.opened)) return;
  if (stage.needs?.length > 0) await machine.opened;
  const { write, end } = screen.begin();
  const startedAt = performance.now();
  write(`\n== ${title}\n`);
  const isGood = await (stage.mocha === true ? runTests(part, write) : runCommands(part, write));
  const ms = performance.now() - startedAt;
  spent.parts.push({ title, ms });
  write(`== ${title}: ${(ms / 1000).toFixed(1)} s\n`);
  end();
  if (stage.name === 'types') build.open(isGood);
  if (stage.name === 'machine') machine.open();
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
async function repeat({ part, timeoutMs, result }) {
  const unlucky = failedFiles(result);
  const { write, end } = screen.begin();
  write(`\n== ${part.title}: once more, ${unlucky.length} files with failures\n`);
  const again = await runMocha(root, unlucky, { timeoutMs, write });
  end();
  if (unlucky.some((file) => !again.files.has(file))) return;
  for (const file of unlucky) {
    const now = again.files.get(file);
    if (now.failed === 0) lucky.push(...result.files.get(file).titles);
    result.files.set(file, now);
  }
  result.failures = again.failures;
}

/** Counts what was played since the last time, when nothing else runs. */
async function count() {
  for (const each of played.splice(0)) {
    const { part, result } = each;
    if (mayRepeat(part.stage, result)) await repeat(each);
    for (const { passed, failed, pending } of result.files.values()) {
      total.passed += passed;
      total.failed += failed;
      total.skipped += pending;
    }
    if (result.failures.length > 0) failures.push(`== ${part.title}`, ...result.failures);
  }
}

const wanted = process.argv.slice(2);
const prepareAt = wanted.indexOf('--prepare');
if (prepareAt >= 0) wanted.splice(prepareAt, 1);
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
const chosen = wanted.length === 0 ? STAGES.filter(({ onDemand }) => onDemand !== true) : [];
const names = new Set(['types', ...wanted, ...chosen.map(({ name }) => name)]);
if (prepareAt >= 0) names.add('machine');
if (!names.has('machine')) machine.open();
const parts = STAGES.filter(({ name }) => names.has(name)).flatMap(partsOf);
const inLane = (name) => parts.filter(({ lane }) => lane === name);
// Tests start the program as packages hold it: one that is bundled starts in less time.
process.env.DQOES_TEST_MAIN = join(BUNDLE, 'dist/cli/main.js');
const moments = [coreTimes()];
await inLanes(inLane('pure'), inLane('patient'), play);
moments.push({ after: 'in lanes', ...coreTimes() });
await count();
for (const part of inLane(undefined)) {
  await play(part);
  await count();
}
moments.push({ after: 'alone', ...coreTimes() });
console.log(`\n${timesText(spent.parts, spent.files)}\n${idleText(moments)}`);
if (lucky.length > 0) console.log(`\npassed at the second try only:\n  ${lucky.join('\n  ')}`);
if (failures.length > 0) console.log(`\nwhat failed, again:\n${failures.join('\n')}`);
console.log(`\n${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exit(total.failed === 0 && total.passed > 0 ? 0 : 1);
