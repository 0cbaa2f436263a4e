import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { connectDocker, type DockerEngine } from '../../agent/drivers/docker-engine.js';
import { lookAtContainer } from '../../agent/wiring/doctor.js';
import type { ContainerId } from '../../shared/ids.js';
import { systemClock } from '../lib/system-clock.js';
import { until } from '../lib/until.js';
import { job } from '../unit/coordinator/build.js';

const NONE = { nanoCpus: 0, quotaUs: 0, periodUs: 0, shares: 0 };
const ID = 'a'.repeat(64) as ContainerId;

type Answer = (request: IncomingMessage, response: ServerResponse) => void;
const json =
  (body: unknown, status = 200): Answer =>
  (_request, response) => {
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  };

const MIB = 1024 ** 2;
/** Header of a frame of stdout, as the engine multiplexes logs. */
function frameHeader(bytes: number): Buffer {
  const header = Buffer.from([1, 0, 0, 0, 0, 0, 0, 0]);
  header.writeUInt32BE(bytes, 4);
  return header;
}

/** Faults that no healthy engine shows: a server on a socket that misbehaves as told. */
describe('Docker driver with an engine that misbehaves', function () {
  this.timeout(20_000);
  let folder: string;
  let server: Server;
  let engine: DockerEngine;
  let answer: Answer;
  const urls: string[] = [];
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'dqoes-engine-'));
    urls.length = 0;
    server = createServer((request, response) => {
      urls.push(request.url ?? '');
      if (request.url?.endsWith('/version'))
        json({ Version: 'x', ApiVersion: '1.41', MinAPIVersion: '1.24' })(request, response);
      else if (request.url?.endsWith('/info')) json({ NCPU: 2, InitBinary: '' })(request, response);
      else answer(request, response);
    });
    server.listen(join(folder, 'engine.sock'));
    await once(server, 'listening');
    const options = {
      labelPrefix: 'dqoes.',
      defaultMemoryBytes: 1e9,
      pidsLimit: 9,
      weightRule: 'off',
      clock: systemClock,
    } as const;
    const connected = await connectDocker({ socketPath: join(folder, 'engine.sock'), ...options });
    assert.ok(connected.ok);
    engine = connected.value;
  });
  afterEach(async () => {
    engine.close();
    server.closeAllConnections();
    server.close();
    await rm(folder, { recursive: true, force: true });
  });

  it('pins the API to the version that the engine speaks', async () => {
    answer = json([]);
    await engine.list();
    assert.ok(
      urls.slice(2).every((url) => url.startsWith('/v1.41/')),
      urls.join(),
    );
  });

  it('tells a missing image from a missing container', async () => {
    answer = (request, response) => {
      const isStart = request.url?.endsWith('/start') === true;
      if (request.url?.includes('/create')) json({ Id: ID }, 201)(request, response);
      else if (isStart) json({ message: 'No such image: sha256:1' }, 404)(request, response);
      else json({ message: 'No such container: x' }, 404)(request, response);
    };
    const started = await engine.run({
      name: 'dqoes-a-1',
      spec: job('a'),
      labels: {},
      limit: { cpuCores: 1, periodUs: 1e5 },
    });
    const found = await engine.find('x');
    assert.ok(!started.ok && !found.ok);
    assert.deepEqual([started.error.kind, found.error.kind], ['no-image', 'gone']);
    const looked = await lookAtContainer('x', {
      socketPath: join(folder, 'engine.sock'),
      clock: systemClock,
      seconds: 1,
      signal: new AbortController().signal,
    });
    assert.ok(!looked.ok);
    assert.equal(looked.error[0]?.code, 'docker.no-container');
  });

  it('gives up a read after its deadline, and says so', async () => {
    answer = () => undefined;
    const listed = await engine.list();
    assert.ok(!listed.ok);
    assert.equal(listed.error.kind, 'timeout');
  });

  it('ends every call when it is closed', async () => {
    answer = () => undefined;
    const pending = engine.updateCpu(ID, { ...NONE, quotaUs: 20_000 });
    await until(() => urls.some((url) => url.includes('/update')), 'the call');
    engine.close();
    const updated = await pending;
    assert.ok(!updated.ok);
    assert.equal(updated.error.kind, 'unavailable');
  });

  it('has at most four calls in flight', async () => {
    let inFlight = 0;
    let most = 0;
    answer = (request, response) => {
      inFlight += 1;
      most = Math.max(most, inFlight);
      setImmediate(() => {
        inFlight -= 1;
        json({ Warnings: null })(request, response);
      });
    };
    const all = await Promise.all(
      Array.from({ length: 30 }, () => engine.updateCpu(ID, { ...NONE, quotaUs: 20_000 })),
    );
    assert.ok(all.every((one) => one.ok));
    assert.ok(most <= 4, `${most} at once`);
  });

  const asked = (n: number) => ({
    name: `dqoes-a-${n}`,
    spec: job('a'),
    labels: {},
    limit: { cpuCores: 1, periodUs: 1e5 },
  });
  const slow: readonly [string, string, (n: number) => Promise<unknown>][] = [
    ['images are pulled', '/images/create', (n) => engine.run(asked(n))],
    ['jobs take their time to end', '/stop', (n) => engine.stop(`${n}` as ContainerId, 600_000)],
  ];
  for (const [what, path, begin] of slow)
    it(`writes limits and lists while as many ${what} as may be`, async () => {
      let waiting = 0;
      answer = (request, response) => {
        const url = request.url ?? '';
        if (url.includes(path)) waiting += 1;
        else if (url.includes('/containers/create'))
          json({ message: 'No such image: a' }, 404)(request, response);
        else json(url.includes('/json') ? [] : { Warnings: null })(request, response);
      };
      const begun = [0, 1, 2, 3].map(begin);
      await until(() => waiting === 4, `four that ${what}`);
      assert.ok((await engine.updateCpu(ID, { ...NONE, quotaUs: 20_000 })).ok);
      assert.ok((await engine.list()).ok);
      engine.close();
      await Promise.all(begun);
    });

  it('hands on the warnings of a 200', async () => {
    answer = json({ Warnings: ['Your kernel does not support CPU cfs quota'] });
    const updated = await engine.updateCpu(ID, { ...NONE, quotaUs: 20_000 });
    assert.deepEqual(updated, { ok: true, value: ['Your kernel does not support CPU cfs quota'] });
  });

  it('keeps the engine’s words of a 500', async () => {
    answer = json({ message: 'cgroups: permission denied' }, 500);
    const updated = await engine.updateCpu(ID, { ...NONE, quotaUs: 20_000 });
    assert.deepEqual(updated, {
      ok: false,
      error: { kind: 'refused', message: 'cgroups: permission denied' },
    });
  });

  it('does not take an answer that was cut short for an empty list', async () => {
    answer = (_request, response) => void response.writeHead(200).end('[{"Id":"a');
    const listed = await engine.list();
    assert.ok(!listed.ok);
  });

  it('says unavailable when the engine is gone, and works again when it is back', async () => {
    answer = json([]);
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
    const listed = await engine.list();
    assert.ok(!listed.ok);
    assert.equal(listed.error.kind, 'unavailable');
    server.listen(join(folder, 'engine.sock'));
    await once(server, 'listening');
    assert.deepEqual(await engine.list(), { ok: true, value: [] });
  });

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
    answer = json([]);
    assert.ok((await engine.list()).ok);
    answer = (request, response) => {
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
    answer = (request, response) => {
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

  it('reads a bounded part of a log that floods, says so, and reads on later', async () => {
    const frame = Buffer.concat([frameHeader(63 * 1024), Buffer.alloc(63 * 1024, 'x\n'.repeat(8))]);
    const sent: number[] = [];
    answer = (request, response) => {
      if (!request.url?.includes('/logs')) {
        json({ Id: ID, Config: {}, State: { Running: true } })(request, response);
        return;
      }
      const stream = sent.push(0) - 1;
      response.writeHead(200);
      const pour = (): void => {
        if (response.destroyed || (sent[stream] ?? 0) > 64 * MIB) return;
        sent[stream] = (sent[stream] ?? 0) + frame.length;
        if (response.write(frame)) setImmediate(pour);
        else response.once('drain', pour);
      };
      pour();
    };
    const controller = new AbortController();
    let [lines, skipped] = [0, 0];
    const sink = {
      onLine: () => {
        lines += 1;
      },
      onSkip: () => {
        skipped += 1;
      },
    };
    engine.followLogs(ID, sink, controller.signal);
    await until(() => sent.length >= 3, 'a third look at the log');
    controller.abort();
    assert.ok(lines > 0);
    assert.ok(skipped >= 2, `${skipped} times`);
    // What the sockets hold was sent, too.
    for (const bytes of sent.slice(0, 2))
      assert.ok(bytes < 8 * MIB, `${bytes} bytes of one second`);
    assert.equal(urls.filter((url) => url.endsWith(`${ID}/json`)).length, 1);
  });

  it('subscribes to events again after the stream broke, with a hint', async () => {
    let streams = 0;
    answer = (_request, response) => {
      streams += 1;
      response.writeHead(200);
      response.write(`${JSON.stringify({ Action: 'start', Actor: { ID } })}\nnot json\n`);
      if (streams === 1) setImmediate(() => response.destroy());
    };
    const seen: string[] = [];
    const controller = new AbortController();
    engine.events(({ action }) => seen.push(action), controller.signal);
    await until(() => seen.length >= 3, 'events of the second stream');
    controller.abort();
    assert.deepEqual(seen, ['start', 'resubscribed', 'start']);
  });

  it('looks at every container again after events may have been lost', async () => {
    let [streams, CpuShares] = [0, 100];
    answer = (request, response) => {
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
