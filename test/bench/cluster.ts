/**
 * `npm run bench:cluster -- [--agents 250,500,1000] [--seconds 30] [--json FILE]`: simulated agents with 20 allocations each, a report a second each, on the real wire: a real nats-server and the coordinator in
 * a process of its own. Per size: CPU and memory of the coordinator, bytes per node and second, and the time from a report that needs another limit (the node says it has less CPU) to the desired state at the node.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Bus } from '../../proto/bus.js';
import { connectNats } from '../../proto/nats-connect.js';
import { callService } from '../../proto/service-client.js';
import { type Subjects, subjectsOf } from '../../proto/subjects.js';
import type { JobSpec } from '../../shared/job.js';
import { silentLog } from '../../shared/log.js';
import { startNatsServer } from '../lib/nats-server.js';
import { until } from '../lib/until.js';
import { Fleet, jobsFor, PER_NODE } from './lib/fleet.js';
import { countersOf, jsonFileFrom, quantile } from './lib/process-cost.js';

const CLUSTER = 'bench';
const BATCH = 400;
const SETTLE_MS = 15_000;
const MAIN = join(dirname(fileURLToPath(import.meta.url)), '../../cli/main.js');

interface Outcome {
  readonly agents: number;
  readonly allocations: number;
  readonly seconds: number;
  readonly coordinator: { readonly cores: number; readonly rssBytes: number };
  readonly natsCores: number;
  readonly reportToDesiredMs: { readonly n: number; readonly p50: number; readonly p99: number; readonly max: number };
  /** Asked of nodes that lost CPU and never answered in time. */
  readonly unanswered: number;
  readonly bytesPerNodeSecond: { readonly reports: number; readonly commands: number };
  readonly submitSeconds: number;
}

async function measure(agents: number, seconds: number): Promise<Outcome> {
  const server = await startNatsServer();
  const connected = await connectNats({ servers: [server.url], name: 'bench', log: silentLog });
  if (!connected.ok) throw new Error(connected.error);
  const { bus } = connected.value;
  const folder = mkdtempSync(join(tmpdir(), 'dqoes-bench-'));
  const coordinator = startCoordinator(folder, server.url);
  const subjects = subjectsOf(CLUSTER);
  const fleet = new Fleet(bus, subjects, agents);
  try {
    fleet.start();
    const submitSeconds = await submit(bus, subjects, agents);
    await until(() => fleet.allocations === agents * PER_NODE, 'every allocation to be placed', 300_000);
    await sleep(SETTLE_MS);
    const before = {
      coordinator: countersOf(coordinator.pid ?? 0),
      nats: countersOf(server.pid),
      reportBytes: fleet.reportBytes,
      commandBytes: fleet.commandBytes,
    };
    fleet.isShrinking = true;
    await sleep(seconds * 1000);
    fleet.isShrinking = false;
    const after = { coordinator: countersOf(coordinator.pid ?? 0), nats: countersOf(server.pid) };
    await sleep(2000);
    const perNode = (bytes: number): number => bytes / agents / seconds;
    return {
      agents,
      allocations: agents * PER_NODE,
      seconds,
      coordinator: {
        cores: (after.coordinator.cpuSeconds - before.coordinator.cpuSeconds) / seconds,
        rssBytes: after.coordinator.rssBytes,
      },
      natsCores: (after.nats.cpuSeconds - before.nats.cpuSeconds) / seconds,
      reportToDesiredMs: {
        n: fleet.answeredMs.length,
        p50: quantile(fleet.answeredMs, 0.5),
        p99: quantile(fleet.answeredMs, 0.99),
        max: Math.max(...fleet.answeredMs),
      },
      unanswered: fleet.nodes.filter(({ shrunkAtMs }) => shrunkAtMs !== null).length,
      bytesPerNodeSecond: {
        reports: perNode(fleet.reportBytes - before.reportBytes),
        commands: perNode(fleet.commandBytes - before.commandBytes),
      },
      submitSeconds,
    };
  } finally {
    await fleet.stop();
    await end(coordinator);
    await bus.close();
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

function startCoordinator(folder: string, url: string): ChildProcess {
  const file = join(folder, 'coordinator.yaml');
  writeFileSync(file, `cluster: ${CLUSTER}\nnats: { url: "${url}" }\n`);
  const args = [MAIN, 'coordinator', '--install', '--log-level', 'warn', '--config', file];
  return spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'inherit'] });
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGTERM');
  await gone;
}

// Returns how long it took, s.
async function submit(bus: Bus, subjects: Subjects, agents: number): Promise<number> {
  const startMs = performance.now();
  const jobs = jobsFor(agents);
  const call = (batch: readonly JobSpec[]) =>
    callService({ bus, subjects, timeoutMs: 120_000 }, 'job-submit', { jobs: batch });
  // The coordinator may still be starting.
  await until(async () => (await call(jobs.slice(0, 1))).ok, 'the coordinator to answer', 60_000);
  for (let at = 0; at < jobs.length; at += BATCH) {
    const answer = await call(jobs.slice(at, at + BATCH));
    if (!answer.ok) throw new Error(answer.error.map(({ message }) => message).join('; '));
  }
  return (performance.now() - startMs) / 1000;
}

const option = (name: string, otherwise: string): string => {
  const at = process.argv.indexOf(name);
  return at === -1 ? otherwise : (process.argv[at + 1] ?? otherwise);
};

async function main(): Promise<void> {
  const jsonFile = jsonFileFrom(process.argv);
  const sizes = option('--agents', '250,500,1000').split(',').map(Number);
  const seconds = Number(option('--seconds', '30'));
  const outcomes: Outcome[] = [];
  for (const agents of sizes) {
    const outcome = await measure(agents, seconds);
    outcomes.push(outcome);
    const { coordinator, reportToDesiredMs: answer, bytesPerNodeSecond: bytes, natsCores } = outcome;
    console.log(
      `${agents} agents, ${outcome.allocations} allocations: coordinator ${coordinator.cores.toFixed(2)} cores, ${Math.round(coordinator.rssBytes / 2 ** 20)} MB; nats-server ${natsCores.toFixed(2)} cores; report → desired state p50 ${answer.p50.toFixed(0)} ms, p99 ${answer.p99.toFixed(0)} ms (n = ${answer.n}, ${outcome.unanswered} unanswered); ${(bytes.reports / 1000).toFixed(1)} kB/s reported and ${(bytes.commands / 1000).toFixed(2)} kB/s desired per node`,
    );
    if (jsonFile !== undefined) writeFileSync(jsonFile, JSON.stringify({ outcomes }, null, 2));
  }
}

await main();
