import assert from 'node:assert/strict';
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'mocha';
import { NODE_KEY_FILE } from '../../agent/wiring/node-key.js';
import { runProgram } from '../../cli/program.js';
import type { Bus, Subscription } from '../../proto/bus.js';
import type { NatsClient } from '../../proto/nats/connect.js';
import { publicTextOf as sealingTextOf } from '../../proto/sealing/sealed-box.js';
import { encodeReply } from '../../proto/service-codec.js';
import { publicTextOf } from '../../proto/signing/signed-commands.js';
import { subjectsOf } from '../../proto/subjects.js';
import { dqoes, type Run } from '../e2e/cli-program.js';
import { containersOf, loggingJobFile, startUpCluster, type UpCluster } from '../e2e/up-cluster.js';
import { testApp } from '../lib/cli-app.js';
import { docker } from '../lib/docker-command.js';
import { connectForTest, connectToUp } from '../lib/nats-client.js';
import { startNatsServer } from '../lib/nats-server.js';
import { until } from '../lib/until.js';
import { everyAnswer, type HttpAnswer } from './console-answers.js';

const CLUSTER = `sc-${process.pid}`;
const JOB = `${CLUSTER}-j`;
const newValue = (): string => `v${randomBytes(18).toString('hex')}`;
/** Set as a secret, first and then. */
const [SECRET, NEXT] = [newValue(), newValue()];
/** Written into the job file as it is: what shows that the search finds something. */
const PLAIN = newValue();

/** A text as it is, and as programs like to write bytes. */
const formsOf = (text: string): readonly string[] => [
  text,
  Buffer.from(text).toString('base64').replace(/=*$/, '').slice(0, -1),
  Buffer.from(text).toString('hex'),
];
const holds = (bytes: Uint8Array | string, text: string): boolean =>
  formsOf(text).some((form) => Buffer.from(bytes).includes(form));

function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile());
}

/** Answers `secret-key` as anybody who serves NATS can; the subjects of all that was asked. */
async function serveOwnKey(bus: Bus): Promise<readonly string[]> {
  const subjects = subjectsOf(CLUSTER);
  const key = sealingTextOf(generateKeyPairSync('x25519').privateKey);
  const asked: string[] = [];
  await bus.serve({
    name: 'dqoes-coordinator',
    version: '0.0.1',
    description: '',
    endpoints: (['secret-key', 'secret-set'] as const).map((verb) => ({
      name: verb,
      subject: subjects.service(verb),
      handle: ({ respond }) => {
        asked.push(verb);
        respond(encodeReply('secret-key', { ok: true, value: { key } }));
      },
    })),
  });
  await bus.flush();
  return asked;
}

/** What was written and said, by where. */
type Traces = Map<string, Uint8Array | string>;
const whereIs = (traces: Traces, text: string): readonly string[] =>
  [...traces].flatMap(([where, bytes]) => (holds(bytes, text) ? [where] : []));

describe('a secret of a job', function () {
  this.timeout(120_000);
  let cluster: UpCluster;
  let client: NatsClient;
  const answers: Run[] = [];
  const messages: Traces = new Map();
  const subscriptions: Subscription[] = [];

  const run = async (args: readonly string[], stdin = ''): Promise<Run> => {
    const done = await dqoes(args, { env: cluster.env, stdin });
    answers.push(done);
    return done;
  };
  const done = async (args: readonly string[], stdin = ''): Promise<string> => {
    const { code, out, err } = await run(args, stdin);
    assert.equal(code, 0, err);
    return out;
  };
  const status = async (): Promise<string> => (await run(['job', 'status', JOB, '-o', 'json'])).out;
  const statusSays = (words: RegExp) =>
    until(
      async () => words.test(await status()),
      () => `the job to be ${words}: ${answers.at(-1)?.out}\n${cluster.up.err}`,
      60_000,
    );
  const inContainer = async (): Promise<string> => {
    const [id = ''] = containersOf(CLUSTER).split('\n');
    return docker('exec', id, 'sh', '-c', 'echo "$DB/$SAME/$PLAIN"');
  };

  /** What the console of `dqoes up` answers, with a token that may do everything. */
  const fromConsole = async (): Promise<ReadonlyMap<string, HttpAnswer>> => {
    const url = /The console is at (http:\S+)\//.exec(cluster.up.err)?.[1] ?? '';
    let allocation = '';
    await until(async () => {
      const text = await (await fetch(`${url}/api/v1/allocations?job=${JOB}`)).text();
      allocation = /"id":"([^"]+)"/.exec(text)?.[1] ?? '';
      return allocation !== '';
    }, 'the console to show the container');
    const file = readFileSync(join(cluster.folder, 'job.yaml'), 'utf8');
    const token = await done(['token', 'create', 'ci', '--role', 'operator', '--expires', '1h']);
    const about = { url, job: JOB, node: CLUSTER, allocation };
    return everyAnswer({ ...about, file, token: token.trim() });
  };

  before(async () => {
    cluster = await startUpCluster(CLUSTER);
    client = await connectToUp(cluster.env.DQOES_NATS_URL ?? '', cluster.stateDir, 'operator');
    const subjects = subjectsOf(CLUSTER);
    for (const all of [subjects.allEvents, subjects.allTelemetry, subjects.allCommands])
      subscriptions.push(
        client.bus.subscribe(all, ({ subject, data }) => {
          messages.set(`message ${messages.size} at ${subject}`, data);
        }),
      );
    await writeFile(
      join(cluster.folder, 'job.yaml'),
      `${loggingJobFile(JOB)}env: { PLAIN: ${PLAIN}, DB: { secret: db }, SAME: { secret: db } }\n`,
    );
  });
  after(async () => {
    await client.bus.close();
    await cluster.up.end('SIGINT');
    const left = containersOf(CLUSTER)
      .split('\n')
      .filter((id) => id !== '');
    if (left.length > 0) await docker('rm', '--force', ...left);
    await rm(cluster.folder, { recursive: true, force: true });
  });

  it('is waited for, with the reason and the cure', async () => {
    const file = join(cluster.folder, 'job.yaml');
    const plan = await run(['job', 'plan', file, '-o', 'json']);
    assert.equal(plan.code, 3, plan.err);
    assert.match(plan.out, /secret db is not set: dqoes secret set db/);
    await done(['job', 'run', file]);
    await statusSays(/secret db is not set: dqoes secret set db/);
    assert.match(await status(), /"state": "pending"/);
    assert.equal(containersOf(CLUSTER), '');
  });

  it('is sent to no coordinator that is not trusted, and by nobody who may not', async () => {
    const stranger = publicTextOf(generateKeyPairSync('ed25519').privateKey);
    const { code, err } = await run(
      ['secret', 'set', 'db', '--coordinator-keys', stranger],
      SECRET,
    );
    assert.deepEqual([code, /secret\.untrusted-key/.test(err)], [1, true], err);
    const added = await done(['auth', 'add-user', 'guest', '--role', 'viewer']);
    const asGuest = ['--creds', added.trim()];
    await until(
      async () => (await run(['node', 'ls', '-q', ...asGuest])).code === 0,
      'the key to be known',
    );
    for (const args of [['set', 'db'], ['ls'], ['remove', 'db']]) {
      const refused = await run(['secret', ...args, ...asGuest], SECRET);
      assert.match(
        refused.err,
        /not allowed to (set|list|remove) secrets: that takes the role submitter or operator/,
      );
    }
    assert.equal(await done(['secret', 'ls', '-q']), '');
  });

  it('is in the environment of the container once it is set', async () => {
    assert.equal(await done(['secret', 'set', 'db'], `${SECRET}\n`), 'db set\n');
    await statusSays(/"state": "running"/);
    assert.equal((await inContainer()).trim(), `${SECRET}/${SECRET}/${PLAIN}`);
  });

  it('is taken out when it is removed: what runs runs on, and is not started again', async () => {
    assert.match(await done(['secret', 'remove', 'db']), /cannot be started again without it/);
    await statusSays(/what runs runs on, and is not started again: secret db is not set/);
    assert.match(await inContainer(), new RegExp(SECRET));
    await docker('rm', '--force', containersOf(CLUSTER));
    await statusSays(/"state": "pending"/);
    await statusSays(/secret db is not set/);
    assert.equal(containersOf(CLUSTER), '');
  });

  it('is sealed to keys that nobody else may read', () => {
    for (const path of ['secrets-key.pem', join('agent', NODE_KEY_FILE)])
      assert.equal(statSync(join(cluster.stateDir, path)).mode & 0o777, 0o600, path);
  });

  it('reaches the next container with its new value', async () => {
    const file = join(cluster.folder, 'new-value');
    await writeFile(file, NEXT);
    await done(['secret', 'set', 'db', '--file', file]);
    await rm(file);
    await statusSays(/"state": "running"/);
    assert.equal((await inContainer()).trim(), `${NEXT}/${NEXT}/${PLAIN}`);
  });

  it('is nowhere else, where a plain value is in many places', async () => {
    for (const args of [
      ['ps', '-o', 'json'],
      ['job', 'ls', '-o', 'json'],
      ['job', 'explain', JOB],
      ['job', 'logs', JOB],
      ['job', 'plan', join(cluster.folder, 'job.yaml'), '-o', 'json'],
      ['node', 'ls', '-o', 'json'],
      ['node', 'status', CLUSTER, '-o', 'json'],
      ['events', '--tail', '1000', '-o', 'json'],
      ['lab', 'record', '--out', join(cluster.folder, 'recording.jsonl'), '--for', '2s'],
      ['secret', 'ls', '-o', 'json'],
    ])
      await done(args);
    const pages = await fromConsole();
    for (const subscription of subscriptions) subscription.unsubscribe();
    await cluster.up.end('SIGINT');
    await rm(join(cluster.folder, 'job.yaml'));
    const traces: Traces = new Map(messages);
    for (const path of filesBelow(cluster.folder)) traces.set(path, readFileSync(path));
    for (const [i, { out, err }] of answers.entries()) traces.set(`answer ${i}`, `${out}${err}`);
    for (const [address, { text }] of pages) traces.set(address, text);
    traces.set('output of dqoes up', `${cluster.up.out}${cluster.up.err}`);
    const found = whereIs(traces, PLAIN).join('\n');
    for (const place of [/message .*\.cmd\./, /KV_dqoes-.*-jobs/, /KV_dqoes-.*-desired/])
      assert.match(found, place);
    for (const text of [SECRET, NEXT]) assert.deepEqual(whereIs(traces, text), []);
    // The console was asked about this job, and never shows a value of its environment.
    const failed = [...pages].filter(([address, { status }]) => {
      const isAsked = !/\/(?:quote|history\b.*|jobs\/none)$/.test(address);
      return isAsked && status !== 200;
    });
    assert.deepEqual(failed, []);
    assert.match(pages.get(`GET /api/v1/jobs/${JOB}`)?.text ?? '', /"DB":\{?[^}]{0,20}"db"/);
    assert.match(pages.get('GET /api/v1/stream')?.text ?? '', new RegExp(JOB));
    assert.deepEqual(
      [...pages].filter(([, { text }]) => holds(text, PLAIN)),
      [],
    );
  });

  it('is not given to who takes the port of a dqoes up that ended', async () => {
    await cluster.up.end('SIGINT');
    const url = cluster.env.DQOES_NATS_URL ?? '';
    const server = await startNatsServer({ port: Number(new URL(url).port) });
    const other = await connectForTest(server.url);
    try {
      const asked = await serveOwnKey(other.bus);
      const set = async (stateDir: string): Promise<string> => {
        const { app, problems } = testApp([SECRET]);
        const config = { ...app.config, stateDir, runtimeDirs: [cluster.folder] as const };
        const args = ['secret', 'set', 'db', '--nats', url, '--cluster', CLUSTER];
        await runProgram(args, { ...app, config });
        return problems.join('\n');
      };
      assert.match(await set(cluster.stateDir), /secret\.untrusted-key/);
      assert.deepEqual(asked, ['secret-key'], 'nothing was sent');
      await set(join(cluster.folder, 'none'));
      assert.deepEqual(asked, ['secret-key', 'secret-key', 'secret-set'], 'the server serves');
    } finally {
      await other.bus.close();
      await server.stop();
    }
  });
});
