/**
 * `npm run sim:quote -- [--jobs 48] [--seeds 3] [--together 4] [--details FILE]`: `bench:quote` on
 * simulated hosts of some kinds, in seconds: the same jobs, quotes, choices and table. `--details`
 * keeps every outcome as JSON.
 */
import { writeFileSync } from 'node:fs';
import type { ForeignLevel } from '../../lab/foreign/levels.js';
import { EVEN_MACHINE, type MachineModel, REAL_MACHINE } from '../../lab/host/machine.js';
import { numberOf, refuseUnknown } from './ceilings/options.js';
import { asProgram } from './ceilings/session.js';
import { optionFrom } from './lib/process-cost.js';
import { summaries } from './quote/errors.js';
import { openGroups } from './quote/file.js';
import type { Outcome } from './quote/outcome.js';
import { playGroup } from './quote/play.js';
import { SimulatedCluster } from './quote/simulated.js';
import { markdownTable } from './quote/table.js';

interface Kind {
  readonly about: string;
  readonly machine: MachineModel;
  readonly foreign: ForeignLevel;
}

/** A machine whose speed drifts by several per cent within a minute, as bench:quote found. */
const DRIFTING: MachineModel = { ...REAL_MACHINE, speedSpread: 0.05, speedMemoryMs: 60_000 };

const KINDS: readonly Kind[] = [
  { about: 'an even host', machine: EVEN_MACHINE, foreign: 'idle' },
  { about: 'a host like the real one', machine: REAL_MACHINE, foreign: 'idle' },
  { about: 'the same beside light load', machine: REAL_MACHINE, foreign: 'light' },
  { about: 'a host that drifts', machine: DRIFTING, foreign: 'light' },
];

const SETTLE_MS = 15_000;
const MEASURE_MS = 15_000;
const KNOWN = ['--jobs', '--seeds', '--together', '--details', '--kind'];

async function outcomesOf(
  { machine, foreign }: Kind,
  { jobs, seed, together }: { jobs: number; seed: number; together: number },
): Promise<readonly Outcome[]> {
  const cluster = new SimulatedCluster({ seed, machine, foreign });
  const { signal } = new AbortController();
  const outcomes: Outcome[] = [];
  for (const numbers of openGroups(jobs, together, []))
    outcomes.push(
      ...(await playGroup(numbers, {
        ...{ cluster, signal, seed, together, settleMs: SETTLE_MS, measureMs: MEASURE_MS },
      })),
    );
  return outcomes;
}

await asProgram(async () => {
  refuseUnknown(process.argv, KNOWN);
  const number = (name: string, fallback: string, most: number): number =>
    numberOf(optionFrom(process.argv, name) ?? fallback, name, 1, most);
  const jobs = number('--jobs', '48', 1000);
  const seeds = number('--seeds', '3', 1000);
  const together = number('--together', '4', 16);
  const details = optionFrom(process.argv, '--details');
  const only = optionFrom(process.argv, '--kind');
  const all: { readonly kind: string; readonly outcomes: readonly Outcome[] }[] = [];
  for (const kind of KINDS) {
    if (only !== undefined && kind.about !== only) continue;
    const outcomes: Outcome[] = [];
    for (let seed = 1; seed <= seeds; seed += 1)
      outcomes.push(...(await outcomesOf(kind, { jobs, seed, together })));
    all.push({ kind: kind.about, outcomes });
    console.log(`\n${kind.about}\n`);
    for (const line of markdownTable(summaries(outcomes))) console.log(line);
    const faulty = outcomes.filter(({ fault }) => fault !== undefined).length;
    const none = outcomes.filter(({ delivered }) => delivered === null).length;
    console.log(`${outcomes.length} targets, ${none} without figures, ${faulty} failed.`);
  }
  if (details !== undefined) writeFileSync(details, JSON.stringify(all));
});
