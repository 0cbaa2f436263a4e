import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { connect } from 'nats';
import { connectNats, type NatsClient } from '../../proto/nats/connect.js';
import type { KeyValueStore } from '../../proto/store.js';
import { silentLog } from '../../shared/log.js';
import { startNatsServer, type TestNatsServer } from '../lib/nats-server.js';
import { until } from '../lib/until.js';
import { bytes } from '../lib/utf8.js';
import { must } from './store-world.js';

const CLUSTER = 'main';

describe('store: a NATS server with room for one cluster', () => {
  it('takes two installations of the same cluster at once, and a third', async () => {
    const server = await startNatsServer({ config: 'jetstream { max_file_store: 1000MB }' });
    try {
      const log = silentLog;
      const client = must(await connectNats({ servers: [server.url], name: 'test', log }));
      const install = (cluster: string) => client.stores.install(cluster, { replicas: 1 });
      for (const installed of await Promise.all([install(CLUSTER), install(CLUSTER)]))
        must(installed);
      must(await install(CLUSTER));
      assert.deepEqual(await install('other'), { ok: false, error: 'full' });
      await client.bus.close();
    } finally {
      await server.stop();
    }
  });
});

describe('store: what only NATS has', () => {
  let server: TestNatsServer;
  let client: NatsClient;
  let jobs: KeyValueStore;
  beforeEach(async () => {
    server = await startNatsServer();
    client = await clientWith({ timeoutMs: 1000 });
    must(await client.stores.install(CLUSTER, { replicas: 1 }));
    jobs = must(await client.stores.open(CLUSTER, 'jobs'));
  });
  const clientWith = async (options: { readonly timeoutMs?: number }): Promise<NatsClient> =>
    must(await connectNats({ servers: [server.url], name: 'test', log: silentLog, ...options }));
  afterEach(async () => {
    await client.bus.close();
    await server.stop();
  });

  it('has its values and its watch after the server was killed and started again', async () => {
    const seen: string[] = [];
    await jobs.watch((key) => seen.push(key));
    const revision = must(await jobs.put('a', bytes('1'), 0));
    await until(() => seen.length === 1, 'the first hint');
    await server.kill();
    await until(() => client.bus.state === 'reconnecting', 'the loss');
    const unknown = { ok: false, error: 'unknown' };
    assert.deepEqual(await jobs.get('a'), unknown);
    assert.deepEqual(await jobs.put('a', bytes('2'), revision), unknown);
    assert.deepEqual(await jobs.list(), unknown);
    assert.deepEqual(await client.stores.open(CLUSTER, 'jobs'), unknown);
    await server.start();
    await until(() => client.bus.state === 'connected', 'the way back');
    await until(async () => (await jobs.get('a')).ok, 'JetStream to answer');
    assert.equal(must(await jobs.get('a'))?.revision, revision);
    must(await jobs.put('a', bytes('2'), revision));
    await until(() => seen.length === 2, 'the hint after the restart');
  });

  it('calls a write without an answer unknown, and it may have happened', async () => {
    const revision = must(await jobs.put('lease', bytes('old'), 0));
    await server.pause();
    const write = await jobs.put('lease', bytes('mine'), revision);
    server.resume();
    assert.deepEqual(write, { ok: false, error: 'unknown' });
    await until(async () => {
      const now = await jobs.get('lease');
      return now.ok && new TextDecoder().decode(now.value?.value) === 'mine';
    }, 'the write that nobody confirmed');
  });

  it('keeps deleted keys deleted when the server is killed and started again', async () => {
    for (const key of ['a', 'b', 'c', 'd']) {
      const first = must(await jobs.put(key, bytes('as it was'), 0));
      must(await jobs.put(key, bytes('as it is'), first));
    }
    for (const key of ['a', 'b']) must(await jobs.delete(key));
    must(await jobs.put('b', bytes('again'), 0));
    await server.kill();
    await server.start();
    await until(async () => (await jobs.list()).ok, 'JetStream to answer');
    const listed = must(await jobs.list()).map(
      ({ key, value }) => `${key}: ${new TextDecoder().decode(value)}`,
    );
    assert.deepEqual(listed.sort(), ['b: again', 'c: as it is', 'd: as it is']);
    assert.equal(must(await jobs.get('a')), null);
  });

  // Hundreds of calls at once may take more than the second after which the tests of silence give
  // up, where the machine is busy.
  it('lists many keys, each as it was at some time since, while others write', async () => {
    await client.bus.close();
    client = await clientWith({});
    jobs = must(await client.stores.open(CLUSTER, 'jobs'));
    const keys = Array.from({ length: 3000 }, (_, index) => `node-${index}`);
    for (let at = 0; at < keys.length; at += 100)
      await Promise.all(
        keys.slice(at, at + 100).map(async (key) => must(await jobs.put(key, bytes(key)))),
      );
    const lists = Array.from({ length: 5 }, () => jobs.list());
    for (const key of keys.slice(0, 300)) must(await jobs.delete(key));
    for (const key of keys.slice(300, 400)) must(await jobs.put(key, bytes('new')));
    for (const listed of await Promise.all(lists)) {
      const values = new Map(
        must(listed).map(({ key, value }) => [key, new TextDecoder().decode(value)]),
      );
      assert.ok(keys.slice(400).every((key) => values.get(key) === key));
      assert.ok(keys.slice(300, 400).every((key) => ['new', key].includes(values.get(key) ?? '')));
    }
    const last = must(await jobs.list());
    assert.deepEqual(last.map(({ key }) => key).sort(), keys.slice(300).sort());
  });

  it('leaves no consumer of a listing behind', async () => {
    must(await jobs.put('a', bytes('1')));
    must(await jobs.list());
    const connection = await connect({ servers: server.url });
    const manager = await connection.jetstreamManager();
    assert.equal((await manager.streams.info('KV_dqoes-main-jobs')).state.consumer_count, 0);
    await connection.close();
  });

  it('calls a listing unknown whose answer stops coming', async () => {
    must(await jobs.put('a', bytes('1')));
    await server.pause();
    const listed = await jobs.list();
    server.resume();
    assert.deepEqual(listed, { ok: false, error: 'unknown' });
  });
});
