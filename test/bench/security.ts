/**
 * `npm run bench:security -- [--rounds 3] [--limits 60] [--json FILE]`: what keys and signatures
 * cost where it counts, with and without them in turn: from a desired state (encoded and signed,
 * stored, published) to the value in the cgroup file, with a real agent, nats-server and Docker;
 * and the CPU that a coordinator takes for a report, with the senders. Keys: a NATS server with the
 * configuration of dqoes; signatures: desired states signed by the coordinator, checked by the
 * agent.
 */
import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { keyPath, serverConfigPath } from '../../cli/auth/folder.js';
import { ensureUsers } from '../../cli/auth/keys.js';
import { readCredentials } from '../../cli/credentials.js';
import { type CommandCodec, UNSIGNED } from '../../proto/command-codec.js';
import { publicTextOf, signedCommands } from '../../proto/signing/signed-commands.js';
import type { KeyValueStore } from '../../proto/store.js';
import type { DesiredState } from '../../shared/command.js';
import {
  adoptedAllocationId,
  type ContainerId,
  type JobName,
  type NodeId,
} from '../../shared/ids.js';
import { until } from '../lib/until.js';
import { must } from '../security/guarded-server.js';
import { type BenchAgent, type BenchGuard, startBenchAgent } from './lib/agent.js';
import { quotaFileOf, removeBenchContainers, startIdleContainers } from './lib/containers.js';
import { jsonFileFrom, optionFrom, quantile } from './lib/process-cost.js';
import { cpuPerReport } from './lib/taken-reports.js';

const CLUSTER = 'bench';
const CONTAINERS = 3;
const PERIOD_US = 100_000;
const WARM_UP = 10;
const DEADLINE_MS = 10_000;

/** One agent and what commands it. */
interface Side {
  readonly name: 'off' | 'on';
  readonly agent: BenchAgent;
  readonly commands: CommandCodec;
  readonly store: KeyValueStore;
  readonly ids: readonly string[];
  readonly file: string;
  readonly timesMs: number[];
  revision: number;
}

function stateOf({ agent, ids }: Side, revision: number, cores: number): DesiredState {
  return {
    incarnation: agent.incarnation,
    epoch: 1,
    revision,
    node: agent.node,
    validForMs: 60_000,
    allocations: ids.map((id, index) => ({
      id: adoptedAllocationId(id as ContainerId),
      job: `idle-${index}` as JobName,
      containerId: id as ContainerId,
      limit: { cpuCores: index === 0 ? cores : 0.1, periodUs: PERIOD_US },
      reason: 'bench',
    })),
  };
}

/** One change of a limit; returns how long the cgroup file took to show it, ms. */
async function change(side: Side): Promise<number> {
  side.revision += 1;
  const cores = side.revision % 2 === 0 ? 0.2 : 0.3;
  const { agent, commands, store, file } = side;
  const startMs = performance.now();
  const bytes = commands.encode(stateOf(side, side.revision, cores));
  must(await store.put(agent.node, bytes));
  agent.bus.publish(agent.subjects.command(agent.node), bytes);
  while (!readFileSync(file, 'utf8').startsWith(String(cores * PERIOD_US))) {
    if (performance.now() - startMs > DEADLINE_MS)
      throw new Error(`${side.name}: the limit did not change within ${DEADLINE_MS} ms`);
    await setImmediate();
  }
  return performance.now() - startMs;
}

async function open(name: Side['name'], guard?: BenchGuard, key?: KeyObject): Promise<Side> {
  const node = `bench-${name}` as NodeId;
  const labelPrefix = `dqoes-bench-${name}.`;
  const options = guard === undefined ? {} : { guard };
  const agent = await startBenchAgent({ node, labelPrefix, ...options });
  const ids = startIdleContainers(CONTAINERS, labelPrefix);
  const areSeen = (): boolean => agent.lastReport()?.containers.length === CONTAINERS;
  await until(areSeen, `${name}: the agent to report every container`, 30_000);
  const store = must(await agent.stores.open(agent.cluster, 'desired'));
  const commands = key === undefined ? UNSIGNED : signing(key);
  const file = quotaFileOf(ids[0] ?? '');
  return { name, agent, commands, store, ids, file, timesMs: [], revision: 1 };
}

const signing = (signingKey: KeyObject): CommandCodec =>
  signedCommands({ cluster: CLUSTER, signingKey, trusted: [publicTextOf(signingKey)] });

function guardIn(folder: string, key: KeyObject): BenchGuard {
  const store = { storeDir: join(folder, 'js'), maxFileBytes: 1e9, maxMemoryBytes: 1e8 };
  const node = 'bench-on' as NodeId;
  must(
    ensureUsers(folder, { cluster: CLUSTER, users: [], store }, [
      { role: 'coordinator', name: 'coordinator' },
      { role: 'agent', node },
    ]),
  );
  return {
    serverConfig: serverConfigPath(folder),
    coordinator: must(readCredentials(keyPath(folder, 'coordinator'), 'bench')),
    agentKey: keyPath(folder, `agent-${node}`),
    coordinatorKey: publicTextOf(key),
  };
}

async function measureLimits(rounds: number, limits: number, key: KeyObject) {
  const folder = mkdtempSync(join(tmpdir(), 'dqoes-bench-'));
  const sides: Side[] = [];
  removeBenchContainers();
  try {
    sides.push(await open('off'));
    sides.push(await open('on', guardIn(folder, key), key));
    for (const side of sides) for (let i = 0; i < WARM_UP; i += 1) await change(side);
    for (let round = 0; round < rounds; round += 1)
      for (const side of sides)
        for (let i = 0; i < limits; i += 1) side.timesMs.push(await change(side));
  } finally {
    for (const { agent } of sides) await agent.stop();
    removeBenchContainers();
    rmSync(folder, { recursive: true, force: true });
  }
  return sides.map(({ name, timesMs }) => {
    const [p50, p99] = [quantile(timesMs, 0.5), quantile(timesMs, 0.99)];
    console.log(
      `keys and signatures ${name}: desired state → cgroup p50 ${p50.toFixed(1)} ms, p99 ` +
        `${p99.toFixed(1)} ms (n = ${timesMs.length})`,
    );
    return { security: name, n: timesMs.length, p50, p99 };
  });
}

async function measureReports(rounds: number, key: KeyObject) {
  const off: number[] = [];
  const on: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    off.push(await cpuPerReport());
    on.push(await cpuPerReport(signing(key)));
  }
  for (const [name, values] of [
    ['off', off],
    ['on', on],
  ] as const)
    console.log(
      `keys and signatures ${name}: ${values.map((us) => us.toFixed(0)).join(', ')} µs of CPU a ` +
        `report, ${(1e6 / quantile(values, 0.5)).toFixed(0)} reports/s a core`,
    );
  return { off, on };
}

const rounds = Number(optionFrom(process.argv, '--rounds') ?? 3);
const limits = Number(optionFrom(process.argv, '--limits') ?? 60);
const { privateKey } = generateKeyPairSync('ed25519');
const result = {
  limits: await measureLimits(rounds, limits, privateKey),
  reports: await measureReports(rounds, privateKey),
};
const jsonFile = jsonFileFrom(process.argv);
if (jsonFile !== undefined) writeFileSync(jsonFile, JSON.stringify(result, null, 2));
