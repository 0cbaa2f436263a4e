import type { ServiceCalls } from '../../../proto/schemas/service.js';
import type { JobName } from '../../../shared/ids.js';
import { DEFAULT_LOG_PATTERN, type JobSpec } from '../../../shared/job.js';
import { until } from '../../lib/until.js';

/** Jobs that run at a time. */
export const CHURN_JOBS = 4;
const NAMES = 40;
const STARTED_MS = 60_000;

/** A cluster in which jobs come and go. */
export interface Churned {
  call(verb: 'job-submit', request: ServiceCalls['job-submit']['request']): Promise<unknown>;
  call(verb: 'job-stop', request: ServiceCalls['job-stop']['request']): Promise<unknown>;
  /** States of the containers whose job has a name that begins like that, by Docker. */
  states(prefix: string): Promise<readonly string[]>;
}

/** Each job is submitted, runs, gets another target, and is stopped. */
export async function churn(cluster: Churned, name: string, round: number): Promise<void> {
  const names = Array.from(
    { length: CHURN_JOBS },
    (_, i) => `${name}-${(round * CHURN_JOBS + i) % NAMES}`,
  );
  const submit = (latencyMs: number) =>
    cluster.call('job-submit', { jobs: names.map((job) => jobOf(job, latencyMs)) });
  await submit(1000);
  const running = async (): Promise<number> =>
    (await cluster.states(name)).filter((state) => state === 'running').length;
  await until(async () => (await running()) >= CHURN_JOBS, 'the jobs to run', STARTED_MS);
  await submit(2000);
  for (const job of names) await cluster.call('job-stop', { name: job as JobName });
  let left: readonly string[] = [];
  const isEmpty = async (): Promise<boolean> => {
    left = await cluster.states(name);
    return left.length === 0;
  };
  const what = (): string => `the jobs to end in round ${round}; left: ${left.join(', ')}`;
  await until(isEmpty, what, STARTED_MS);
}

function jobOf(name: string, latencyMs: number): JobSpec {
  return {
    name: name as JobName,
    image: 'dqoes/tiny:1',
    command: [],
    env: {},
    target: { latencyMs, statistic: 'mean', toleranceRatio: 0.1, mode: 'band' },
    weight: 1,
    replicas: 1,
    resources: { cpu: { minCores: 0.01 }, memoryBytes: 64 * 2 ** 20 },
    latency: { source: 'log', pattern: DEFAULT_LOG_PATTERN, unit: 'ms' },
    constraints: { labels: {} },
    onLoss: 'keep',
    ports: [],
  };
}
