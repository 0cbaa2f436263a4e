// Random requests to the HTTP API, right, wrong and hostile, before a real coordinator in this
// process: none may fail, and no refused one may change anything (test/lib/api/laws.ts). Usage: npm
// run fuzz:api -- [--requests N] [--seed S] [--seconds N]. One that breaks a law is shown with the
// seed and number of requests that make it again; the exit code is then 1.
import { parseArgs } from 'node:util';
import { ROUND, runRequests } from '../lib/api/run.js';

const { values } = parseArgs({
  options: {
    requests: { type: 'string', default: '10000' },
    seed: { type: 'string', default: '1' },
    seconds: { type: 'string', default: '0' },
  },
});
const [requests, seed, seconds] = [values.requests, values.seed, values.seconds].map(Number) as [
  number,
  number,
  number,
];
if (!(requests > 0 && seconds >= 0) || !Number.isSafeInteger(seed)) {
  console.error('give --requests, --seed and --seconds as whole numbers');
  process.exit(2);
}
const [startedAt, cpu] = [performance.now(), process.cpuUsage()];
const statuses: Record<string, number> = {};
/** Rounds between two lines. */
const SHOWN = 100 * ROUND;
let made = 0;
for (; made < requests && !isOver(); made += Math.min(SHOWN, requests - made)) {
  const tally = await runRequests(seed + made / ROUND, Math.min(SHOWN, requests - made));
  for (const [status, count] of Object.entries(tally.statuses))
    statuses[status] = (statuses[status] ?? 0) + count;
  if (requests > SHOWN) console.log(line(made + tally.requests));
}
console.log(line(made));

function isOver(): boolean {
  return seconds > 0 && performance.now() - startedAt > 1000 * seconds;
}

function line(done: number): string {
  const { user, system } = process.cpuUsage(cpu);
  const rate = Math.round(done / ((user + system) / 1e6));
  const shown = Object.entries(statuses).map(([status, count]) => `${status}: ${count}`);
  return `${done} requests, ${rate} a second of CPU (${shown.join(', ')}); no law was broken`;
}
