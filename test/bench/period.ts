/**
 * `npm run bench:period -- --json FILE [--markdown FILE] [--models mobilenet-v2,ocr-det,resnet-50]
 * [--cores 0.3] [--periods 10,20,50,100] [--surroundings alone,busy] [--rounds 4] [--settle 700ms]
 * [--measure 3500ms] [--for 8m]`: what the CFS period of a quota does to real models on this
 * machine's Docker Engine: CPU a request, response times and how even they are, and whether the
 * quota is met. Closed loops, one at a time, alone and beside loops that take all other CPU; the
 * periods in turn. No round is begun that would not end within `--for`. Without dqoes: limits are
 * written by `docker update`.
 */
import { writeFileSync } from 'node:fs';
import { formatDurationMs } from '../../shared/units.js';
import { removeAll } from './ceilings/containers.js';
import { asOnlyBench, asProgram } from './ceilings/session.js';
import {
  firstFigures,
  type PeriodFigures,
  refuseExisting,
  writePeriodFigures,
} from './period/figures.js';
import { type PeriodOptions, readPeriodOptions } from './period/options.js';
import { blocksOf, roundMs } from './period/plan.js';
import { type PeriodContainers, startContainers } from './period/play.js';
import { periodMarkdown } from './period/table.js';

/** Starting and removing the containers, ms, about. */
const AROUND_MS = 20_000;
const startMs = performance.now();
const say = (sentence: string): void => console.error(sentence);

/** Keeps what each block of the round came to. */
async function playRound(
  round: number,
  figures: PeriodFigures,
  {
    options,
    containers,
  }: { readonly options: PeriodOptions; readonly containers: PeriodContainers },
): Promise<PeriodFigures> {
  let held = figures;
  for (const block of blocksOf(options, round)) {
    held = { ...held, cells: [...held.cells, ...(await containers.play(block))] };
    writePeriodFigures(options.file, held);
  }
  return held;
}

async function playAll(options: PeriodOptions, signal: AbortSignal): Promise<PeriodFigures> {
  let figures = firstFigures(options, new Date().toISOString());
  const containers = await startContainers(options, signal);
  for (let round = 1; round <= options.rounds; round += 1) {
    const leftMs = options.forMs - (performance.now() - startMs) - AROUND_MS / 2;
    if (roundMs(options, options) > leftMs) {
      say(`round ${round} would not end within --for ${formatDurationMs(options.forMs)}`);
      return figures;
    }
    figures = await playRound(round, figures, { options, containers });
    say(`round ${round} of ${options.rounds} has ended`);
  }
  return { ...figures, isComplete: true };
}

await asProgram(async () => {
  const options = readPeriodOptions(process.argv);
  refuseExisting(options.file);
  const eachMs = roundMs(options, options);
  if (eachMs + AROUND_MS > options.forMs)
    throw new Error(
      `One round takes about ${formatDurationMs(Math.ceil(eachMs / 1000) * 1000)}: give a longer ` +
        '--for, a shorter --measure, or fewer models or periods.',
    );
  await asOnlyBench(async ({ signal }) => {
    await removeAll();
    const figures = await playAll(options, signal);
    writePeriodFigures(options.file, figures);
    const lines = periodMarkdown(figures);
    for (const line of lines) console.log(line);
    if (options.markdownFile !== null) writeFileSync(options.markdownFile, `${lines.join('\n')}\n`);
  });
});
