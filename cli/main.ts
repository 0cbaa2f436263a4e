#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { realClock } from './clock.js';
import { readCliConfig } from './config.js';
import { streamOutput } from './output/output.js';
import { runProgram } from './program.js';
import { HANDOVER } from './shell/app.js';

const FORCED_EXIT = 130;

/** `package.json` lies two folders above the built `dist/cli`. */
function versionOf(): string {
  const here = dirname(fileURLToPath(import.meta.url));
  try {
    const parsed = JSON.parse(readFileSync(join(here, '..', '..', 'package.json'), 'utf8')) as {
      version?: string;
    };
    return parsed.version ?? 'unknown';
  } catch {
    return 'unknown';
  }
}

async function main(): Promise<void> {
  const config = readCliConfig();
  const stop = new AbortController();
  const onSignal = (): void => {
    // A second Ctrl-C ends at once; `dqoes agent restore` then restores what is left.
    if (stop.signal.aborted) process.exit(FORCED_EXIT);
    stop.abort();
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  process.on('SIGHUP', () => stop.abort());
  process.on('SIGUSR2', () => stop.abort(HANDOVER));
  // The reader of a pipe may close it early (`dqoes ps | head -1`). That is not a failure: end
  // cleanly.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => stop.abort());
  const code = await runProgram(process.argv.slice(2), {
    config,
    output: streamOutput(process, { quiet: false, noColour: config.noColour }),
    clock: realClock,
    signal: stop.signal,
    stdin: () => process.stdin,
    version: versionOf(),
  });
  // Let a pipe take all output before the end.
  await new Promise<void>((resolve) => void process.stdout.write('', () => resolve()));
  process.exit(code);
}

void main();
