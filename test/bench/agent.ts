/**
 * `npm run bench:agent -- --json FILE`: what the agent costs with 10 and 50 controlled containers
 * at 1 s sampling, whole process, next to what `docker stats` costs on the same containers in the
 * same run (client and engine).
 *
 * `-- --compare NAME=COMMAND --compare NAME=COMMAND`: instead of that, memory and CPU of agents
 * that are started in other ways, in turns: `--compare 'old=node /old/dist/cli/main.js' --compare
 * 'small=env MALLOC_ARENA_MAX=1 node --max-semi-space-size=1 dist/cli/main.js'`. `--rounds 3
 * --containers 50 --settle 30 --seconds 60` are the defaults.
 */
import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { until } from '../lib/until.js';
import { type BenchAgent, startBenchAgent } from './lib/agent.js';
import { inTurns, turnsFrom, turnsTable, variantsFrom } from './lib/agent-turns.js';
import { enginePid, removeBenchContainers, startIdleContainers } from './lib/containers.js';
import { countersOf, jsonFileFrom, type ProcessCounters } from './lib/process-cost.js';

const SIZES = [10, 50];
const SETTLE_MS = 10_000;
const MEASURE_MS = 60_000;
const STATS_MS = 30_000;

interface Cost {
  readonly cpuRatio: number;
  readonly rssBytes: number;
  readonly readCallsPerSecond: number | null;
  readonly writeCallsPerSecond: number | null;
}

function costBetween(from: ProcessCounters, to: ProcessCounters, elapsedMs: number): Cost {
  const perSecond = (a: number | null, b: number | null): number | null =>
    a === null || b === null ? null : ((b - a) / elapsedMs) * 1000;
  return {
    cpuRatio: ((to.cpuSeconds - from.cpuSeconds) / elapsedMs) * 1000,
    rssBytes: to.rssBytes,
    readCallsPerSecond: perSecond(from.readCalls, to.readCalls),
    writeCallsPerSecond: perSecond(from.writeCalls, to.writeCalls),
  };
}

/** Costs of several processes over the same stretch of time. */
async function costsOver(
  pids: readonly (number | undefined)[],
  durationMs: number,
): Promise<readonly (Cost | null)[]> {
  const read = (): readonly (ProcessCounters | undefined)[] =>
    pids.map((pid) => (pid === undefined ? undefined : countersOf(pid)));
  const startMs = performance.now();
  const before = read();
  await sleep(durationMs);
  const after = read();
  const elapsedMs = performance.now() - startMs;
  return pids.map((_, index) => {
    const [from, to] = [before[index], after[index]];
    return from === undefined || to === undefined ? null : costBetween(from, to, elapsedMs);
  });
}

async function measureAgent(agent: BenchAgent, containers: number) {
  await until(
    () => agent.lastReport()?.containers.length === containers,
    'the agent to report every container',
    60_000,
  );
  await sleep(SETTLE_MS);
  const reportsBefore = agent.reports();
  const [own, engine] = await costsOver([agent.pid, enginePid()], MEASURE_MS);
  const reports = agent.reports();
  return {
    agent: own,
    engineMeanwhile: engine,
    readCallsPerContainerSecond:
      own?.readCallsPerSecond == null ? null : own.readCallsPerSecond / containers,
    reports: reports.count - reportsBefore.count,
    bytesPerReport:
      (reports.bytes - reportsBefore.bytes) / Math.max(1, reports.count - reportsBefore.count),
  };
}

async function measureDockerStats(ids: readonly string[]) {
  const stats = spawn('docker', ['stats', ...ids], { stdio: ['ignore', 'pipe', 'ignore'] });
  stats.stdout.resume();
  try {
    await sleep(SETTLE_MS);
    const [client, engine] = await costsOver([stats.pid, enginePid()], STATS_MS);
    return { client, engine };
  } finally {
    stats.kill('SIGKILL');
  }
}

async function measureSize(containers: number) {
  const agent = await startBenchAgent();
  let ids: readonly string[] = [];
  let measured: Awaited<ReturnType<typeof measureAgent>>;
  try {
    ids = startIdleContainers(containers, agent.labelPrefix);
    measured = await measureAgent(agent, containers);
  } finally {
    await agent.stop();
  }
  const [engineAlone] = await costsOver([enginePid()], STATS_MS);
  const dockerStats = await measureDockerStats(ids);
  removeBenchContainers();
  return {
    containers,
    samplingMs: 1000,
    measureMs: MEASURE_MS,
    ...measured,
    engineAlone,
    dockerStats,
  };
}

async function measureSizes() {
  removeBenchContainers();
  try {
    const results = [];
    for (const size of SIZES) results.push(await measureSize(size));
    console.log(JSON.stringify(results, null, 2));
    return results;
  } finally {
    removeBenchContainers();
  }
}

async function compare(variants: ReturnType<typeof variantsFrom>) {
  const onRun = (run: object): void => console.log(JSON.stringify(run));
  const runs = await inTurns(variants, { ...turnsFrom(process.argv), onRun });
  console.log(turnsTable(runs));
  return runs;
}

async function main(): Promise<void> {
  const jsonFile = jsonFileFrom(process.argv);
  const variants = variantsFrom(process.argv);
  const results = variants.length > 0 ? await compare(variants) : await measureSizes();
  if (jsonFile !== undefined) writeFileSync(jsonFile, `${JSON.stringify(results, null, 2)}\n`);
}

await main();
