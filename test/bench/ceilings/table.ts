import type { FiguresRun } from './file.js';
import { isDisturbed, type Played, type PlayedJob } from './play.js';
import { NEIGHBOURS } from './work.js';

/** A sentence's end where the host was not idle otherwise; else ''. */
export const disturbed = (run: Played): string =>
  isDisturbed(run) ? ' (DISTURBED: somebody else uses this machine)' : '';

type Row = Readonly<Record<string, string | number>>;

const neighbourIds = new Set(NEIGHBOURS.map(({ id }) => id));
const isNeighbour = ({ id }: PlayedJob): boolean => neighbourIds.has(id);

/** A line for each load, surroundings and policy, in the order in which they were first run. */
export function overview(runs: readonly FiguresRun[]): readonly Row[] {
  return grouped(runs).map((group) => {
    const [{ loadPercent, neighbours, policy }] = group;
    const services = group.map(({ jobs }) => jobs.filter((job) => !isNeighbour(job)));
    const beside = group.map(({ jobs }) => jobs.filter(isNeighbour));
    const least = services.map((jobs) => Math.min(...jobs.map(({ within }) => within ?? 1)));
    const near =
      neighbours === 'calm'
        ? {}
        : {
            'neighbours answered': spread(beside.map(total), 0),
            'within theirs': spread(beside.map(meanWithin), 2),
          };
    return {
      'load %': loadPercent,
      neighbours,
      policy,
      n: group.length,
      within: spread(services.map(meanWithin), 3),
      'worst service': spread(least, 3),
      ...near,
      'services CPU': spread(services.map(cores), 2),
      'other CPU': spread(
        group.map(({ othersCores }) => othersCores),
        2,
      ),
    };
  });
}

/** A line for each service and neighbour of each of these. */
export function details(runs: readonly FiguresRun[]): readonly Row[] {
  return grouped(runs).flatMap((group) => {
    const [{ loadPercent, neighbours, policy, jobs }] = group;
    return jobs.map(({ id }) => {
      const its = group.flatMap((run) => run.jobs.find((job) => job.id === id) ?? []);
      const of = (field: 'p50Ms' | 'p95Ms' | 'p99Ms' | 'longestMs'): string =>
        spread(
          its.map((job) => job[field] ?? Number.NaN),
          0,
        );
      return {
        'load %': loadPercent,
        neighbours,
        policy,
        job: id,
        requests: spread(
          its.map(({ requests }) => requests),
          0,
        ),
        within: spread(
          its.map(({ within }) => within ?? Number.NaN),
          3,
        ),
        'p50 ms': of('p50Ms'),
        'p95 ms': of('p95Ms'),
        'p99 ms': of('p99Ms'),
        'longest ms': of('longestMs'),
        CPU: spread(
          its.map(({ cpuCores }) => cpuCores),
          2,
        ),
      };
    });
  });
}

type Group = readonly [FiguresRun, ...FiguresRun[]];

function grouped(runs: readonly FiguresRun[]): readonly Group[] {
  const groups = new Map<string, [FiguresRun, ...FiguresRun[]]>();
  for (const run of runs) {
    const key = `${run.loadPercent} ${run.neighbours} ${run.policy}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [run]);
    else group.push(run);
  }
  return [...groups.values()].sort(
    ([a], [b]) => a.loadPercent - b.loadPercent || a.neighbours.localeCompare(b.neighbours),
  );
}

const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);
const total = (jobs: readonly PlayedJob[]): number => sum(jobs.map(({ requests }) => requests));
const cores = (jobs: readonly PlayedJob[]): number => sum(jobs.map(({ cpuCores }) => cpuCores));
// One that was asked nothing in the window was not failed either.
const meanWithin = (jobs: readonly PlayedJob[]): number =>
  sum(jobs.map(({ within }) => within ?? 1)) / Math.max(1, jobs.length);

/** `median (least–most)`; the median alone where there is one value. */
export function spread(values: readonly number[], digits: number): string {
  const sorted = values.filter(Number.isFinite).sort((a, b) => a - b);
  const [least, most] = [sorted[0], sorted.at(-1)];
  if (least === undefined || most === undefined) return '-';
  const half = sorted.length / 2;
  const middle = ((sorted[Math.ceil(half) - 1] ?? 0) + (sorted[Math.floor(half)] ?? 0)) / 2;
  const text = (value: number): string => value.toFixed(digits);
  return sorted.length === 1 ? text(middle) : `${text(middle)} (${text(least)}–${text(most)})`;
}
