import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'mocha';
import { docker } from '../lib/docker-command.js';
import { startNatsServer, type TestNatsServer } from '../lib/nats-server.js';
import { until } from '../lib/until.js';
import { dqoes, type Program, startDqoes } from './cli-program.js';

const NAME = `registers-${process.pid}`;
const PREFIX = `registers${process.pid}.`;

describe('cli: nodes that have to be approved', function () {
  this.timeout(90_000);
  let folder = '';
  let container = '';
  let nats: TestNatsServer;
  let coordinator: Program;
  let agent: Program;

  const run = (...args: readonly string[]) =>
    dqoes([...args, '--cluster', NAME, '--nats', nats.url]);
  const quotaUs = async (): Promise<number> =>
    Number(await docker('inspect', '-f', '{{.HostConfig.CpuQuota}}', container));

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'dqoes-registers-'));
    nats = await startNatsServer();
    const common = `cluster: ${NAME}\n`;
    const [coordinatorFile, agentFile] = [
      join(folder, 'coordinator.yaml'),
      join(folder, 'agent.yaml'),
    ];
    await writeFile(coordinatorFile, `${common}policy: equal\nregistration: approved\n`);
    await writeFile(
      agentFile,
      `${common}node: ${NAME}\nstate-dir: ${folder}\nrecords-dir: ${folder}/engines\n` +
        `label-prefix: ${PREFIX}\ninterval: 200ms\npush: { enable: false }\n` +
        'docker: { parent-weight: off }\n',
    );
    const labels = ['enable=true', 'target=100ms'].flatMap((label) => ['--label', PREFIX + label]);
    container = await docker('run', '-d', '--name', NAME, ...labels, 'dqoes/tiny:1');
    const server = ['--nats', nats.url];
    coordinator = startDqoes(['coordinator', '--install', '--config', coordinatorFile, ...server]);
    agent = startDqoes(['agent', '--config', agentFile, ...server]);
  });
  after(async () => {
    await agent?.end('SIGTERM');
    await coordinator?.end('SIGKILL');
    await nats?.stop();
    if (container !== '') await docker('rm', '-f', container);
    await rm(folder, { recursive: true, force: true });
  });

  it('are listed as waiting and left alone, then approved and steered', async () => {
    let listed = '';
    await until(
      async () => {
        listed = (await run('node', 'ls')).out;
        return listed.includes(NAME);
      },
      () => `the node to be listed: ${listed}; the agent says ${agent.err}`,
      30_000,
    );
    assert.match(listed, new RegExp(`${NAME} +waiting`));
    assert.equal(await quotaUs(), 0);
    const approved = await run('node', 'approve', NAME);
    assert.equal(approved.out, `${NAME} approved\n`, approved.err);
    await until(async () => (await quotaUs()) > 0, 'the container to be limited', 30_000);
    assert.match((await run('node', 'ls')).out, new RegExp(`${NAME} +ready`));
  });

  it('can be removed, and wait again', async () => {
    const removed = await run('node', 'remove', NAME);
    assert.equal(removed.out, `${NAME} removed\n`, removed.err);
    await until(
      async () => (await run('node', 'ls')).out.includes('waiting'),
      'the node to wait again',
      30_000,
    );
    const unknown = await run('node', 'remove', 'nobody');
    assert.equal(unknown.code, 1);
    assert.match(unknown.err, /service\.not-found/);
  });
});
