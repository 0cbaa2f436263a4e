/**
 * `npm run bench:enforce -- --json FILE`: time from a desired state published to the value in the
 * cgroup file changed, n ≥ 200. The agent runs as its own process; this process writes the KV
 * value, nudges, and polls the cgroup file.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { encodeCommand } from '../../proto/command.js';
import type { KeyValueStore } from '../../proto/store.js';
import type { DesiredAllocation, DesiredState } from '../../shared/command.js';
import { adoptedAllocationId, type ContainerId, type JobName } from '../../shared/ids.js';
import { until } from '../lib/until.js';
import { type BenchAgent, startBenchAgent } from './lib/agent.js';
import { quotaFileOf, removeBenchContainers, startIdleContainers } from './lib/containers.js';
import { jsonFileFrom, quantile } from './lib/process-cost.js';

const ROUNDS = 240;
const CONTAINERS = 10;
const PERIOD_US = 100_000;
const ROUND_DEADLINE_MS = 10_000;

interface Desk {
  readonly agent: BenchAgent;
  readonly store: KeyValueStore;
  readonly ids: readonly string[];
  readonly incarnation: string;
}

function desiredState(desk: Desk, revision: number, cores: number): DesiredState {
  const allocations = desk.ids.map(
    (id, index): DesiredAllocation => ({
      id: adoptedAllocationId(id as ContainerId),
      job: `idle-${index}` as JobName,
      containerId: id as ContainerId,
      limit: { cpuCores: index === 0 ? cores : 0.1, periodUs: PERIOD_US },
      reason: 'bench',
    }),
  );
  return {
    incarnation: desk.incarnation,
    epoch: 1,
    revision,
    node: desk.agent.node,
    validForMs: 60_000,
    allocations,
  };
}

/**
 * Publishes one change of the first container's limit and returns how long the cgroup file took to
 * show it, ms.
 */
async function round(desk: Desk, revision: number, file: string): Promise<number> {
  const cores = revision % 2 === 0 ? 0.2 : 0.3;
  const wanted = String(cores * PERIOD_US);
  const bytes = encodeCommand(desiredState(desk, revision, cores));
  const startMs = performance.now();
  await desk.store.put(desk.agent.node, bytes);
  desk.agent.bus.publish(desk.agent.subjects.command(desk.agent.node), bytes);
  while (!readFileSync(file, 'utf8').startsWith(wanted)) {
    if (performance.now() - startMs > ROUND_DEADLINE_MS)
      throw new Error(`the limit did not change within ${ROUND_DEADLINE_MS} ms`);
    await setImmediate();
  }
  return performance.now() - startMs;
}

async function main(): Promise<void> {
  const jsonFile = jsonFileFrom(process.argv);
  removeBenchContainers();
  const agent = await startBenchAgent();
  try {
    const ids = startIdleContainers(CONTAINERS, agent.labelPrefix);
    await until(
      () => agent.lastReport()?.containers.length === CONTAINERS,
      'the agent to report every container',
      30_000,
    );
    const store = await agent.stores.open(agent.cluster, 'desired');
    if (!store.ok) throw new Error(`no desired bucket: ${store.error}`);
    const desk: Desk = { agent, store: store.value, ids, incarnation: agent.incarnation };
    const file = quotaFileOf(ids[0] ?? '');
    const timesMs: number[] = [];
    await round(desk, 2, file);
    for (let revision = 3; revision < ROUNDS + 3; revision += 1)
      timesMs.push(await round(desk, revision, file));
    const result = {
      n: timesMs.length,
      containers: CONTAINERS,
      publishedToCgroupMs: {
        p50: quantile(timesMs, 0.5),
        p95: quantile(timesMs, 0.95),
        p99: quantile(timesMs, 0.99),
        max: quantile(timesMs, 1),
      },
    };
    console.log(JSON.stringify(result, null, 2));
    if (jsonFile !== undefined) writeFileSync(jsonFile, `${JSON.stringify(result, null, 2)}\n`);
  } finally {
    await agent.stop();
    removeBenchContainers();
  }
}

await main();
