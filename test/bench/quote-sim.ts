/**
 * `npm run sim:quote [-- --jobs 48] [--seeds 3] [--together 4] [--kind NAME] [--json FILE]`:
 * `bench:quote` on simulated hosts of some kinds, in seconds: the same jobs, quotes, choices and
 * table. FILE gets every outcome.
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
  { about: 'even', machine: EVEN_MACHINE, foreign: 'idle' },
  { about: 'real', machine: REAL_MACHINE, foreign: 'idle' },
  { about: 'light', machine: REAL_MACHINE, foreign: 'light' },
  { about: 'drifting', machine: DRIFTING, foreign: 'light' },
];

const SETTLE_MS = 15_000;
const MEASURE_MS = 15_000;
const KNOWN = ['--jobs', '--seeds', '--together', '--json', '--kind'];

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
  const [file, only] = [optionFrom(process.argv, '--json'), optionFrom(process.argv, '--kind')];
  const kinds = KINDS.filter(({ about }) => only === undefined || about === only);
  if (kinds.length === 0)
    throw new Error(`--kind ${only}: it is one of ${KINDS.map(({ about }) => about).join(', ')}`);
  const played: { readonly kind: string; readonly outcomes: readonly Outcome[] }[] = [];
  for (const kind of kinds) {
    const outcomes: Outcome[] = [];
    for (let seed = 1; seed <= seeds; seed += 1)
      outcomes.push(...(await outcomesOf(kind, { jobs, seed, together })));
    played.push({ kind: kind.about, outcomes });
    print(kind, outcomes);
  }
  if (file !== undefined) writeFileSync(file, JSON.stringify(played));
});

function print({ about }: Kind, outcomes: readonly Outcome[]): void {
  console.log(`\n${about}\n`);
  for (const line of markdownTable(summaries(outcomes))) console.log(line);
  const without = outcomes.filter(({ delivered }) => delivered === null).length;
  console.log(`${outcomes.length} targets, ${without} without figures.`);
}
