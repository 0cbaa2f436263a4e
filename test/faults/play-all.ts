import { setTimeout as sleep } from 'node:timers/promises';
import { CHURN_JOBS, type Churned, churn } from '../bench/lib/churn.js';
import {
  descriptorsOf,
  growthOf,
  objectsMbOf,
  rssMbOf,
  type Sample,
} from '../bench/lib/soak-samples.js';
import { FaultCluster } from './cluster.js';
import { Observer } from './observer.js';
import type { FaultOptions } from './options.js';
import { type Planned, planOf } from './plan.js';
import { PROGRAMS } from './programs.js';
import { type FaultReport, type Played, summariesOf, summaryOf } from './report.js';
import { type RoundOutcome, Rounds } from './round.js';

const SAMPLE_MS = 2000;

/** Who hears of each fault as soon as it was played. */
export interface Hearer {
  readonly tell: (line: string) => void;
  /** All that were played so far. */
  readonly keep: (rounds: readonly RoundOutcome[]) => void;
}

/**
 * Plays the plan of the options on a cluster of its own, which is removed afterwards. `skip`: how
 * many of the plan were played before.
 */
export async function playAll(options: FaultOptions, hearer: Hearer, skip = 0): Promise<Played> {
  return onCluster(async (cluster, observer) => {
    const rounds = await playPlan(planOf(options).slice(skip), {
      cluster,
      observer,
      hearer,
      options,
    });
    const churned =
      options.churnMinutes === 0 ? null : await churnFor(options.churnMinutes, cluster, observer);
    return { rounds, churn: churned };
  }, options);
}

/** Plays these faults, one after another. */
export function playThese(planned: readonly Planned[]): Promise<Played> {
  return onCluster(async (cluster, observer) => {
    const nobody = { hearer: { tell: () => {}, keep: () => {} }, options: { seconds: 0 } };
    return { rounds: await playPlan(planned, { cluster, observer, ...nobody }), churn: null };
  });
}

type Playing = Pick<FaultReport, 'rounds' | 'churn'>;

const PLAIN = { logs: '', churnMinutes: 0, workers: 0 };

async function onCluster(
  play: (cluster: FaultCluster, observer: Observer) => Promise<Playing>,
  options: Pick<FaultOptions, 'logs' | 'churnMinutes' | 'workers'> = PLAIN,
): Promise<Played> {
  const { logs } = options;
  const cluster = await FaultCluster.start(options);
  const observer = new Observer(cluster);
  // The first one lets it all be removed; the second ends at once.
  const onInterrupt = (): void => void cluster.close().finally(() => process.exit(130));
  process.once('SIGINT', onInterrupt).once('SIGTERM', onInterrupt);
  try {
    const played = await play(cluster, observer);
    await observer.stop();
    const notPutBack = await restoreAll(cluster, observer);
    const all = summaryOf('all', played.rounds);
    return { ...played, notPutBack, faults: summariesOf(played.rounds), all };
  } finally {
    process.off('SIGINT', onInterrupt).off('SIGTERM', onInterrupt);
    await observer.stop();
    if (logs !== '') cluster.copyLogs(logs);
    await cluster.close();
  }
}

interface PlanPlaying {
  readonly cluster: FaultCluster;
  readonly observer: Observer;
  readonly hearer: Hearer;
  readonly options: Pick<FaultOptions, 'seconds'>;
}

async function playPlan(
  planned: readonly Planned[],
  { cluster, observer, hearer: { tell, keep }, options: { seconds } }: PlanPlaying,
): Promise<readonly RoundOutcome[]> {
  const startMs = performance.now();
  const rounds = new Rounds(cluster, observer);
  await rounds.begin();
  const outcomes: RoundOutcome[] = [];
  for (const { fault, seed } of planned) {
    if (seconds > 0 && performance.now() - startMs > 1000 * seconds) break;
    const outcome = await rounds.play(fault, seed);
    outcomes.push(outcome);
    // The report at the end would not be, where the test itself breaks before.
    keep(outcomes);
    tell(lineOf(outcome));
    for (const { promise, what } of outcome.breaches) tell(`BROKEN: ${promise}\n${what}`);
    // What has not recovered would be held against the next fault.
    if (outcome.recoveredMs === null) break;
  }
  return outcomes;
}

function lineOf(outcome: RoundOutcome): string {
  const { fault, seed, atSeconds, toldMs, recoveredMs, breaches, stalledMs, looks } = outcome;
  const shown = (ms: number | null): string => (ms === null ? '–' : `${(ms / 1000).toFixed(1)} s`);
  const stalled = stalledMs === 0 ? '' : `, stood still for ${shown(stalledMs)}`;
  return (
    `${atSeconds.toFixed(0).padStart(5)} s  ${fault} (seed ${seed}): told ${shown(toldMs)}, ` +
    `recovered ${shown(recoveredMs)}, ${looks} looks, ${breaches.length} broken${stalled}`
  );
}

/** After SIGKILL of the agent; what is not as it was before dqoes came. */
async function restoreAll(cluster: FaultCluster, observer: Observer): Promise<readonly string[]> {
  await cluster.signal('agent', 'SIGKILL');
  const { code, err } = await cluster.restore();
  const left = observer.notAsBefore(await observer.look());
  return code === 0 ? left : [...left, `dqoes agent restore ended with ${code}: ${err}`];
}

/** Jobs come and go; how memory and open files of each program grow. */
async function churnFor(
  minutes: number,
  cluster: FaultCluster,
  observer: Observer,
): Promise<NonNullable<FaultReport['churn']>> {
  observer.during = 'churn';
  const target: Churned = {
    call: async (verb: 'job-submit' | 'job-stop', request: never) => {
      const answer = await cluster.ask(verb, request, 10_000);
      if (answer === undefined) throw new Error(`${verb} was not answered`);
      return answer;
    },
    states: async (prefix) =>
      (await observer.look()).filter(({ job }) => job.startsWith(prefix)).map(({ state }) => state),
  };
  const samples: Sample[] = [];
  const startMs = performance.now();
  const isOver = { value: false };
  const sampling = (async () => {
    while (!isOver.value) {
      const atMs = Math.round(performance.now() - startMs);
      samples.push({ atMs, values: await valuesOf(cluster) });
      await sleep(SAMPLE_MS);
    }
  })();
  let rounds = 0;
  for (; performance.now() - startMs < minutes * 60_000; rounds += 1)
    await churn(target, `${cluster.name}-churn`, rounds);
  isOver.value = true;
  await sampling;
  const jobs = rounds * CHURN_JOBS;
  return { jobs, rows: growthOf(samples, jobs) };
}

async function valuesOf(cluster: FaultCluster): Promise<Readonly<Record<string, number>>> {
  const values: Record<string, number> = {};
  for (const program of PROGRAMS) {
    const pid = cluster.pidOf(program);
    const { heapMb, externalMb } = await objectsMbOf(cluster.metricsUrlOf(program));
    values[`${program} RssMb`] = rssMbOf(pid);
    if (heapMb !== undefined) values[`${program} HeapMb`] = heapMb;
    if (externalMb !== undefined) values[`${program} ExternalMb`] = externalMb;
    values[`${program} descriptors`] = descriptorsOf(pid);
  }
  return { ...values, natsRssMb: rssMbOf(cluster.guarded.server.pid) };
}
