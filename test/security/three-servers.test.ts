import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'mocha';
import { keyPath } from '../../cli/auth/folder.js';
import { ensureUsers } from '../../cli/auth/keys.js';
import { serverConfig } from '../../cli/auth/server-config.js';
import { readCredentials } from '../../cli/credentials.js';
import { recentEvents } from '../../cli/events/history.js';
import { encodeEvent, eventSubject } from '../../proto/event.js';
import type { NatsClient } from '../../proto/nats/connect.js';
import type { DqoesEvent } from '../../proto/schemas/event.js';
import { subjectsOf } from '../../proto/subjects.js';
import type { NodeId } from '../../shared/ids.js';
import { silentLog } from '../../shared/log.js';
import { connectForTest } from '../lib/nats-client.js';
import type { TestNatsServer } from '../lib/nats-server.js';
import { startThree } from '../lib/nats-trio.js';
import { until } from '../lib/until.js';
import { bytes, text } from '../lib/utf8.js';
import { CLUSTER, must } from './guarded-server.js';

const subjects = subjectsOf(CLUSTER);
const h1 = 'h1' as NodeId;
/** Three servers elect a leader for each bucket, beside whatever else this machine does. */
const PATIENCE_MS = 30_000;

describe('three servers with keys', function () {
  this.timeout(120_000);
  let folder = '';
  let servers: readonly TestNatsServer[] = [];
  const clients: NatsClient[] = [];
  /** Connected to one of the servers by the key of that name. */
  const client = async (name: string, at: number): Promise<NatsClient> => {
    const auth = must(readCredentials(keyPath(folder, name), 'test'));
    const made = await connectForTest(servers[at]?.url ?? '', silentLog, auth);
    clients.push(made);
    return made;
  };
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'dqoes-three-'));
    const record = must(
      ensureUsers(folder, { cluster: CLUSTER, users: [] }, [
        { role: 'coordinator', name: 'coordinator' },
        { role: 'viewer', name: 'vic' },
        { role: 'agent', node: h1 },
      ]),
    );
    servers = await startThree(serverConfig(record));
  });
  after(async () => {
    await Promise.all(clients.map(({ bus }) => bus.close()));
    await Promise.all(servers.map((server) => server.stop()));
    await rm(folder, { recursive: true, force: true });
  });

  let coordinator: NatsClient;

  it('lets coordinator and agent meet, each on another server', async () => {
    coordinator = await client('coordinator', 0);
    await until(
      async () => (await coordinator.stores.install(CLUSTER, { replicas: 3 })).ok,
      'the buckets to be made',
      PATIENCE_MS,
    );
    const desired = must(await coordinator.stores.open(CLUSTER, 'desired'));
    must(await desired.put('h1', bytes('desired of h1')));
    const agent = await client('agent-h1', 1);
    const reader = agent.stores.reader(CLUSTER, 'desired');
    const isRead = async (): Promise<boolean> => {
      const read = await reader.get('h1');
      return read.ok && read.value !== null && text(read.value.value) === 'desired of h1';
    };
    await until(isRead, 'the agent to read what is desired', PATIENCE_MS);

    const heard: string[] = [];
    coordinator.bus.subscribe(subjects.allTelemetry, ({ subject }) => heard.push(subject));
    agent.bus.subscribe(subjects.command(h1), ({ subject }) => heard.push(subject));
    await Promise.all([coordinator.bus.flush(), agent.bus.flush()]);
    const isHeard = (): boolean => {
      agent.bus.publish(subjects.telemetry(h1), bytes('report'));
      coordinator.bus.publish(subjects.command(h1), bytes('command'));
      return new Set(heard).size === 2;
    };
    await until(isHeard, 'report and command to arrive', PATIENCE_MS);
  });

  it('answers a viewer on the third, who may read events and no logs', async () => {
    await coordinator.bus.serve({
      name: 'dqoes-coordinator',
      version: '0.0.1',
      description: '',
      endpoints: [
        {
          name: 'job-list',
          subject: subjects.namedService('job-list'),
          handle: (request) => request.respond(bytes('jobs')),
        },
      ],
    });
    const viewer = await client('vic', 2);
    const isAnswered = async (): Promise<boolean> => {
      const own = subjects.serviceFor('job-list', viewer.bus.publicKey);
      const answer = await viewer.bus.request(own, bytes(''), { timeoutMs: 1000 });
      return answer.ok && text(answer.value.data) === 'jobs';
    };
    await until(isAnswered, 'the viewer to be answered', PATIENCE_MS);

    const event: DqoesEvent = {
      id: 'e1',
      source: '/test',
      timeMs: Date.now(),
      type: 'dqoes.node.down',
      data: { node: h1, silentMs: 1 },
    };
    const log = must(await coordinator.stores.openEvents(CLUSTER));
    must(await log.append(eventSubject(subjects, event.type), event.id, encodeEvent(event)));
    const isSeen = async (): Promise<boolean> => {
      const wanted = { cluster: CLUSTER, count: 10, wanted: () => true };
      const past = await recentEvents(viewer.bus, wanted);
      return past.ok && past.value.found.length === 1;
    };
    await until(isSeen, 'the viewer to read the event', PATIENCE_MS);
    const patience = { timeoutMs: PATIENCE_MS };
    const logs = await viewer.bus.request(subjects.logs(h1), bytes(''), patience);
    assert.deepEqual(logs, { ok: false, error: 'denied' });
  });
});
