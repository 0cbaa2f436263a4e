import { momentsOf } from '../sim/conditions.js';
import type { SampleWorkload, Scenario } from '../types.js';
import { factorsOf, isReal, profiledAs, type RealJob } from './bound.js';
import { sharedCores } from './capacity.js';
import { loadKeyOf, workKeyOf } from './sample.js';

/** One kind of load to profile, and the lowest CPU that any of its jobs may need. */
export interface ProfileNeed {
  readonly key: string;
  readonly workload: SampleWorkload;
  /** Lowest demand in a file, cores; null = targets are given in ms. */
  readonly leastDemandCores: number | null;
  /** The target of a job is a percentile, which takes longer to measure than a mean. */
  readonly hasPercentiles: boolean;
}

/**
 * Every kind of load in the scenarios, each once, including loads under disturbances.
 * `machineCores`: allocatable CPU of this machine.
 */
export function profileNeeds(
  scenarios: readonly Scenario[],
  machineCores: number,
): readonly ProfileNeed[] {
  const needs = new Map<string, ProfileNeed>();
  for (const scenario of scenarios) {
    const cores = sharedCores(scenario, machineCores);
    for (const job of scenario.jobs.filter(isReal))
      for (const workload of loadsOf(scenario, job)) {
        const key = loadKeyOf(workload);
        const known = needs.get(key);
        const demandCores = job.demandRatio === null ? null : job.demandRatio * cores;
        const leastDemandCores = lesser(known?.leastDemandCores ?? null, demandCores);
        const hasPercentiles = known?.hasPercentiles === true || job.statistic !== 'mean';
        needs.set(key, { key, workload, leastDemandCores, hasPercentiles });
      }
  }
  return [...needs.values()];
}

const lesser = (a: number | null, b: number | null): number | null =>
  a === null ? b : b === null ? a : Math.min(a, b);

const loadsOf = (scenario: Scenario, job: RealJob): readonly SampleWorkload[] =>
  momentsOf(scenario).map(({ conditions }) => profiledAs(job, factorsOf(conditions, job.id)));

/**
 * Jobs that run while the work of a request is measured: those of the busiest moment, and one of
 * each other workload.
 */
export function calibrationJobs(scenario: Scenario): readonly RealJob[] {
  const moments = momentsOf(scenario).map(({ conditions }) => conditions.jobs.filter(isReal));
  const busiest = moments.reduce((most, jobs) => (jobs.length > most.length ? jobs : most), []);
  const known = new Set(busiest.map(({ workload }) => workKeyOf(workload)));
  const missing = scenario.jobs.filter(isReal).filter(({ workload }) => {
    const isNew = !known.has(workKeyOf(workload));
    known.add(workKeyOf(workload));
    return isNew;
  });
  return [...busiest, ...missing];
}
