import { LongRuns } from '../../lab/host/long-runs.js';
import { LAB_POLICIES } from '../../lab/policies/index.js';
import { Judge } from '../../lab/sim/judge.js';
import { runScenario } from '../../lab/sim/run-scenario.js';
import { bestClock } from '../unit/lab/sim/gpu-build.js';
import { type GpuCaseKind, randomGpuCase } from '../unit/lab/sim/gpu-cases.js';

/**
 * How near the clock law comes to the exact lowest clock, over random cases: `gpu-clock.js KIND
 * COUNT [SECONDS] [FIRST-SEED]`. Kinds: closed, open, tail. Printed per case with `DETAILS=1`.
 */
const [kind = 'closed', count = '100', seconds = '300', first = '1'] = process.argv.slice(2);
/** Intervals of 5 s after which a clock counts as at rest, and of a minute. */
const SEARCH = 24;
const MINUTE = 12;

interface CaseOutcome {
  readonly seed: number;
  /**
   * Intervals after the fifth, and after the search, with fewer targets met than the best clock
   * meets.
   */
  readonly late: number;
  readonly unmet: number;
  readonly rest: number;
  readonly clockRatio: number;
  /** Most changes in any minute at rest. */
  readonly changes: number;
}

function outcomeOf(seed: number): CaseOutcome {
  const scenario = randomGpuCase(kind as GpuCaseKind, seed, Number(seconds));
  const { adaptive } = LAB_POLICIES;
  const gpu = scenario.nodes[0]?.gpus?.[0];
  if (adaptive === undefined || gpu === undefined)
    throw new Error('there is no such policy or GPU');
  const best = bestClock(scenario.jobs, gpu, new LongRuns());
  const [run] = runScenario(scenario, [adaptive], new Judge());
  const { satisfied } = run?.score ?? { satisfied: [] };
  const gpus = (run?.record.intervals ?? []).map((interval) => interval.gpus?.[0]);
  const changes = gpus.slice(SEARCH).map((each) => each?.changes ?? 0);
  const minutes = changes.map((_, k) =>
    changes.slice(k, k + MINUTE).reduce((sum, each) => sum + each, 0),
  );
  const atRest = satisfied.slice(SEARCH);
  const outcome = {
    seed,
    late: satisfied.slice(5).filter((met) => met < best.met).length,
    unmet: atRest.filter((met) => met < best.met).length,
    rest: atRest.length,
    clockRatio: (gpus.at(-1)?.clockMhz ?? 0) / best.mhz,
    changes: Math.max(0, ...minutes),
  };
  if (process.env.DETAILS !== undefined) {
    console.log(
      JSON.stringify(outcome),
      `best ${best.mhz} MHz: ${best.met} of ${scenario.jobs.length}`,
    );
    console.log(`  ${gpus.map((each, k) => `${each?.clockMhz}:${satisfied[k]}`).join(' ')}`);
  }
  return outcome;
}

const from = Number(first);
const outcomes = Array.from({ length: Number(count) }, (_, i) => outcomeOf(from + i));
const at = (values: readonly number[], q: number): string =>
  (
    [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(q * values.length))] ??
    0
  ).toFixed(2);
const share = (of: (each: CaseOutcome) => number): string =>
  (
    (100 * outcomes.reduce((sum, each) => sum + of(each), 0)) /
    outcomes.reduce((sum, { rest }) => sum + rest, 0)
  ).toFixed(1);
const ratios = outcomes.map(({ clockRatio }) => clockRatio);
const minute = outcomes.map(({ changes }) => changes);
console.log(`${kind}, seeds ${from} to ${from + outcomes.length - 1}, ${seconds} s each`);
const lateSeeds = outcomes.filter(({ late }) => late > 0).map(({ seed }) => seed);
console.log(
  `cases with an interval after the fifth with fewer targets met: ${lateSeeds.length} ` +
    `(seeds ${lateSeeds.slice(0, 40)})`,
);
console.log(
  `intervals at rest (from ${SEARCH}) with fewer met: ${share(({ unmet }) => unmet)} %, in ` +
    `${outcomes.filter(({ unmet }) => unmet > 0).length} cases`,
);
console.log(
  `clock at the end / lowest: p10 ${at(ratios, 0.1)}, median ${at(ratios, 0.5)}, p90 ` +
    `${at(ratios, 0.9)}, least ${at(ratios, 0)}, most ${at(ratios, 1)}`,
);
console.log(
  `most changes in any minute at rest: median ${at(minute, 0.5)}, p90 ${at(minute, 0.9)}, ` +
    `most ${at(minute, 1)}`,
);
