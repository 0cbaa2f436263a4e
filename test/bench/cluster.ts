/**
 * `npm run bench:cluster -- [--agents 250,500,1000] [--seconds 30] [--busy N] [--runs N]
 * [--nice N] [--workers N] [--coordinator FILE] [--node FLAGS] [--packaged] [--follow]
 * [--json FILE]`: simulated agents with 20 allocations each, a report a second each, on the real
 * wire: a real nats-server and the coordinator in a process of its own. Per size: how long all jobs
 * take to be submitted and placed, how long the coordinator's event loop stood still and whether it
 * lost its leadership; then CPU and memory of the coordinator, bytes per node and second, and the
 * time from a report that needs another limit (the node says it has less CPU) to the desired state
 * at the node. All agents are this process: how late it is itself is part of that time, and printed
 * beside it with its CPU. `--busy`: N other processes compute all the while. `--nice`: of the
 * coordinator; -7 weighs nearly as much as `CPUWeight=500` in its unit. `--seconds 0`: only the
 * first part. `--workers`: threads among which the coordinator divides the nodes; its stalls are
 * those of the thread that answers. `--coordinator`: a `cli/main.js` of another build. `--node`:
 * flags of the engine, in one text, for the coordinator. `--packaged`: with the flags and the
 * environment that the command of a package adds. `--follow`: somebody follows the views, which are
 * not made otherwise.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Bus } from '../../proto/bus.js';
import { connectNats } from '../../proto/nats/connect.js';
import { callService } from '../../proto/service-client.js';
import { type Subjects, subjectsOf } from '../../proto/subjects.js';
import type { JobSpec } from '../../shared/job.js';
import { silentLog } from '../../shared/log.js';
import { keepBusy } from '../lib/busy-processes.js';
import { launchedWith } from '../lib/launcher.js';
import { startNatsServer } from '../lib/nats-server.js';
import { until } from '../lib/until.js';
import { WatchedCoordinator } from '../lib/watched-coordinator.js';
import { Fleet, jobsFor, PER_NODE } from './lib/fleet.js';
import { countersOf, jsonFileFrom, optionFrom, quantile } from './lib/process-cost.js';

const CLUSTER = 'bench';
const BATCH = 400;
const SETTLE_MS = 15_000;
const RESOLUTION_MS = 10;

interface SizeOutcome {
  readonly agents: number;
  readonly allocations: number;
  readonly busy: number;
  readonly workers: number;
  readonly isFollowed: boolean;
  /** Messages about nodes that came. */
  readonly views: number;
  readonly flood: Flood;
  /** null = only the flood was measured. */
  readonly steady: Steady | null;
}

interface Flood {
  readonly submitSeconds: number;
  /** From the first submission until all jobs are placed. */
  readonly placedSeconds: number;
  readonly longestStallMs: number;
  /** How often the coordinator lost its leadership. */
  readonly stepDowns: number;
}

interface Steady {
  readonly seconds: number;
  readonly coordinator: {
    readonly cores: number;
    readonly rssBytes: number;
    /** System calls; null = they are not known. */
    readonly writesPerSecond: number | null;
  };
  readonly natsCores: number;
  /** Of the process of all agents; `lateMs`: how late 99 of 100 of its timers are at most. */
  readonly fleet: { readonly cores: number; readonly lateMs: number };
  readonly reportToDesiredMs: {
    readonly n: number;
    readonly p50: number;
    readonly p99: number;
    readonly max: number;
  };
  /** Asked of nodes that lost CPU and never answered in time. */
  readonly unanswered: number;
  readonly bytesPerNodeSecond: { readonly reports: number; readonly commands: number };
}

interface Options {
  readonly agents: number;
  readonly seconds: number;
  readonly busy: number;
  readonly nice: number | undefined;
  readonly workers: number;
  readonly isFollowed: boolean;
  readonly main: string | undefined;
  readonly nodeFlags: readonly string[];
  /** Beside that of this process, for the coordinator. */
  readonly env: Readonly<Record<string, string>>;
}

async function measure(options: Options): Promise<SizeOutcome> {
  const { agents, seconds, busy, nice, workers, main, isFollowed, nodeFlags, env } = options;
  const server = await startNatsServer();
  const connected = await connectNats({ servers: [server.url], name: 'bench', log: silentLog });
  if (!connected.ok) throw new Error(connected.error);
  const { bus } = connected.value;
  const folder = mkdtempSync(join(tmpdir(), 'dqoes-bench-'));
  const where = { folder, url: server.url, cluster: CLUSTER, nodeFlags, env, workers };
  const coordinator = new WatchedCoordinator({
    ...where,
    ...(main === undefined ? {} : { main }),
    ...(nice === undefined ? {} : { nice }),
  });
  const subjects = subjectsOf(CLUSTER);
  const fleet = new Fleet(bus, subjects, agents);
  let views = 0;
  const onView = (): void => {
    views += 1;
  };
  if (isFollowed) bus.subscribe(subjects.allViews, onView);
  const endBusy = keepBusy(busy);
  try {
    fleet.start();
    await until(() => coordinator.hasLed, 'the coordinator to lead', 60_000);
    const flood = await measureFlood({ coordinator, fleet, bus, subjects });
    const pids = { coordinator: coordinator.pid, nats: server.pid };
    const steady = seconds === 0 ? null : await measureSteady(fleet, pids, seconds);
    const how = { agents, allocations: agents * PER_NODE, busy, workers, isFollowed };
    return { ...how, views, flood, steady };
  } finally {
    endBusy();
    await fleet.stop();
    await coordinator.end();
    await bus.close();
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Flooded {
  readonly coordinator: WatchedCoordinator;
  readonly fleet: Fleet;
  readonly bus: Bus;
  readonly subjects: Subjects;
}

async function measureFlood({ coordinator, fleet, bus, subjects }: Flooded): Promise<Flood> {
  const agents = fleet.nodes.length;
  const startMs = performance.now();
  const submitSeconds = await submit(bus, subjects, agents);
  await until(
    () => fleet.allocations === agents * PER_NODE,
    'every allocation to be placed',
    600_000,
  );
  const placedSeconds = (performance.now() - startMs) / 1000;
  await sleep(SETTLE_MS);
  const { longestStallMs, stepDowns } = coordinator;
  return { submitSeconds, placedSeconds, longestStallMs, stepDowns };
}

interface Pids {
  readonly coordinator: number;
  readonly nats: number;
}

async function measureSteady(fleet: Fleet, pids: Pids, seconds: number): Promise<Steady> {
  const look = () => ({
    coordinator: countersOf(pids.coordinator),
    nats: countersOf(pids.nats),
    fleet: countersOf(process.pid),
    reportBytes: fleet.reportBytes,
    commandBytes: fleet.commandBytes,
  });
  const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  const before = look();
  fleet.isShrinking = true;
  delay.enable();
  await sleep(seconds * 1000);
  delay.disable();
  fleet.isShrinking = false;
  const after = look();
  await sleep(2000);
  const perNode = (bytes: number): number => bytes / fleet.nodes.length / seconds;
  const cores = (of: 'coordinator' | 'nats' | 'fleet'): number =>
    (after[of].cpuSeconds - before[of].cpuSeconds) / seconds;
  const [from, to] = [before.coordinator.writeCalls, after.coordinator.writeCalls];
  return {
    seconds,
    coordinator: {
      cores: cores('coordinator'),
      rssBytes: after.coordinator.rssBytes,
      writesPerSecond: from === null || to === null ? null : (to - from) / seconds,
    },
    natsCores: cores('nats'),
    fleet: { cores: cores('fleet'), lateMs: delay.percentile(99) / 1e6 - RESOLUTION_MS },
    reportToDesiredMs: {
      n: fleet.answeredMs.length,
      p50: quantile(fleet.answeredMs, 0.5),
      p99: quantile(fleet.answeredMs, 0.99),
      max: Math.max(...fleet.answeredMs),
    },
    unanswered: fleet.nodes.filter(({ shrunkAtMs }) => shrunkAtMs !== null).length,
    bytesPerNodeSecond: {
      reports: perNode(after.reportBytes - before.reportBytes),
      commands: perNode(after.commandBytes - before.commandBytes),
    },
  };
}

// Returns how long it took, s.
async function submit(bus: Bus, subjects: Subjects, agents: number): Promise<number> {
  const startMs = performance.now();
  const jobs = jobsFor(agents);
  const call = (batch: readonly JobSpec[]) =>
    callService({ bus, subjects, timeoutMs: 120_000 }, 'job-submit', { jobs: batch });
  // The coordinator may still be starting.
  await until(async () => (await call(jobs.slice(0, 1))).ok, 'the coordinator to answer', 60_000);
  // Submitting again is safe: a coordinator that lost its leadership may not have answered.
  for (let at = 0; at < jobs.length; at += BATCH)
    await until(
      async () => (await call(jobs.slice(at, at + BATCH))).ok,
      'a submission to be taken',
      120_000,
    );
  return (performance.now() - startMs) / 1000;
}

function tell({ agents, allocations, busy, workers, flood, steady }: SizeOutcome): void {
  const leadership =
    flood.stepDowns === 0 ? 'leadership kept' : `leadership lost ${flood.stepDowns} times`;
  console.log(
    `${agents} agents, ${allocations} jobs, ${workers} workers, ${busy} busy processes: ` +
      `submitted in ${flood.submitSeconds.toFixed(1)} s, ` +
      `placed in ${flood.placedSeconds.toFixed(1)} s; ` +
      `longest stall ${flood.longestStallMs.toFixed(0)} ms, ${leadership}`,
  );
  if (steady === null) return;
  const {
    coordinator,
    natsCores,
    fleet,
    reportToDesiredMs: answer,
    bytesPerNodeSecond: bytes,
    unanswered,
  } = steady;
  const writes = coordinator.writesPerSecond;
  console.log(
    `  then: coordinator ${coordinator.cores.toFixed(2)} cores, ` +
      `${Math.round(coordinator.rssBytes / 2 ** 20)} MB` +
      `${writes === null ? '' : `, ${Math.round(writes)} writes/s`}; nats-server ` +
      `${natsCores.toFixed(2)} cores; agents ${fleet.cores.toFixed(2)} cores, late by ` +
      `${fleet.lateMs.toFixed(0)} ms (p99); report → desired state p50 ` +
      `${answer.p50.toFixed(0)} ms, p99 ` +
      `${answer.p99.toFixed(0)} ms (n = ${answer.n}, ${unanswered} unanswered); ` +
      `${(bytes.reports / 1000).toFixed(1)} kB/s reported and ` +
      `${(bytes.commands / 1000).toFixed(2)} kB/s desired per node`,
  );
}

async function main(): Promise<void> {
  const { argv } = process;
  const jsonFile = jsonFileFrom(argv);
  const number = (name: string, otherwise: number): number =>
    Number(optionFrom(argv, name) ?? otherwise);
  const sizes = (optionFrom(argv, '--agents') ?? '250,500,1000').split(',').map(Number);
  const [seconds, busy, runs] = [number('--seconds', 30), number('--busy', 0), number('--runs', 1)];
  const workers = number('--workers', 0);
  const niceText = optionFrom(argv, '--nice');
  const nice = niceText === undefined ? undefined : Number(niceText);
  const program = optionFrom(argv, '--coordinator');
  const given = (optionFrom(argv, '--node') ?? '').split(' ').filter((flag) => flag !== '');
  const isPackaged = argv.includes('--packaged');
  const { flags, env } = isPackaged ? launchedWith('coordinator') : { flags: [], env: {} };
  const nodeFlags = [...flags, ...given];
  const isFollowed = argv.includes('--follow');
  const outcomes: SizeOutcome[] = [];
  for (const agents of sizes)
    for (let run = 0; run < runs; run += 1) {
      const how = { agents, seconds, busy, nice, workers, isFollowed, nodeFlags, env };
      const outcome = await measure({ ...how, main: program });
      outcomes.push(outcome);
      tell(outcome);
      if (jsonFile !== undefined) writeFileSync(jsonFile, JSON.stringify({ outcomes }, null, 2));
    }
}

// Ctrl-C ends all that the benchmark started, too.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));
await main();
