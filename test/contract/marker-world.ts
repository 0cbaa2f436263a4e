import { connect, type JetStreamManager } from 'nats';
import type { NatsClient } from '../../proto/nats/connect.js';
import type { KeyValueStore, MarkerChoice } from '../../proto/store.js';
import { connectForTest } from '../lib/nats-client.js';
import { startNatsServer, type TestNatsServer } from '../lib/nats-server.js';
import { until } from '../lib/until.js';
import { bytes, text } from '../lib/utf8.js';
import { must } from './store-world.js';

const CLUSTER = 'main';
/** The stream of the bucket of jobs. */
export const STREAM = `KV_dqoes-${CLUSTER}-jobs`;
/** What stands before a key in its subject, and a dot. */
export const SUBJECT = `$KV.dqoes-${CLUSTER}-jobs`;
/** What is of this very millisecond, too. */
export const ALL: MarkerChoice = { olderThanMs: -1000, spare: 0, max: 10_000 };

export const names = (from: number, to: number, prefix = 'name'): readonly string[] =>
  Array.from({ length: to - from }, (_, at) => `${prefix}-${from + at}`);

/** A bucket of jobs on a real nats-server that can be killed. */
export class MarkerWorld {
  private constructor(
    readonly server: TestNatsServer,
    readonly client: NatsClient,
    readonly jobs: KeyValueStore,
  ) {}

  static async start(): Promise<MarkerWorld> {
    const server = await startNatsServer();
    const client = await connectForTest(server.url);
    must(await client.stores.install(CLUSTER, { replicas: 1 }));
    return new MarkerWorld(server, client, must(await client.stores.open(CLUSTER, 'jobs')));
  }

  async stop(): Promise<void> {
    await this.client.bus.close();
    await this.server.stop();
  }

  /** As the server itself has it: a client that knows nothing of buckets. */
  async asked<T>(ask: (manager: JetStreamManager) => Promise<T>): Promise<T> {
    const connection = await connect({ servers: this.server.url });
    const answer = await ask(await connection.jetstreamManager());
    await connection.close();
    return answer;
  }

  /** Messages of the stream, whatever they are. */
  messages(): Promise<number> {
    return this.asked(async (manager) => (await manager.streams.info(STREAM)).state.messages);
  }

  /** Keys of which the server has a value that is no marker. */
  async valuesOf(keys: readonly string[]): Promise<readonly string[]> {
    const isValue = await this.asked((manager) =>
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
  }

  /** Each is written and changed. */
  async come(keys: readonly string[]): Promise<void> {
    const { jobs } = this;
    await byHundreds(keys, async (key) => {
      const first = must(await jobs.put(key, bytes('as it was'), 0));
      must(await jobs.put(key, bytes('as it is'), first));
    });
  }

  /** Each is deleted. */
  async go(keys: readonly string[]): Promise<void> {
    const { jobs } = this;
    await byHundreds(keys, async (key) =>
      must(await jobs.delete(key, must(await jobs.get(key))?.revision)),
    );
  }

  async comeAndGo(keys: readonly string[]): Promise<void> {
    await this.come(keys);
    await this.go(keys);
  }

  async listed(store = this.jobs): Promise<readonly string[]> {
    return must(await store.list())
      .map(({ key, value, revision }) => `${key} ${revision}: ${text(value)}`)
      .sort();
  }

  /** The same as a coordinator has it that has just connected. */
  async listedAnew(): Promise<readonly string[]> {
    const other = await connectForTest(this.server.url);
    const listed = await this.listed(must(await other.stores.open(CLUSTER, 'jobs')));
    await other.bus.close();
    return listed;
  }

  async killAndStart(): Promise<void> {
    const { server, client, jobs } = this;
    await server.kill();
    await until(() => client.bus.state === 'reconnecting', 'the loss');
    await server.start();
    await until(async () => (await jobs.lastRevision()).ok, 'JetStream to answer');
  }
}

async function byHundreds(
  keys: readonly string[],
  run: (key: string) => Promise<void>,
): Promise<void> {
  for (let at = 0; at < keys.length; at += 100)
    await Promise.all(keys.slice(at, at + 100).map(run));
}
