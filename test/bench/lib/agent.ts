import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Bus } from '../../../proto/bus.js';
import type { NatsAuth } from '../../../proto/nats/auth.js';
import { connectNats } from '../../../proto/nats/connect.js';
import type { StoreProvider } from '../../../proto/store.js';
import { type Subjects, subjectsOf } from '../../../proto/subjects.js';
import { decodeReport } from '../../../proto/telemetry-reader.js';
import type { NodeId } from '../../../shared/ids.js';
import { silentLog } from '../../../shared/log.js';
import type { NodeReport } from '../../../shared/report.js';
import { startNatsServer } from '../../lib/nats-server.js';

/** The built agent as its own process on a nats-server of its own, observed over the wire. */
export interface BenchAgent {
  readonly pid: number;
  readonly node: NodeId;
  readonly cluster: string;
  readonly incarnation: string;
  readonly labelPrefix: string;
  readonly bus: Bus;
  readonly stores: StoreProvider;
  readonly subjects: Subjects;
  lastReport(): NodeReport | undefined;
  /** Reports received so far and their bytes on the wire. */
  reports(): { readonly count: number; readonly bytes: number };
  stop(): Promise<void>;
}

/** Another agent than the usual one. */
export interface BenchAgentOptions {
  readonly node?: NodeId;
  readonly labelPrefix?: string;
  /** The server asks for keys, and the agent for signatures. */
  readonly guard?: BenchGuard;
  /** Node.js, its options and the program, where it is not the built one on this Node.js. */
  readonly program?: readonly string[];
}

/** Keys and signatures. */
export interface BenchGuard {
  /** Of a nats-server that knows the keys. */
  readonly serverConfig: string;
  readonly coordinator: NatsAuth;
  /** Path of the agent's key. */
  readonly agentKey: string;
  /** Whose desired states the agent obeys. */
  readonly coordinatorKey: string;
}

const MAIN = join(dirname(fileURLToPath(import.meta.url)), '../../../cli/main.js');
const CLUSTER = 'bench';
const NODE = 'bench-host' as NodeId;
/** Of the labels that the agent of a benchmark reads. */
export const BENCH_PREFIX = 'dqoes-bench.';

/** Starts server and agent; the agent samples and reports once a second. */
export async function startBenchAgent(options: BenchAgentOptions = {}): Promise<BenchAgent> {
  const {
    node = NODE,
    labelPrefix = BENCH_PREFIX,
    guard,
    program = [process.execPath, MAIN],
  } = options;
  const server = await startNatsServer(
    guard === undefined ? {} : { configFile: guard.serverConfig },
  );
  const connected = await connectNats({
    servers: [server.url],
    name: 'bench',
    log: silentLog,
    ...(guard === undefined ? {} : { auth: guard.coordinator }),
  });
  if (!connected.ok) throw new Error(connected.error);
  const { bus, stores } = connected.value;
  await stores.install(CLUSTER, { replicas: 1 });
  const subjects = subjectsOf(CLUSTER);
  let last: NodeReport | undefined;
  let count = 0;
  let bytes = 0;
  bus.subscribe(subjects.allTelemetry, ({ data }) => {
    count += 1;
    bytes += data.length;
    const decoded = decodeReport(data);
    if (decoded.ok) last = decoded.value;
  });
  const stateDir = mkdtempSync(join(tmpdir(), 'dqoes-bench-'));
  const child = startProcess(stateDir, {
    ...{ url: server.url, node, labelPrefix, guard, program },
  });
  return {
    pid: child.pid ?? 0,
    node,
    cluster: CLUSTER,
    incarnation: 'bench',
    labelPrefix,
    bus,
    stores,
    subjects,
    lastReport: () => last,
    reports: () => ({ count, bytes }),
    stop: async () => {
      await endProcess(child);
      await bus.close();
      await server.stop();
      rmSync(stateDir, { recursive: true, force: true });
    },
  };
}

interface AgentProcess {
  readonly url: string;
  readonly node: NodeId;
  readonly labelPrefix: string;
  readonly guard: BenchGuard | undefined;
  readonly program: readonly string[];
}

function startProcess(
  stateDir: string,
  { url, node, labelPrefix, guard, program }: AgentProcess,
): ChildProcess {
  const file = join(stateDir, 'agent.yaml');
  const config = [
    `node: ${node}`,
    `cluster: ${CLUSTER}`,
    guard === undefined
      ? `nats: { url: "${url}" }`
      : `nats: { url: "${url}", credentials: "${guard.agentKey}" }`,
    ...(guard === undefined ? [] : [`coordinator-keys: ${guard.coordinatorKey}`]),
    'interval: 1s',
    `label-prefix: ${labelPrefix}`,
    `state-dir: ${stateDir}`,
    `records-dir: ${stateDir}/engines`,
    'push: { http-port: 0, udp-port: 0 }',
  ];
  writeFileSync(file, `${config.join('\n')}\n`);
  const [runtime = '', ...before] = program;
  return spawn(runtime, [...before, 'agent', '--config', file], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}

async function endProcess(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGTERM');
  await gone;
}
