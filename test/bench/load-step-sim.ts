/**
 * `npm run sim:load-step -- [--seeds N] [--policy adaptive] [--json FILE]`: what `bench:load-step`
 * measures on a real server, simulated under many seeds: clients' p95 before and after arrivals
 * double, under servers of several kinds. `--policy default` sets no limit, which says what can be
 * had at all.
 */
import { writeFileSync } from 'node:fs';
import type { Policy } from '../../coordinator/schedule/types.js';
import type { Disturbance } from '../../lab/disturbance.js';
import { LAB_POLICIES } from '../../lab/policies/index.js';
import { Judge } from '../../lab/sim/judge.js';
import { simulate } from '../../lab/sim/simulate.js';
import type { JobModel, Scenario, ScenarioJob } from '../../lab/types.js';
import { seededRandom } from '../../shared/random.js';
import { jsonFileFrom, optionFrom, quantile } from './lib/process-cost.js';

const TARGET_MS = 150;
const TOLERANCE = 0.2;
const RATE_PER_SECOND = 20;
const STEP_AT_MS = 60_000;
const END_MS = 140_000;
/** Left out after the start and after the step. */
const SETTLE_MS = 25_000;
const WANDER_EVERY_MS = 3000;

interface Kind {
  readonly name: string;
  readonly workSeconds: number;
  readonly overheadSeconds: number;
  readonly noiseRatio: number;
  /**
   * Standard deviation of the logarithm of a factor on all work, drawn every 3 s: a machine
   * that is now fast and now slow.
   */
  readonly wander: number;
}
const KINDS: readonly Kind[] = [
  { name: 'even work', workSeconds: 0.014, overheadSeconds: 0, noiseRatio: 0.1, wander: 0 },
  { name: 'uneven work', workSeconds: 0.014, overheadSeconds: 0, noiseRatio: 0.6, wander: 0 },
  {
    name: 'half of it no CPU',
    workSeconds: 0.01,
    overheadSeconds: 0.01,
    noiseRatio: 0.1,
    wander: 0,
  },
  {
    name: 'unsteady machine',
    workSeconds: 0.014,
    overheadSeconds: 0,
    noiseRatio: 0.1,
    wander: 0.2,
  },
];

function wanderOf({ wander }: Kind, seed: number): readonly Disturbance[] {
  if (wander === 0) return [];
  const random = seededRandom(seed * 77 + 1);
  return Array.from({ length: Math.ceil(END_MS / WANDER_EVERY_MS) }, (_, i) => {
    const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
    const factor = Math.exp(wander * normal - (wander * wander) / 2);
    return {
      kind: 'workFactor',
      atMs: i * WANDER_EVERY_MS,
      forMs: WANDER_EVERY_MS,
      job: 'j1',
      factor,
    } as const;
  });
}

function scenarioOf(kind: Kind, seed: number): Scenario {
  const { workSeconds, overheadSeconds, noiseRatio } = kind;
  const arrivals = { kind: 'open', ratePerSecond: RATE_PER_SECOND } as const;
  const model: JobModel = { workSeconds, overheadSeconds, parallelism: 1, noiseRatio, arrivals };
  const job: ScenarioJob = {
    id: 'j1',
    atMs: 0,
    untilMs: null,
    targetMs: TARGET_MS,
    demandRatio: null,
    toleranceRatio: TOLERANCE,
    weight: 1,
    model,
    workload: null,
    statistic: 'p95',
    mode: 'band',
  };
  const doubled = {
    kind: 'rateFactor',
    atMs: STEP_AT_MS,
    forMs: null,
    job: 'j1',
    factor: 2,
  } as const;
  return {
    name: 'load-step',
    seed,
    intervalMs: 5000,
    durationMs: END_MS,
    nodes: [{ id: 'h1', cpuCores: 2 }],
    jobs: [job],
    disturbances: [doubled, ...wanderOf(kind, seed)],
  };
}

const HALVES = {
  before: [SETTLE_MS, STEP_AT_MS],
  after: [STEP_AT_MS + SETTLE_MS, END_MS],
} as const;
type Half = keyof typeof HALVES;
const judge = new Judge();
const policy = policyFrom(optionFrom(process.argv, '--policy') ?? 'adaptive');

function policyFrom(name: string): Policy {
  const known = LAB_POLICIES[name];
  if (known !== undefined) return known;
  const all = Object.keys(LAB_POLICIES).join(', ');
  throw new Error(`--policy: there is no ${name}: take one of ${all}`);
}

/** Clients' p95, ms, and mean limit, cores, of each half. */
function runOf(
  kind: Kind,
  seed: number,
): Record<Half, { readonly p95Ms: number; readonly limitCores: number }> {
  const answers: { readonly sentAtMs: number; readonly latencyMs: number }[] = [];
  const record = simulate({
    scenario: scenarioOf(kind, seed),
    policy,
    judge,
    onSample: (_, { latencyMs, endedAtMs }) =>
      answers.push({ sentAtMs: endedAtMs - latencyMs, latencyMs }),
  });
  const half = ([fromMs, toMs]: readonly [number, number]) => {
    const those = answers.filter(({ sentAtMs }) => sentAtMs >= fromMs && sentAtMs < toMs);
    const limits = record.intervals
      .filter((_, i) => (i + 1) * record.intervalMs > fromMs && (i + 1) * record.intervalMs <= toMs)
      .map(({ jobs: [job] }) => job?.limitCores ?? Number.NaN);
    return {
      p95Ms: quantile(
        those.map(({ latencyMs }) => latencyMs),
        0.95,
      ),
      limitCores: limits.reduce((a, b) => a + b, 0) / limits.length,
    };
  };
  return { before: half(HALVES.before), after: half(HALVES.after) };
}

const at = process.argv.indexOf('--seeds');
const seeds = at === -1 ? 100 : Number(process.argv[at + 1]);
const rows = KINDS.flatMap((kind) => {
  const runs = Array.from({ length: seeds }, (_, i) => runOf(kind, i + 1));
  return (Object.keys(HALVES) as Half[]).map((half) => {
    const values = runs.map((run) => run[half].p95Ms);
    const ratio = (test: (ms: number) => boolean): number => values.filter(test).length / seeds;
    return {
      kind: kind.name,
      half,
      seeds,
      p95Ms: [0.1, 0.5, 0.9].map((q) => Math.round(quantile(values, q))).join(' / '),
      inBand: ratio((ms) => Math.abs(ms / TARGET_MS - 1) <= TOLERANCE),
      slower: ratio((ms) => ms > TARGET_MS * (1 + TOLERANCE)),
      meanLimitCores: Number(
        (runs.reduce((sum, run) => sum + run[half].limitCores, 0) / seeds).toFixed(3),
      ),
    };
  });
});
console.table(rows);
const file = jsonFileFrom(process.argv);
if (file !== undefined)
  writeFileSync(
    file,
    `${JSON.stringify({ targetMs: TARGET_MS, policy: policy.name, rows }, null, 2)}\n`,
  );
