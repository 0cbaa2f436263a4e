/**
 * `npm run test:faults -- [--long] [--rounds N] [--seed N] [--only NAME] [--workers N]
 * [--seconds N] [--churn MINUTES] [--json FILE] [--resume] [--logs FOLDER]`: plays faults on a
 * whole cluster of real programs on this machine, while an observer reads Docker and the cgroup
 * files and checks the promises of docs/reliability.md. Without `--long` one fault of each family,
 * drawn by the seed, which takes about a minute and a half; `--workers`: each coordinator divides
 * its nodes among that number of threads; `--seconds`: no fault begins later; `--resume`: goes on
 * in the plan after the rounds that the file holds. Exit code 1 where a promise was seen broken.
 * Needs root.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism, loadavg } from 'node:os';
import { growthLine, tooMuchOf } from '../bench/lib/soak-samples.js';
import { type FaultOptions, readFaultOptions } from './options.js';
import { type Hearer, playAll } from './play-all.js';
import {
  breachLines,
  type FaultReport,
  type Played,
  playedSoFar,
  tableOf,
  withEarlier,
} from './report.js';

const options = readFaultOptions(process.argv.slice(2));
if (!options.ok) {
  console.error(options.error);
  process.exit(2);
}
process.exit(await run(options.value));

async function run(asked: FaultOptions): Promise<number> {
  const loadBefore = loadavg()[0] ?? Number.NaN;
  const earlier = asked.resume && existsSync(asked.json) ? earlierIn(asked.json) : undefined;
  const write = (played: Played): FaultReport => {
    const report = reportOf(asked, withEarlier(played, earlier), loadBefore);
    if (asked.json !== '') writeFileSync(asked.json, `${JSON.stringify(report, null, 2)}\n`);
    return report;
  };
  const hearer: Hearer = {
    tell: (line) => console.log(line),
    keep: (rounds) => void write(playedSoFar(rounds)),
  };
  const report = write(await playAll(asked, hearer, earlier?.rounds.length));
  console.log(`\n${tableOf(report)}\n`);
  for (const line of breachLines(report.rounds)) console.log(line);
  for (const line of report.notPutBack) console.log(`NOT PUT BACK: ${line}`);
  const rows = report.churn?.rows ?? [];
  for (const row of rows) console.log(growthLine(row));
  const { broken } = report.all;
  const grown = tooMuchOf(rows);
  console.log(
    `seed ${asked.seed}: ${report.all.n} faults played, ${broken} promises broken, ` +
      `${report.notPutBack.length} containers not put back, load ` +
      `${report.machine.loadBefore.toFixed(1)} to ${report.machine.loadAfter.toFixed(1)} on ` +
      `${report.machine.cores} cores`,
  );
  return broken + report.notPutBack.length + grown.length === 0 ? 0 : 1;
}

function reportOf(asked: FaultOptions, played: Played, loadBefore: number): FaultReport {
  const loadAfter = loadavg()[0] ?? Number.NaN;
  return {
    date: new Date().toISOString(),
    options: asked,
    machine: { cores: availableParallelism(), loadBefore, loadAfter },
    ...played,
  };
}

function earlierIn(file: string): FaultReport {
  return JSON.parse(readFileSync(file, 'utf8')) as FaultReport;
}
