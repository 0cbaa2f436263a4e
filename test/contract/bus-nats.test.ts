import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import { connect } from 'nats';
import type { ServiceRequest } from '../../proto/bus.js';
import { connectNats, type NatsClient, type NatsOptions } from '../../proto/nats/connect.js';
import { TRIAL_HEADERS } from '../../proto/trial.js';
import { type Log, silentLog } from '../../shared/log.js';
import { connectForTest } from '../lib/nats-client.js';
import { startNatsServer, type TestNatsServer } from '../lib/nats-server.js';
import { until } from '../lib/until.js';
import { bytes, text } from '../lib/utf8.js';

/** Keeps every line. */
function keepingLog(): { readonly log: Log; readonly lines: string[] } {
  const lines: string[] = [];
  const keep = (message: string, fields?: object): void =>
    void lines.push(`${message} ${JSON.stringify(fields ?? {})}`);
  return { lines, log: { info: keep, warn: keep, error: keep } };
}

describe('bus: what only NATS has', () => {
  const cleanups: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
  });
  const server = async (
    options: Parameters<typeof startNatsServer>[0] = {},
  ): Promise<TestNatsServer> => {
    const started = await startNatsServer(options);
    cleanups.push(() => started.stop());
    return started;
  };
  const client = async (url: string, log: Log = silentLog): Promise<NatsClient> => {
    const connected = await connectForTest(url, log);
    cleanups.push(() => connected.bus.close());
    return connected;
  };
  const refusal = async (
    options: Partial<NatsOptions> & { servers: readonly string[] },
  ): Promise<string> => {
    const result = await connectNats({ name: 'test', log: silentLog, ...options });
    assert.ok(!result.ok);
    return result.error;
  };

  it('says in one sentence where NATS is not and what to do', async () => {
    const gone = await server();
    await gone.kill();
    const url = gone.url.replace('//', '//someone:secret@');
    const sentence = await refusal({ servers: [url] });
    assert.match(
      sentence,
      new RegExp(`^NATS at ${gone.url} cannot be reached .*: start nats-server there .*\\.$`),
    );
    assert.ok(!sentence.includes('secret'));
  });

  it('asks for the right credentials when they are wrong, and connects with those', async () => {
    const { url } = await server({ args: ['--user', 'someone', '--pass', 'right'] });
    const auth = { kind: 'password', user: 'someone' } as const;
    assert.match(
      await refusal({ servers: [url], auth: { ...auth, password: 'wrong' } }),
      /does not know these credentials.*dqoes auth add-user\.$/,
    );
    assert.match(
      await refusal({ servers: [url] }),
      /does not know these credentials.*dqoes auth add-user\.$/,
    );
    const right = await connectNats({
      servers: [url],
      name: 't',
      log: silentLog,
      auth: { ...auth, password: 'right' },
    });
    assert.ok(right.ok);
    await right.value.bus.close();
  });

  it('waits for a server that comes later when told to', async () => {
    const late = await server();
    await late.kill();
    const connecting = connectNats({
      servers: [late.url],
      name: 't',
      log: silentLog,
      waitOnFirstConnect: true,
    });
    await late.start();
    const connected = await connecting;
    assert.ok(connected.ok);
    await connected.value.bus.close();
  });

  it('goes on after a restart of the server; drops what was published meanwhile', async () => {
    const restarted = await server();
    const [near, far] = [(await client(restarted.url)).bus, (await client(restarted.url)).bus];
    const seen: string[] = [];
    const states: string[] = [];
    near.onState((state) => states.push(state));
    far.subscribe('t.>', (message) => seen.push(text(message.data)));
    await far.serve({
      name: 'survivor',
      version: '1.0.0',
      description: 'Outlives a restart',
      endpoints: [
        { name: 'ping', subject: 'svc.ping', handle: (request) => request.respond(bytes('pong')) },
      ],
    });
    await restarted.kill();
    await until(
      () => near.state === 'reconnecting' && far.state === 'reconnecting',
      'both to notice',
    );
    near.publish('t.a', bytes('lost'));
    await near.flush();
    assert.deepEqual(await near.request('svc.ping', bytes(''), { timeoutMs: 50 }), {
      ok: false,
      error: 'timeout',
    });
    await restarted.start();
    await until(() => near.state === 'connected' && far.state === 'connected', 'both to come back');
    await until(
      async () => (await near.request('svc.ping', bytes(''), { timeoutMs: 1000 })).ok,
      'the service',
    );
    near.publish('t.a', bytes('kept'));
    await until(() => seen.length > 0, 'a message after the restart');
    assert.deepEqual(seen, ['kept']);
    assert.deepEqual(states, ['reconnecting', 'connected']);
  });

  it('lets go of a server that does not answer, even with much unsent', async () => {
    const silent = await server();
    const connected = await connectNats({
      servers: [silent.url],
      name: 't',
      log: silentLog,
      pingIntervalMs: 100,
    });
    assert.ok(connected.ok);
    const { bus } = connected.value;
    cleanups.push(() => bus.close());
    await silent.pause();
    // More than the kernel keeps for both ends.
    for (let i = 0; i < 64; i += 1) bus.publish('t.a', new Uint8Array(1_000_000));
    await until(() => bus.state === 'reconnecting', 'the client to give it up');
    silent.resume();
    await until(() => bus.state === 'connected', 'the client to be back');
  });

  it('closes while the server is away', async () => {
    const gone = await server();
    const { bus } = await client(gone.url);
    await gone.kill();
    await until(() => bus.state === 'reconnecting', 'the loss');
    await bus.close();
    assert.equal(bus.state, 'closed');
    assert.deepEqual(await bus.request('t', bytes(''), { timeoutMs: 50 }), {
      ok: false,
      error: 'closed',
    });
  });

  it('answers at inboxes only: elsewhere an answer has the rights of the service', async () => {
    const { url } = await server();
    const { bus } = await client(url);
    const [calls, seen]: [string[], string[]] = [[], []];
    await bus.serve({
      name: 'guarded',
      version: '1.0.0',
      description: '',
      endpoints: [
        {
          name: 'a',
          subject: 'svc.a',
          handle: (request) => {
            calls.push(text(request.data));
            request.respond(bytes('answer'));
          },
        },
      ],
    });
    bus.subscribe('elsewhere.>', ({ subject }) => seen.push(subject));
    const raw = await connect({ servers: url });
    cleanups.push(() => raw.close());
    for (const subject of ['svc.a', '$SRV.PING', '$SRV.INFO.guarded'])
      raw.publish(subject, bytes('forged'), { reply: 'elsewhere.x' });
    raw.publish('svc.a', bytes('to nobody'));
    const answer = await raw.request('svc.a', bytes('honest'), { timeout: 5000 });
    assert.equal(text(answer.data), 'answer');
    raw.publish('elsewhere.last', bytes(''));
    await until(() => seen.length > 0, 'the last message');
    assert.deepEqual([calls, seen], [['honest'], ['elsewhere.last']]);
  });

  it('logs a refused subscription and a refused publish, and lives on', async () => {
    const { url } = await server({
      config: `authorization { users = [ { user: "a", password: "b", permissions: {
        publish: ["ok.>", "$SRV.>"], subscribe: ["ok.>", "_INBOX.>"] } } ] }`,
    });
    const { log, lines } = keepingLog();
    const { bus } = await client(url.replace('//', '//a:b@'), log);
    const seen: string[] = [];
    bus.subscribe('secret.>', () => seen.push('secret'));
    bus.publish('secret.a', bytes(''));
    bus.publish('secret.a', bytes(''));
    assert.deepEqual(await bus.request('secret.b', bytes(''), { timeoutMs: 5000 }), {
      ok: false,
      error: 'denied',
    });
    const refusals = () => lines.filter((line) => line.includes('not allowed'));
    await until(() => refusals().length >= 3, 'the refusals in the log');
    for (const [what, subject] of [
      ['listen', 'secret.>'],
      ['publish', 'secret.a'],
      ['publish', 'secret.b'],
    ] as const) {
      const found = refusals().filter((line) => line.includes(subject) && line.includes(what));
      assert.equal(found.length, 1, `${what} ${subject}: ${refusals().join('\n')}`);
    }
    bus.subscribe('ok.>', (message) => seen.push(message.subject));
    bus.publish('ok.a', bytes(''));
    await until(() => seen.length === 1, 'a permitted message');
    assert.deepEqual(seen, ['ok.a']);
  });

  it('says once that a request names no inbox, and passes tries of dqoes doctor over', async () => {
    const { url } = await server();
    const { log, lines } = keepingLog();
    const { bus } = await client(url, log);
    let served = 0;
    const handle = (request: ServiceRequest): void => {
      served += 1;
      request.respond(bytes(''));
    };
    const endpoints = [{ name: 'ping', subject: 'svc.ping', handle }];
    await bus.serve({ name: 'tried', version: '1.0.0', description: 'Is tried', endpoints });
    const { bus: other } = await client(url);
    /** How often it was said, once all that was published is read. */
    const said = async (): Promise<number> => {
      assert.ok((await other.request('svc.ping', bytes(''), { timeoutMs: 5000 })).ok);
      return lines.filter((line) => line.includes('names no inbox')).length;
    };
    other.publish('svc.ping', bytes(''), TRIAL_HEADERS);
    assert.equal(await said(), 0);
    other.publish('svc.ping', bytes(''));
    other.publish('svc.ping', bytes(''));
    assert.equal(await said(), 1);
    assert.equal(served, 2);
  });
});
