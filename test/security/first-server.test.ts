import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'mocha';
import { prepareAuth } from '../../cli/up/auth.js';
import { publishAddress } from '../../cli/up/running-stacks.js';
import { connectNats } from '../../proto/nats/connect.js';
import type { Log } from '../../shared/log.js';
import { dqoes, type Program, startDqoes } from '../e2e/cli-program.js';
import { freePort, startNatsServer, type TestNatsServer } from '../lib/nats-server.js';
import { until } from '../lib/until.js';
import { CLUSTER, GuardedServer, must } from './guarded-server.js';
import { squat } from './squat.js';

const NOBODY = 65534;
const SECRET = 'hunter2-of-the-job';
const JOB = [
  'name: of-ours',
  'image: dqoes/tiny:1',
  'target: { latency: 100ms }',
  'latency: { source: log }',
  `env: { PASSWORD: ${SECRET} }`,
  '',
].join('\n');

/** What a program gives away that starts while somebody else has the port of NATS. */
describe('a server that has the port of NATS before a program starts', function () {
  this.timeout(60_000);
  let folder = '';
  before(async function () {
    if (process.getuid?.() !== 0) return this.skip();
    folder = await mkdtemp(join(tmpdir(), 'dqoes-first-'));
  });
  after(() => rm(folder, { recursive: true, force: true }));

  it('of another user is sent no job by who has a dqoes up that runs', async () => {
    const stateDir = join(folder, 'state');
    const nodes: readonly never[] = [];
    const record = must(prepareAuth({ stateDir, cluster: CLUSTER, nodes, inContainer: false }));
    const port = await freePort();
    const url = `nats://127.0.0.1:${port}`;
    const withdraw = publishAddress(join(folder, 'dqoes'), { url, cluster: CLUSTER, stateDir });
    const env = { XDG_RUNTIME_DIR: folder, HOME: folder, DQOES_NATS_URL: '', DQOES_CLUSTER: '' };
    const submit = () => dqoes(['job', 'run', '-', '--no-input'], { env, stdin: JOB });
    const keys = record.users.map(({ publicKey }) => publicKey);
    try {
      const theirs = await squat(port, keys, NOBODY);
      const refused = await submit();
      assert.deepEqual(theirs.heard, []);
      assert.equal(refused.code, 1, refused.err);
      assert.match(refused.err, /is not used: another user of this machine \(65534\) runs/);
      await theirs.stop();
      // The same program of the same user is the one that the command looks for.
      const ours = await squat(port, keys);
      await submit();
      assert.ok(
        ours.heard.some((each) => each.includes(SECRET)),
        ours.heard.join('\n'),
      );
      await ours.stop();
    } finally {
      withdraw();
    }
  });

  it('and asks for no key is not used by who has one', async () => {
    const guarded = await GuardedServer.start();
    const { url, server } = guarded;
    const logged: string[] = [];
    const say = (line: string) => void logged.push(line);
    const log: Log = { info: say, warn: say, error: say };
    let keyless: TestNatsServer | undefined;
    try {
      await server.kill();
      keyless = await startNatsServer({ port: server.port });
      const key = { auth: guarded.authOf('coordinator'), servers: [url], name: 'test', log };
      const once = await connectNats(key);
      assert.ok(!once.ok);
      assert.match(once.error, /is not used: it asks for no key, and one was given: .* or give no/);
      const waiting = connectNats({ ...key, waitOnFirstConnect: true });
      await until(() => logged.some((line) => line.includes('asks for no key')), 'a word of it');
      await keyless.stop();
      await server.start();
      const connected = await waiting;
      assert.ok(connected.ok);
      must(await connected.value.stores.install(CLUSTER, { replicas: 1 }));
      await connected.value.bus.close();
    } finally {
      await keyless?.stop();
      await guarded.stop();
    }
  });
});

/** What people send to a console goes on to NATS. */
describe('a console whose NATS server was followed by that of another user', function () {
  this.timeout(60_000);
  let running: Program | undefined;
  let guarded: GuardedServer;
  before(async function () {
    if (process.getuid?.() !== 0) return this.skip();
    guarded = await GuardedServer.start();
  });
  after(async () => {
    await running?.end('SIGINT');
    await guarded?.stop();
  });

  it('hands no token to it', async () => {
    const place = ['--nats', guarded.url, '--creds', guarded.keyFile('vic-viewer')];
    const rest = ['--listen', '127.0.0.1:0', '--metrics', 'off', '--cluster', CLUSTER];
    const program = startDqoes(['console', ...place, ...rest]);
    running = program;
    const said = (what: RegExp) =>
      until(
        () => what.test(program.err),
        () => program.err,
        20_000,
      );
    await said(/is at http:/);
    const url = /is at (http:\S+)\//.exec(program.err)?.[1] ?? '';
    const { port } = guarded.server;
    await guarded.server.kill();
    const theirs = await squat(port, [guarded.publicKeyOf('vic-viewer')], NOBODY);
    try {
      await said(/another user has the port of NATS/);
      const token = `dqoes_submits001_${'x'.repeat(43)}`;
      const headers = { 'content-type': 'application/yaml', authorization: `Bearer ${token}` };
      const { status } = await fetch(`${url}/api/v1/jobs`, { method: 'POST', headers, body: JOB });
      assert.ok(status >= 400, `${status}`);
      assert.deepEqual(
        theirs.heard.filter((each) => each.includes(token) || each.includes(SECRET)),
        [],
      );
    } finally {
      await theirs.stop();
    }
  });
});
