import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'mocha';
import { readCredentials } from '../../cli/credentials.js';
import type { Bus } from '../../proto/bus.js';
import type { Liveness } from '../../proto/schemas/status.js';
import { callService } from '../../proto/service-client.js';
import { subjectsOf } from '../../proto/subjects.js';
import { silentLog } from '../../shared/log.js';
import { dqoes, type Program, type Run, startDqoes } from '../e2e/cli-program.js';
import { containersOf, loggingJobFile } from '../e2e/up-cluster.js';
import { docker } from '../lib/docker-command.js';
import { connectForTest } from '../lib/nats-client.js';
import { startNatsServer, type TestNatsServer } from '../lib/nats-server.js';
import { until } from '../lib/until.js';
import { must } from './guarded-server.js';

const ID = `sec-${process.pid}`;
const NODE = `${ID}-n`;
const SECRET = `hush-${process.pid}`;
/** What becomes first of a node whose agent ran and is not heard any more. */
const UNHEARD: Liveness = 'suspect';

/**
 * The programs as an operator runs them against a NATS server of his own, with the keys that
 * `dqoes auth` makes.
 */
describe('programs with keys', function () {
  this.timeout(120_000);
  let folder = '';
  let keys = '';
  let nats: TestNatsServer;
  let coordinator: Program;
  let agent: Program;
  const outputs: Run[] = [];

  const auth = async (...args: readonly string[]): Promise<Run> => {
    const run = await dqoes(['auth', ...args, '--dir', keys]);
    outputs.push(run);
    return run;
  };
  /** As the holder of a key. */
  const as = async (name: string, ...args: readonly string[]): Promise<Run> => {
    const creds = name === '' ? [] : ['--creds', join(keys, 'keys', `${name}.nk`)];
    const run = await dqoes([...args, '--nats', nats.url, '--cluster', ID, ...creds]);
    outputs.push(run);
    return run;
  };
  const agentConfig = () => join(folder, 'agent.yaml');
  const startAgent = (): Program =>
    startDqoes(['agent', '--config', agentConfig(), '--nats', nats.url]);
  /** Asked on one connection: a program for each look would keep a core busy. */
  const nodeIs = async (state: Liveness): Promise<void> => {
    const key = must(readCredentials(join(keys, 'keys', 'vic.nk'), 'test'));
    let bus: Bus | undefined;
    const isSo = async (): Promise<boolean> => {
      // While the server reads its configuration again it may refuse keys that it knows.
      bus ??= (await connectForTest(nats.url, silentLog, key).catch(() => undefined))?.bus;
      if (bus === undefined) return false;
      const target = { bus, subjects: subjectsOf(ID), timeoutMs: 5000 };
      const listed = await callService(target, 'node-list', {});
      return listed.ok && listed.value.nodes.some(({ liveness }) => liveness === state);
    };
    const told = () => `the node to be ${state}: ${agent.err}\n${coordinator.err}`;
    await until(isSo, told, 60_000).finally(() => bus?.close());
  };

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'dqoes-security-'));
    keys = join(folder, 'keys-of-cluster');
    const pidFile = join(folder, 'nats.pid');
    assert.equal((await auth('init', '--cluster', ID, '--nats-pid', pidFile)).code, 0);
    await writeFile(
      join(folder, 'nats-server.conf'),
      `pid_file: "${pidFile}"\njetstream { store_dir: "${folder}/js" }\n` +
        'include "keys-of-cluster/server/nats.conf"\n',
    );
    nats = await startNatsServer({ configFile: join(folder, 'nats-server.conf') });
    for (const args of [
      ['add-agent', NODE],
      ['add-user', 'vic', '--role', 'viewer'],
      ['add-user', 'sue', '--role', 'submitter'],
    ]) {
      const run = await auth(...args);
      assert.equal(run.code, 0, run.err);
      assert.match(run.err, /was told to read its configuration again/);
    }
    await writeFile(
      agentConfig(),
      [
        `node: ${NODE}`,
        `cluster: ${ID}`,
        `state-dir: ${folder}/state`,
        `records-dir: ${folder}/engines`,
        'docker: { parent-weight: off }',
        `label-prefix: ${ID}.`,
        'push: { enable: false }',
        `nats: { credentials: ${keys}/keys/agent-${NODE}.nk }`,
      ].join('\n'),
    );
    const config = join(folder, 'coordinator.yaml');
    await writeFile(config, `cluster: ${ID}\nnats: { credentials: ${keys}/keys/coordinator.nk }\n`);
    coordinator = startDqoes(['coordinator', '--install', '--config', config, '--nats', nats.url]);
    agent = startAgent();
  });
  after(async () => {
    await Promise.all([agent.end('SIGKILL'), coordinator.end('SIGKILL')]);
    const left = containersOf(ID)
      .split('\n')
      .filter((id) => id !== '');
    if (left.length > 0) await docker('rm', '--force', ...left);
    await nats.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it('work as without keys, for those who may', async () => {
    await nodeIs('ready');
    const file = join(folder, 'job.yaml');
    await writeFile(file, `${loggingJobFile(ID)}env: { TOKEN: ${SECRET} }\n`);
    const plan = await as('sue', 'job', 'plan', file);
    assert.equal(plan.code, 0, plan.err);
    const run = await as('sue', 'job', 'run', file, '--wait');
    assert.equal(run.code, 0, `${run.err}\n${coordinator.err}\n${agent.err}`);
    const logs = await as('sue', 'job', 'logs', ID, '--tail', '1');
    assert.match(logs.out, /12\.5/, logs.err);
    for (const args of [
      ['ps'],
      ['job', 'ls'],
      ['job', 'explain', ID],
      ['events', '--job', ID],
      ['node', 'ls'],
      ['node', 'status', NODE],
      ['policy'],
    ]) {
      const shown = await as('vic', ...args);
      assert.equal(shown.code, 0, `${args.join(' ')}: ${shown.err}`);
    }
    assert.equal((await as('operator', 'policy', 'equal')).out, 'equal\n');
    assert.match((await as('operator', 'node', 'cordon', NODE)).out, /cordoned|cordon/);
    assert.equal((await as('operator', 'node', 'uncordon', NODE)).code, 0);
    const status = await as('vic', 'job', 'status', ID);
    assert.match(status.out, /^Owner: sue$/m);
    const jobs = JSON.parse((await as('vic', 'job', 'ls', '-o', 'json')).out);
    assert.equal(jobs.jobs[0].owner, 'sue');
  });

  it('write the configuration of the server again, which changes nothing', async () => {
    const file = join(keys, 'server', 'nats.conf');
    const written = await readFile(file, 'utf8');
    await writeFile(file, written.replace(/ to: .* # sue/g, ' # sue'));
    const run = await auth('update');
    assert.equal(run.code, 0, run.err);
    assert.match(run.err, /was told to read its configuration again/);
    assert.equal(await readFile(file, 'utf8'), written);
    assert.equal((await as('sue', 'job', 'ls', '-q')).code, 0);
  });

  it('show who changed what, to operators', async () => {
    const audit = await as('operator', 'audit', '--since', '1h');
    assert.equal(audit.code, 0, audit.err);
    for (const line of [
      new RegExp(`sue +job-submit +${ID} +done`),
      /operator +policy-set +- +done +adaptive → equal/,
      new RegExp(`operator +node-set +${NODE} +done +open → cordoned`),
      /leader +- +done/,
    ])
      assert.match(audit.out, line);
    const ofSue = await as('operator', 'audit', '--user', 'sue', '-o', 'json');
    const { lines } = JSON.parse(ofSue.out);
    assert.deepEqual(
      lines.map(({ who, verb, job }: Record<string, string>) => [who, verb, job]),
      [['sue', 'job-submit', ID]],
    );
    const refused = await as('vic', 'audit');
    assert.equal(refused.code, 1);
    assert.match(refused.err, /not allowed to read the audit: .*role operator,.*\[auth\.denied\]/);
  });

  it('say in the log of the host at whose word it did what', async () => {
    const said = (what: RegExp, who: string) =>
      until(
        () => agent.err.split('\n').some((line) => what.test(line) && line.includes(`=${who}`)),
        () => `${what} of ${who}: ${agent.err}`,
        30_000,
      );
    await said(new RegExp(`audit: a container was started .*job=${ID} `), 'sue');
    const file = join(folder, 'stopped.yaml');
    const name = `${ID}-stopped`;
    await writeFile(file, loggingJobFile(name));
    const run = await as('operator', 'job', 'run', file, '--wait');
    assert.equal(run.code, 0, `${run.err}\n${agent.err}`);
    await writeFile(file, loggingJobFile(name).replace('tolerance: 20%', 'tolerance: 30%'));
    assert.equal((await as('operator', 'job', 'run', file)).code, 0);
    await said(new RegExp(`audit: a job was changed .*job=${name} changed=target `), 'operator');
    assert.equal((await as('operator', 'job', 'stop', name)).code, 0);
    await said(
      new RegExp(`audit: a container was stopped and removed allocation=${name}-1 `),
      'operator',
    );
  });

  it('say who may do what was refused, and do nothing', async () => {
    const file = join(folder, 'other.yaml');
    await writeFile(file, loggingJobFile(`${ID}-other`));
    const refused: readonly (readonly [string, readonly string[], RegExp])[] = [
      ['vic', ['job', 'run', file], /not allowed to submit jobs: .*submitter or operator/],
      ['vic', ['job', 'stop', ID], /not allowed to stop jobs: .*submitter or operator/],
      ['vic', ['policy', 'dqoes'], /not allowed to change the policy: that takes the role op/],
      ['vic', ['job', 'logs', ID], /not allowed to read logs: .*submitter or operator/],
      ['sue', ['policy', 'dqoes'], /not allowed to change the policy: .*role operator/],
      ['sue', ['node', 'drain', NODE], /not allowed to cordon, uncordon or drain .*operator/],
    ];
    for (const [name, args, why] of refused) {
      const run = await as(name, ...args);
      assert.equal(run.code, 1, args.join(' '));
      assert.match(run.err, why);
      assert.match(run.err, /\[auth\.denied\]/);
    }
    const stranger = await as('', 'ps');
    assert.equal(stranger.code, 1);
    assert.match(stranger.err, /does not know these credentials/);
    assert.equal((await as('vic', 'policy')).out, 'equal\n');
    assert.equal((await as('vic', 'job', 'ls', '-q')).out, `${ID}\n`);
  });

  it('never come across anything that their key does not allow', () => {
    for (const { err } of [coordinator, agent]) assert.doesNotMatch(err, /not allowed/);
  });

  it('an agent with the key of another node says so, and is not heard', async () => {
    await auth('add-agent', 'elsewhere');
    await agent.end('SIGTERM');
    const text = await readFile(agentConfig(), 'utf8');
    await writeFile(agentConfig(), text.replace(`agent-${NODE}.nk`, 'agent-elsewhere.nk'));
    agent = startAgent();
    const refused = new RegExp(`not allowed to publish.*tm\\.${NODE}`);
    await until(
      () =>
        agent.err.includes(`the key of this agent is not that of ${NODE}`) &&
        refused.test(agent.err),
      () => `the agent to say so: ${agent.err}`,
      30_000,
    );
    await nodeIs(UNHEARD);
    await agent.end('SIGTERM');
    await writeFile(agentConfig(), text);
    agent = startAgent();
    await nodeIs('ready');
  });

  it('a revoked agent is out at once, and says why', async () => {
    const run = await auth('revoke', `agent-${NODE}`);
    assert.equal(run.code, 0, run.err);
    await until(
      () => /Authorization Violation|AUTHORIZATION_VIOLATION/i.test(agent.err),
      () => `the agent to be refused: ${agent.err}`,
      30_000,
    );
    await nodeIs(UNHEARD);
  });

  it('show no secret in any output', async () => {
    const seeds = await Promise.all(
      ['coordinator', 'operator', 'vic', 'sue'].map(
        async (name) =>
          /^SU\w+$/m.exec(await readFile(join(keys, 'keys', `${name}.nk`), 'utf8'))?.[0],
      ),
    );
    const said = [...outputs, coordinator, agent].map(({ out, err }) => `${out}${err}`).join('\n');
    for (const seed of seeds) assert.equal(said.includes(seed ?? 'none'), false);
    assert.equal(said.includes(SECRET), false);
  });
});
