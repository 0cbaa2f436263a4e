import assert from 'node:assert/strict';
import type { ServerResponse } from 'node:http';
import { afterEach, beforeEach, describe, it } from 'mocha';
import type { DockerEngine } from '../../agent/drivers/docker-engine.js';
import type { ContainerId } from '../../shared/ids.js';
import { FaultyEngine, json } from '../lib/faulty-engine.js';
import { until } from '../lib/until.js';

const NONE = { nanoCpus: 0, quotaUs: 0, periodUs: 0, shares: 0 };
const ID = 'a'.repeat(64) as ContainerId;

describe('lists of a Docker engine that misbehaves', function () {
  this.timeout(20_000);
  let faulty: FaultyEngine;
  let engine: DockerEngine;
  beforeEach(async () => {
    faulty = await FaultyEngine.open();
    engine = faulty.engine;
  });
  afterEach(() => faulty.close());

  it('lists containers of jobs at once, and others when their image has answered', async () => {
    const [own, other] = [ID, 'b'.repeat(64)];
    const inspectOf = (id: string, Name: string, Labels: object) => ({
      Id: id,
      Image: `sha256:${id}`,
      Name,
      Config: { Labels },
      HostConfig: {},
      State: { Running: true, Pid: 7, StartedAt: 'then' },
    });
    const made = inspectOf(own, '/dqoes-a-1', { 'dqoes.allocation': 'a-1' });
    const opted = inspectOf(other, '/web', { 'dqoes.enable': 'true', 'dqoes.target': '1s' });
    const held: ServerResponse[] = [];
    faulty.answer = json([]);
    assert.ok((await engine.list()).ok);
    faulty.answer = (request, response) => {
      const url = request.url ?? '';
      if (url.includes('/images/')) held.push(response);
      else if (url.includes('/containers/json'))
        json([own, other].map((Id) => ({ Id, State: 'running', Status: 'Up 5 minutes' })))(
          request,
          response,
        );
      else json(url.includes(own) ? made : opted)(request, response);
    };
    const namesListed = async (): Promise<readonly string[]> => {
      const listed = await engine.list();
      assert.ok(listed.ok);
      return listed.value.map(({ name }) => name);
    };
    assert.deepEqual(await namesListed(), ['dqoes-a-1']);
    assert.deepEqual(
      held.map(({ req }) => req.url),
      [`/v1.41/images/sha256:${other}/json`],
    );
    held[0]?.writeHead(200, { 'content-type': 'application/json' });
    held[0]?.end(JSON.stringify({ Config: { Labels: { 'dqoes.target': '1s' } } }));
    await until(async () => (await namesListed()).includes('web'), 'the container to be listed');
    const listed = await engine.list();
    const web = listed.ok ? listed.value.find(({ name }) => name === 'web') : undefined;
    assert.deepEqual(web?.labels, { 'dqoes.enable': 'true' });
    assert.equal(held.length, 1);
  });

  it('keeps a container whose inspect hangs, as it was last known', async () => {
    const summary = { Id: ID, State: 'running', Status: 'Up Less than a second' };
    const inspect = {
      Id: ID,
      Name: '/stuck',
      Config: { Labels: {} },
      HostConfig: {},
      State: { Running: true, Pid: 7, StartedAt: 'then' },
    };
    let hangs = false;
    faulty.answer = (request, response) => {
      if (request.url?.includes('/containers/json')) json([summary])(request, response);
      else if (request.url?.includes('/update')) json({ Warnings: null })(request, response);
      else if (!hangs) json(inspect)(request, response);
    };
    const listed = async () => {
      const found = await engine.list();
      return found.ok ? found.value.map(({ name, pid }) => [name, pid]) : [];
    };
    assert.deepEqual(await listed(), [['stuck', 7]]);
    hangs = true;
    assert.deepEqual(await listed(), [['stuck', 7]]);
    // What was written is read again, and until then the container is still there.
    assert.ok((await engine.updateCpu(ID, { ...NONE, quotaUs: 20_000 })).ok);
    assert.deepEqual(await listed(), [['stuck', 7]]);
  });

  it('asks again for a container that is slow, before its first list leaves it out', async () => {
    let asked = 0;
    faulty.answer = (request, response) => {
      if (request.url?.includes('/containers/json'))
        json([{ Id: ID, State: 'running', Status: 'Up 5 minutes' }])(request, response);
      else {
        asked += 1;
        if (asked === 1) return;
        json({
          Id: ID,
          Name: '/dqoes-a-1',
          Config: { Labels: { 'dqoes.allocation': 'a-1' } },
          HostConfig: {},
          State: { Running: true, Pid: 7, StartedAt: 'then' },
        })(request, response);
      }
    };
    const listed = await engine.list();
    assert.ok(listed.ok);
    assert.deepEqual([listed.value.map(({ pid }) => pid), asked], [[7], 2]);
  });

  it('hears of a container whose networks change, and of no other network', async () => {
    const event = (Action: string, Attributes: object) =>
      `${JSON.stringify({ Type: 'network', Action, Actor: { ID: 'n1', Attributes } })}\n`;
    faulty.answer = (_request, response) => {
      response.writeHead(200).write(event('create', { name: 'front' }));
      response.write(event('connect', { name: 'front', container: ID }));
      response.write(event('disconnect', { name: 'bridge', container: ID }));
    };
    const seen: unknown[] = [];
    const controller = new AbortController();
    engine.events((each) => seen.push(each), controller.signal);
    await until(() => seen.length >= 2, 'both events');
    controller.abort();
    assert.deepEqual(seen, [
      { action: 'connect', containerId: ID },
      { action: 'disconnect', containerId: ID },
    ]);
    const asked = new URL(faulty.urls.at(-1) ?? '', 'http://engine').searchParams.get('filters');
    assert.match(asked ?? '', /"network".*"connect"/);
  });

  it('looks at every container again after events may have been lost', async () => {
    let [streams, CpuShares] = [0, 100];
    faulty.answer = (request, response) => {
      const url = request.url ?? '';
      if (url.includes('/events')) {
        streams += 1;
        response.writeHead(200).write('\n');
        if (streams === 1) setImmediate(() => response.destroy());
      } else if (url.includes('/containers/json'))
        json([{ Id: ID, State: 'running', Status: 'Up 5 minutes' }])(request, response);
      else
        json({
          Id: ID,
          Name: '/dqoes-a-1',
          Config: { Labels: { 'dqoes.allocation': 'a-1' } },
          HostConfig: { CpuShares },
          State: { Running: true, Pid: 7, StartedAt: 'then' },
        })(request, response);
    };
    const shares = async () => {
      const listed = await engine.list();
      return listed.ok ? listed.value.map(({ cpu }) => cpu.shares) : [];
    };
    assert.deepEqual(await shares(), [100]);
    CpuShares = 200;
    const seen: string[] = [];
    const controller = new AbortController();
    engine.events(({ action }) => seen.push(action), controller.signal);
    await until(() => seen.includes('resubscribed'), 'the second stream');
    assert.deepEqual(await shares(), [200]);
    controller.abort();
  });
});
