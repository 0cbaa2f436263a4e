import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import { after, before, describe, it } from 'mocha';
import { until } from '../lib/until.js';
import { type Program, dqoes as runDqoes, startDqoes } from './cli-program.js';
import { containersOf, loggingJobFile, startUpCluster, type UpCluster } from './up-cluster.js';

const CLUSTER = `console-${process.pid}`;

describe('the console of dqoes up', function () {
  this.timeout(120_000);
  let world: UpCluster;
  let url = '';
  let other: Program | undefined;
  before(async () => {
    world = await startUpCluster(CLUSTER);
    await until(() => /console is at http:/.test(world.up.err), 'its address');
    url = /The console is at (http:\S+)\//.exec(world.up.err)?.[1] ?? '';
  });
  after(async () => {
    await other?.end('SIGINT');
    await world.up.end('SIGINT');
    await rm(world.folder, { recursive: true, force: true });
    assert.equal(containersOf(CLUSTER), '');
  });

  const dqoes = (...args: string[]) => runDqoes(args, { env: world.env });
  const ask = async (path: string, init: RequestInit = {}) => {
    const response = await fetch(`${url}${path}`, init);
    return { status: response.status, text: await response.text() };
  };

  it('runs a job from a file for a token, and not without one', async () => {
    const file = loggingJobFile('web');
    const headers = { 'content-type': 'application/yaml' };
    const refused = await ask('/api/v1/jobs', { method: 'POST', headers, body: file });
    assert.equal(refused.status, 401);
    const made = await dqoes('token', 'create', 'ci', '--role', 'submitter', '--expires', '1h');
    assert.equal(made.code, 0, made.err);
    const authorization = `Bearer ${made.out.trim()}`;
    const post = { method: 'POST', headers: { ...headers, authorization }, body: file };
    const created = await ask('/api/v1/jobs', post);
    assert.equal(created.status, 200, created.text);
    await until(
      async () => /"qoeClass":"(within|faster)"/.test((await ask('/api/v1/allocations')).text),
      'its class',
      60_000,
    );
    const page = await ask('/status');
    assert.match(page.text, /web-1/);
    assert.match(page.text, /A coordinator leads/);
    await until(
      async () =>
        (await ask('/api/v1/history?allocation=web-1&step=10s')).text.includes('"usedCores":0.'),
      'what it used',
      30_000,
    );
    const listed = await dqoes('job', 'ls', '-o', 'json');
    const [known] = (JSON.parse(listed.out) as { jobs: { spec: object }[] }).jobs;
    const shown = JSON.parse((await ask('/api/v1/jobs/web')).text) as { spec: object };
    assert.deepEqual(shown.spec, known?.spec, 'the names of the command line');
    const tokens = await dqoes('token', 'ls', '-q');
    assert.equal(tokens.code, 0, tokens.err);
    assert.equal((await dqoes('token', 'revoke', tokens.out.trim())).code, 0);
    const gone = { method: 'DELETE', headers: { authorization } };
    assert.equal((await ask('/api/v1/jobs/web', gone)).status, 401);
    assert.equal((await dqoes('job', 'stop', 'web')).code, 0);
  });

  it('another console shows the same cluster, with the key that dqoes up made for it', async () => {
    other = startDqoes(['console', '--listen', '127.0.0.1:0'], { env: world.env });
    const program = other;
    await until(
      () => /is at http:/.test(program.err),
      () => `its address in ${program.err}`,
    );
    const its = /is at (http:\S+)\//.exec(program.err)?.[1] ?? '';
    await until(
      async () => (await (await fetch(`${its}/api/v1/nodes`)).text()).includes(CLUSTER),
      'the node',
    );
  });
});
