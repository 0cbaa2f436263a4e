// What keys and two accounts cost on the wire: the same calls against a NATS server without keys
// and one with the configuration of dqoes, in turn. Usage: npm run bench:keys [-- ROUNDS]
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { keyPath, serverConfigPath } from '../../cli/auth/folder.js';
import { ensureUsers } from '../../cli/auth/keys.js';
import { readCredentials } from '../../cli/credentials.js';
import type { NatsClient } from '../../proto/nats/connect.js';
import { subjectsOf } from '../../proto/subjects.js';
import type { NodeId } from '../../shared/ids.js';
import { silentLog } from '../../shared/log.js';
import { connectForTest } from '../lib/nats-client.js';
import { startNatsServer } from '../lib/nats-server.js';
import { until } from '../lib/until.js';
import { must } from '../security/guarded-server.js';

const CLUSTER = 'main';
const node = 'h1' as NodeId;
const subjects = subjectsOf(CLUSTER);
const [WARM_UP, CALLS, REPORTS] = [500, 2500, 30_000];

interface Clients {
  readonly coordinator: NatsClient;
  readonly agent: NatsClient;
  readonly viewer: NatsClient;
}

/** Median and 99th percentile of a call, ms. */
async function timesOf(call: () => Promise<unknown>): Promise<string> {
  const times: number[] = [];
  for (let round = 0; round < WARM_UP + CALLS; round += 1) {
    const startedAt = performance.now();
    await call();
    if (round >= WARM_UP) times.push(performance.now() - startedAt);
  }
  times.sort((a, b) => a - b);
  const at = (share: number): string => (times[Math.floor(share * CALLS)] ?? 0).toFixed(3);
  return `${at(0.5)} (p50) ${at(0.99)} (p99) ms`;
}

async function measure({ coordinator, agent, viewer }: Clients): Promise<string> {
  must(await coordinator.stores.install(CLUSTER, { replicas: 1 }));
  const handle = (request: { respond(data: Uint8Array): void }) =>
    request.respond(new Uint8Array(500));
  const subject = subjects.serviceFor('job-list', viewer.bus.publicKey);
  const endpoints = [subjects.service('job-list'), subjects.namedService('job-list')].map(
    (each, index) => ({ name: `job-list-${index}`, subject: each, handle }),
  );
  await coordinator.bus.serve({ name: 'bench', version: '1.0.0', description: '', endpoints });
  const call = await timesOf(async () =>
    must(await viewer.bus.request(subject, new Uint8Array(20), { timeoutMs: 5000 })),
  );
  must(await must(await coordinator.stores.open(CLUSTER, 'desired')).put(node, report(2000)));
  const reader = agent.stores.reader(CLUSTER, 'desired');
  const read = await timesOf(async () => must(await reader.get(node)));
  let heard = (): void => {};
  agent.bus.subscribe(subjects.command(node), () => heard());
  await agent.bus.flush();
  const command = await timesOf(
    () =>
      new Promise<void>((resolve) => {
        heard = resolve;
        coordinator.bus.publish(subjects.command(node), report(2000));
      }),
  );
  const perSecond = await reportsPerSecond(coordinator, agent);
  return `call ${call}, own key ${read}, command ${command}, ${perSecond} reports/s`;
}

const report = (bytes: number): Uint8Array => new Uint8Array(bytes);

async function reportsPerSecond(coordinator: NatsClient, agent: NatsClient): Promise<string> {
  let seen = 0;
  coordinator.bus.subscribe(subjects.allTelemetry, () => {
    seen += 1;
  });
  await coordinator.bus.flush();
  const startedAt = performance.now();
  for (let sent = 1; sent <= REPORTS; sent += 1) {
    agent.bus.publish(subjects.telemetry(node), report(2600));
    if (sent % 500 === 0) await agent.bus.flush();
  }
  await until(() => seen === REPORTS, 'all reports to arrive', 60_000);
  return ((REPORTS / (performance.now() - startedAt)) * 1000).toFixed(0);
}

async function round(withKeys: boolean): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'dqoes-bench-keys-'));
  const store = { storeDir: join(folder, 'js'), maxFileBytes: 1e9, maxMemoryBytes: 1e8 };
  must(
    ensureUsers(folder, { cluster: CLUSTER, users: [], store }, [
      { role: 'coordinator', name: 'coordinator' },
      { role: 'viewer', name: 'viewer' },
      { role: 'agent', node },
    ]),
  );
  const server = await startNatsServer(withKeys ? { configFile: serverConfigPath(folder) } : {});
  const client = (name: string): Promise<NatsClient> => {
    const auth = withKeys ? must(readCredentials(keyPath(folder, name), 'bench')) : undefined;
    return connectForTest(server.url, silentLog, auth);
  };
  const [coordinator, agent, viewer] = [
    await client('coordinator'),
    await client(`agent-${node}`),
    await client('viewer'),
  ];
  try {
    return await measure({ coordinator, agent, viewer });
  } finally {
    await Promise.all([coordinator, agent, viewer].map(({ bus }) => bus.close()));
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

const rounds = Number(process.argv[2] ?? 3);
for (let index = 0; index < rounds; index += 1) {
  console.log(`no keys: ${await round(false)}`);
  console.log(`keys:    ${await round(true)}`);
}
