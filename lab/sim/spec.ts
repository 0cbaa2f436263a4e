import type { JobName } from '../../shared/ids.js';
import { DEFAULT_LOG_PATTERN, type JobSpec } from '../../shared/job.js';
import type { Target } from '../../shared/qoe.js';
import type { ScenarioJob } from '../types.js';

/** The target of a job of the scenario, with this latency. */
export const scenarioTargetOf = (job: ScenarioJob, targetMs: number): Target => ({
  latencyMs: targetMs,
  statistic: job.statistic,
  toleranceRatio: job.toleranceRatio,
  mode: job.mode,
});

/** The job as a user would have submitted it. */
export const simulatedSpecOf = (job: ScenarioJob, targetMs: number): JobSpec => ({
  name: job.id as JobName,
  image: `simulated/${job.id.toLowerCase()}`,
  command: [],
  env: {},
  target: scenarioTargetOf(job, targetMs),
  weight: job.weight,
  replicas: 1,
  resources: { cpu: { minCores: 0.01 }, ...(job.gpu === undefined ? {} : { gpu: job.gpu }) },
  latency: { source: 'log', pattern: DEFAULT_LOG_PATTERN, unit: 'ms' },
  constraints: { labels: {} },
  onLoss: 'reschedule',
  ports: [],
});
