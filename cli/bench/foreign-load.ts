// A separate program: the load of other programs of one run. It reads one line of JSON (a
// ForeignLoadPlan), wants that CPU in threads, and writes the CPU time it has used so far, ms, a
// line every 100 ms. It ends when its input closes (so with its parent, however that ends), and in
// any case soon after the last burst.
import { Worker } from 'node:worker_threads';
import type { ForeignBurst } from '../../lab/foreign/bursts.js';
import { foreignSteps } from '../../lab/foreign/steps.js';
import type { ForeignWorkerData } from './foreign-worker.js';

/** What the program is asked to do. */
export interface ForeignLoadPlan {
  /** CPU of the whole host, cores. */
  readonly cores: number;
  /** Unix time at which the run began, ms. */
  readonly startedAtWallMs: number;
  readonly bursts: readonly ForeignBurst[];
}

const TELL_MS = 100;
/** It ends this long after the last burst, ms. */
const GRACE_MS = 1000;

const usedMs = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};
/** CPU of this process before the first burst does not count. */
let base = usedMs();
const tell = (): void => void process.stdout.write(`${(usedMs() - base).toFixed(1)}\n`);

const workers: Worker[] = [];
let timers: readonly NodeJS.Timeout[] = [];
let isOver = false;
function end(): void {
  if (isOver) return;
  isOver = true;
  tell();
  for (const timer of timers) clearTimeout(timer);
  for (const worker of workers) void worker.terminate();
  process.stdin.destroy();
}

function start({ cores, startedAtWallMs, bursts }: ForeignLoadPlan): void {
  const steps = foreignSteps(bursts);
  const most = Math.max(0, ...steps.map(({ loadRatio }) => loadRatio * cores));
  const program = new URL('./foreign-worker.js', import.meta.url);
  const threads = Math.ceil(most - 1e-9);
  for (let index = 0; index < threads; index += 1) {
    const workerData: ForeignWorkerData = { index, threads, cores, startedAtWallMs, steps };
    workers.push(new Worker(program, { workerData }).on('error', end));
  }
  base = usedMs();
  const lastMs = startedAtWallMs + (steps.at(-1)?.atMs ?? 0) + GRACE_MS;
  timers = [setInterval(tell, TELL_MS), setTimeout(end, Math.max(0, lastMs - Date.now()))];
}

let text = '';
let hasStarted = false;
process.stdin.setEncoding('utf8').on('data', (chunk: string) => {
  if (hasStarted) return;
  text += chunk;
  const line = text.indexOf('\n');
  if (line < 0) return;
  hasStarted = true;
  start(JSON.parse(text.slice(0, line)) as ForeignLoadPlan);
});
for (const event of ['end', 'error', 'close']) process.stdin.on(event, end);
process.stdout.on('error', end);
