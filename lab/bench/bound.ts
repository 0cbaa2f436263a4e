import { oracle } from '../oracle/oracle.js';
import { NO_LOAD, type ScenarioConditions } from '../sim/conditions.js';
import type { SampleWorkload, Scenario, ScenarioJob } from '../types.js';
import { stolenCores, targetFactor } from './actions.js';
import { curveOf, type LatencyProfile, leastCores } from './curve.js';
import { intervalConditions } from './moments.js';
import { loadKeyOf, wholeFactor, workKeyOf } from './sample.js';

/** What was measured of the machine before a block of runs. */
export interface MachineMeasurements {
  /** Allocatable CPU of each node, cores. */
  readonly nodeCores: readonly number[];
  /** By `loadKeyOf`. */
  readonly profiles: ReadonlyMap<string, LatencyProfile>;
  /** CPU-seconds of one request under load, by `workKeyOf`; newer than the profiles. */
  readonly workSeconds: ReadonlyMap<string, number>;
}

/** A job that real containers can run. */
export type RealJob = ScenarioJob & { readonly workload: SampleWorkload };
/** Whether real containers can run the job. */
export const isReal = (job: ScenarioJob): job is RealJob => job.workload !== null;

/** Multiples of the work and the arrival rate of a job, caused by disturbances. */
export interface Factors {
  readonly work: number;
  readonly rate: number;
}

/** The factors of a job under these conditions; 1 where nothing disturbs it. */
export function factorsOf({ load }: ScenarioConditions, job: string): Factors {
  const { workFactor, rateFactor } = load.get(job) ?? NO_LOAD;
  return { work: workFactor, rate: rateFactor };
}

/**
 * The workload whose profile describes the job under these factors. Closed loops scale with the
 * work; an open queue depends on rate × work.
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
 * Least CPU at which the statistic of the job is at most `latencyMs`, cores; Infinity = no amount,
 * or never profiled. The times of the profile are scaled by the work measured since, as the machine
 * drifts, and by disturbances.
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
 * How many jobs the oracle satisfies at once, one value per interval, with the demand of each job
 * at o(1+α), on the CPU that is not stolen. With equal weights no more can be satisfied.
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
    // Scenarios with stolen CPU and several nodes are refused.
    const capacitiesCores = measured.nodeCores.map((cores) =>
      Math.max(0, cores - stolenCores(conditions)),
    );
    return oracle({ jobs, capacitiesCores }).bestIds.length;
  });
}
