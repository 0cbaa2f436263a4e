import type { Disturbance } from '../disturbance.js';
import { foreignBursts } from '../foreign/bursts.js';
import { foreignSteps, meanForeignRatio } from '../foreign/steps.js';
import type { JobModel, Scenario, ScenarioJob } from '../types.js';
import { stolenCores } from './actions.js';
import { isReal, type RealJob } from './bound.js';
import { isCluster } from './capacity.js';
import { intervalConditions } from './moments.js';
import { coresOf, workKeyOf } from './sample.js';

/** What was measured of a scenario on real containers. */
export interface MeasuredBlock {
  /** Allocatable CPU of each node, cores. */
  readonly nodeCores: readonly number[];
  /** CPU-seconds of one request, by `workKeyOf`. */
  readonly workSeconds: Readonly<Record<string, number>>;
  /** Target each job begins with, ms. */
  readonly targetsMs: Readonly<Record<string, number>>;
}

/** Relative standard deviation of a request by job, as a run showed it; absent = not shown. */
export type MeasuredSpreads = ReadonlyMap<string, number>;

/** Relative standard deviation of a request's work where nothing says it. */
const NOISE_RATIO = 0.08;

/**
 * The scenario as it was measured, to be simulated: requests cost what they cost on the machine,
 * targets are those of the run, and the node has the CPU it had. A request is CPU and the wait of
 * its workload, on as many cores as the workload has threads; the spread of its work is the
 * measured one, else that of the file's model. Jobs of which nothing was measured keep their model.
 */
export function asMeasured(
  scenario: Scenario,
  block: MeasuredBlock,
  spreads: MeasuredSpreads = new Map(),
): Scenario {
  const factors = new Map(
    scenario.jobs.map(({ id, targetMs }) => [id, (block.targetsMs[id] ?? targetMs) / targetMs]),
  );
  return {
    ...scenario,
    nodes: isCluster(scenario)
      ? scenario.nodes
      : scenario.nodes.map((node) => ({ ...node, cpuCores: block.nodeCores[0] ?? node.cpuCores })),
    jobs: scenario.jobs.map((job) => jobAsMeasured(job, block, spreads)),
    disturbances: scenario.disturbances.map((each) =>
      each.kind === 'target'
        ? { ...each, targetMs: each.targetMs * (factors.get(each.job) ?? 1) }
        : each,
    ),
  };
}

function jobAsMeasured(
  job: ScenarioJob,
  { nodeCores, workSeconds, targetsMs }: MeasuredBlock,
  spreads: MeasuredSpreads,
): ScenarioJob {
  if (!isReal(job)) return job;
  const work = workSeconds[workKeyOf(job.workload)];
  const model =
    work === undefined ? job.model : modelOf(job, work, { spreads, cores: Math.max(...nodeCores) });
  return { ...job, targetMs: targetsMs[job.id] ?? job.targetMs, model };
}

const modelOf = (
  { id, workload, model }: RealJob,
  workSeconds: number,
  { spreads, cores }: { readonly spreads: MeasuredSpreads; readonly cores: number },
): JobModel => ({
  workSeconds,
  overheadSeconds: 0,
  parallelism: coresOf(workload, cores),
  noiseRatio: spreads.get(id) ?? model?.noiseRatio ?? NOISE_RATIO,
  arrivals: workload.arrivals,
  ...(workload.waitMs === undefined ? {} : { waitSeconds: workload.waitMs / 1000 }),
  ...(workload.concurrency === undefined ? {} : { concurrency: workload.concurrency }),
});

/** What others did beside one real run. */
export interface MeasuredOthers {
  /** From 1. */
  readonly repetition: number;
  /** CPU that everything but the jobs used in each interval, cores; null = not known. */
  readonly othersPerInterval: readonly (number | null)[];
  /** The load of other programs that the bench made; null = none. */
  readonly foreign: { readonly plannedCpuMs: number; readonly usedCpuMs: number } | null;
  /** CPU of the machine, cores. */
  readonly machineCores: number;
}

/**
 * CPU that others took in each interval of a run, as stolen CPU of its one node: all that they
 * used, without the load that the bench made, which the scenario has itself, and without what the
 * scenario steals.
 */
export function othersAsStolen(
  scenario: Scenario,
  { repetition, othersPerInterval, foreign, machineCores }: MeasuredOthers,
): readonly Disturbance[] {
  const [node] = scenario.nodes;
  if (node === undefined || isCluster(scenario)) return [];
  const steps = foreignSteps(foreignBursts(scenario, { node: node.id, repetition }));
  const used = foreign === null ? 0 : foreign.usedCpuMs / foreign.plannedCpuMs;
  const { intervalMs } = scenario;
  const conditions = intervalConditions(scenario);
  return othersPerInterval.flatMap((others, k): Disturbance[] => {
    const atMs = k * intervalMs;
    const madeCores = meanForeignRatio(steps, atMs, atMs + intervalMs) * used * machineCores;
    const stolen = stolenCores(conditions[k]?.conditions);
    const cores = (others ?? 0) - madeCores - stolen;
    // What the scenario steals may be more than that already.
    const taken = Math.min(cores, Math.max(0, MAX_STOLEN_RATIO * machineCores - stolen));
    if (taken < MIN_STOLEN_CORES) return [];
    return [{ kind: 'stolenCpu', atMs, forMs: intervalMs, node: node.id, cores: taken }];
  });
}

/** Less is left out, cores. */
const MIN_STOLEN_CORES = 0.01;
/** The jobs always keep the rest of the node. */
const MAX_STOLEN_RATIO = 0.95;
