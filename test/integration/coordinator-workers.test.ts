import assert from 'node:assert/strict';
import type { Worker } from 'node:worker_threads';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { threadWorkers } from '../../cli/services/thread-workers.js';
import { type CoordinatorConfig, loadCoordinatorConfig } from '../../coordinator/config.js';
import type { CoordinatorHandle } from '../../coordinator/contract.js';
import { runWithLeaderElection } from '../../coordinator/run-with-leader-election.js';
import type { NatsClient } from '../../proto/nats/connect.js';
import type { ServiceCalls, Verb } from '../../proto/schemas/service.js';
import { callService } from '../../proto/service-client.js';
import { subjectsOf } from '../../proto/subjects.js';
import type { DesiredState } from '../../shared/command.js';
import type { AllocationId, NodeId } from '../../shared/ids.js';
import { type Log, silentLog } from '../../shared/log.js';
import { Fleet, jobsFor } from '../bench/lib/fleet.js';
import { NatsCable } from '../lib/nats-cable.js';
import { connectForTest } from '../lib/nats-client.js';
import { startNatsServer, type TestNatsServer } from '../lib/nats-server.js';
import { systemClock } from '../lib/system-clock.js';
import { until } from '../lib/until.js';
import { GuardedServer } from '../security/guarded-server.js';

const CLUSTER = 'workers';
const AGENTS = 20;
const JOBS = 60;
const WORKERS = 2;
/** The connection of one of them. */
const SECOND = 'dqoes coordinator worker 2';
/** As Node.js numbers a thread that has ended. */
const ENDED = -1;
/** Less than the jobs of any node take, cores. */
const SHRUNK_CORES = 0.2;

type Mend = () => Promise<void>;

/** What happens to NATS, and how it is mended. */
const BREAKS: readonly (readonly [string, (server: TestNatsServer) => Promise<Mend>])[] = [
  [
    'is killed',
    async (server) => {
      await server.kill();
      return () => server.start();
    },
  ],
  [
    'gives way to a server with other keys',
    async (server) => {
      await server.kill();
      const other = await GuardedServer.start({ port: server.port });
      return async () => {
        await other.stop();
        await server.start();
      };
    },
  ],
];

/** A real nats-server, the real wire and real threads; only the agents are simulated. */
describe('coordinator with workers on a real nats-server', () => {
  let server: TestNatsServer;
  let clients: NatsClient[];
  let user: NatsClient;
  let fleet: Fleet;
  let config: CoordinatorConfig;
  let cable: NatsCable | undefined;
  let ending: AbortController;
  let running: Promise<unknown>;
  const subjects = subjectsOf(CLUSTER);
  const threads: Worker[] = [];
  const leaders: CoordinatorHandle[] = [];
  /** What the coordinator has logged. */
  const warnings: string[] = [];
  /** As it came last to each node. */
  const desired = new Map<NodeId, DesiredState>();

  const connect = async (): Promise<NatsClient> => {
    const client = await connectForTest(server.url);
    clients.push(client);
    return client;
  };

  beforeEach(async () => {
    server = await startNatsServer();
    [clients, cable] = [[], undefined];
    for (const list of [threads, leaders, warnings]) list.length = 0;
    desired.clear();
    user = await connect();
    assert.ok((await user.stores.install(CLUSTER, { replicas: 1 })).ok);
    const overrides = {
      ...{ cluster: CLUSTER, name: 'c1', 'nats.url': server.url, workers: String(WORKERS) },
      ...{ interval: '300ms', lease: '4s', 'moves-per-minute': '0' },
    };
    const read = loadCoordinatorConfig({ overrides });
    assert.ok(read.ok, JSON.stringify(read));
    config = read.value;
    fleet = new Fleet((await connect()).bus, subjects, AGENTS);
    fleet.onDesired = (each) => void desired.set(each.node, each);
    fleet.start();
  });
  afterEach(async () => {
    ending.abort();
    await running;
    for (const thread of threads)
      assert.equal(thread.threadId, ENDED, 'a thread outlives its term');
    await fleet.stop();
    await Promise.all(clients.map(({ bus }) => bus.close()));
    await cable?.close();
    await server.stop();
  });

  /** `onBegin`: comes before the first workers begin. */
  const start = async (onBegin: () => Promise<void>): Promise<void> => {
    const { bus, stores } = await connect();
    ending = new AbortController();
    let nonces = 0;
    let begun: Promise<void> | undefined;
    const log: Log = { ...silentLog, warn: (words) => void warnings.push(words) };
    const begin = threadWorkers(config, {
      ...{ clock: systemClock, log: silentLog, nats: { url: config.natsUrl }, keys: {} },
      onThread: (thread) => void threads.push(thread),
    });
    running = runWithLeaderElection(config, {
      ...{ bus, stores, clock: systemClock, log, signal: ending.signal },
      beginWorker: async (...asked) => {
        begun ??= onBegin();
        await begun;
        return begin(...asked);
      },
      newNonce: () => {
        nonces += 1;
        return `nonce-${nonces}`;
      },
      onLeading: (leader) => void leaders.push(leader),
    });
  };
  const lead = async (): Promise<void> => {
    await start(async () => {});
    await until(() => leaders.length > 0, 'a coordinator to lead', 20_000);
  };

  const call = async <V extends Verb>(verb: V, request: ServiceCalls[V]['request']) => {
    const answer = await callService({ bus: user.bus, subjects, timeoutMs: 5000 }, verb, request);
    assert.ok(answer.ok, JSON.stringify(answer));
    return answer.value;
  };
  const place = async (): Promise<void> => {
    if (leaders.length === 0) await lead();
    await call('job-submit', { jobs: jobsFor(AGENTS).slice(0, JOBS) });
    await until(() => fleet.allocations === JOBS, 'all placed', 20_000);
  };
  const placesNow = (): readonly (readonly [AllocationId, NodeId])[] =>
    [...desired.values()]
      .flatMap(({ node, allocations }) => allocations.map(({ id }) => [id, node] as const))
      .sort(([a], [b]) => (a < b ? -1 : 1));
  /** The one with most jobs. */
  const busiest = () => [...fleet.nodes].sort((a, b) => b.allocations - a.allocations)[0];

  it('places jobs, answers for all nodes, and follows what one of them reports', async () => {
    await place();
    assert.equal(threads.length, WORKERS);
    const areReady = async (): Promise<boolean> => {
      const { nodes } = await call('node-list', {});
      return nodes.filter(({ liveness }) => liveness === 'ready').length === AGENTS;
    };
    await until(areReady, 'every node to be heard');
    const { jobs } = await call('job-list', {});
    assert.equal(jobs.length, JOBS);
    const view = await call('view-get', {});
    assert.deepEqual(
      view.nodes.map(({ node }) => node),
      fleet.nodes.map(({ id }) => id),
    );
    const node = busiest();
    assert.ok(node !== undefined);
    await until(() => node.limitedCores > SHRUNK_CORES, 'limits above that', 20_000);
    node.allocatableCores = SHRUNK_CORES;
    await until(() => node.limitedCores <= SHRUNK_CORES + 1e-6, 'limits below that', 20_000);
  }).timeout(90_000);

  it('leads again when one of its workers ends, and no job is touched', async () => {
    await place();
    const before = placesNow();
    const [first] = leaders;
    await threads[0]?.terminate();
    assert.match((await first?.ended) ?? '', /worker 1 of 2 has ended/);
    await until(() => leaders.length === 2, 'it to lead again', 30_000);
    for (const thread of threads.slice(0, WORKERS)) assert.equal(thread.threadId, ENDED);
    const epoch = leaders[1]?.epoch ?? 0;
    assert.ok(epoch > (first?.epoch ?? epoch));
    const isRaised = (): boolean => [...desired.values()].every((each) => each.epoch === epoch);
    await until(isRaised, 'every node to obey the new epoch', 30_000);
    assert.deepEqual(placesNow(), before);
    const [next] = jobsFor(AGENTS).slice(JOBS);
    assert.ok(next !== undefined);
    await call('job-submit', { jobs: [next] });
    await until(() => fleet.allocations === JOBS + 1, 'one more to be placed', 20_000);
    const after = new Set(placesNow().map(String));
    for (const each of before) assert.ok(after.has(String(each)), String(each));
  }).timeout(120_000);

  it('outlives a restart of the server', async () => {
    await place();
    const before = placesNow();
    await server.kill();
    await server.start();
    const [next] = jobsFor(AGENTS).slice(JOBS);
    assert.ok(next !== undefined);
    const submit = async (): Promise<boolean> => {
      const service = { bus: user.bus, subjects, timeoutMs: 500 };
      return (await callService(service, 'job-submit', { jobs: [next] })).ok;
    };
    await until(submit, 'it to answer again', 60_000);
    await until(() => fleet.allocations === JOBS + 1, 'one more to be placed', 30_000);
    const after = new Set(placesNow().map(String));
    for (const each of before) assert.ok(after.has(String(each)), String(each));
  }).timeout(150_000);

  it('ends the term when NATS does not answer one worker alone; no job is touched', async () => {
    cable = await NatsCable.to(server.port);
    config = { ...config, natsUrl: cable.url };
    await place();
    const before = placesNow();
    let why = '';
    void leaders[0]?.ended.then((words) => {
      why = words;
    });
    cable.cut(SECOND);
    await until(() => why !== '', 'the term to end', 40_000);
    assert.match(why, /^worker 2 of 2 cannot go on \(NATS does not answer it/);
    cable.mend(SECOND);
    await until(() => leaders.length === 2, 'it to lead again', 60_000);
    assert.deepEqual(placesNow(), before);
  }).timeout(150_000);

  for (const [what, breakIt] of BREAKS)
    it(`leads once NATS is back that ${what} while its workers begin`, async () => {
      let mend: Mend | undefined;
      await start(async () => {
        mend = await breakIt(server);
      });
      const standsBy = () => warnings.some((words) => words.includes('cannot lead yet'));
      await until(standsBy, 'it to stand by again', 40_000);
      assert.equal(leaders.length, 0);
      await mend?.();
      await until(() => leaders.length === 1, 'it to lead', 40_000);
      await place();
    }).timeout(150_000);
});
