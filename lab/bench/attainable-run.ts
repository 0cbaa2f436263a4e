import { sum } from '../../coordinator/schedule/limits/fit.js';
import { attainableOf } from '../attainable/attainable.js';
import { closedLoop, MIN_JUDGED } from '../attainable/closed-loop.js';
import { costsOf } from '../attainable/costs.js';
import { seenJob } from '../attainable/seen.js';
import type { ResponseModel, SeenInterval, SeenJob } from '../attainable/types.js';
import type { Disturbance } from '../disturbance.js';
import type { AttainableSeries, RunRecord, Scenario } from '../types.js';
import {
  type Factors,
  factorsOf,
  isReal,
  type MachineMeasurements,
  profiledAs,
  type RealJob,
} from './bound.js';
import { totalCores } from './capacity.js';
import { curveOf, type LatencyProfile, latencyAt, leastCores } from './curve.js';
import { intervalConditions } from './moments.js';
import { coresOf, loadKeyOf, wholeFactor } from './sample.js';

/** A real run, and what was measured around it. */
export interface AttainableInput {
  readonly scenario: Scenario;
  readonly record: RunRecord;
  readonly measured: MachineMeasurements;
  /** CPU of this machine, cores. */
  readonly machineCores: number;
  /** CPU that everything but the jobs used in each interval, cores; null = not known. */
  readonly intervalOthersCores: readonly (number | null)[];
}

/**
 * What was attainable in a real run (docs/lab.md). The jobs could have had the allocatable CPU, or
 * what others left of the machine where that is less, and in any case what they had.
 */
export const attainableInRun = (input: AttainableInput): AttainableSeries =>
  attainableOf(seenIntervals(input), input.scenario.intervalMs);

/**
 * Relative standard deviation of a single request of each closed loop, by job, as the run shows it:
 * what the judge's chance was taken to be.
 */
export function requestSpreads(input: AttainableInput): ReadonlyMap<string, number> {
  const costs = costsOf(seenIntervals(input));
  return new Map(
    [...closedLoops(input.scenario)].flatMap((id) => {
      const spread = costs.get(id)?.spread;
      return spread === undefined ? [] : [[id, spread]];
    }),
  );
}

const closedLoops = ({ jobs }: Scenario): ReadonlySet<string> =>
  new Set(jobs.flatMap(({ id, workload }) => (workload?.arrivals.kind === 'closed' ? [id] : [])));

/**
 * How much dearer than on average over the run a request was in each interval, as the run shows
 * it: factors of the work of each closed loop, beside those of the scenario. The speed of a machine
 * that others share moves by a quarter from one interval to the next, and nothing else tells of it.
 */
export function workAsShown(input: AttainableInput): readonly Disturbance[] {
  const { scenario } = input;
  const intervals = seenIntervals(input);
  const closed = closedLoops(scenario);
  return [...costsOf(intervals)].flatMap(([job, { scales }]) => {
    if (!closed.has(job)) return [];
    const plain = scales.map((scale, k) => {
      const workFactor = intervals[k]?.jobs.find(({ id }) => id === job)?.workFactor ?? 1;
      return scale === null ? null : scale / workFactor;
    });
    const known = plain.filter((scale) => scale !== null);
    const mean = sum(known) / known.length;
    return plain.flatMap((scale, k): Disturbance[] => {
      if (scale === null) return [];
      const [atMs, forMs] = [k * scenario.intervalMs, scenario.intervalMs];
      return [{ kind: 'workFactor', atMs, forMs, job, factor: scale / mean }];
    });
  });
}

function seenIntervals(input: AttainableInput): readonly SeenInterval[] {
  const { scenario, record, measured, machineCores, intervalOthersCores } = input;
  const allocatableCores = totalCores(measured.nodeCores);
  const byId = new Map(scenario.jobs.filter(isReal).map((job) => [job.id, job]));
  const conditions = intervalConditions(scenario);
  const models = new Map<string, ResponseModel>();
  const modelAt = (job: RealJob, factors: Factors): ResponseModel => {
    const load = loadKeyOf(profiledAs(job, factors));
    const key = `${job.id} ${load}`;
    const known = models.get(key) ?? modelOf(job, measured.profiles.get(load), scenario.intervalMs);
    models.set(key, known);
    return known;
  };
  return record.intervals.map(({ jobs }, k) => {
    const leftCores = Math.min(allocatableCores, machineCores - (intervalOthersCores[k] ?? 0));
    const usedCores = sum(jobs.map(({ usageCores }) => usageCores));
    const seen = jobs.flatMap((interval): SeenJob[] => {
      const job = byId.get(interval.id);
      const now = conditions[k]?.conditions;
      if (job === undefined || now === undefined) return [];
      const factors = factorsOf(now, job.id);
      const workFactor = wholeFactor(job.workload, factors.work);
      return [seenJob(interval, { model: modelAt(job, factors), workFactor })];
    });
    return { capacityCores: Math.max(leftCores, usedCores), jobs: seen };
  });
}

function modelOf(
  { workload, statistic }: RealJob,
  profile: LatencyProfile | undefined,
  intervalMs: number,
): ResponseModel {
  if (workload.arrivals.kind === 'closed') return closedLoop(coresOf(workload));
  if (profile === undefined || profile.points.length === 0) return UNKNOWN_QUEUE;
  const curveAt = (scale: number) => curveOf(profile, statistic, scale);
  // Open arrivals: the profiled curve, scaled by how heavy requests were. The spread is that of the
  // judged times themselves, as a queue adds more chance than the requests have.
  return {
    scaleOf: ({ requests, usageCores }) =>
      requests < MIN_REQUESTS
        ? null
        : (usageCores * intervalMs) / 1000 / requests / profile.workSeconds,
    judgedOf: ({ latencyMs }) => latencyMs,
    coresFor: (latencyMs, scale) => leastCores(curveAt(scale), latencyMs),
    latencyMs: (cores, scale) => latencyAt(curveAt(scale), cores),
    requestsIn: (_, __, { requests }) => Math.max(MIN_JUDGED, requests),
  };
}

/** Requests of an interval that say something of their mean work. */
const MIN_REQUESTS = 3;

/** A queue of which no limit was measured: nothing can be said of it. */
const UNKNOWN_QUEUE: ResponseModel = {
  scaleOf: () => null,
  judgedOf: () => null,
  coresFor: () => Number.POSITIVE_INFINITY,
  latencyMs: () => Number.POSITIVE_INFINITY,
  requestsIn: () => MIN_JUDGED,
};
