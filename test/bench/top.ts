// What `dqoes top` costs: the CPU, memory and frames of one in a real terminal that watches ROWS
// containers on twenty nodes, which report every second to a real coordinator on a real
// nats-server; and the time of one frame alone. Usage: npm run bench:top [-- --rows N]
// [--seconds N] [--rounds N] [--json FILE]
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { ContainerReport } from '../../shared/report.js';
import { ClusterOnNats } from '../integration/cluster-on-nats.js';
import { startNatsServer } from '../lib/nats-server.js';
import { type Pty, startInPty } from '../lib/pty.js';
import { systemClock } from '../lib/system-clock.js';
import { until } from '../lib/until.js';
import { container, latency, target } from '../unit/coordinator/build.js';
import { FakeAgent } from '../unit/coordinator/fake-agent.js';
import { countersOf, jsonFileFrom, optionFrom } from './lib/process-cost.js';
import { frameTimes } from './lib/top-frames.js';

const MAIN = fileURLToPath(new URL('../../cli/main.js', import.meta.url));
const NODES = 20;
const REPORT_MS = 1000;
const SETTLE_MS = 8000;
const WAIT_MS = 60_000;
const KEY_MS = 100;
const SIZES = [
  { columns: 80, rows: 24 },
  { columns: 200, rows: 60 },
] as const;

const numberFrom = (name: string, fallback: number): number =>
  Number(optionFrom(process.argv, name) ?? fallback);
const ROWS = numberFrom('--rows', 1000);
const SECONDS = numberFrom('--seconds', 30);
const ROUNDS = numberFrom('--rounds', 3);

/** A container that is adopted, with another response time at each call. */
function adopted(node: number, at: number, round: number): ContainerReport {
  const id = `service-${String(node * 1000 + at).padStart(5, '0')}-1`;
  const ms = 100 * (1 + Math.sin(round / 5 + at) / 4);
  return container(id, {
    origin: 'label',
    name: id,
    target: target(100),
    latency: latency(ms),
    cpu: {
      usageCores: 0.01 + (at % 7) / 1000,
      usageTotalSeconds: round / 100,
      throttledRatio: 0.1,
      pressureRatio: null,
    },
  });
}

async function report(cluster: ClusterOnNats, signal: AbortSignal): Promise<void> {
  const { bus } = await cluster.connect();
  const agents = Array.from(
    { length: NODES },
    (_, at) => new FakeAgent(bus, cluster.subjects, `h${at}`),
  );
  const perNode = Math.ceil(ROWS / NODES);
  for (let round = 0; !signal.aborted; round += 1) {
    for (const [node, agent] of agents.entries()) {
      agent.others = Array.from({ length: perNode }, (_, at) => adopted(node, at, round));
      agent.report({ intervalMs: REPORT_MS, sentAtMs: systemClock.now() });
    }
    await systemClock.sleep(REPORT_MS, signal);
  }
  for (const agent of agents) agent.stop();
}

interface Measured {
  readonly size: string;
  readonly keys: 'none' | 'held';
  readonly coreShare: number;
  readonly rssBytes: number;
  readonly bytesPerSecond: number;
}

async function watch(url: string, size: (typeof SIZES)[number]): Promise<readonly Measured[]> {
  const args = [process.execPath, MAIN, 'top', '--nats', url, '--cluster', 'bench'];
  const pty = startInPty(args, size);
  try {
    await until(() => / jobs at target/.test(pty.screen.text), 'the first frame', WAIT_MS);
    await until(() => pty.screen.text.includes(` of ${ROWS}`), 'all rows', WAIT_MS);
    await systemClock.sleep(SETTLE_MS);
    const name = `${size.columns}x${size.rows}`;
    const idle = { size: name, keys: 'none', ...(await measure(pty)) } as const;
    // A key that is held down: every frame is another one.
    const holding = new AbortController();
    void (async () => {
      while (!holding.signal.aborted) {
        pty.type('j');
        await systemClock.sleep(KEY_MS, holding.signal);
      }
    })();
    const held = { size: name, keys: 'held', ...(await measure(pty)) } as const;
    holding.abort();
    pty.type('q');
    await pty.ended;
    return [idle, held];
  } finally {
    pty.kill();
  }
}

async function measure(pty: Pty) {
  const pid = await pty.pid();
  pty.screen.written = 0;
  const [before, beganMs] = [countersOf(pid), performance.now()];
  await systemClock.sleep(SECONDS * 1000);
  const [after, seconds] = [countersOf(pid), (performance.now() - beganMs) / 1000];
  return {
    coreShare: (after.cpuSeconds - before.cpuSeconds) / seconds,
    rssBytes: after.rssBytes,
    bytesPerSecond: pty.screen.written / seconds,
  };
}

async function main(): Promise<void> {
  const server = await startNatsServer();
  const cluster = await ClusterOnNats.make(server.url, 'bench');
  const stopping = new AbortController();
  const found: Measured[] = [];
  try {
    await cluster.start('c1', { policy: 'default' });
    const reporting = report(cluster, stopping.signal);
    for (let round = 0; round < ROUNDS; round += 1)
      for (const size of SIZES)
        for (const each of await watch(server.url, size)) {
          found.push(each);
          console.log(lineOf(each));
        }
    stopping.abort();
    await reporting;
  } finally {
    stopping.abort();
    await cluster.close();
    await server.stop();
  }
  const frames = SIZES.map((size) => frameTimes(ROWS, size));
  for (const each of frames) console.log(JSON.stringify(each));
  const file = jsonFileFrom(process.argv);
  if (file !== undefined)
    writeFileSync(file, JSON.stringify({ rows: ROWS, seconds: SECONDS, found, frames }, null, 2));
}

const lineOf = ({ size, keys, coreShare, rssBytes, bytesPerSecond }: Measured): string =>
  `${size.padEnd(7)} keys ${keys}: ${(100 * coreShare).toFixed(2)} % of a core, ` +
  `${Math.round(rssBytes / 1024 ** 2)} MiB, ${Math.round(bytesPerSecond)} B/s to the terminal`;

await main();
process.exit(0);
