import { afterEach } from 'mocha';
import { until } from '../until.js';
import type { TestCluster } from './cluster.js';

/** A job of the sample image: a real model that serves one request after the other. */
export interface Load {
  readonly name: string;
  readonly model: string;
  readonly batch: number;
  readonly targetMs: number;
}

/** The job file of a load; `more` = further lines. */
export const jobFile = ({ name, model, batch, targetMs }: Load, more = ''): string => `name: ${name}
image: dqoes/sample:1
command: [--model, ${model}, --batch, "${batch}"]
target: { latency: ${targetMs}ms }
resources: { memory: 512MiB }
${more}`;
/** One file with the jobs of all loads. */
export const jobFiles = (loads: readonly Load[], more = ''): string =>
  loads.map((load) => jobFile(load, more)).join('---\n');

/** Has a failed test followed by what it ran on: states, events and logs. */
export function tellOfFailures(cluster: () => TestCluster | undefined): void {
  afterEach(async function () {
    const its = cluster();
    if (this.currentTest?.state !== 'failed' || its === undefined) return;
    const states = await its.dqoes('ps');
    const events = await its.dqoes('events', '--tail', '200');
    process.stderr.write(`${states.out}${states.err}${events.out}${its.logs}\n`);
  });
}

/** Names of the jobs, sorted. */
export const namesOf = (loads: readonly Load[]): readonly string[] =>
  loads.map(({ name }) => name).sort();

/**
 * Job of each container that runs, on all hosts, in order of their names: a job with two containers
 * is there twice.
 */
export const runningJobs = (cluster: TestCluster): readonly string[] =>
  cluster.hosts.flatMap((host) => jobsOn(cluster, host)).sort();
/** Job of each container that runs on a host. */
export const jobsOn = (cluster: TestCluster, host: string): readonly string[] =>
  cluster.engine(host).running.map((name) => name.replace(/^dqoes-|-\d+$/g, ''));

/** Called again and again while a test waits, and at least so far apart, ms. */
const AGAIN_MS = 40_000;
type Again = () => Promise<void>;

/** Calls `again` when it is due. */
function whenDue(again: Again | undefined): Again {
  let dueMs = Date.now() + AGAIN_MS;
  return async () => {
    if (again === undefined || Date.now() < dueMs) return;
    await again();
    dueMs = Date.now() + AGAIN_MS;
  };
}

/** Waits until `count` jobs are at their targets at once. `again`: see `Aims`. */
export async function untilWithin(
  cluster: TestCluster,
  count: number,
  again?: Again,
): Promise<void> {
  let most = 0;
  let last = '';
  const lookAgain = whenDue(again);
  await until(
    async () => {
      await lookAgain();
      const allocations = await cluster.allocations();
      last = allocations
        .map(({ id, node, qoeClass, reason }) => `${id}@${node} ${qoeClass}: ${reason}`)
        .join('\n');
      most = Math.max(most, allocations.filter(({ qoeClass }) => qoeClass === 'within').length);
      return most >= count;
    },
    () => `${count} jobs at target at once (at most ${most} were; now:\n${last})`,
    180_000,
  );
}

/** Waits for a condition and counts how often a job was seen with no container meanwhile. */
export async function gapsUntil(
  cluster: TestCluster,
  jobs: readonly string[],
  {
    condition,
    what,
    again,
  }: {
    readonly condition: () => boolean | Promise<boolean>;
    readonly what: string;
    readonly again?: Again;
  },
): Promise<number> {
  let gaps = 0;
  const lookAgain = whenDue(again);
  const isDone = async (): Promise<boolean> => {
    await lookAgain();
    const seen = new Set(runningJobs(cluster));
    gaps += jobs.filter((name) => !seen.has(name)).length;
    return condition();
  };
  await until(isDone, what, 120_000);
  return gaps;
}

/** When moves began, ms of the wall clock, in order. */
export async function movesBegun(cluster: TestCluster): Promise<readonly number[]> {
  const told = await cluster.dqoes('events', '--tail', '1000', '-o', 'json');
  return told.out
    .split('\n')
    .filter((line) => line !== '')
    .map((line): { type: string; time: string; data: { reason?: string } } => JSON.parse(line))
    .filter(
      ({ type, data }) =>
        type === 'dqoes.job.placed' && data.reason?.startsWith('moves from ') === true,
    )
    .map(({ time }) => Date.parse(time));
}

/** Most moves that began within one minute. */
export const mostInAMinute = (timesMs: readonly number[]): number =>
  Math.max(
    0,
    ...timesMs.map((fromMs) => timesMs.filter((ms) => ms >= fromMs && ms < fromMs + 60_000).length),
  );
