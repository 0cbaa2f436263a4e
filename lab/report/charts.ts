import { formatDurationMs } from '../../shared/units.js';
import type { IntervalRecord, JobInterval, RunRecord } from '../types.js';
import {
  formatNumber,
  formatSpan,
  type PolicyGroup,
  type ScenarioGroup,
  spreadOf,
} from './group.js';
import { sampleIndexes } from './sample.js';
import {
  type Axis,
  area,
  axes,
  drawing,
  escapeText,
  type Frame,
  frameOf,
  line,
  linearAxis,
  logAxis,
  niceStep,
  type Point,
  timeStep,
} from './svg.js';

/** Number of colours; further lines start again with the first. */
export const COLOURS = 10;
/** CSS class of the n-th line or area. */
export const colourOf = (index: number): string => `c${index % COLOURS}`;

const WIDE = frameOf(640, 290);
const SMALL = frameOf(340, 190);

const timeAxis = (seconds: number, frame: Frame): Axis =>
  linearAxis(seconds, [frame.left, frame.right], { count: 5, show: formatSpan, step: timeStep });

/** Jobs satisfied over time: one line per policy (the median of several runs), and the oracle. */
export function satisfiedChart(group: ScenarioGroup, points: number): string {
  const intervalMs = intervalOf(group);
  const intervalSeconds = (intervalMs ?? 1000) / 1000;
  const [first] = group.policies;
  const score = first?.runs[0]?.score;
  if (score === undefined) return '';
  const frame = WIDE;
  const x =
    intervalMs === null
      ? linearAxis(score.intervals, [frame.left, frame.right], { count: 5, show: String })
      : timeAxis(score.intervals * intervalSeconds, frame);
  const y = linearAxis(score.n + 0.5, [frame.bottom, frame.top], {
    count: 6,
    show: String,
    step: (rough) => Math.max(1, niceStep(rough)),
  });
  const pointsOf = (values: readonly number[]): readonly Point[] =>
    values.map((value, k) => [(k + 1) * intervalSeconds, value] as const);
  const lines = group.policies.map(({ policy, runs }, i) => {
    const { median } = spreadOf(runs.map((run) => run.score.summary.satisfiedLastThird));
    const title = `${policy}: ${formatNumber(median, 2)} in the last third`;
    const values = medians(runs.map((run) => run.score.satisfied));
    return line(pointsOf(values), x, y, {
      className: `line ${colourOf(i)} d${i % 4}`,
      title,
      points,
    });
  });
  const oracle = medians(
    group.policies.flatMap(({ runs }) => runs.map((run) => run.score.oraclePerInterval)),
  );
  const bound = line(pointsOf(oracle), x, y, { className: 'line oracle', title: 'oracle', points });
  const titles = {
    x: intervalMs === null ? 'interval' : 'time since the start',
    y: 'jobs satisfied',
  };
  return drawing(frame, `Jobs satisfied over time, ${group.scenario}`, [
    axes(frame, x, y, titles),
    bound,
    ...lines,
  ]);
}

function medians(series: readonly (readonly number[])[]): readonly number[] {
  const length = Math.max(0, ...series.map((one) => one.length));
  return Array.from({ length }, (_, k) => spreadOf(series.flatMap((one) => one[k] ?? [])).median);
}

const recordOf = ({ runs }: PolicyGroup): RunRecord | null =>
  runs.find(({ record }) => record !== null)?.record ?? null;
// null = nothing was recorded; a score alone does not contain the length of an interval.
const intervalOf = (group: ScenarioGroup): number | null =>
  group.policies.map(recordOf).find((record) => record !== null)?.intervalMs ?? null;

/** Ids of all jobs of a scenario, `j2` before `j10`. */
export function jobIdsOf(group: ScenarioGroup): readonly string[] {
  const intervals = group.policies.flatMap((one) => recordOf(one)?.intervals ?? []);
  const ids = new Set(intervals.flatMap(({ jobs }) => jobs.map(({ id }) => id)));
  return [...ids].sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
}

/**
 * Response time of one job over time against its band: one line per policy (its first run).
 * Logarithmic, at most 8 times off the target in both directions.
 */
export function latencyChart(group: ScenarioGroup, id: string, points: number): string {
  const records = group.policies.map(recordOf);
  const tracks = records.map(
    (record) => record?.intervals.map((interval) => jobIn(interval, id)) ?? [],
  );
  const [track] = tracks.filter((one) => one.length > 0);
  const targets = track?.flatMap((job) => (job === undefined ? [] : [job.target])) ?? [];
  const [first] = targets;
  if (track === undefined || first === undefined) return '';
  const frame = SMALL;
  const seconds = (intervalOf(group) ?? 1000) / 1000;
  const x = timeAxis(track.length * seconds, frame);
  const asked = targets.map(({ latencyMs }) => latencyMs);
  const seen = tracks.flat().flatMap((job) => job?.latencyMs ?? []);
  const y = logAxis(rangeOf(asked, seen), [frame.bottom, frame.top], formatDurationMs);
  const band = area(bandOf(track, seconds, points), x, y, {
    className: 'band',
    title: `band of ${id}`,
  });
  const lines = tracks.map((one, i) =>
    line(
      one.map((job, k) => [(k + 1) * seconds, job?.latencyMs ?? null] as const),
      x,
      y,
      {
        className: `line thin ${colourOf(i)} d${i % 4}`,
        title: `${group.policies[i]?.policy ?? ''}, ${id}`,
        points,
      },
    ),
  );
  const titles = {
    x: 'time since the start',
    y: first.statistic === 'mean' ? 'response time' : `${first.statistic} time`,
  };
  const wanted = [...new Set(asked)].slice(0, 4).map(formatDurationMs).join(', then ');
  const text = `${id}: ${first.mode === 'ceiling' ? 'at most' : 'at'} ${wanted}`;
  const parts = [axes(frame, x, y, titles), band, ...lines];
  return figure(text, drawing(frame, `Response time of ${id}`, parts));
}

const figure = (caption: string, content: string): string =>
  `<figure><figcaption>${escapeText(caption)}</figcaption>${content}</figure>`;

const jobIn = ({ jobs }: IntervalRecord, id: string): JobInterval | undefined =>
  jobs.find((job) => job.id === id);

function rangeOf(asked: readonly number[], seen: readonly number[]): readonly [number, number] {
  const least = Math.min(...asked);
  const most = Math.max(...asked);
  const low = seen.reduce((value, one) => Math.min(value, one), least);
  const high = seen.reduce((value, one) => Math.max(value, one), most);
  return [
    Math.max(least / 8, Math.min(low, least / 1.5)) / 1.1,
    Math.min(most * 8, Math.max(high, most * 1.5)) * 1.1,
  ];
}

// A ceiling has no lower edge: its band reaches down to the axis.
function bandOf(
  track: readonly (JobInterval | undefined)[],
  seconds: number,
  points: number,
): readonly (readonly [number, number, number])[] {
  return sampleIndexes(track.length, points).flatMap((k) => {
    const target = track[k]?.target;
    if (target === undefined) return [];
    const { latencyMs, toleranceRatio, mode } = target;
    const low = mode === 'ceiling' ? 0 : latencyMs * (1 - toleranceRatio);
    const high = latencyMs * (1 + toleranceRatio);
    return [[k * seconds, low, high] as const, [(k + 1) * seconds, low, high] as const];
  });
}

/**
 * Limits of all jobs, stacked over time, under one policy (its first run), cores. A job without a
 * limit counts with its use.
 */
export function limitsChart(group: ScenarioGroup, one: PolicyGroup, points: number): string {
  const record = recordOf(one);
  if (record === null) return '';
  const ids = jobIdsOf(group);
  const seconds = record.intervalMs / 1000;
  const rows = sampleIndexes(record.intervals.length, points).map((k) => {
    const interval = record.intervals[k];
    const byId = new Map(interval?.jobs.map((job) => [job.id, job.limitCores ?? job.usageCores]));
    return { at: (k + 1) * seconds, stack: runningSums(ids.map((id) => byId.get(id) ?? 0)) };
  });
  const frame = SMALL;
  const most = Math.max(0.01, ...group.policies.map(mostReserved));
  const x = timeAxis(record.intervals.length * seconds, frame);
  const y = linearAxis(most * 1.05, [frame.bottom, frame.top], { count: 4, show: String });
  const layers = ids.map((id, i) =>
    area(
      rows.map(({ at, stack }) => [at, stack[i] ?? 0, stack[i + 1] ?? 0] as const),
      x,
      y,
      { className: `layer f${i % COLOURS}`, title: `${id} under ${one.policy}` },
    ),
  );
  const titles = { x: 'time since the start', y: 'limits, CPU cores' };
  const parts = [axes(frame, x, y, titles), ...layers];
  return figure(one.policy, drawing(frame, `Limits under ${one.policy}`, parts));
}

const mostReserved = (one: PolicyGroup): number =>
  (recordOf(one)?.intervals ?? []).reduce(
    (most, { jobs }) =>
      Math.max(
        most,
        jobs.reduce((total, job) => total + (job.limitCores ?? job.usageCores), 0),
      ),
    0,
  );

function runningSums(values: readonly number[]): readonly number[] {
  const sums = [0];
  for (const value of values) sums.push((sums.at(-1) ?? 0) + value);
  return sums;
}
