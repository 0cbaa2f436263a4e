// Whether a `dqoes up` grows while jobs come and go: submits and stops jobs in real containers for
// some minutes and samples resident memory and file descriptors, those of its NATS server, too.
// Usage: npm run bench:soak -- [--minutes N] [--json FILE]. Exit code 1 where the last third of the
// time needs more than 5 % more memory or descriptors than the second. The server keeps the events,
// so it may grow. What the heap holds, and memory beside it, tells memory that is kept (it grows
// with the jobs) from memory that the engine has not given back.
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { Up } from '../lib/up.js';
import { CHURN_JOBS, type Churned, churn } from './lib/churn.js';
import {
  descriptorsOf,
  growthLine,
  growthOf,
  objectsMbOf,
  rssMbOf,
  type Sample,
  tooMuchOf,
} from './lib/soak-samples.js';

const SAMPLE_MS = 2000;

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
  const cluster: Churned = {
    call: (...asked: Parameters<Up['call']>) => up.call(...asked),
    states: async () => (await up.containers()).map(({ state }) => state),
  };
  let sampling: NodeJS.Timeout | undefined;
  try {
    await up.start({ keepJobs: false });
    const samples: Sample[] = [];
    const startedAtMs = performance.now();
    const take = async (): Promise<void> => {
      samples.push(await sampleOf(up, performance.now() - startedAtMs));
    };
    // A process that is just being started again cannot be read: that look is left out.
    sampling = setInterval(() => void take().catch(() => undefined), SAMPLE_MS);
    let rounds = 0;
    while (performance.now() - startedAtMs < forMs) {
      await churn(cluster, name, rounds);
      rounds += 1;
    }
    return report(samples, rounds);
  } finally {
    clearInterval(sampling);
    await up.remove();
  }
}

function report(samples: readonly Sample[], rounds: number): number {
  const jobs = rounds * CHURN_JOBS;
  const rows = growthOf(samples, jobs);
  console.log(`${jobs} jobs started and stopped, ${samples.length} samples`);
  for (const row of rows) console.log(growthLine(row));
  if (values.json !== undefined)
    writeFileSync(values.json, JSON.stringify({ jobs, rows, samples }));
  return tooMuchOf(rows).length === 0 ? 0 : 1;
}

async function sampleOf(up: Up, atMs: number): Promise<Sample> {
  const values = {
    rssMb: rssMbOf(up.pid),
    ...(await objectsMbOf(up.metricsUrl)),
    descriptors: descriptorsOf(up.pid),
    natsRssMb: rssMbOf(await up.natsPid()),
  };
  return { atMs: Math.round(atMs), values };
}
