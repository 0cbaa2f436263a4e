import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'mocha';
import { lockState, unlockState } from '../../cli/up/state-lock.js';
import { startNatsServer, type TestNatsServer } from '../lib/nats-server.js';
import { until } from '../lib/until.js';
import { dqoes, type Program, startDqoes } from './cli-program.js';

const CLUSTER = `svc-${process.pid}`;

/** What programs of this build say of themselves in their metrics. */
async function ownLabels(): Promise<string> {
  const [version = '', build = ''] = (await dqoes(['--version'])).out.trim().split('\nbuild ');
  assert.notEqual(build, '');
  return `version="${version}",build="${build}",node_version="${process.version}"`;
}

/** What the metrics of a service say of its build. */
async function buildInfoOf(program: Program): Promise<string | undefined> {
  const served = (): string => /metrics: .* url=(\S+)/.exec(program.err)?.[1] ?? '';
  await until(
    () => served() !== '',
    () => `the address of the metrics: ${program.err}`,
    30_000,
  );
  const text = await (await fetch(served())).text();
  return /^dqoes_build_info.*$/m.exec(text)?.[0];
}

describe('cli: the two services', function () {
  this.timeout(60_000);
  let folder = '';
  let nats: TestNatsServer;
  let agentConfig = '';
  let coordinatorConfig = '';

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'dqoes-cli-svc-'));
    nats = await startNatsServer();
    agentConfig = join(folder, 'agent.yaml');
    coordinatorConfig = join(folder, 'coordinator.yaml');
    const agent = [
      `node: ${CLUSTER}`,
      `cluster: ${CLUSTER}`,
      `state-dir: ${folder}`,
      `records-dir: ${folder}/engines`,
      'docker: { parent-weight: off }',
      `label-prefix: svc${process.pid}.`,
      'push: { enable: false }',
    ];
    await writeFile(agentConfig, `${agent.join('\n')}\n`);
    await writeFile(coordinatorConfig, `cluster: ${CLUSTER}\n`);
  });
  after(async () => {
    await nats.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it('run from their files, find each other, and end with 0 on SIGTERM', async () => {
    const coordinator = startDqoes([
      'coordinator',
      '--install',
      '--config',
      coordinatorConfig,
      '--nats',
      nats.url,
    ]);
    const agent = startDqoes(['agent', '-c', agentConfig, '--nats', nats.url]);
    const page = startDqoes([
      ...['console', '--nats', nats.url, '--cluster', CLUSTER, '--listen', '127.0.0.1:0'],
      ...['--metrics', '127.0.0.1:0'],
    ]);
    try {
      await until(
        async () =>
          (await dqoes(['node', 'ls', '-q', '--nats', nats.url, '--cluster', CLUSTER])).out ===
          `${CLUSTER}\n`,
        'the node to be listed',
        30_000,
      );
      const own = await ownLabels();
      for (const program of [agent, coordinator, page])
        assert.equal(await buildInfoOf(program), `dqoes_build_info{${own}} 1`);
    } finally {
      const ends = await Promise.all(
        [agent, coordinator, page].map((program) => program.end('SIGTERM')),
      );
      assert.deepEqual(
        ends.map(({ code }) => code),
        [0, 0, 0],
        ends.map(({ err }) => err).join('\n'),
      );
    }
    const alone = await dqoes(['ps', '--nats', nats.url, '--cluster', CLUSTER]);
    assert.equal(alone.code, 1);
    assert.match(alone.err, /no coordinator serves this cluster/);
  });

  it('of two coordinators one leads; the other takes over when it ends or hangs', async () => {
    const file = join(folder, 'two.yaml');
    await writeFile(file, `cluster: ${CLUSTER}-two\nlease: 3s\n`);
    const start = () =>
      startDqoes(['coordinator', '--install', '--config', file, '--nats', nats.url]);
    const leads = (program: ReturnType<typeof start>): number =>
      program.err.split('coordinator: leads cluster').length - 1;
    const first = start();
    await until(() => leads(first) === 1, 'the first to lead', 30_000);
    const second = start();
    try {
      await until(
        () => second.err.includes('coordinator: standing by'),
        'the second to stand by',
        30_000,
      );
      assert.equal(leads(second), 0);
      await first.end('SIGTERM');
      await until(() => leads(second) === 1, 'the second to lead', 30_000);
      const third = start();
      await until(
        () => third.err.includes('coordinator: standing by'),
        'the third to stand by',
        30_000,
      );
      second.child.kill('SIGSTOP');
      await until(() => leads(third) === 1, 'the third to lead', 30_000);
      second.child.kill('SIGCONT');
      await until(
        () => second.err.includes('coordinator: lost leadership'),
        'the second to see it',
        30_000,
      );
      await until(
        () => second.err.split('coordinator: standing by').length > 2,
        'the second to stand by again',
        30_000,
      );
      await third.end('SIGKILL');
      await until(() => leads(second) === 2, 'the second to lead again', 30_000);
      assert.match(second.err, /epoch=4/);
    } finally {
      for (const program of [first, second]) await program.end('SIGKILL');
    }
  });

  it('restore says that there is nothing to put back', async () => {
    const restored = await dqoes(['agent', 'restore', '--config', agentConfig]);
    assert.deepEqual([restored.code, restored.out], [0, '']);
    // Jobs that others left on this Engine are named after it.
    assert.match(restored.err, /^Nothing to restore\.\n/);
  });

  it('wait for NATS, and end on SIGTERM meanwhile', async () => {
    const agent = startDqoes(['agent', '--config', agentConfig, '--nats', 'nats://127.0.0.1:1']);
    await until(() => agent.err.includes('connecting to NATS'), 'the agent to wait for NATS');
    assert.equal((await agent.end('SIGTERM')).code, 0);
    const coordinator = startDqoes([
      'coordinator',
      '--config',
      coordinatorConfig,
      '--nats',
      'nats://127.0.0.1:1',
    ]);
    await until(
      () => coordinator.err.includes('connecting to NATS'),
      'the coordinator to wait for NATS',
    );
    assert.equal((await coordinator.end('SIGTERM')).code, 0);
  });

  it('refuse a bad file with every fault, line and column', async () => {
    const bad = join(folder, 'bad.yaml');
    await writeFile(bad, 'interval: 5\nnothing: 1\n');
    for (const service of ['agent', 'coordinator']) {
      const run = await dqoes([service, '--config', bad]);
      assert.equal(run.code, 2, run.err);
      assert.match(run.err, /bad\.yaml:1:11: interval: .*\n.*bad\.yaml:2:1: nothing: /);
    }
  });
});

describe('cli: dqoes up that cannot start', function () {
  this.timeout(60_000);
  let folder = '';
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'dqoes-cli-up-'));
  });
  after(() => rm(folder, { recursive: true, force: true }));

  const nothingLeft = (): void => {
    const { stdout } = spawnSync('pgrep', ['-f', `nats-server.*${folder}`], { encoding: 'utf8' });
    assert.equal(stdout, '');
  };

  it('is one sentence without Docker, and leaves no NATS server', async () => {
    const config = join(folder, 'agent.yaml');
    await writeFile(config, `docker: { socket: ${join(folder, 'no.sock')} }\n`);
    const args = [
      'up',
      '--state',
      folder,
      '--nats-port',
      '0',
      '--agent-config',
      config,
      '--log-level',
      'error',
    ];
    const run = await dqoes(args);
    assert.equal(run.code, 1);
    assert.match(run.err, /^.*\[docker\.unavailable\]\n$/);
    nothingLeft();
  });

  it('is one sentence when another one uses the folder', async () => {
    const state = join(folder, 'claimed');
    assert.ok(lockState(state).ok);
    const run = await dqoes(['up', '--state', state, '--nats-port', '0']);
    unlockState(state);
    assert.equal(run.code, 2);
    assert.match(
      run.err,
      /^Another dqoes \(process \d+\) already uses .*--state\. \[config\.bad\]\n$/,
    );
  });

  it('is one sentence where the folder cannot be made', async () => {
    const file = join(folder, 'file');
    await writeFile(file, '');
    for (const [state, why] of [
      ['/proc/dqoes', /cannot be used \(ENOENT.*\/proc\/dqoes/],
      [join(file, 'state'), /cannot be used \(\S*file is a file, not a folder\)/],
      [file, /cannot be used \(\S*file is a file, not a folder\)/],
    ] as const) {
      const program = startDqoes(['up', '--state', state, '--nats-port', '0']);
      const timer = setTimeout(() => program.child.kill('SIGKILL'), 20_000);
      const run = await program.ended;
      clearTimeout(timer);
      assert.equal(run.code, 2, `${state}: ${run.err}`);
      assert.match(run.err, why);
      assert.match(run.err, /give one you may write to with --state\. \[config\.bad\]\n$/);
    }
  });

  it('names both files when both are bad, before anything starts', async () => {
    const config = join(folder, 'bad.yaml');
    await writeFile(config, 'interval: 5\n');
    const run = await dqoes([
      'up',
      '--state',
      folder,
      '--nats-port',
      '0',
      '--agent-config',
      config,
      '--coordinator-config',
      config,
    ]);
    assert.equal(run.code, 2);
    assert.equal(run.err.trim().split('\n').length, 2);
    nothingLeft();
  });
});
