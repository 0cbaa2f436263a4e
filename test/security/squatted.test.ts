import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import { connect, type NatsConnection } from 'nats';
import { serverUser } from '../../cli/server-user.js';
import { connectNats, type NatsClient } from '../../proto/nats/connect.js';
import type { KeyValueStore } from '../../proto/store.js';
import type { Log } from '../../shared/log.js';
import { startNatsServer, type TestNatsServer } from '../lib/nats-server.js';
import { until } from '../lib/until.js';
import { bytes } from '../lib/utf8.js';
import { CLUSTER, GuardedServer, must } from './guarded-server.js';

const NOBODY = 65534;

/** What another user of the machine gets who takes the port of NATS, where there is no TLS. */
describe("another user's server on the port of NATS", function () {
  this.timeout(60_000);
  let nats: TestNatsServer;
  let client: NatsClient;
  let jobs: KeyValueStore;
  const logged: string[] = [];
  const say = (text: string, fields?: object) =>
    void logged.push(`${text} ${JSON.stringify(fields)}`);
  const log: Log = { info: say, warn: say, error: say };

  before(async function () {
    if (process.getuid?.() !== 0) return this.skip();
    nats = await startNatsServer();
    const connected = await connectNats({ servers: [nats.url], name: 'c1', log, serverUser });
    assert.ok(connected.ok);
    client = connected.value;
    must(await client.stores.install('main', { replicas: 1 }));
    jobs = must(await client.stores.open('main', 'jobs'));
    must(await jobs.put('before', bytes('1'), 0));
  });
  after(async () => {
    await client?.bus.close();
    await nats?.stop();
  });

  const foreign = (): number =>
    logged.filter((line) => line.includes('another user has the port of NATS')).length;
  /** Attempts that reached the squatter: each sends what is listened to. */
  const squatting = async (
    use: (squatter: NatsConnection, heard: readonly string[]) => Promise<void>,
  ): Promise<void> => {
    const squatter = await startNatsServer({ port: nats.port, uid: NOBODY });
    const own = await connect({ servers: squatter.url });
    const heard: string[] = [];
    const all = own.subscribe('>', { callback: (_, { subject }) => void heard.push(subject) });
    try {
      await use(own, heard);
    } finally {
      all.unsubscribe();
      await own.close();
      await squatter.stop();
    }
  };

  it('gets no write and no message, and is believed in nothing', async () => {
    const received: string[] = [];
    client.bus.subscribe('dqoes.v1.main.tm.*', ({ subject }) => void received.push(subject));
    await client.bus.serve({
      ...{ name: 'test', version: '0.0.1', description: 'test' },
      endpoints: [
        {
          ...{ name: 'ask', subject: 'ask' },
          handle: (request) => {
            received.push('ask');
            request.respond(bytes('answered'));
          },
        },
      ],
    });
    await nats.kill();
    await until(() => client.bus.state === 'reconnecting', 'the loss');
    await squatting(async (squatter, heard) => {
      await until(
        () => foreign() > 0,
        () => logged.join('\n'),
        20_000,
      );
      const forging = setInterval(() => {
        squatter.publish('dqoes.v1.main.tm.h1', bytes('forged'));
        squatter.publish('ask', bytes(''), { reply: 'stolen' });
      }, 1);
      // Through several tries to connect again.
      const { inMsgs } = squatter.stats();
      await until(() => squatter.stats().inMsgs > inMsgs + 500, 'what was forged to pass');
      clearInterval(forging);
      client.bus.publish('dqoes.v1.main.evt.test', bytes('a secret of ours'));
      assert.deepEqual(await jobs.put('after', bytes('2'), 0), { ok: false, error: 'unknown' });
      assert.deepEqual(await jobs.get('before'), { ok: false, error: 'unknown' });
      assert.equal(client.bus.state, 'reconnecting');
      const streams = await (await squatter.jetstreamManager()).streams.list().next();
      assert.deepEqual(streams, []);
      const ours = heard.filter(
        (subject) => !/^(dqoes\.v1\.main\.tm\.h1|ask|_INBOX)/.test(subject),
      );
      assert.deepEqual(
        ours.filter((subject) => !subject.startsWith('$JS.')),
        [],
      );
    });
    assert.deepEqual(received, []);
    assert.equal(foreign(), 1, logged.join('\n'));
    assert.match(logged.join('\n'), /"user":65534,"expected":0/);

    await nats.start();
    await until(() => client.bus.state === 'connected', 'the server of before', 20_000);
    await until(async () => (await jobs.lastRevision()).ok, 'JetStream to answer');
    must(await jobs.put('after', bytes('2'), 0));
  });
});

/** What a server gets that asks for no key, on the port of ours that does. */
describe('a server without keys on the port of NATS', function () {
  this.timeout(60_000);

  it('is not used by programs that were asked for a key before, and ours is again', async () => {
    const logged: string[] = [];
    const say = (text: string) => void logged.push(text);
    const log: Log = { info: say, warn: say, error: say };
    const guarded = await GuardedServer.start();
    const connected = await connectNats({
      ...{ servers: [guarded.url], name: 'c1', log, serverUser },
      auth: guarded.authOf('coordinator'),
    });
    assert.ok(connected.ok);
    const { bus, stores } = connected.value;
    const keyless = (): number => logged.filter((line) => line.includes('asks for no key')).length;
    try {
      must(await stores.install(CLUSTER, { replicas: 1 }));
      const jobs = must(await stores.open(CLUSTER, 'jobs'));
      await guarded.server.kill();
      await until(() => bus.state === 'reconnecting', 'the loss');
      const squatter = await startNatsServer({ port: guarded.server.port });
      await until(
        () => keyless() > 0,
        () => logged.join('\n'),
        20_000,
      );
      assert.deepEqual(await jobs.put('after', bytes('1'), 0), { ok: false, error: 'unknown' });
      assert.equal(bus.state, 'reconnecting');
      await squatter.stop();
      await guarded.server.start();
      await until(() => bus.state === 'connected', 'the server of before', 20_000);
      await until(async () => (await jobs.lastRevision()).ok, 'JetStream to answer');
      must(await jobs.put('after', bytes('1'), 0));
      assert.equal(keyless(), 1, logged.join('\n'));
    } finally {
      await bus.close();
      await guarded.stop();
    }
  });
});
