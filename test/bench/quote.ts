/**
 * `npm run bench:quote -- --json FILE [--jobs 50] [--seed 1] [--together 4] [--settle 15s]
 * [--measure 15s] [--for 1h]`: what `job quote` says of random jobs with real models against what
 * then happens to them on this machine's Docker Engine. Some run side by side; each is given three
 * targets of its own quote, the fastest, the cheapest and one between, one after the other, and is
 * measured after each has settled. What FILE holds already is not run again; no group is begun that
 * would not end within `--for`. Ends with a table in Markdown of all that FILE holds, also when it
 * is stopped.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { formatDurationMs } from '../../shared/units.js';
import { asProgram } from './ceilings/session.js';
import { openCluster } from './quote/cluster.js';
import { summaries } from './quote/errors.js';
import { openGroups, readFigures } from './quote/file.js';
import { guessedGroupMs, playGroups } from './quote/groups.js';
import { type QuoteOptions, readQuoteOptions } from './quote/options.js';
import { markdownTable } from './quote/table.js';

const say = (sentence: string): void => console.error(sentence);

/** Plays the groups that are open. */
async function carryOn(options: QuoteOptions, signal: AbortSignal): Promise<void> {
  const { file, jobs, together } = options;
  const open = openGroups(jobs, together, readFigures(file, options).outcomes).length;
  if (open === 0) return;
  const allMs = Math.ceil((open * guessedGroupMs(options)) / 60_000) * 60_000;
  say(`${open} groups of ${together} jobs, about ${formatDurationMs(allMs)}`);
  const stateDir = mkdtempSync(join(tmpdir(), 'dqoes-bench-quote-'));
  try {
    const cluster = await openCluster(stateDir);
    try {
      await playGroups({ options, cluster, signal, say, now: () => performance.now() });
    } finally {
      await cluster.close();
    }
  } finally {
    rmSync(stateDir, { recursive: true, force: true });
  }
}

function printTable(options: QuoteOptions): void {
  const { outcomes } = readFigures(options.file, options);
  const faulty = outcomes.filter(({ fault }) => fault !== undefined).length;
  const without = outcomes.filter(({ quoted, fault }) => quoted === null && fault === undefined);
  const silent = outcomes.filter(({ quoted, delivered }) => quoted !== null && delivered === null);
  for (const line of markdownTable(summaries(outcomes))) console.log(line);
  console.log(
    `${outcomes.length} targets: ${without.length} not in their quotes, ${silent.length} not ` +
      `answered, ${faulty} failed.`,
  );
}

await asProgram(async () => {
  const options = readQuoteOptions(process.argv);
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () =>
      stop.abort(new Error('The bench was stopped; what was measured is kept.')),
    );
  try {
    await carryOn(options, stop.signal).catch((cause: unknown) => {
      stop.signal.throwIfAborted();
      throw cause;
    });
  } finally {
    printTable(options);
  }
});
