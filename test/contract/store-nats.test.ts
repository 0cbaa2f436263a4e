import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { connectNats, type NatsClient } from '../../proto/nats-connect.js';
import type { KeyValueStore } from '../../proto/store.js';
import { silentLog } from '../../shared/log.js';
import { startNatsServer, type TestNatsServer } from '../lib/nats-server.js';
import { until } from '../lib/until.js';
import { must } from './store-contract.js';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const CLUSTER = 'main';

describe('store: what only NATS has', () => {
  let server: TestNatsServer;
  let client: NatsClient;
  let jobs: KeyValueStore;
  beforeEach(async () => {
    server = await startNatsServer();
    client = must(await connectNats({ servers: [server.url], name: 'test', log: silentLog, timeoutMs: 1000 }));
    must(await client.stores.install(CLUSTER, { replicas: 1 }));
    jobs = must(await client.stores.open(CLUSTER, 'jobs'));
  });
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

  it('leaves no marker of a deleted key behind', async () => {
    for (let index = 0; index < 5; index += 1) {
      must(await jobs.put(`job-${index}`, bytes('x')));
      must(await jobs.delete(`job-${index}`));
    }
    assert.deepEqual(must(await jobs.list()), []);
    must(await jobs.put('last', bytes('x')));
    assert.equal(must(await jobs.list()).length, 1);
  });

  it('lists many keys', async () => {
    const keys = Array.from({ length: 100 }, (_, index) => `node-${index}`);
    await Promise.all(keys.map(async (key) => must(await jobs.put(key, bytes(key)))));
    const listed = must(await jobs.list());
    assert.deepEqual(listed.map(({ key }) => key).sort(), [...keys].sort());
    assert.ok(listed.every(({ key, value }) => new TextDecoder().decode(value) === key));
  });
});
