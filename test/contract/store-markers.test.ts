import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { connect, type JetStreamManager } from 'nats';
import type { NatsClient } from '../../proto/nats/connect.js';
import type { KeyValueStore, MarkerChoice } from '../../proto/store.js';
import { connectForTest } from '../lib/nats-client.js';
import { startNatsServer, type TestNatsServer } from '../lib/nats-server.js';
import { until } from '../lib/until.js';
import { bytes, text } from '../lib/utf8.js';
import { must } from './store-world.js';

const CLUSTER = 'main';
const STREAM = `KV_dqoes-${CLUSTER}-jobs`;
const SUBJECT = `$KV.dqoes-${CLUSTER}-jobs`;
/** What is of this very millisecond, too. */
const ALL: MarkerChoice = { olderThanMs: -1000, spare: 0, max: 10_000 };
const HOUR_MS = 3_600_000;

describe('store: markers of deleted keys on NATS', () => {
  let server: TestNatsServer;
  let client: NatsClient;
  let jobs: KeyValueStore;
  beforeEach(async () => {
    server = await startNatsServer();
    client = await connectForTest(server.url);
    must(await client.stores.install(CLUSTER, { replicas: 1 }));
    jobs = must(await client.stores.open(CLUSTER, 'jobs'));
  });
  afterEach(async () => {
    await client.bus.close();
    await server.stop();
  });

  /** As the server itself has it: a client that knows nothing of buckets. */
  const asked = async <T>(ask: (manager: JetStreamManager) => Promise<T>): Promise<T> => {
    const connection = await connect({ servers: server.url });
    const answer = await ask(await connection.jetstreamManager());
    await connection.close();
    return answer;
  };
  /** Messages of the stream, whatever they are. */
  const messages = (): Promise<number> =>
    asked(async (manager) => (await manager.streams.info(STREAM)).state.messages);
  /** Keys of which the server has a value that is no marker. */
  const valuesOf = async (keys: readonly string[]): Promise<readonly string[]> => {
    const isValue = await asked((manager) =>
      Promise.all(
        keys.map((key) =>
          manager.streams
            .getMessage(STREAM, { last_by_subj: `${SUBJECT}.${key}` })
            .then(({ header }) => header.get('KV-Operation') === '')
            .catch(() => false),
        ),
      ),
    );
    return keys.filter((_, at) => isValue[at]);
  };
  const names = (from: number, to: number): readonly string[] =>
    Array.from({ length: to - from }, (_, at) => `name-${from + at}`);
  /** Each is written, changed and deleted. */
  const comeAndGo = async (keys: readonly string[]): Promise<void> => {
    for (let at = 0; at < keys.length; at += 100)
      await Promise.all(
        keys.slice(at, at + 100).map(async (key) => {
          const first = must(await jobs.put(key, bytes('as it was'), 0));
          const second = must(await jobs.put(key, bytes('as it is'), first));
          must(await jobs.delete(key, second));
        }),
      );
  };
  const listed = async (store = jobs): Promise<readonly string[]> =>
    must(await store.list())
      .map(({ key, value, revision }) => `${key} ${revision}: ${text(value)}`)
      .sort();
  const killAndStart = async (): Promise<void> => {
    await server.kill();
    await until(() => client.bus.state === 'reconnecting', 'the loss');
    await server.start();
    await until(async () => (await jobs.lastRevision()).ok, 'JetStream to answer');
  };

  it('go, and every value stays under its revision', async () => {
    const first = must(await jobs.put('first', bytes('1'), 0));
    await comeAndGo(names(0, 250));
    const second = must(await jobs.put('second', bytes('2'), 0));
    assert.equal(await messages(), 252);
    assert.equal(must(await jobs.clearMarkers(ALL)), 250);
    assert.equal(await messages(), 3, 'two values and what is known of the cleared');
    assert.deepEqual(await listed(), [`first ${first}: 1`, `second ${second}: 2`]);
    assert.equal(must(await jobs.get('first'))?.revision, first);
    assert.equal(must(await jobs.get('name-7')), null);
    assert.equal(must(await jobs.clearMarkers(ALL)), 0);
  });

  it('do not fill a bucket whose names are used once', async () => {
    await asked((manager) => manager.streams.update(STREAM, { max_bytes: 100_000 }));
    for (let at = 0; at < 2000; at += 250) {
      await comeAndGo(names(at, at + 250));
      must(await jobs.clearMarkers(ALL));
    }
    assert.deepEqual(await listed(), []);
  });

  it('stay while they are young or few, and the oldest go first', async () => {
    await comeAndGo(names(0, 20));
    assert.equal(must(await jobs.clearMarkers({ ...ALL, olderThanMs: HOUR_MS })), 0);
    assert.equal(must(await jobs.clearMarkers({ ...ALL, spare: 20 })), 0);
    assert.equal(await messages(), 20);
    assert.equal(must(await jobs.clearMarkers({ ...ALL, max: 5 })), 5);
    assert.equal(await messages(), 16);
    assert.equal(must(await jobs.clearMarkers(ALL)), 15);
  });

  it('hide no value any more that a killed server reads again', async () => {
    const keys = names(0, 50);
    const kept = must(await jobs.put('kept', bytes('kept'), 0));
    await comeAndGo(keys);
    assert.equal(must(await jobs.clearMarkers(ALL)), 50);
    assert.deepEqual(await valuesOf(keys), []);
    await killAndStart();
    const back = await valuesOf(keys);
    assert.notEqual(back.length, 0, 'nothing came back, so this shows nothing');
    const [one = ''] = back;
    const other = await connectForTest(server.url);
    const fresh = must(await other.stores.open(CLUSTER, 'jobs'));
    assert.equal(must(await fresh.get(one)), null, 'one that opened it just now');
    assert.equal(must(await jobs.get(one)), null, 'one that had it open');
    assert.deepEqual(await listed(fresh), [`kept ${kept}: kept`]);
    await other.bus.close();
    assert.deepEqual(await listed(), [`kept ${kept}: kept`]);
    assert.equal((await jobs.put(one, bytes('again'), 0)).ok, true, 'its name can be used again');
    assert.equal(must(await jobs.clearMarkers(ALL)), back.length - 1);
    assert.deepEqual(await valuesOf(keys), [one]);
  });

  it('are cleared again and again, and nothing comes back or is lost', async () => {
    const live: string[] = [];
    for (let round = 0; round < 4; round += 1) {
      const keys = names(100 * round, 100 * round + 30);
      await comeAndGo(keys);
      const revision = must(await jobs.put(`live-${round}`, bytes(`${round}`), 0));
      live.push(`live-${round} ${revision}: ${round}`);
      must(await jobs.clearMarkers({ ...ALL, max: 20 }));
      await killAndStart();
      assert.deepEqual(await listed(), live);
      must(await jobs.clearMarkers(ALL));
      assert.deepEqual(await listed(), live);
    }
  });

  it('leave out a key that is written meanwhile', async () => {
    await comeAndGo(names(0, 200));
    const cleared = jobs.clearMarkers(ALL);
    const written = await Promise.all(
      names(0, 200).map(async (key) => must(await jobs.put(key, bytes('new'), 0))),
    );
    must(await cleared);
    const expected = written.map((revision, at) => `name-${at} ${revision}: new`);
    assert.deepEqual(await listed(), expected.sort());
  });
});
