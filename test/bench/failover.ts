/**
 * `npm run bench:failover -- [--times 20] [--lease 10] [--json FILE]`: how long a cluster is
 * without a leader, and how long a dead node goes unnoticed. Three coordinators in processes of
 * their own, a real nats-server, simulated nodes that report once a second. The leading coordinator
 * gets SIGKILL, SIGSTOP or SIGTERM at a random moment: time from the signal to the first desired
 * state of a later epoch at a node. A node falls silent: time from its last report to the events
 * `node.suspect` and `node.down`.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Bus } from '../../proto/bus.js';
import { decodeEvent } from '../../proto/event.js';
import { connectNats } from '../../proto/nats/connect.js';
import type { DqoesEvent } from '../../proto/schemas/event.js';
import { callService } from '../../proto/service-client.js';
import { subjectsOf } from '../../proto/subjects.js';
import { silentLog } from '../../shared/log.js';
import { seededRandom } from '../../shared/random.js';
import { startNatsServer } from '../lib/nats-server.js';
import { until } from '../lib/until.js';
import { Fleet, jobsFor } from './lib/fleet.js';
import { jsonFileFrom, quantile } from './lib/process-cost.js';

const CLUSTER = 'failover';
const NODES = 20;
const NAMES = ['a', 'b', 'c'] as const;
const SIGNALS = ['SIGKILL', 'SIGSTOP', 'SIGTERM'] as const;
const MAIN = fileURLToPath(new URL('../../cli/main.js', import.meta.url));
const LONGEST_MS = 120_000;

const random = seededRandom(1);
const option = (name: string, otherwise: number): number => {
  const at = process.argv.indexOf(name);
  return at === -1 ? otherwise : Number(process.argv[at + 1]);
};
const [times, leaseSeconds] = [option('--times', 20), option('--lease', 10)];
const jsonFile = jsonFileFrom(process.argv);

/** Three coordinators; events say which one leads. */
class Coordinators {
  leader = '';
  readonly #children = new Map<string, ChildProcess>();
  readonly #folder: string;
  readonly #url: string;

  constructor(folder: string, url: string) {
    this.#folder = folder;
    this.#url = url;
    for (const name of NAMES) this.start(name);
  }

  start(name: string): void {
    const file = join(this.#folder, `${name}.yaml`);
    writeFileSync(
      file,
      `cluster: ${CLUSTER}\nname: ${name}\nlease: ${leaseSeconds}s\nnats: { url: ` +
        `"${this.#url}" }\n`,
    );
    const args = [MAIN, 'coordinator', '--install', '--log-level', 'error', '--config', file];
    this.#children.set(
      name,
      spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'ignore'] }),
    );
  }

  signal(name: string, signal: NodeJS.Signals): void {
    this.#children.get(name)?.kill(signal);
  }

  async again(name: string, signal: NodeJS.Signals): Promise<void> {
    if (signal === 'SIGSTOP') return this.signal(name, 'SIGCONT');
    const child = this.#children.get(name) as ChildProcess;
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    this.start(name);
  }

  stop(): void {
    for (const child of this.#children.values()) child.kill('SIGKILL');
  }
}

/** Ms from each signal to the first desired state of a later epoch. */
async function failovers(
  fleet: Fleet,
  coordinators: Coordinators,
  signal: NodeJS.Signals,
): Promise<readonly number[]> {
  const tookMs: number[] = [];
  for (let i = 0; i < times; i += 1) {
    // The one that was started again is to stand by, at any point of the leader's renewals.
    await sleep(2000 + random() * 1000 * leaseSeconds * 0.25);
    const { leader } = coordinators;
    const epoch = highest;
    let isNext: (atMs: number) => void = () => {};
    const next = new Promise<number>((resolve) => {
      isNext = resolve;
    });
    fleet.onDesired = (desired) => desired.epoch > epoch && isNext(performance.now());
    const atMs = performance.now();
    coordinators.signal(leader, signal);
    const late = sleep(LONGEST_MS).then(() => Number.NaN);
    tookMs.push((await Promise.race([next, late])) - atMs);
    await until(() => coordinators.leader !== leader, 'another to lead', 30_000);
    await coordinators.again(leader, signal);
    process.stdout.write(`${signal} ${i + 1}/${times}: ${tookMs.at(-1)?.toFixed(0)} ms\n`);
  }
  return tookMs;
}

/** Ms from the last report of each silent node to both events. */
async function detections(fleet: Fleet, heard: (event: (event: DqoesEvent) => void) => void) {
  const atMs = new Map<string, number>();
  const suspectMs: number[] = [];
  const downMs: number[] = [];
  heard((event) => {
    if (event.type !== 'dqoes.node.suspect' && event.type !== 'dqoes.node.down') return;
    const since = atMs.get(event.data.node);
    if (since !== undefined)
      (event.type === 'dqoes.node.down' ? downMs : suspectMs).push(performance.now() - since);
  });
  for (let i = 0; i < times; i += 1) {
    const node = fleet.nodes[i % fleet.nodes.length];
    if (node === undefined) break;
    await sleep(random() * 1000);
    const before = downMs.length;
    fleet.silent.add(node);
    atMs.set(node.id, node.reportedAtMs);
    await until(() => downMs.length > before, `${node.id} to be down`, LONGEST_MS);
    fleet.silent.delete(node);
    atMs.delete(node.id);
    process.stdout.write(
      `silent ${i + 1}/${times}: ${suspectMs.at(-1)?.toFixed(0)}, ` +
        `${downMs.at(-1)?.toFixed(0)} ms\n`,
    );
  }
  return { suspectMs, downMs };
}

let highest = 0;

async function prepare(bus: Bus, fleet: Fleet): Promise<void> {
  const subjects = subjectsOf(CLUSTER);
  fleet.start();
  const submit = () =>
    callService({ bus, subjects, timeoutMs: 30_000 }, 'job-submit', { jobs: jobsFor(NODES) });
  await until(async () => (await submit()).ok, 'the coordinator to answer', 60_000);
  await until(() => fleet.allocations === NODES * 20, 'every allocation to be placed', 120_000);
}

const summaryOf = (ms: readonly number[]) => ({
  n: ms.length,
  min: Math.min(...ms),
  p50: quantile(ms, 0.5),
  p90: quantile(ms, 0.9),
  max: Math.max(...ms),
});

const server = await startNatsServer();
const folder = mkdtempSync(join(tmpdir(), 'dqoes-bench-'));
const coordinators = new Coordinators(folder, server.url);
const connected = await connectNats({ servers: [server.url], name: 'bench', log: silentLog });
if (!connected.ok) throw new Error(connected.error);
const { bus } = connected.value;
const fleet = new Fleet(bus, subjectsOf(CLUSTER), NODES);
try {
  let listener: (event: DqoesEvent) => void = () => {};
  bus.subscribe(subjectsOf(CLUSTER).allEvents, ({ data }) => {
    const event = decodeEvent(data);
    if (!event.ok) return;
    if (event.value.type === 'dqoes.coordinator.elected') {
      coordinators.leader = event.value.data.coordinator;
      highest = event.value.data.epoch;
    }
    listener(event.value);
  });
  await prepare(bus, fleet);
  const silent = await detections(fleet, (hears) => {
    listener = hears;
  });
  const outcome: Record<string, unknown> = {
    leaseSeconds,
    suspectMs: summaryOf(silent.suspectMs),
    downMs: summaryOf(silent.downMs),
  };
  for (const signal of SIGNALS)
    outcome[signal] = summaryOf(await failovers(fleet, coordinators, signal));
  console.log(JSON.stringify(outcome, null, 2));
  if (jsonFile !== undefined) writeFileSync(jsonFile, `${JSON.stringify(outcome, null, 2)}\n`);
} finally {
  await fleet.stop();
  coordinators.stop();
  await bus.close();
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
}
