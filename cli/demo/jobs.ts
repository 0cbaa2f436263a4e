import type { JobName } from '../../shared/ids.js';
import { DEFAULT_LOG_PATTERN, type JobSpec } from '../../shared/job.js';
import type { Fault } from '../../shared/result.js';
import { formatBytes } from '../../shared/units.js';

/**
 * One of the ten containers: a real model, and the share of the CPU that its target should take.
 */
export interface DemoJob {
  readonly name: JobName;
  readonly model: string;
  /** Inferences per request. */
  readonly batch: number;
  /** Share of the total demand of all ten; the shares sum to 1. */
  readonly demandRatio: number;
}

/** Total demand ÷ allocatable CPU: just under what the host has. */
export const DEMAND_RATIO = 0.93;
/** Demand of each job ÷ that of the next looser one. */
const STEP = 1.2;

// From loosest to tightest. One request of a batch costs about 0.025 CPU-seconds on a present-day
// core, so that even the loosest job answers several times in each interval.
const MIX: readonly (readonly [name: string, model: string, batch: number])[] = [
  ['album-text', 'ocr-det', 1],
  ['archive-read', 'ocr-rec', 1],
  ['podcast-voice', 'vad', 1],
  ['page-turn', 'ocr-cls', 18],
  ['receipt-text', 'ocr-det', 1],
  ['label-read', 'ocr-rec', 1],
  ['call-voice', 'vad', 1],
  ['scan-turn', 'ocr-cls', 18],
  ['plate-read', 'ocr-rec', 1],
  ['car-sign', 'ocr-det', 1],
];

/** The ten jobs, loosest first. */
export function demoJobs(): readonly DemoJob[] {
  const sum = MIX.reduce((total, _, index) => total + STEP ** index, 0);
  return MIX.map(([name, model, batch], index) => ({
    name: name as JobName,
    model,
    batch,
    demandRatio: STEP ** index / sum,
  }));
}

/** CPU that the job needs at its target, cores, on a host with this allocatable CPU. */
export const demandCoresOf = (job: DemoJob, allocatableCores: number): number =>
  job.demandRatio * DEMAND_RATIO * allocatableCores;

/**
 * CPU that all ten take at their targets ÷ allocatable CPU, if one request of each costs `work`
 * CPU-seconds; null = the work or the target of one is not known.
 */
export function demandRatioOf(
  allocatableCores: number,
  work: (name: JobName) => number | null | undefined,
  targetsMs: ReadonlyMap<string, number>,
): number | null {
  let cores = 0;
  for (const { name } of demoJobs()) {
    const [seconds, targetMs] = [work(name), targetsMs.get(name)];
    if (seconds == null || targetMs === undefined) return null;
    cores += (seconds * 1000) / targetMs;
  }
  return cores / allocatableCores;
}

/** Threads per container, so that ten containers can use up the host whatever its size. */
export const threadsFor = (allocatableCores: number): number =>
  Math.max(1, Math.ceil(allocatableCores / 5));

/** Memory limit of each container, bytes. */
export const MEMORY_BYTES = 512 * 1024 ** 2;

/** Some of the ten would wait for memory until the demo ends; undefined = all fit. */
export function memoryFault(allocatableBytes: number): Fault | undefined {
  const needed = demoJobs().length * MEMORY_BYTES;
  if (allocatableBytes >= needed) return undefined;
  const message =
    `the ten containers of the demo take ${formatBytes(needed)} of memory, and this host has ` +
    `${formatBytes(allocatableBytes)} for containers: run it on a larger one, or try single ` +
    'models with dqoes up and dqoes run';
  return { code: 'schedule.no-node', field: 'demo', message };
}

/** The job as it is submitted. Before the calibration its target is a placeholder. */
export function demoSpecOf(job: DemoJob, threads: number, targetMs: number): JobSpec {
  return {
    name: job.name,
    image: 'dqoes/sample:1',
    command: ['--model', job.model, '--batch', String(job.batch), '--threads', String(threads)],
    env: {},
    target: { latencyMs: targetMs, statistic: 'mean', toleranceRatio: 0.1, mode: 'band' },
    weight: 1,
    replicas: 1,
    resources: { cpu: { minCores: 0.01 }, memoryBytes: MEMORY_BYTES },
    latency: { source: 'log', pattern: DEFAULT_LOG_PATTERN, unit: 'ms' },
    constraints: { labels: {} },
    onLoss: 'keep',
    ports: [],
  };
}
