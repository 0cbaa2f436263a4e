/**
 * `npm run bench:quote -- --json FILE [--jobs 50] [--seed 1] [--together 4] [--settle 15s]
 * [--measure 15s] [--for 1h]`: what `job quote` says of random jobs with real models against what
 * then happens to them on this machine's Docker Engine. Some run side by side; each is given three
 * targets of its own quote, the fastest, the cheapest and one between, one after the other, and is
 * measured after each has settled. What FILE holds already is not run again; no group is begun
 * after `--for`. Ends with a table in Markdown.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { formatDurationMs } from '../../shared/units.js';
import { asProgram } from './ceilings/session.js';
import { openCluster } from './quote/cluster.js';
import { summaries } from './quote/errors.js';
import { openGroups, type QuoteFigures, readFigures, writeFigures } from './quote/file.js';
import { type QuoteOptions, readQuoteOptions } from './quote/options.js';
import { CHOICES } from './quote/outcome.js';
import { playGroup } from './quote/play.js';
import { markdownTable, outcomeLine } from './quote/table.js';

const say = (sentence: string): void => console.error(sentence);

/** Plays the groups that are open and keeps each in the file as soon as it has ended. */
async function carryOn(options: QuoteOptions, signal: AbortSignal): Promise<QuoteFigures> {
  const { file, jobs, seed, together, settleMs, measureMs, forMs } = options;
  const conditions = { seed, together, settleMs, measureMs };
  let figures = readFigures(file, conditions);
  const open = openGroups(jobs, together, figures.outcomes);
  if (open.length === 0) return figures;
  say(`${open.length} groups of ${together} jobs, about ${timeOf(options, open.length)}`);
  const stateDir = mkdtempSync(join(tmpdir(), 'dqoes-bench-quote-'));
  try {
    const cluster = await openCluster(stateDir);
    const beganAtMs = performance.now();
    try {
      for (const [index, numbers] of open.entries()) {
        if (performance.now() - beganAtMs > forMs) {
          say(`${formatDurationMs(forMs)} are over: the same command goes on with the rest`);
          break;
        }
        const groupBeganAtMs = performance.now();
        const played = await playGroup(numbers, { ...conditions, cluster, signal });
        const tookMs = performance.now() - groupBeganAtMs;
        const names = new Set(played.map(({ job }) => job));
        const others = figures.outcomes.filter(({ job }) => !names.has(job));
        figures = { ...figures, outcomes: [...others, ...played] };
        writeFigures(file, figures);
        for (const outcome of played) say(`${index + 1}/${open.length} ${outcomeLine(outcome)}`);
        say(`${numbers.length} jobs took ${formatDurationMs(tookMs)}`);
      }
    } finally {
      await cluster.close();
    }
    return figures;
  } finally {
    rmSync(stateDir, { recursive: true, force: true });
  }
}

/** Starts and stops of a job, ms; a first guess. */
const AROUND_MS = 5000;
function timeOf({ together, settleMs, measureMs }: QuoteOptions, groups: number): string {
  const groupMs = settleMs + CHOICES.length * (settleMs + measureMs) + (together + 1) * AROUND_MS;
  return formatDurationMs(Math.ceil((groups * groupMs) / 60_000) * 60_000);
}

await asProgram(async () => {
  const options = readQuoteOptions(process.argv);
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () =>
      stop.abort(new Error('The bench was stopped; what was measured is kept.')),
    );
  const { outcomes } = await carryOn(options, stop.signal).catch((cause: unknown) => {
    stop.signal.throwIfAborted();
    throw cause;
  });
  const without = outcomes.filter(({ quoted }) => quoted === null).length;
  const silent = outcomes.filter(({ quoted, delivered }) => quoted !== null && delivered === null);
  for (const line of markdownTable(summaries(outcomes))) console.log(line);
  console.log(`${outcomes.length} targets: ${without} not quoted, ${silent.length} not answered.`);
});
