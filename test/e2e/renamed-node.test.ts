import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { after, before, describe, it } from 'mocha';
import { docker } from '../lib/docker-command.js';
import { until } from '../lib/until.js';
import { dqoes, type Program, startDqoes } from './cli-program.js';
import { containersOf, loggingJobFile } from './up-cluster.js';

const ID = `name-${process.pid}`;

/** A host that is called otherwise after a crash, as after a change of its host name. */
describe('a node with another name', function () {
  this.timeout(120_000);
  let folder = '';
  let up: Program;

  const startAs = async (node: string): Promise<void> => {
    const config = join(folder, 'agent.yaml');
    await writeFile(
      config,
      `node: ${node}\nlabel-prefix: ${ID}.\nrecords-dir: ${folder}/engines\n` +
        'push: { enable: false }\ndocker: { parent-weight: off }\n',
    );
    const where = ['--state', join(folder, 'state'), '--nats-port', '0', '--cluster', ID];
    const env = { XDG_RUNTIME_DIR: folder };
    up = startDqoes(['up', ...where, '--no-console', '--agent-config', config], { env });
    await until(
      () => up.err.includes('dqoes is up'),
      () => `dqoes to be up: ${up.err}`,
      30_000,
    );
  };
  const cli = (args: readonly string[], stdin = '') => {
    const DQOES_NATS_URL = /nats:\/\/127\.0\.0\.1:\d+/.exec(up.err)?.[0] ?? '';
    const env = { DQOES_NATS_URL, DQOES_CLUSTER: ID, XDG_RUNTIME_DIR: folder };
    return dqoes(args, { stdin, env });
  };
  /** Names of the nodes whose agents made the containers of the job, one a line. */
  const nodesOfContainers = async (): Promise<string> => {
    await sleep(500);
    const ours = `label=dqoes.cluster=${ID}`;
    return docker('ps', '-a', '--filter', ours, '--format', '{{.Label "dqoes.node"}}');
  };

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'dqoes-renamed-'));
  });
  after(async () => {
    await up?.end('SIGKILL');
    const left = containersOf(ID);
    if (left !== '') await docker('rm', '--force', ...left.split('\n'));
    await rm(folder, { recursive: true, force: true });
  });

  it('runs its jobs again, and leaves no container of its former name', async () => {
    await startAs('before');
    const run = await cli(['job', 'run', '-', '--wait'], loggingJobFile('web'));
    assert.equal(run.code, 0, run.err);
    await up.end('SIGKILL');
    await startAs('after');
    const isBack = async (): Promise<boolean> => (await nodesOfContainers()) === 'after';
    await until(isBack, 'the job to run again', 60_000);
    const waited = await cli(['job', 'run', '-', '--wait'], loggingJobFile('web'));
    assert.equal(waited.code, 0, waited.err);
    const ended = await up.end('SIGINT');
    assert.equal(ended.code, 0, ended.err);
    assert.equal(containersOf(ID), '');
  });
});
