import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Bus } from '../../../proto/bus.js';
import { connectNats } from '../../../proto/nats/connect.js';
import type { StoreProvider } from '../../../proto/store.js';
import { type Subjects, subjectsOf } from '../../../proto/subjects.js';
import { decodeReport } from '../../../proto/telemetry.js';
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

const MAIN = join(dirname(fileURLToPath(import.meta.url)), '../../../cli/main.js');
const CLUSTER = 'bench';
const NODE = 'bench-host' as NodeId;
const PREFIX = 'dqoes-bench.';

/** Starts server and agent; the agent samples and reports once a second. */
export async function startBenchAgent(): Promise<BenchAgent> {
  const server = await startNatsServer();
  const connected = await connectNats({ servers: [server.url], name: 'bench', log: silentLog });
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
  const child = startProcess(stateDir, server.url);
  return {
    pid: child.pid ?? 0,
    node: NODE,
    cluster: CLUSTER,
    incarnation: 'bench',
    labelPrefix: PREFIX,
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

function startProcess(stateDir: string, url: string): ChildProcess {
  const file = join(stateDir, 'agent.yaml');
  const config = [
    `node: ${NODE}`,
    `cluster: ${CLUSTER}`,
    `nats: { url: "${url}" }`,
    'interval: 1s',
    `label-prefix: ${PREFIX}`,
    `state-dir: ${stateDir}`,
    `records-dir: ${stateDir}/engines`,
    'push: { http-port: 0, udp-port: 0 }',
  ];
  writeFileSync(file, `${config.join('\n')}\n`);
  return spawn(process.execPath, [MAIN, 'agent', '--config', file], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}

async function endProcess(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGTERM');
  await gone;
}
