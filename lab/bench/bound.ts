import { oracle } from '../oracle/oracle.js';
import { NO_LOAD, type ScenarioConditions } from '../sim/conditions.js';
import type { SampleWorkload, Scenario, ScenarioJob } from '../types.js';
import { stolenCores, targetFactor } from './actions.js';
import { curveOf, type LatencyProfile, leastCores } from './curve.js';
import { intervalConditions } from './moments.js';
import { loadKeyOf, wholeFactor, workKeyOf } from './sample.js';

/** What is known of the machine when a block of runs begins. */
export interface MachineMeasurements {
  /** What each node gives out, cores. */
  readonly nodeCores: readonly number[];
  /** By `loadKeyOf`. */
  readonly profiles: ReadonlyMap<string, LatencyProfile>;
  /** CPU-seconds of one request under load, by `workKeyOf`; newer than the profiles. */
  readonly workSeconds: ReadonlyMap<string, number>;
}

export type RealJob = ScenarioJob & { readonly workload: SampleWorkload };
export const isReal = (job: ScenarioJob): job is RealJob => job.workload !== null;

/** What disturbances make of a job: its work and its rate of arrivals, times what the file says. */
export interface Factors {
  readonly work: number;
  readonly rate: number;
}

export function factorsOf({ load }: ScenarioConditions, job: string): Factors {
  const { workFactor, rateFactor } = load.get(job) ?? NO_LOAD;
  return { work: workFactor, rate: rateFactor };
}

/**
 * The workload whose profile tells how the job behaves under these factors: closed loops scale with
 * the work; an open queue depends on rate × work.
 */
export function profiledAs({ workload }: RealJob, factors: Factors): SampleWorkload {
  const { arrivals } = workload;
  if (arrivals.kind === 'closed') return workload;
  const ratePerSecond = arrivals.ratePerSecond * factors.rate * wholeFactor(workload, factors.work);
  return {
    ...workload,
    arrivals: { kind: 'open', ratePerSecond: Math.round(ratePerSecond * 1e3) / 1e3 },
  };
}

/**
 * Least CPU at which the job's statistic is at most `latencyMs`, cores; Infinity = no amount, or
 * never profiled. The profile's times are scaled by the work measured since (the machine drifts)
 * and by what disturbances make of the work.
 */
export function profiledDemandCores(
  measured: MachineMeasurements,
  job: RealJob,
  at: Factors & { readonly latencyMs: number },
): number {
  const profile = measured.profiles.get(loadKeyOf(profiledAs(job, at)));
  if (profile === undefined || profile.points.length === 0) return Number.POSITIVE_INFINITY;
  const drift =
    (measured.workSeconds.get(workKeyOf(job.workload)) ?? profile.workSeconds) /
    profile.workSeconds;
  const curve = curveOf(profile, job.statistic, drift * wholeFactor(job.workload, at.work));
  return leastCores(curve, at.latencyMs);
}

/**
 * Most jobs that could be satisfied at once, one per interval: the oracle with each job's demand at
 * o(1+α) and the CPU that others leave.
 */
export function profiledOraclePerInterval(
  scenario: Scenario,
  targetsMs: ReadonlyMap<string, number>,
  measured: MachineMeasurements,
): readonly number[] {
  return intervalConditions(scenario).map(({ conditions }) => {
    const jobs = conditions.jobs.filter(isReal).map((job) => {
      const targetMs = (targetsMs.get(job.id) ?? job.targetMs) * targetFactor(conditions, job);
      const at = {
        ...factorsOf(conditions, job.id),
        latencyMs: targetMs * (1 + job.toleranceRatio),
      };
      return {
        id: job.id,
        weight: job.weight,
        demandCores: profiledDemandCores(measured, job, at),
      };
    });
    // Stolen CPU is refused where there are several nodes.
    const capacitiesCores = measured.nodeCores.map((cores) =>
      Math.max(0, cores - stolenCores(conditions)),
    );
    return oracle({ jobs, capacitiesCores }).mostJobs;
  });
}
