import assert from 'node:assert/strict';
import { readFileSync, statSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'mocha';
import { connect, type NatsConnection, nkeyAuthenticator } from 'nats';
import { loadAgentConfig } from '../../agent/config.js';
import { parseToken } from '../../cli/auth/join.js';
import { addAgentByToken } from '../../cli/services/auth-join.js';
import { publicKeyOfAuth } from '../../proto/nats/user-key.js';
import { inboxPrefixOf, subjectsOf } from '../../proto/subjects.js';
import type { NodeId } from '../../shared/ids.js';
import { dqoes, type Program, type Run, startDqoes } from '../e2e/cli-program.js';
import { testApp } from '../lib/cli-app.js';
import { dqoesHere } from '../lib/dqoes-here.js';
import type { TestNatsServer } from '../lib/nats-server.js';
import { systemClock } from '../lib/system-clock.js';
import { until } from '../lib/until.js';
import { must, refusedOf } from './guarded-server.js';
import { startKeyedServer } from './keyed-server.js';

const subjects = subjectsOf('main');
/** So long a key is tried that the server may not have heard of, ms. */
const PATIENCE_MS = 10_000;
/** Between two of those tries, ms. */
const TRYING_PAUSE_MS = 200;

describe('a host that joins by a token', function () {
  this.timeout(60_000);
  let folder = '';
  let keys = '';
  let nats: TestNatsServer;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'dqoes-join-'));
    ({ nats, keys } = await startKeyedServer(folder));
  });
  after(async () => {
    await nats.stop();
    await rm(folder, { recursive: true, force: true });
  });

  const auth = (...args: readonly string[]): Promise<Run> =>
    dqoes(['auth', ...args, '--dir', keys]);
  /** Somebody waits for the host; resolves with the token. */
  const tokenFor = async (
    node: string,
    ...more: readonly string[]
  ): Promise<{ waiting: Program; token: string }> => {
    const args = ['auth', 'add-agent', node, '--token', '--nats', nats.url, '--dir', keys];
    const waiting = startDqoes([...args, ...more]);
    await until(
      () => waiting.err.includes('Waiting…'),
      () => `a token: ${waiting.err}`,
      20_000,
    );
    return { waiting, token: waiting.out.trim() };
  };
  const joinBy = (token: string, name: string): Promise<Run> =>
    dqoes(['join', '-', '--out', join(folder, name)], { stdin: token });
  const byToken = (token: string): Promise<NatsConnection> =>
    connect({
      servers: nats.url,
      authenticator: nkeyAuthenticator(new TextEncoder().encode(must(parseToken(token)).seed)),
      maxReconnectAttempts: 0,
    });

  it('makes its key there, and is the agent of its node from then on', async () => {
    const { waiting, token } = await tokenFor('h1');
    assert.match(waiting.err, /Nothing here says which coordinators .* --coordinator-keys/);
    const joined = await joinBy(token, 'h1.nk');
    assert.equal(joined.code, 0, joined.err);
    const path = join(folder, 'h1.nk');
    assert.equal(joined.out.trim(), path);
    assert.match(joined.err, /This host is h1 of cluster main now/);
    assert.equal((await waiting.end('SIGINT')).code, 0, 'no coordinator is waited for');
    assert.match(waiting.err, /h1 has joined/);
    assert.equal(statSync(path).mode & 0o777, 0o600);
    const seed = /^SU\w+$/m.exec(readFileSync(path, 'utf8'))?.[0] ?? '';
    const connection = await connect({
      servers: nats.url,
      authenticator: nkeyAuthenticator(new TextEncoder().encode(seed)),
    });
    const [own, other] = [subjects.telemetry('h1' as NodeId), subjects.telemetry('h2' as NodeId)];
    assert.deepEqual(await refusedOf(connection, { publish: [own, other] }), [`publish ${other}`]);
    await connection.close();
    const listed = await auth('list', '-q');
    assert.deepEqual(listed.out.trim().split('\n'), ['coordinator', 'operator', 'agent-h1']);
    assert.equal(`${waiting.err}${joined.err}${joined.out}`.includes(seed), false);

    const again = await joinBy(token, 'again.nk');
    assert.equal(again.code, 1);
    assert.match(again.err, /does not know this token/);
    assert.equal(statSync(join(folder, 'again.nk'), { throwIfNoEntry: false }), undefined);
    const known = await auth('add-agent', 'h1', '--token', '--nats', nats.url);
    assert.equal(known.code, 2);
    assert.match(known.err, /agent-h1 has a key already/);
  });

  it('gives key and settings to the agent whose file is named', async () => {
    const agentFile = join(folder, 'etc', 'agent.yaml');
    await mkdir(join(folder, 'etc'));
    await writeFile(agentFile, 'control: observe\nnats: { url: "nats://127.0.0.1:1" }\n');
    const coordinator = 'A'.repeat(43);
    const { waiting, token } = await tokenFor('h4', '--coordinator-keys', coordinator);
    assert.doesNotMatch(waiting.err, /Nothing here says which coordinators/);
    const joined = await dqoes(['join', '-', '--config', agentFile], { stdin: token });
    assert.equal(joined.code, 0, joined.err);
    assert.equal((await waiting.end('SIGINT')).code, 0, 'no coordinator is waited for');
    const key = join(folder, 'etc', 'agent-h4.nk');
    assert.equal(joined.out.trim(), key);
    const config = must(loadAgentConfig({ file: agentFile }));
    assert.deepEqual(
      [config.node, config.cluster, config['nats.url'], config['nats.credentials'], config.control],
      ['h4', 'main', nats.url, key, 'observe'],
    );
    assert.deepEqual(config['coordinator-keys'], [coordinator]);
    assert.equal(statSync(join(folder, 'etc', 'agent.d', 'join.yaml')).mode & 0o777, 0o640);
  });

  it('may ask for its node only, and nothing when the token was taken back', async () => {
    const { waiting, token } = await tokenFor('h3');
    const connection = await byToken(token);
    const h2 = 'h2' as NodeId;
    const publish = [subjects.join(h2), subjects.telemetry('h3' as NodeId), '$JS.API.INFO'];
    const subscribe = ['>', subjects.join('h3' as NodeId), subjects.allEvents];
    assert.deepEqual(
      await refusedOf(connection, { publish, subscribe }),
      [
        ...publish.map((subject) => `publish ${subject}`),
        ...subscribe.map((subject) => `subscription ${subject}`),
      ].sort(),
    );
    const ended = await waiting.end('SIGINT');
    assert.equal(ended.code, 1);
    assert.match(ended.err, /nobody used the token of h3/);
    await until(() => connection.isClosed(), 'its connection to be dropped');
    await assert.rejects(byToken(token), /Authorization Violation/);
    assert.match((await joinBy(token, 'late.nk')).err, /does not know this token/);
    assert.doesNotMatch((await auth('list', '-q')).out, /h3/);
    await connection.close();
  });

  it('has a token that is of use to nobody after ten minutes', async () => {
    const { app, out, problems } = testApp();
    const long: number[] = [];
    let pass = (): void => {};
    const passed = new Promise<void>((resolve) => {
      pass = resolve;
    });
    // Of the waits only the long one is made to pass: the server is as slow as it is.
    const sleep = (ms: number, signal?: AbortSignal): Promise<void> => {
      if (ms < 60_000) return systemClock.sleep(ms, signal);
      long.push(ms);
      return passed;
    };
    const clock = { ...systemClock, sleep };
    const flags = { dir: keys, nats: nats.url };
    const waiting = addAgentByToken({ ...app, clock, version: '0.0.1' }, 'h9', flags);
    await until(
      () => out.length > 0,
      () => `a token: ${problems.join()}`,
    );
    const [token = ''] = out;
    const connection = await byToken(token);
    pass();
    assert.equal(await waiting, 1);
    assert.deepEqual(long, [600_000]);
    assert.match(problems.join('\n'), /nobody used the token of h9; it is useless now/);
    await until(() => connection.isClosed(), 'its connection to be dropped');
    await assert.rejects(byToken(token), /Authorization Violation/);
    assert.match((await joinBy(token, 'h9.nk')).err, /does not know this token/);
    assert.doesNotMatch((await auth('list', '-q')).out, /h9/);
  });

  it('gets no key that the server would not take, and the next one may use the token', async () => {
    const { waiting, token } = await tokenFor('h6');
    const seed = must(parseToken(token)).seed;
    const own = publicKeyOfAuth({ kind: 'nkey', seed }) ?? '';
    const connection = await connect({
      servers: nats.url,
      authenticator: nkeyAuthenticator(new TextEncoder().encode(seed)),
      inboxPrefix: inboxPrefixOf(own),
    });
    for (const publicKey of [own, `U${'A'.repeat(55)}`]) {
      const asked = new TextEncoder().encode(JSON.stringify({ publicKey }));
      const answer = await connection.request(subjects.join('h6' as NodeId), asked);
      assert.match(answer.string(), /refused/, publicKey);
    }
    await connection.close();
    const joined = await joinBy(token, 'h6.nk');
    assert.equal(joined.code, 0, joined.err);
    assert.equal((await waiting.end('SIGINT')).code, 0, 'no coordinator is waited for');
  });

  it('is not said to have joined where its key could not be written down', async () => {
    const { waiting, token } = await tokenFor('h5');
    // What is in the way here stands for a disk that is full by now.
    const inTheWay = join(keys, 'server', 'nats.conf.next');
    await mkdir(inTheWay);
    try {
      const joining = dqoesHere(['join', '-', '--out', join(folder, 'h5.nk')], { stdin: token });
      const { code, err } = await waiting.ended;
      assert.equal(code, 1, err);
      assert.match(err, /The folder of keys: .*cannot be written/);
      assert.doesNotMatch(err, /has joined/);
      joining.pass(PATIENCE_MS);
      const joined = await joining.ended;
      assert.equal(joined.code, 1, joined.err);
      assert.match(joined.err, /has not accepted the key within 10 s, and the key was removed/);
      assert.equal(statSync(join(folder, 'h5.nk'), { throwIfNoEntry: false }), undefined);
    } finally {
      await rm(inTheWay, { recursive: true });
    }
  });

  it('has no token where the address is wrong, and says by what NATS was not reached', async () => {
    const args = ['auth', 'add-agent', 'h8', '--token', '--nats', 'nats://127.0.0.1:1'];
    const adding = dqoesHere([...args, '--dir', keys], { hurriedFromMs: TRYING_PAUSE_MS });
    const run = await adding.ended;
    assert.equal(run.code, 1);
    assert.ok(adding.passedMs > PATIENCE_MS, `tried for ${adding.passedMs} ms`);
    assert.match(
      run.err,
      /^join: NATS at nats:\/\/127\.0\.0\.1:1 cannot be .*REFUSED.*address\. \[/m,
    );
    assert.doesNotMatch((await auth('list', '-q')).out, /h8/);
  });

  it('says what is no token', async () => {
    const run = await joinBy('hunter2', 'x.nk');
    assert.equal(run.code, 2);
    assert.match(run.err, /the token is no token of dqoes auth add-agent --token/);
  });
});
