import type { JobModel, Scenario, ScenarioJob } from '../types.js';
import { isReal, type RealJob } from './bound.js';
import { isCluster } from './capacity.js';
import { workKeyOf } from './sample.js';

/** What was measured of a scenario on real containers. */
export interface MeasuredBlock {
  /** Allocatable CPU of each node, cores. */
  readonly nodeCores: readonly number[];
  /** CPU-seconds of one request, by `workKeyOf`. */
  readonly workSeconds: Readonly<Record<string, number>>;
  /** Target each job begins with, ms. */
  readonly targetsMs: Readonly<Record<string, number>>;
}

/** Relative standard deviation of a request's work where the file says nothing of it. */
const NOISE_RATIO = 0.08;

/**
 * The scenario as it was measured, to be simulated: requests cost what they cost on the machine,
 * targets are those of the run, and the node has the CPU it had. A request is CPU and nothing else,
 * on as many cores as the workload has threads; the spread of its work is that of the file's model.
 * Jobs of which nothing was measured keep their model.
 */
export function asMeasured(scenario: Scenario, block: MeasuredBlock): Scenario {
  const factors = new Map(
    scenario.jobs.map(({ id, targetMs }) => [id, (block.targetsMs[id] ?? targetMs) / targetMs]),
  );
  return {
    ...scenario,
    nodes: isCluster(scenario)
      ? scenario.nodes
      : scenario.nodes.map((node) => ({ ...node, cpuCores: block.nodeCores[0] ?? node.cpuCores })),
    jobs: scenario.jobs.map((job) => jobAsMeasured(job, block)),
    disturbances: scenario.disturbances.map((each) =>
      each.kind === 'target'
        ? { ...each, targetMs: each.targetMs * (factors.get(each.job) ?? 1) }
        : each,
    ),
  };
}

function jobAsMeasured(job: ScenarioJob, { workSeconds, targetsMs }: MeasuredBlock): ScenarioJob {
  if (!isReal(job)) return job;
  const work = workSeconds[workKeyOf(job.workload)];
  const model = work === undefined ? job.model : modelOf(job, work);
  return { ...job, targetMs: targetsMs[job.id] ?? job.targetMs, model };
}

const modelOf = ({ workload, model }: RealJob, workSeconds: number): JobModel => ({
  workSeconds,
  overheadSeconds: 0,
  parallelism: workload.threads,
  noiseRatio: model?.noiseRatio ?? NOISE_RATIO,
  arrivals: workload.arrivals,
});
