import { sum } from '../../coordinator/schedule/limits/fit.js';
import { MIN_JUDGED } from './closed-loop.js';
import type { ResponseModel, SeenInterval, SeenJob } from './types.js';

/** What a run tells of one job, after the chance in its samples is taken out. */
export interface JobCosts {
  /** The scale of each interval; null = the job does not run or has not answered yet. */
  readonly scales: readonly (number | null)[];
  /** Relative standard deviation of a single request. */
  readonly spread: number;
}

/** A value that one interval shows: the logarithm of a scale without the scenario's factor. */
interface Shown {
  readonly at: number;
  readonly value: number;
  /** The logarithm of what carries the judge's chance; null = this interval tells nothing of it. */
  readonly judged: number | null;
  readonly requests: number;
  readonly workFactor: number;
  readonly model: ResponseModel;
  /** The limit did not change in this interval. */
  readonly isSteady: boolean;
}

/** A job's own part is taken from this number of intervals on each side. */
const SIDE = 3;
const ROUNDS = 4;
/** With fewer jobs, what they have in common is not told from chance. */
const MIN_COMMON_JOBS = 3;
/** Fewer steady intervals than this say nothing of a job's own spread. */
const MIN_STEADY = 4;
/** Spread of a single request where no job shows one. */
const UNKNOWN_SPREAD = 0.1;

/**
 * Splits what the intervals show, ln scale = own part of the job (its mean over the intervals
 * nearby) + common part of the interval (all jobs at once: the speed of the machine) + chance. The
 * chance, times the root of the number of requests, is the spread of a single request. Interval
 * and job decide each other's part in turn, a few rounds. Jobs by id.
 */
export function costsOf(intervals: readonly SeenInterval[]): ReadonlyMap<string, JobCosts> {
  const shown = shownByJob(intervals);
  let common: readonly number[] = intervals.map(() => 0);
  let own = ownParts(shown, common, intervals.length);
  for (let round = 0; round < ROUNDS && shown.size >= MIN_COMMON_JOBS; round += 1) {
    common = commonParts(shown, own, intervals.length);
    own = ownParts(shown, common, intervals.length);
  }
  const spreads = spreadsOf(shown, common);
  const costs = new Map<string, JobCosts>();
  for (const [id, values] of shown) {
    const first = values[0]?.at ?? Number.POSITIVE_INFINITY;
    const scales = intervals.map(({ jobs }, k) => {
      const job = jobs.find((each) => each.id === id);
      if (job === undefined || !job.isRunning || (k < first && job.latencyMs === null)) return null;
      return Math.exp((own.get(id)?.[k] ?? 0) + (common[k] ?? 0)) * job.workFactor;
    });
    costs.set(id, { scales, spread: spreads.get(id) ?? UNKNOWN_SPREAD });
  }
  return costs;
}

/**
 * What each job shows, in order of time. Its first interval with an answer is left out where there
 * are later ones: it holds the start of the container.
 */
function shownByJob(intervals: readonly SeenInterval[]): ReadonlyMap<string, readonly Shown[]> {
  const shown = new Map<string, Shown[]>();
  let before = new Map<string, SeenJob>();
  for (const [at, { jobs }] of intervals.entries()) {
    for (const job of jobs) {
      const scale = job.isRunning && job.requests > 0 ? job.model.scaleOf(job) : null;
      if (scale === null || scale <= 0) continue;
      const last = before.get(job.id);
      const isSteady = last !== undefined && sameLimit(last, job);
      const value = Math.log(scale / job.workFactor);
      const requests = Math.max(MIN_JUDGED, job.requests);
      const judged = job.model.judgedOf(job);
      const { id, model, workFactor } = job;
      const own = { at, value, judged: judged === null ? null : Math.log(judged), requests };
      shown.set(id, [...(shown.get(id) ?? []), { ...own, workFactor, model, isSteady }]);
    }
    before = new Map(jobs.map((job) => [job.id, job]));
  }
  return new Map([...shown].map(([id, all]) => [id, all.length > 1 ? all.slice(1) : all]));
}

const sameLimit = (a: SeenJob, b: SeenJob): boolean =>
  a.limitCores === b.limitCores && a.periodUs === b.periodUs;

/** Weighted mean of the values nearby, without the common part; null = there are none at all. */
function nearby(values: readonly Shown[], common: readonly number[], at: number): number | null {
  const near = values.filter((each) => Math.abs(each.at - at) <= SIDE);
  const used = near.length > 0 ? near : nearest(values, at);
  const weight = sum(used.map(({ requests }) => requests));
  if (weight === 0) return null;
  return sum(used.map((each) => each.requests * (each.value - (common[each.at] ?? 0)))) / weight;
}

const nearest = (values: readonly Shown[], at: number): readonly Shown[] =>
  [...values].sort((a, b) => Math.abs(a.at - at) - Math.abs(b.at - at)).slice(0, 1);

function ownParts(
  shown: ReadonlyMap<string, readonly Shown[]>,
  common: readonly number[],
  count: number,
): ReadonlyMap<string, readonly number[]> {
  return new Map(
    [...shown].map(([id, values]) => [
      id,
      Array.from({ length: count }, (_, at) => nearby(values, common, at) ?? 0),
    ]),
  );
}

/**
 * The common part of each interval: the mean of what is left of all jobs, drawn towards 0 by how
 * much of it chance explains.
 */
function commonParts(
  shown: ReadonlyMap<string, readonly Shown[]>,
  own: ReadonlyMap<string, readonly number[]>,
  count: number,
): readonly number[] {
  const rests: { value: number; weight: number }[][] = Array.from({ length: count }, () => []);
  for (const [id, values] of shown)
    for (const { at, value, requests } of values)
      rests[at]?.push({ value: value - (own.get(id)?.[at] ?? 0), weight: requests });
  const means = rests.map((all) => {
    const weight = sum(all.map((each) => each.weight));
    const mean = weight === 0 ? 0 : sum(all.map((each) => each.weight * each.value)) / weight;
    const square = sum(all.map((each) => each.weight * (each.value - mean) ** 2));
    const isKnown = all.length >= MIN_COMMON_JOBS;
    return { mean, error: isKnown ? square / (all.length - 1) / weight : null };
  });
  const known = means.flatMap(({ mean, error }) => (error === null ? [] : [{ mean, error }]));
  if (known.length === 0) return means.map(() => 0);
  const seen = sum(known.map(({ mean }) => mean ** 2)) / known.length;
  const chance = sum(known.map(({ error }) => error)) / known.length;
  const trust = seen > 0 ? Math.max(0, 1 - chance / seen) : 0;
  return means.map(({ mean, error }) => (error === null ? 0 : trust * mean));
}

/**
 * Spread of a single request by job, from steady intervals: each against neighbours with the same
 * load, without itself, so that it does not explain itself.
 */
function spreadsOf(
  shown: ReadonlyMap<string, readonly Shown[]>,
  common: readonly number[],
): ReadonlyMap<string, number> {
  const own = new Map<string, number>();
  for (const [id, all] of shown) {
    const values = all.flatMap((each) =>
      each.judged === null ? [] : [{ ...each, value: each.judged }],
    );
    const squares = values
      .filter(({ isSteady }) => isSteady)
      .flatMap((each) => squareOf(each, values, common) ?? []);
    if (squares.length >= MIN_STEADY) own.set(id, Math.sqrt(sum(squares) / squares.length));
  }
  const known = [...own.values()].sort((a, b) => a - b);
  const usual = known[Math.floor(known.length / 2)] ?? UNKNOWN_SPREAD;
  return new Map([...shown.keys()].map((id) => [id, own.get(id) ?? usual]));
}

/** The squared deviation of a single request that one interval shows; null = no neighbours. */
function squareOf(
  { at, value, requests, model, workFactor }: Shown,
  values: readonly Shown[],
  common: readonly number[],
): number | null {
  const others = values.filter(
    (each) =>
      each.at !== at &&
      Math.abs(each.at - at) <= SIDE &&
      each.model === model &&
      each.workFactor === workFactor,
  );
  if (others.length === 0) return null;
  const expected = nearby(others, common, at);
  // The mean of the neighbours has a spread of its own.
  const inflation = 1 + 1 / others.length;
  return ((value - (common[at] ?? 0) - (expected ?? 0)) ** 2 * requests) / inflation;
}
