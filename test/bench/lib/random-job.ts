import type { JobName } from '../../../shared/ids.js';
import { DEFAULT_LOG_PATTERN, type JobSpec } from '../../../shared/job.js';
import type { Random } from '../../../shared/random.js';

/**
 * What clients ask of the sample image, with the CPU a request took on one idle core, s: only a
 * first guess for the targets.
 */
const KINDS = [
  { model: 'ocr-det', batch: 2, workSeconds: 0.05 },
  { model: 'ocr-det', batch: 5, workSeconds: 0.125 },
  { model: 'ocr-rec', batch: 2, workSeconds: 0.05 },
  { model: 'ocr-rec', batch: 4, workSeconds: 0.1 },
  { model: 'ocr-cls', batch: 36, workSeconds: 0.043 },
  { model: 'vad', batch: 2, workSeconds: 0.043 },
  { model: 'vad', batch: 5, workSeconds: 0.11 },
  { model: 'mobilenet-v2', batch: 4, workSeconds: 0.038 },
] as const;

/** The first guess of what a request of such a job takes, CPU-seconds. */
export function guessedWorkSeconds({ command }: Pick<JobSpec, 'command'>): number {
  const [, model, , batch] = command;
  const kind = KINDS.find((each) => each.model === model && String(each.batch) === batch);
  if (kind === undefined) throw new Error(`${command.join(' ')} is no job of the bench`);
  return kind.workSeconds;
}

/** Share of the jobs whose target no CPU meets. */
const TOO_FAST = 0.08;
const MIN_CORES = 0.05;
const MAX_CORES = 0.5;

/**
 * A job with a workload out of eight and a target that takes 0.05 to 0.5 cores, or, for one in
 * twelve, one no CPU can meet. A third name a percentile.
 */
export function randomJob(name: string, random: Random): JobSpec {
  const kind = KINDS[Math.floor(random() * KINDS.length)] ?? KINDS[0];
  const cores = MIN_CORES * (MAX_CORES / MIN_CORES) ** random();
  const latencyMs = (1000 * kind.workSeconds) / (random() < TOO_FAST ? 2 : cores);
  const statistic = (['mean', 'mean', 'p95'] as const)[Math.floor(random() * 3)] ?? 'mean';
  return {
    name: name as JobName,
    image: 'dqoes/sample:1',
    command: ['--model', kind.model, '--batch', String(kind.batch)],
    env: {},
    target: { latencyMs, statistic, toleranceRatio: 0.1, mode: 'band' },
    weight: 1,
    replicas: 1,
    resources: { cpu: { minCores: 0.01 }, memoryBytes: 512 * 2 ** 20 },
    latency: { source: 'log', pattern: DEFAULT_LOG_PATTERN, unit: 'ms' },
    constraints: { labels: {} },
    onLoss: 'keep',
    ports: [],
  };
}
