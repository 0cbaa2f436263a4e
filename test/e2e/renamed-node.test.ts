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
const OTHER = `other-${process.pid}`;

/** A host that is called otherwise after a crash, as after a change of its host name. */
describe('a node with another name', function () {
  this.timeout(120_000);
  let folder = '';
  let up: Program;

  const startAs = async (node: string, cluster = ID): Promise<void> => {
    const config = join(folder, 'agent.yaml');
    await writeFile(
      config,
      `node: ${node}\nlabel-prefix: ${ID}.\nrecords-dir: ${folder}/engines\n` +
        'push: { enable: false }\ndocker: { parent-weight: off }\n',
    );
    const where = ['--state', join(folder, 'state'), '--nats-port', '0', '--cluster', cluster];
    const env = { XDG_RUNTIME_DIR: folder };
    up = startDqoes(['up', ...where, '--no-console', '--agent-config', config], { env });
    await until(
      () => up.err.includes('dqoes is up'),
      () => `dqoes to be up: ${up.err}`,
      30_000,
    );
  };
  const cli = (args: readonly string[], stdin = '', cluster = ID) => {
    const DQOES_NATS_URL = /nats:\/\/127\.0\.0\.1:\d+/.exec(up.err)?.[0] ?? '';
    const env = { DQOES_NATS_URL, DQOES_CLUSTER: cluster, XDG_RUNTIME_DIR: folder };
    return dqoes(args, { stdin, env });
  };
  /** Names of the nodes whose agents made the containers of the job, one a line. */
  const nodesOfContainers = async (): Promise<string> => {
    await sleep(500);
    const ours = `label=dqoes.cluster=${ID}`;
    return docker('ps', '-a', '--filter', ours, '--format', '{{.Label "dqoes.node"}}');
  };

  /** Makes a container with the name, the labels and the command of this one in its place. */
  const remake = async (id: string): Promise<void> => {
    const [one] = JSON.parse(await docker('inspect', id));
    await docker('rm', '--force', id);
    const labels = Object.entries(one.Config.Labels).flatMap(([key, value]) => [
      '--label',
      `${key}=${value}`,
    ]);
    const name = one.Name.slice(1);
    await docker('create', '--name', name, ...labels, one.Config.Image, ...one.Config.Cmd);
    assert.equal(await states(), 'created');
  };
  const states = (): Promise<string> =>
    docker('ps', '-a', '--filter', `label=dqoes.cluster=${ID}`, '--format', '{{.State}}');

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'dqoes-renamed-'));
  });
  after(async () => {
    await up?.end('SIGKILL');
    for (const left of [containersOf(ID), containersOf(OTHER)])
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

  it('goes on after an agent of a build that noted no names, and began no container', async () => {
    // The name of before: a node of another is down after 16 s only, and its jobs wait as long.
    await startAs('after');
    const run = await cli(['job', 'run', '-', '--wait'], loggingJobFile('web'));
    assert.equal(run.code, 0, run.err);
    await up.end('SIGKILL');
    // As the first builds of 0.1.0 left a folder, and a container that was made and not started.
    await rm(join(folder, 'state', 'agent', 'names'));
    await remake(containersOf(ID));
    await startAs('before');
    const isBack = async (): Promise<boolean> => (await states()) === 'running';
    await until(isBack, 'the job to run again', 60_000);
    assert.equal((await up.end('SIGINT')).code, 0);
    assert.equal(containersOf(ID), '');
  });

  it('obeys another cluster at once, and says what containers the one before left', async () => {
    await startAs('before');
    const run = await cli(['job', 'run', '-', '--wait'], loggingJobFile('web'));
    assert.equal(run.code, 0, run.err);
    await up.end('SIGKILL');
    await startAs('before', OTHER);
    assert.match(
      up.err,
      new RegExp(`The state folder ${folder}/state was that of cluster ${ID} before, .*dqoes-web-`),
    );
    const other = await cli(['job', 'run', '-', '--wait'], loggingJobFile('api'), OTHER);
    assert.equal(other.code, 0, other.err);
    const ended = await up.end('SIGINT');
    assert.equal(ended.code, 0, ended.err);
    assert.equal(containersOf(OTHER), '');
    assert.notEqual(containersOf(ID), '');
    await startAs('before');
    assert.doesNotMatch(up.err, /was that of cluster/);
    assert.equal((await up.end('SIGINT')).code, 0);
    assert.equal(containersOf(ID), '');
  });
});
