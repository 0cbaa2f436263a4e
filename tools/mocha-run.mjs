// Runs mocha over test files and counts by file what passed, failed and was pending.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { setPriority, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const FAILURE_LINES_MAX = 60;
/** What a program has printed is read by then, after its end, ms. */
const LEFT_OPEN_MS = 10_000;

const show = (text) => process.stdout.write(text);

/**
 * Runs a program; `write` gets what it prints, `niceness` is how far it gives way to others.
 * Resolves with exit code and standard output.
 */
export function run(root, file, args, { env = process.env, write = show, niceness = 0 } = {}) {
  return new Promise((resolve) => {
    const child = spawn(file, args, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] });
    if (niceness > 0 && child.pid !== undefined) setPriority(child.pid, niceness);
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (text) => {
      write(text);
      output += text;
    });
    child.stderr.setEncoding('utf8').on('data', write);
    child.on('close', (code) => resolve({ code: code ?? 1, output }));
    // A process that a test has left behind may hold its output open for ever.
    child.on('exit', (code) => {
      setTimeout(() => {
        for (const stream of [child.stdout, child.stderr]) stream.destroy();
        resolve({ code: code ?? 1, output });
      }, LEFT_OPEN_MS).unref();
    });
    child.on('error', (error) => resolve({ code: 1, output: String(error) }));
  });
}

/**
 * Resolves with `files`, a map from each test file to its counts, the titles that failed and how
 * long it took (`ms`), and `failures`, the lines that say what failed. The file '' stands for mocha
 * that ended early.
 */
export async function runMocha(root, paths, { timeoutMs, write, niceness }) {
  const counts = join(mkdtempSync(join(tmpdir(), 'dqoes-test-')), 'counts.json');
  const { code, output } = await run(
    root,
    process.execPath,
    [
      join(root, 'node_modules/mocha/bin/mocha.js'),
      ...['--enable-source-maps', '--exit', '--recursive', '--extension', 'test.js'],
      ...['--reporter', join(root, 'tools/mocha-reporter.cjs'), '--timeout', String(timeoutMs)],
      ...paths,
    ],
    { env: { ...process.env, DQOES_TEST_COUNTS: counts }, write, niceness },
  );
  // Mocha that was interrupted ends with 0, and without counts.
  const hasEnded = existsSync(counts);
  const files = new Map(hasEnded ? Object.entries(JSON.parse(readFileSync(counts, 'utf8'))) : []);
  rmSync(dirname(counts), { recursive: true, force: true });
  const failed = [...files.values()].some((each) => each.failed > 0);
  const isBad = code !== 0 || !hasEnded;
  if (isBad && !failed) files.set('', { passed: 0, failed: 1, pending: 0, titles: [], ms: 0 });
  return { files, failures: isBad ? failuresIn(output) : [] };
}

/** The part of mocha's output from `N failing` on, or its end where mocha itself ended early. */
function failuresIn(output) {
  const lines = output.trimEnd().split('\n');
  const from = lines.findLastIndex((line) => /^\s+\d+ failing/.test(line));
  return from < 0 ? lines.slice(-10) : lines.slice(from, from + FAILURE_LINES_MAX);
}
