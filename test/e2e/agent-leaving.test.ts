import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'mocha';
import { subjectsOf } from '../../proto/subjects.js';
import { docker } from '../lib/docker-command.js';
import { connectForTest } from '../lib/nats-client.js';
import { startNatsServer, type TestNatsServer } from '../lib/nats-server.js';
import { DEFAULT_PARENT_WEIGHT, OwnParent } from '../lib/own-parent.js';
import { until } from '../lib/until.js';
import { FakeAgent } from '../unit/coordinator/fake-agent.js';
import { dqoes, type Program, startDqoes } from './cli-program.js';

const parent = new OwnParent('leaving');
const NAME = `leaving-${process.pid}`;
const PREFIX = `leaving${process.pid}.`;

describe('cli: how the agent leaves', function () {
  this.timeout(90_000);
  let folder = '';
  let container = '';
  let nats: TestNatsServer;
  let coordinator: Program;
  let agent: Program | undefined;

  const startAgent = (url = nats.url): Program => {
    agent = startDqoes(['agent', '--config', join(folder, 'agent.yaml'), '--nats', url]);
    return agent;
  };
  const quotaUs = async (): Promise<number> =>
    Number(await docker('inspect', '-f', '{{.HostConfig.CpuQuota}}', container));
  const untilLimited = (): Promise<void> =>
    until(
      async () => (await quotaUs()) > 0,
      () => `the container to be limited; the agent says: ${agent?.err}`,
      30_000,
    );

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'dqoes-leaving-'));
    nats = await startNatsServer();
    const common = `cluster: ${NAME}\n`;
    await writeFile(join(folder, 'coordinator.yaml'), `${common}policy: equal\n`);
    await writeFile(
      join(folder, 'agent.yaml'),
      `${common}node: ${NAME}\nstate-dir: ${folder}\nrecords-dir: ` +
        `${folder}/engines\nlabel-prefix: ${PREFIX}\ninterval: 200ms\npush: { enable: false ` +
        '}\n',
    );
    const labels = ['enable=true', 'target=100ms'].flatMap((label) => ['--label', PREFIX + label]);
    const place = ['--name', NAME, '--cgroup-parent', parent.name];
    container = await docker('run', '-d', ...place, ...labels, 'dqoes/tiny:1');
    const config = join(folder, 'coordinator.yaml');
    coordinator = startDqoes(['coordinator', '--install', '--config', config, '--nats', nats.url]);
  });
  after(async () => {
    await agent?.end('SIGKILL');
    await coordinator?.end('SIGKILL');
    await nats?.stop();
    if (container !== '') await docker('rm', '-f', container);
    parent.remove();
    await rm(folder, { recursive: true, force: true });
  });

  /** The cgroup of the container weighs what it does, while its limit is in force. */
  const untilHeavy = (): Promise<void> =>
    until(
      () => parent.weight > DEFAULT_PARENT_WEIGHT,
      () => `a weight; it is ${parent.weight}`,
      30_000,
    );

  it('puts limit and weight back on SIGTERM', async () => {
    const running = startAgent();
    await untilLimited();
    await untilHeavy();
    const { code, err } = await running.end('SIGTERM');
    assert.equal(code, 0, err);
    assert.equal(await quotaUs(), -1, err);
    assert.equal(parent.weight, DEFAULT_PARENT_WEIGHT);
  });

  it('has weights put back by dqoes agent restore after it was killed', async () => {
    const running = startAgent();
    await untilLimited();
    await untilHeavy();
    await running.end('SIGKILL');
    assert.ok(parent.weight > DEFAULT_PARENT_WEIGHT);
    const restored = await dqoes(['agent', 'restore', '--config', join(folder, 'agent.yaml')]);
    assert.equal(restored.code, 0, restored.err);
    assert.equal(await quotaUs(), -1);
    assert.equal(parent.weight, DEFAULT_PARENT_WEIGHT);
  });

  it('puts it back on SIGUSR2 where the next agent could not read its settings', async () => {
    const file = join(folder, 'agent.yaml');
    const good = await readFile(file, 'utf8');
    const running = startAgent();
    await untilLimited();
    await writeFile(file, `${good}control: perhaps\n`);
    try {
      const { code, err } = await running.end('SIGUSR2');
      assert.equal(code, 0, err);
      assert.match(err, /no agent can take them over .*control/);
      assert.equal(await quotaUs(), -1, err);
    } finally {
      await writeFile(file, good);
    }
  });

  it('puts it back on SIGTERM right after SIGUSR2, since no agent will follow', async () => {
    const running = startAgent();
    await untilLimited();
    // It may be gone before this process runs again: it finds both when it goes on.
    running.child.kill('SIGSTOP');
    running.child.kill('SIGUSR2');
    const ended = running.end('SIGTERM');
    running.child.kill('SIGCONT');
    const { code, err } = await ended;
    assert.equal(code, 0, err);
    assert.equal(await quotaUs(), -1, err);
  });

  it('leaves it to the next agent on SIGUSR2', async () => {
    const running = startAgent();
    await untilLimited();
    const { code, err } = await running.end('SIGUSR2');
    assert.equal(code, 0, err);
    assert.ok((await quotaUs()) > 0);
  });

  it('puts back what an earlier agent left, when it stops while it waits for NATS', async () => {
    const waiting = startAgent('nats://127.0.0.1:1');
    await until(() => waiting.err.includes('connecting to NATS'), 'the agent to wait for NATS');
    assert.ok((await quotaUs()) > 0);
    const { code, err } = await waiting.end('SIGTERM');
    assert.equal(code, 0, err);
    assert.equal(await quotaUs(), -1, err);
  });

  it('ends with one sentence and no limit left, where another had its name first', async () => {
    const { bus } = await connectForTest(nats.url);
    const first = new FakeAgent(bus, subjectsOf(NAME), NAME);
    first.isDeaf = true;
    const reporting = setInterval(
      () => first.report({ intervalMs: 200, sentAtMs: performance.now() }),
      200,
    );
    try {
      const status = () => dqoes(['node', 'ls', '--cluster', NAME, '--nats', nats.url]);
      await until(async () => (await status()).out.includes('ready'), 'the first to be known');
      const { code, err } = await startAgent().ended;
      assert.equal(code, 1, err);
      assert.match(err, /another agent called leaving-\d+ reports .* \[node\.twin\]/);
      assert.equal(await quotaUs(), -1);
    } finally {
      clearInterval(reporting);
      first.stop();
      await bus.close();
    }
  });
});
