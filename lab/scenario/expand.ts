import type { GpuRequest } from '../../shared/gpu.js';
import type { Disturbance } from '../disturbance.js';
import type { SampleWorkload, Scenario, ScenarioJob, ScenarioNode } from '../types.js';
import type { DisturbanceRead, JobRead, NodeRead, ScenarioRead } from './schema.js';
import { spinningOf } from './spinning.js';

type ScenarioNodeRead = NodeRead['value'];

/**
 * The scenario of a file, with every default filled in. Disturbances and groups of jobs keep the
 * order of the file.
 */
export function scenarioOf(read: ScenarioRead, name: string): Scenario {
  const jobs = read.jobs.flatMap((job) => jobsOf(job, read));
  return {
    name: read.name ?? name,
    seed: read.seed,
    intervalMs: read.interval,
    durationMs: read.duration,
    nodes: (read.nodes ?? [])
      .map(({ value }): ScenarioNode => nodeOf(value))
      .concat(read.nodes === undefined ? [{ id: 'h1', cpuCores: 2 }] : []),
    jobs,
    disturbances: read.disturbances.flatMap((each) => disturbancesOf(each, jobs, read)),
  };
}

/** `count: 3` on job `a` makes `a-1`, `a-2`, `a-3`. */
export const idsOf = ({ value }: JobRead): readonly string[] =>
  value.count === undefined
    ? [value.id.value]
    : Array.from({ length: value.count }, (_, i) => `${value.id.value}-${i + 1}`);

function jobsOf(job: JobRead, read: ScenarioRead): readonly ScenarioJob[] {
  const { value } = job;
  const { model, workload, gpu } = value;
  const common = {
    atMs: value.at?.value ?? 0,
    untilMs: value.until?.value ?? null,
    targetMs: value.target,
    demandRatio: value.demand ?? null,
    statistic: value.statistic,
    toleranceRatio: value.tolerance ?? read.tolerance,
    mode: value.mode,
    weight: value.weight,
    model:
      model === undefined
        ? null
        : {
            workSeconds: model.work / 1000,
            overheadSeconds: model.overhead / 1000,
            parallelism: model.parallelism,
            noiseRatio: model.noise ?? read.noise,
            arrivals: model.arrivals,
            ...(model.gpu === undefined ? {} : { gpuSeconds: model.gpu / 1000 }),
            ...(model.wait === 0 ? {} : { waitSeconds: model.wait / 1000 }),
            ...concurrencyOf(model),
          },
    workload: workload === undefined ? null : workloadOf(workload),
    ...(gpu === undefined ? {} : { gpu: requestOf(gpu) }),
  };
  return idsOf(job).map((id) => ({ id, ...common }));
}

type WorkloadRead = NonNullable<JobRead['value']['workload']>;

function workloadOf(read: WorkloadRead): SampleWorkload {
  const { kind, batch, threads, arrivals, wait } = read;
  return {
    kind,
    batch,
    threads,
    ...spinningOf(read),
    arrivals,
    ...(wait === 0 ? {} : { waitMs: wait }),
    ...concurrencyOf(read),
  };
}

const concurrencyOf = ({ concurrency }: { readonly concurrency: number | undefined }) =>
  concurrency === undefined ? {} : { concurrency };

function nodeOf({ id, cpu, gpu }: ScenarioNodeRead): ScenarioNode {
  const gpus = gpu.map(
    ({ id: gpuId, memory, minClock, maxClock, clockStep, idlePower, power, minPower }) => ({
      id: gpuId,
      memoryBytes: memory,
      minMhz: minClock,
      maxMhz: maxClock,
      stepMhz: clockStep,
      idleWatts: idlePower,
      maxWatts: power,
      ...(minPower === undefined ? {} : { minWatts: minPower }),
    }),
  );
  return { id: id.value, cpuCores: cpu, ...(gpus.length === 0 ? {} : { gpus }) };
}

const requestOf = ({ count, share, memory }: NonNullable<JobRead['value']['gpu']>): GpuRequest => ({
  ...(share === undefined ? { count: count ?? 1 } : { shareRatio: share }),
  ...(memory === undefined ? {} : { memoryBytes: memory }),
});

/** The jobs that a name stands for: itself, or all jobs of a group. */
export function jobsMeant(name: string, read: ScenarioRead): readonly string[] {
  const group = read.jobs.find(({ value }) => value.count !== undefined && value.id.value === name);
  return group === undefined ? [name] : idsOf(group);
}

function disturbancesOf(
  { value }: DisturbanceRead,
  jobs: readonly ScenarioJob[],
  read: ScenarioRead,
): readonly Disturbance[] {
  const span = { atMs: value.at.value, forMs: value.for ?? null };
  const node = value.node?.value;
  if (value.stolenCpu !== undefined && node !== undefined)
    return [{ kind: 'stolenCpu', ...span, node, cores: value.stolenCpu }];
  if (value.foreign !== undefined)
    return [{ kind: 'foreign', ...span, node: node ?? null, load: value.foreign }];
  if (value.job === undefined) return [{ kind: 'silence', ...span, node: node ?? null, job: null }];
  return jobsMeant(value.job.value, read).map((job): Disturbance => {
    const { workFactor, rateFactor, rate, target } = value;
    if (workFactor !== undefined) return { kind: 'workFactor', ...span, job, factor: workFactor };
    if (rateFactor !== undefined) return { kind: 'rateFactor', ...span, job, factor: rateFactor };
    if (rate !== undefined)
      return { kind: 'rateFactor', ...span, job, factor: rate / baseRate(jobs, job) };
    if (target !== undefined) return { kind: 'target', atMs: span.atMs, job, targetMs: target };
    return { kind: 'silence', ...span, node: null, job };
  });
}

function baseRate(jobs: readonly ScenarioJob[], id: string): number {
  const job = jobs.find((each) => each.id === id);
  const arrivals = job?.model?.arrivals ?? job?.workload?.arrivals;
  return arrivals?.kind === 'open' ? arrivals.ratePerSecond : 1;
}
