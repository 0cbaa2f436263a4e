#!/usr/bin/env node
import { BUILD } from '../shared/build.js';
import { VERSION } from '../shared/version.js';
import { realClock } from './clock.js';
import { readCliConfig } from './config.js';
import type { ExitCode } from './output/faults.js';
import { streamOutput } from './output/output.js';
import { HANDOVER } from './shell/app.js';
import { Interrupts, terminalOf } from './shell/terminal.js';

const FORCED_EXIT = 130;
/** Errors of a disk without room, or of a user's share of it. */
const DISK_FULL: ReadonlySet<string | undefined> = new Set(['ENOSPC', 'EDQUOT']);
const FORCED_END = '\nEnded at once: limits may be left. "dqoes agent restore" puts them back.\n';
/** Whether this is a program that leaves limits where it ends in the middle. */
const mayLeaveLimits = ([, , command]: readonly string[]): boolean =>
  command === 'up' || command === 'agent';

const asksVersion = ([, , word, ...more]: readonly string[]): boolean =>
  more.length === 0 && (word === '--version' || word === '-V');

function printVersion(): ExitCode {
  // Scripts read the first line.
  process.stdout.write(BUILD === '' ? `${VERSION}\n` : `${VERSION}\nbuild ${BUILD}\n`);
  return 0;
}

async function runCommand(interrupts: Interrupts): Promise<ExitCode> {
  const config = readCliConfig();
  // Reading all commands takes longer than printing the version does.
  const { runProgram } = await import('./program.js');
  return runProgram(process.argv.slice(2), {
    config,
    output: streamOutput(process, {
      quiet: false,
      noColour: config.noColour,
      linesOnly: config.isDumb || config.noColour,
    }),
    clock: realClock,
    signal: interrupts.signal,
    isEndAsked: () => interrupts.isEndAsked,
    lendTerminal: () => interrupts.lend(),
    stdin: () => process.stdin,
    terminal: () => terminalOf(process),
    version: VERSION,
    build: BUILD,
  });
}

async function main(): Promise<void> {
  const interrupts = new Interrupts(() => performance.now());
  const endIf = (isForced: boolean): void => {
    if (!isForced) return;
    if (mayLeaveLimits(process.argv)) process.stderr.write(FORCED_END);
    process.exit(FORCED_EXIT);
  };
  process.on('SIGINT', () => endIf(interrupts.onCtrlC()));
  process.on('SIGTERM', () => endIf(interrupts.onTerm()));
  process.on('SIGHUP', () => interrupts.onHangup());
  process.on('SIGUSR2', () => interrupts.abort(HANDOVER));
  let lost = '';
  process.stderr.on('error', (cause: NodeJS.ErrnoException) => {
    // A log on a full disk loses lines until there is room: a service does not end by that.
    if (!DISK_FULL.has(cause.code)) interrupts.abort();
  });
  process.stdout.on('error', (cause: NodeJS.ErrnoException) => {
    // The reader of a pipe may close it early (`dqoes ps | head -1`), and a terminal may go. That
    // is not a failure: end cleanly.
    if (cause.code !== 'EPIPE' && !process.stdout.isTTY) lost = cause.message;
    interrupts.abort();
  });
  const code = asksVersion(process.argv) ? printVersion() : await runCommand(interrupts);
  // Let a pipe take all output before the end.
  await new Promise<void>((resolve) => void process.stdout.write('', () => resolve()));
  if (lost !== '') process.stderr.write(`The output could not be written (${lost}).\n`);
  process.exit(lost !== '' && code === 0 ? 1 : code);
}

void main();
