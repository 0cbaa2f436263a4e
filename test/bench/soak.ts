// Whether a `dqoes up` grows while jobs come and go: submits and stops jobs in real containers for
// some minutes and samples resident memory and file descriptors, those of its NATS server, too.
// Usage: npm run bench:soak -- [--minutes N] [--json FILE]. Exit code 1 where the last third of the
// time needs more than 5 % more memory or descriptors than the second. The server keeps the events,
// so it may grow.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { JobName } from '../../shared/ids.js';
import { DEFAULT_LOG_PATTERN, type JobSpec } from '../../shared/job.js';
import { until } from '../lib/until.js';
import { Up } from '../lib/up.js';

const JOBS = 4;
const SAMPLE_MS = 2000;
const STARTED_MS = 60_000;
const GROWTH_RATIO = 1.05;

interface Sample {
  readonly atMs: number;
  readonly rssMb: number;
  readonly descriptors: number;
  readonly natsRssMb: number;
}

const { values } = parseArgs({
  options: { minutes: { type: 'string', default: '10' }, json: { type: 'string' } },
});
const minutes = Number(values.minutes);
if (!(minutes > 0)) {
  console.error(`--minutes is ${JSON.stringify(values.minutes)}: give a number above 0`);
  process.exit(2);
}
process.exit(await soak(minutes * 60_000));

async function soak(forMs: number): Promise<number> {
  const name = `soak${process.pid}`;
  const up = await Up.make(name);
  let sampling: NodeJS.Timeout | undefined;
  try {
    await up.start({ keepJobs: false });
    const samples: Sample[] = [];
    const startedAtMs = performance.now();
    const take = async (): Promise<void> => {
      samples.push(sampleOf(up.pid, await up.natsPid(), performance.now() - startedAtMs));
    };
    // A process that is just being started again cannot be read: that look is left out.
    sampling = setInterval(() => void take().catch(() => undefined), SAMPLE_MS);
    let rounds = 0;
    while (performance.now() - startedAtMs < forMs) {
      await churn(up, name, rounds);
      rounds += 1;
    }
    return report(samples, rounds);
  } finally {
    clearInterval(sampling);
    await up.remove();
  }
}

/** Each job is submitted, runs, gets another target, and is stopped. */
async function churn(up: Up, name: string, round: number): Promise<void> {
  const names = Array.from({ length: JOBS }, (_, i) => `${name}-${(round * JOBS + i) % 40}`);
  const submit = (latencyMs: number) =>
    up.call('job-submit', { jobs: names.map((job) => jobOf(job, latencyMs)) });
  await submit(1000);
  const running = async (): Promise<number> =>
    (await up.containers()).filter(({ state }) => state === 'running').length;
  await until(async () => (await running()) >= JOBS, 'the jobs to run', STARTED_MS);
  await submit(2000);
  for (const job of names) await up.call('job-stop', { name: job as JobName });
  await until(async () => (await up.containers()).length === 0, 'the jobs to end', STARTED_MS);
}

function report(samples: readonly Sample[], rounds: number): number {
  const third = Math.floor(samples.length / 3);
  const [second, last] = [samples.slice(third, 2 * third), samples.slice(2 * third)];
  const rows = (['rssMb', 'descriptors', 'natsRssMb'] as const).map((what) => {
    const [before, after] = [usual(second, what), usual(last, what)];
    return { what, before, after, ratio: after / before };
  });
  console.log(`${rounds * JOBS} jobs started and stopped, ${samples.length} samples`);
  for (const { what, before, after, ratio } of rows)
    console.log(
      `${what.padEnd(12)} ${before.toFixed(1)} -> ${after.toFixed(1)} (${ratio.toFixed(3)})`,
    );
  if (values.json !== undefined)
    writeFileSync(values.json, JSON.stringify({ jobs: rounds * JOBS, rows, samples }));
  return rows.every(({ what, ratio }) => what === 'natsRssMb' || ratio <= GROWTH_RATIO) ? 0 : 1;
}

/** The median; of descriptors the lower quartile, as containers that run hold some. */
function usual(samples: readonly Sample[], what: keyof Sample): number {
  const sorted = samples.map((sample) => sample[what]).sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length * (what === 'descriptors' ? 0.25 : 0.5))] ?? 0;
}

function sampleOf(pid: number, natsPid: number, atMs: number): Sample {
  return {
    atMs: Math.round(atMs),
    rssMb: rssMbOf(pid),
    descriptors: readdirSync(`/proc/${pid}/fd`).length,
    natsRssMb: rssMbOf(natsPid),
  };
}

function rssMbOf(pid: number): number {
  const kib = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Number(kib ?? 0) / 1024;
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
