import type { Policy, SnapshotAllocation } from '../../../../coordinator/schedule/types.js';
import {
  allocation,
  container,
  latency,
  limit,
  node,
  PARAMS,
  target,
} from '../../coordinator/build.js';

/**
 * A container of the toy world: closed loop, L = overhead + work / min(limit, parallelism), nothing
 * else.
 */
export interface ToyJob {
  readonly id: string;
  readonly workSeconds: number;
  readonly targetMs: number;
  readonly overheadSeconds?: number;
  readonly change?: Partial<SnapshotAllocation>;
}

/** CPU that brings the job to its target, cores. */
export const demandOf = ({ workSeconds, targetMs, overheadSeconds = 0 }: ToyJob): number =>
  workSeconds / (targetMs / 1000 - overheadSeconds);

export interface ToyRun {
  /** Per interval: limit of each job, cores. */
  readonly limits: readonly (readonly number[])[];
  /** Per interval: response time of each job under these limits, ms. */
  readonly latenciesMs: readonly (readonly number[])[];
  readonly reasons: readonly string[];
}

interface Counters {
  cores: number | null;
  usageTotalSeconds: number;
  totalCount: number;
}

/**
 * Runs a policy in the toy world, one report and evaluation per interval of 5 s. Memory goes
 * through JSON, as it may.
 */
export function runToy(
  policy: Policy,
  jobs: readonly ToyJob[],
  capacityCores: number,
  intervals: number,
): ToyRun {
  const world = jobs.map((): Counters => ({ cores: null, usageTotalSeconds: 0, totalCount: 0 }));
  const run: { limits: number[][]; latenciesMs: number[][]; reasons: string[] } = {
    limits: [],
    latenciesMs: [],
    reasons: [],
  };
  let memory: unknown = policy.start;
  for (let k = 0; k <= intervals; k += 1) {
    const nowMs = 1000 + k * PARAMS.intervalMs;
    const allocations = jobs.map((job, i) => seen(job, world[i], nowMs, capacityCores));
    const output = policy.decide(
      {
        node: node('h1', { allocatableCpuCores: capacityCores, allocations }),
        nowMs,
        params: PARAMS,
      },
      memory,
    );
    memory = JSON.parse(JSON.stringify(output.memory));
    run.reasons.push(...output.limits.map(({ reason }) => reason));
    for (const { allocation: id, limit: to } of output.limits) {
      const counters = world[jobs.findIndex((job) => `${job.id}-0` === id)];
      if (counters !== undefined) counters.cores = to.cpuCores;
    }
    run.limits.push(world.map(({ cores }) => cores ?? capacityCores));
    run.latenciesMs.push(jobs.map((job, i) => answerMs(job, world[i]?.cores ?? capacityCores)));
    for (const [i, job] of jobs.entries()) live(job, world[i], PARAMS.intervalMs);
  }
  return run;
}

const answerMs = ({ workSeconds, overheadSeconds = 0 }: ToyJob, cores: number): number =>
  1000 * (overheadSeconds + workSeconds / Math.min(1, cores));

function live(job: ToyJob, counters: Counters | undefined, ms: number): void {
  if (counters === undefined) return;
  const requests = ms / answerMs(job, counters.cores ?? 1);
  counters.totalCount += requests;
  counters.usageTotalSeconds += requests * job.workSeconds;
}

function seen(
  job: ToyJob,
  counters: Counters | undefined,
  nowMs: number,
  capacityCores: number,
): SnapshotAllocation {
  const { cores = null, usageTotalSeconds = 0, totalCount = 0 } = counters ?? {};
  const id = `${job.id}-0`;
  const latencyMs = totalCount === 0 ? null : answerMs(job, cores ?? 1);
  const usageCores = latencyMs === null ? 0 : (1000 * job.workSeconds) / latencyMs;
  const cpu = {
    usageCores,
    usageTotalSeconds,
    throttledRatio: cores !== null && cores < 1 ? 1 : 0,
    pressureRatio: null,
  };
  return allocation(id, {
    target: target(job.targetMs),
    maxCores: capacityCores,
    minCores: 0.01,
    limit: cores === null ? null : limit(cores),
    latencyMs,
    observedAtMs: nowMs,
    report: container(id, {
      cpu,
      latency: latencyMs === null ? null : latency(latencyMs, { totalCount }),
    }),
    ...job.change,
  });
}

/** How many of the jobs are within ±10 % of their target in the last interval. */
export const withinAtEnd = (jobs: readonly ToyJob[], { latenciesMs }: ToyRun): number =>
  jobs.filter(
    ({ targetMs }, i) => Math.abs((latenciesMs.at(-1)?.[i] ?? 0) - targetMs) <= 0.1 * targetMs,
  ).length;
