import type { Target } from '../../shared/qoe.js';
import type { LoadFactors } from '../host/container.js';
import { oracle } from '../oracle/oracle.js';
import type { Scenario, ScenarioJob } from '../types.js';
import { MIN_CAPACITY_CORES, momentsOf, NO_LOAD, type ScenarioConditions } from './conditions.js';
import { demandOf, type JobDemand } from './demand.js';
import { type Judge, onGpu } from './judge.js';
import { scenarioTargetOf } from './spec.js';

/** Demands and the bound between two moments of a scenario. */
export interface PhaseBound {
  readonly atMs: number;
  readonly changes: readonly string[];
  readonly capacityCores: number;
  readonly jobs: readonly JobBound[];
  /**
   * Number of jobs in the set with the largest weight that can be satisfied at once, all nodes
   * pooled; with equal weights, the largest number of jobs.
   */
  readonly mostJobs: number;
}
/** What one job needs in a phase, and whether the bound gives it that. */
export interface JobBound extends JobDemand {
  readonly id: string;
  readonly targetMs: number;
  /** Whether the bound counts it as satisfied. */
  readonly chosen: boolean;
}

/** The oracle for every phase of a scenario. Jobs without a model have no demand. */
export function boundsOf(scenario: Scenario, judge: Judge): readonly PhaseBound[] {
  const maxCores = Math.max(...scenario.nodes.map(({ cpuCores }) => cpuCores));
  const demands = new Map<string, JobDemand>();
  return momentsOf(scenario).map(({ atMs, changes, conditions }) => {
    const capacities = capacitiesOf(scenario, conditions);
    const jobs = conditions.jobs.map((job) => {
      const targetMs = conditions.targetMs.get(job.id) ?? job.targetMs;
      const load = conditions.load.get(job.id) ?? NO_LOAD;
      const key = `${job.id} ${targetMs} ${load.workFactor} ${load.rateFactor}`;
      const demand =
        demands.get(key) ??
        demandOf(judge, {
          job: atFullClock(job, load),
          target: targetFor(job, targetMs),
          load,
          maxCores,
        });
      demands.set(key, demand);
      return { id: job.id, weight: job.weight, targetMs, ...demand };
    });
    const answer = oracle({
      jobs: jobs.map(({ id, cores, weight }) => ({ id, demandCores: cores, weight })),
      capacitiesCores: capacities,
    });
    const chosen = new Set(answer.bestIds);
    const capacityCores = capacities.reduce((total, cores) => total + cores, 0);
    const bounds = jobs.map(({ weight: _, ...job }) => ({ ...job, chosen: chosen.has(job.id) }));
    return { atMs, changes, capacityCores, jobs: bounds, mostJobs: chosen.size };
  });
}

// With its GPU at the highest clock and no lower edge of the band, as the clock can slow it down.
// Whether one clock suits all jobs on a GPU is not checked, so this is an upper bound.
const atFullClock = (job: ScenarioJob, load: LoadFactors): ScenarioJob =>
  job.model?.gpuSeconds === undefined
    ? job
    : { ...job, model: onGpu(job.model, load, job.gpu?.shareRatio ?? 1) };

const targetFor = (job: ScenarioJob, targetMs: number): Target => {
  const target = scenarioTargetOf(job, targetMs);
  return job.model?.gpuSeconds === undefined ? target : { ...target, mode: 'ceiling' };
};

const capacitiesOf = (
  { nodes }: Scenario,
  { stolenCores }: ScenarioConditions,
): readonly number[] =>
  nodes.map(({ id, cpuCores }) =>
    Math.max(MIN_CAPACITY_CORES, cpuCores - (stolenCores.get(id) ?? 0)),
  );

/** The bound of each interval: that of the phase in force at its end. */
export function oraclePerInterval(
  scenario: Scenario,
  bounds: readonly PhaseBound[],
): readonly number[] {
  const count = intervalsOf(scenario);
  let phase = 0;
  return Array.from({ length: count }, (_, k) => {
    while ((bounds[phase + 1]?.atMs ?? Number.POSITIVE_INFINITY) < (k + 1) * scenario.intervalMs)
      phase += 1;
    return bounds[phase]?.mostJobs ?? 0;
  });
}

/** Number of whole intervals of a scenario. */
export const intervalsOf = ({ durationMs, intervalMs }: Scenario): number =>
  Math.floor(durationMs / intervalMs + 1e-9);
