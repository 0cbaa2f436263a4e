import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import { connect } from 'nats';
import { connectNats, type NatsClient } from '../../proto/nats/connect.js';
import type { KeyValueStore } from '../../proto/store.js';
import { silentLog } from '../../shared/log.js';
import type { TestNatsServer } from '../lib/nats-server.js';
import { startThree } from '../lib/nats-trio.js';
import { until } from '../lib/until.js';
import { bytes } from '../lib/utf8.js';
import { must } from './store-world.js';

const CLUSTER = 'trio';
const KEYS = Array.from({ length: 1000 }, (_, index) => `job-${index}`);

describe('store: three NATS servers', function () {
  this.timeout(120_000);
  let servers: readonly TestNatsServer[] = [];
  let leader: TestNatsServer;
  let client: NatsClient;
  let jobs: KeyValueStore;

  before(async () => {
    servers = await startThree();
    const [first] = servers;
    assert.ok(first !== undefined);
    const maker = must(await connectNats({ servers: [first.url], name: 'maker', log: silentLog }));
    await until(
      async () => (await maker.stores.install(CLUSTER, { replicas: 3 })).ok,
      'the buckets',
      60_000,
    );
    await maker.bus.close();
    leader = await leaderOf('jobs');
    client = must(await connectNats({ servers: [leader.url], name: 'test', log: silentLog }));
    jobs = must(await client.stores.open(CLUSTER, 'jobs'));
    for (let at = 0; at < KEYS.length; at += 100)
      await Promise.all(
        KEYS.slice(at, at + 100).map(async (key) => must(await jobs.put(key, bytes(key)))),
      );
  });
  after(async () => {
    await client?.bus.close();
    for (const server of servers) server.resume();
    await Promise.all(servers.map((server) => server.stop()));
  });

  /** Of the servers, the one that answers for a bucket. */
  async function leaderOf(bucket: string): Promise<TestNatsServer> {
    const connection = await connect({ servers: servers.map(({ url }) => url) });
    const { cluster } = await (await connection.jetstreamManager()).streams.info(
      `KV_dqoes-${CLUSTER}-${bucket}`,
    );
    await connection.close();
    const found = servers.find((_, index) => cluster?.leader === `n${index + 1}`);
    assert.ok(found !== undefined, JSON.stringify(cluster));
    return found;
  }

  it('clears markers from a bucket that is full', async () => {
    const profiles = must(await client.stores.open(CLUSTER, 'profiles'));
    const raw = await connect({ servers: leader.url });
    const manager = await raw.jetstreamManager();
    await manager.streams.update(`KV_dqoes-${CLUSTER}-profiles`, { max_bytes: 60_000 });
    await raw.close();
    const text = bytes('x'.repeat(300));
    const kept = must(await profiles.put('kept', text, 0));
    for (let at = 0; at < 100; at += 1)
      must(await profiles.delete(`gone-${at}`, must(await profiles.put(`gone-${at}`, text, 0))));
    for (let size = 1024; size >= 1; size /= 2)
      for (let at = 0; ; at += 1) {
        const put = await profiles.put(`f${size}-${at}`, bytes('x'.repeat(size)), 0);
        if (!put.ok) break;
      }
    assert.deepEqual(await profiles.put('one-more', text, 0), { ok: false, error: 'full' });
    const listed = async () =>
      must(await profiles.list())
        .map(({ key, revision }) => `${key} ${revision}`)
        .sort();
    const before = await listed();
    const all = { olderThanMs: -60_000, spare: 0, max: 1000 };
    const cleared = must(await profiles.clearMarkers(all));
    assert.ok(cleared >= 50, `${cleared} of 100`);
    assert.deepEqual(await listed(), before);
    assert.equal(must(await profiles.get('kept'))?.revision, kept);
    assert.ok((await profiles.put('one-more', text, 0)).ok, 'there is room again');
  });

  it('lists what is stored while another than its leader neither answers nor is gone', async () => {
    await servers.find((server) => server !== leader)?.pause();
    // Consumers would still be laid on it, each with a chance of one in three.
    for (let round = 0; round < 10; round += 1) {
      const listed = must(await jobs.list());
      assert.deepEqual(listed.map(({ key }) => key).sort(), [...KEYS].sort());
    }
  });
});
