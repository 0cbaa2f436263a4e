import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import type { NatsClient } from '../../proto/nats/connect.js';
import type { KeyValueStore } from '../../proto/store.js';
import { type Random, seededRandom } from '../../shared/random.js';
import { must } from '../contract/store-world.js';
import { connectForTest } from '../lib/nats-client.js';
import { startNatsServer, type TestNatsServer } from '../lib/nats-server.js';
import { roundsOr } from '../lib/rounds.js';
import { until } from '../lib/until.js';

const CLUSTER = 'main';
const KEYS = Array.from({ length: 12 }, (_, index) => `job-${index}`);
const MAX_WRITES = 25;
/** Large values fill a file of the server's, so that it begins another. */
const LARGE_CHARS = 200_000;
const MAX_PAUSE_MS = 200;
const GONE = 'gone';

/** Values a key may hold: the last acknowledged write, and one whose answer was lost. */
type Possible = readonly string[];

describe('what the store has acknowledged is so after any end of the NATS server', () => {
  let server: TestNatsServer;
  let client: NatsClient;
  let jobs: KeyValueStore;
  let possible: Map<string, Possible>;

  const open = async (): Promise<void> => {
    client = await connectForTest(server.url);
    await until(
      async () => (await client.stores.install(CLUSTER, { replicas: 1 })).ok,
      'the buckets',
    );
    jobs = must(await client.stores.open(CLUSTER, 'jobs'));
  };
  beforeEach(() => {
    possible = new Map();
  });
  afterEach(async () => {
    await client?.bus.close();
    await server?.stop();
  });

  it('as dqoes up starts it', async () => {
    server = await startNatsServer();
    await rounds(40);
  });

  it('with the settings of deploy/nats', async () => {
    server = await startNatsServer({ config: 'jetstream { sync_interval: always }\n' });
    await rounds(20);
  });

  async function rounds(short: number): Promise<void> {
    await open();
    const seed = Date.now() % 1_000_000;
    const random = seededRandom(seed);
    const total = roundsOr(short);
    const broken: string[] = [];
    for (let round = 1; round <= total; round += 1) {
      const ended = await writeAndEnd(random, `${round}`);
      await server.start();
      await open();
      const wrong = await differences();
      if (wrong.length > 0) broken.push(`round ${round}, ${ended}: ${wrong.join('; ')}`);
    }
    const { length } = broken;
    assert.equal(
      length,
      0,
      `seed ${seed}, ${length} of ${total} rounds:\n${broken.slice(0, 5).join('\n')}`,
    );
  }

  /** Resolves with the signal that ended the server, once it and the client are gone. */
  async function writeAndEnd(random: Random, round: string): Promise<NodeJS.Signals> {
    const writes = Math.ceil(random() * MAX_WRITES);
    for (let n = 0; n < writes; n += 1) await write(random, `${round}.${n}`);
    await new Promise((resolve) => setTimeout(resolve, random() * MAX_PAUSE_MS));
    const signal = random() < 0.7 ? 'SIGKILL' : 'SIGTERM';
    // Under way while the server ends: it may have happened, or not.
    const last = write(random, `${round}.last`);
    await server.kill(signal);
    await client.bus.close();
    await last;
    return signal;
  }

  async function write(random: Random, version: string): Promise<void> {
    const key = KEYS[Math.floor(random() * KEYS.length)] ?? '';
    const before = possible.get(key) ?? [GONE];
    const isDeleted = random() < 0.4;
    const value = random() < 0.05 ? version.padEnd(LARGE_CHARS) : version;
    const after = isDeleted ? GONE : version;
    possible.set(key, [...before, after]);
    const bytes = new TextEncoder().encode(value);
    const done = await (isDeleted ? jobs.delete(key) : jobs.put(key, bytes));
    if (done.ok) possible.set(key, [after]);
  }

  async function differences(): Promise<readonly string[]> {
    await until(async () => (await jobs.list()).ok, 'the list of jobs');
    const listed = must(await jobs.list());
    const held = new Map(
      listed.map(({ key, value }) => [key, new TextDecoder().decode(value).trim()]),
    );
    return KEYS.flatMap((key) => {
      const may = possible.get(key) ?? [GONE];
      const is = held.get(key) ?? GONE;
      possible.set(key, [is]);
      return may.includes(is) ? [] : [`${key} is ${is}, acknowledged was ${may.join(' or ')}`];
    });
  }
});
