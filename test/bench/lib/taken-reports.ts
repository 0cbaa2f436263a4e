import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { keyPath, serverConfigPath } from '../../../cli/auth/folder.js';
import { ensureUsers } from '../../../cli/auth/keys.js';
import { readCredentials } from '../../../cli/credentials.js';
import { DEFAULT_PARAMS } from '../../../coordinator/schedule/types.js';
import { startCoordinator } from '../../../coordinator/start.js';
import { type CommandCodec, UNSIGNED } from '../../../proto/command-codec.js';
import type { NatsClient } from '../../../proto/nats/connect.js';
import { subjectsOf } from '../../../proto/subjects.js';
import { encodeReport } from '../../../proto/telemetry.js';
import type { JobName, NodeId } from '../../../shared/ids.js';
import { silentLog } from '../../../shared/log.js';
import type { NodeReport } from '../../../shared/report.js';
import { goldenValue } from '../../lib/fixtures.js';
import { connectForTest } from '../../lib/nats-client.js';
import { startNatsServer } from '../../lib/nats-server.js';
import { systemClock } from '../../lib/system-clock.js';
import { until } from '../../lib/until.js';
import { must } from '../../security/guarded-server.js';
import { SimulatedNode } from './simulated-node.js';

const CLUSTER = 'bench';
const NODES = 20;
const CONTAINERS = 20;
const ROUNDS = 60;
const WARM_UP = 15;

/**
 * CPU of a coordinator on a real NATS server for one report of 20 adopted containers, with that of
 * the senders, µs. With `commands`, every program has a key and desired states are signed.
 */
export async function cpuPerReport(commands?: CommandCodec): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'dqoes-bench-'));
  const nodes = Array.from({ length: NODES }, (_, i) => `node-${i}` as NodeId);
  const store = { storeDir: join(folder, 'js'), maxFileBytes: 1e9, maxMemoryBytes: 1e8 };
  const withKeys = commands !== undefined;
  must(
    ensureUsers(folder, { cluster: CLUSTER, users: [], store }, [
      { role: 'coordinator', name: 'coordinator' },
      ...nodes.map((node) => ({ role: 'agent', node }) as const),
    ]),
  );
  const server = await startNatsServer(withKeys ? { configFile: serverConfigPath(folder) } : {});
  const clients: NatsClient[] = [];
  const connect = async (name: string): Promise<NatsClient> => {
    const auth = withKeys ? must(readCredentials(keyPath(folder, name), 'bench')) : undefined;
    const client = await connectForTest(server.url, silentLog, auth);
    clients.push(client);
    return client;
  };
  try {
    const coordinator = await connect('coordinator');
    const agents: NatsClient[] = [];
    for (const node of nodes) agents.push(await connect(`agent-${node}`));
    return await measure({ coordinator, agents, nodes, commands: commands ?? UNSIGNED });
  } finally {
    await Promise.all(clients.map(({ bus }) => bus.close()));
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Measured {
  readonly coordinator: NatsClient;
  readonly agents: readonly NatsClient[];
  readonly nodes: readonly NodeId[];
  readonly commands: CommandCodec;
}

async function measure({ coordinator, agents, nodes, commands }: Measured): Promise<number> {
  must(await coordinator.stores.install(CLUSTER, { replicas: 1 }));
  const { bus, stores } = coordinator;
  const settings = {
    cluster: CLUSTER,
    name: 'c1',
    policy: 'adaptive',
    params: DEFAULT_PARAMS,
    leaseMs: 10_000,
    replicas: 1,
    acceptLost: [],
  } as const;
  const deps = { bus, stores, clock: systemClock, log: silentLog, commands };
  const leader = must(await startCoordinator(settings, deps));
  const subjects = subjectsOf(CLUSTER);
  const round = async (sequence: number): Promise<void> => {
    const before = leader.counters().ingest.accepted;
    agents.forEach((agent, i) => {
      const node = nodes[i] as NodeId;
      agent.bus.publish(subjects.telemetry(node), encodeReport(reportOf(node, sequence)));
    });
    const isTaken = (): boolean => leader.counters().ingest.accepted >= before + nodes.length;
    await until(isTaken, 'the reports to be taken', 10_000);
  };
  try {
    for (let i = 1; i <= WARM_UP; i += 1) await round(i);
    const before = process.cpuUsage();
    for (let i = 1; i <= ROUNDS; i += 1) await round(WARM_UP + i);
    const { user, system } = process.cpuUsage(before);
    return (user + system) / (ROUNDS * nodes.length);
  } finally {
    await leader.stop();
  }
}

/** A report of containers like that of the golden message. */
function reportOf(node: NodeId, sequence: number): NodeReport {
  const base = new SimulatedNode(node).report(performance.now());
  const [like] = goldenValue<NodeReport>('report.v1').containers;
  if (like === undefined) throw new Error('the golden report has no container');
  const containers = Array.from({ length: CONTAINERS }, (_, i) => {
    const allocation = `${like.allocation.slice(0, 10)}${i}` as typeof like.allocation;
    const lifeId = `${like.lifeId}${i}`;
    return { ...like, allocation, lifeId, job: `job-${i}` as JobName };
  });
  return { ...base, bootId: 'bench', sequence, containers };
}
