import { setTimeout as sleep } from 'node:timers/promises';
import { until } from '../../lib/until.js';
import { BENCH_PREFIX, startBenchAgent } from './agent.js';
import { removeBenchContainers, startIdleContainers } from './containers.js';
import { countersOf, memoryPartsOf, quantile } from './process-cost.js';

/** A way to run an agent, under a name. */
export interface AgentVariant {
  readonly name: string;
  /** What comes before `agent --config FILE`: Node.js, its options, the program. */
  readonly command: readonly string[];
}

/** How long and how often each is measured. */
export interface TurnsOptions {
  readonly rounds: number;
  readonly containers: number;
  readonly settleMs: number;
  readonly measureMs: number;
  readonly onRun?: (run: AgentRun) => void;
}

/** What one run took once every container was reported. */
export interface AgentRun {
  readonly variant: string;
  /** From 1. */
  readonly round: number;
  readonly firstReportMs: number;
  readonly cpuRatio: number;
  /** Median and greatest of a look each second, bytes. */
  readonly rssBytes: number;
  readonly maxRssBytes: number;
  /** Of the last look: its own, and what is only mapped from files. */
  readonly ownBytes: number;
  readonly mappedBytes: number;
}

const LOOK_MS = 1000;
/** Defaults of the command line. */
const ROUNDS = 3;
const CONTAINERS = 50;
const SETTLE_SECONDS = 30;
const MEASURE_SECONDS = 60;

/**
 * Runs the variants in turns, each on the same idle containers with a NATS server of its own, and
 * every other round in the opposite order, so that a machine that drifts favours none. Removes the
 * containers afterwards.
 */
export async function inTurns(
  variants: readonly AgentVariant[],
  options: TurnsOptions,
): Promise<readonly AgentRun[]> {
  const runs: AgentRun[] = [];
  removeBenchContainers();
  try {
    startIdleContainers(options.containers, BENCH_PREFIX);
    for (let round = 1; round <= options.rounds; round += 1)
      for (const variant of orderOf(variants, round)) {
        const run = await measure(variant, round, options);
        options.onRun?.(run);
        runs.push(run);
      }
  } finally {
    removeBenchContainers();
  }
  return runs;
}

/** The order of a round, which counts from 1. */
export const orderOf = <T>(variants: readonly T[], round: number): readonly T[] =>
  round % 2 === 1 ? variants : variants.toReversed();

async function measure(
  { name, command }: AgentVariant,
  round: number,
  { containers, settleMs, measureMs }: TurnsOptions,
): Promise<AgentRun> {
  const startMs = performance.now();
  const agent = await startBenchAgent({ program: command });
  try {
    await until(() => agent.lastReport() !== undefined, 'the first report', 60_000);
    const firstReportMs = performance.now() - startMs;
    const sees = (): boolean => agent.lastReport()?.containers.length === containers;
    await until(sees, 'the agent to report every container', 120_000);
    await sleep(settleMs);
    const [before, fromMs] = [countersOf(agent.pid), performance.now()];
    const rss: number[] = [];
    while (performance.now() - fromMs < measureMs) {
      await sleep(LOOK_MS);
      rss.push(countersOf(agent.pid).rssBytes);
    }
    const after = countersOf(agent.pid);
    const seconds = (performance.now() - fromMs) / 1000;
    return {
      ...{ variant: name, round, firstReportMs },
      cpuRatio: (after.cpuSeconds - before.cpuSeconds) / seconds,
      rssBytes: quantile(rss, 0.5),
      maxRssBytes: Math.max(...rss),
      ...memoryPartsOf(agent.pid),
    };
  } finally {
    await agent.stop();
  }
}

/** Each `--compare NAME=COMMAND` of a command line; throws where one is none. */
export function variantsFrom(argv: readonly string[]): readonly AgentVariant[] {
  return argv.flatMap((word, i): readonly AgentVariant[] => {
    if (word !== '--compare') return [];
    const given = argv[i + 1] ?? '';
    const at = given.indexOf('=');
    const command = given
      .slice(at + 1)
      .split(/\s+/)
      .filter((part) => part !== '');
    if (at <= 0 || command.length === 0)
      throw new Error("--compare needs a name and a command: 'new=node dist/cli/main.js'");
    return [{ name: given.slice(0, at), command }];
  });
}

/** `--rounds N`, `--containers N`, `--settle SECONDS`, `--seconds N`; throws where one is none. */
export function turnsFrom(
  argv: readonly string[],
): Pick<TurnsOptions, 'rounds' | 'containers' | 'settleMs' | 'measureMs'> {
  return {
    rounds: countFrom(argv, '--rounds', ROUNDS),
    containers: countFrom(argv, '--containers', CONTAINERS),
    settleMs: 1000 * countFrom(argv, '--settle', SETTLE_SECONDS),
    measureMs: 1000 * countFrom(argv, '--seconds', MEASURE_SECONDS),
  };
}

function countFrom(argv: readonly string[], name: string, otherwise: number): number {
  const at = argv.indexOf(name);
  if (at === -1) return otherwise;
  const count = Number(argv[at + 1]);
  if (Number.isSafeInteger(count) && count > 0) return count;
  throw new Error(`${name} needs a whole number above 0`);
}

/** A line for each variant: medians, in brackets the least and the greatest. */
export function turnsTable(runs: readonly AgentRun[]): string {
  const names = [...new Set(runs.map(({ variant }) => variant))];
  return names
    .map((name) => {
      const its = runs.filter(({ variant }) => variant === name);
      const of = (read: (run: AgentRun) => number, digits: number): string => {
        const values = its.map(read);
        const [low, middle, high] = [0, 0.5, 1].map((q) => quantile(values, q).toFixed(digits));
        return `${middle} (${low}–${high})`;
      };
      return [
        `${name}: n = ${its.length}`,
        `resident ${of((run) => run.rssBytes / 1e6, 1)} MB`,
        `greatest ${of((run) => run.maxRssBytes / 1e6, 1)} MB`,
        `its own ${of((run) => run.ownBytes / 1e6, 1)} MB`,
        `${of((run) => 100 * run.cpuRatio, 2)} % of a core`,
        `first report after ${of((run) => run.firstReportMs, 0)} ms`,
      ].join(', ');
    })
    .join('\n');
}
