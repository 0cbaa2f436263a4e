import type { JobName } from '../../shared/ids.js';
import { DEFAULT_LOG_PATTERN, type JobSpec } from '../../shared/job.js';

/** Another one for each version: answers hide the values of environment variables. */
export const targetOf = (version: number): number => 12 + version / 1000;

/** A job that says five times a second that an answer took 12 ms, and uses next to no CPU. */
export const sayingJob = (name: string, version: number): JobSpec => ({
  name: name as JobName,
  image: 'dqoes/tiny:1',
  command: ['sh', '-c', 'trap "exit 0" TERM; while :; do echo "{\\"ms\\": 12}"; sleep 0.2; done'],
  env: { VERSION: `${version}` },
  target: {
    latencyMs: targetOf(version),
    statistic: 'mean',
    toleranceRatio: 0.3,
    mode: 'band',
  },
  weight: 1,
  replicas: 1,
  resources: { cpu: { minCores: 0.05, maxCores: 0.5 }, memoryBytes: 32 * 2 ** 20 },
  latency: { source: 'log', pattern: DEFAULT_LOG_PATTERN, unit: 'ms' },
  constraints: { labels: {} },
  onLoss: 'keep',
  ports: [],
});
