import assert from 'node:assert/strict';
import { once } from 'node:events';
import { afterEach, beforeEach, describe, it } from 'mocha';
import type { DockerEngine } from '../../agent/drivers/docker-engine.js';
import { lookAtContainer } from '../../agent/wiring/doctor.js';
import type { ContainerId } from '../../shared/ids.js';
import { FaultyEngine, json } from '../lib/faulty-engine.js';
import { systemClock } from '../lib/system-clock.js';
import { until } from '../lib/until.js';
import { job } from '../unit/coordinator/build.js';

const NONE = { nanoCpus: 0, quotaUs: 0, periodUs: 0, shares: 0 };
const ID = 'a'.repeat(64) as ContainerId;

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
  let faulty: FaultyEngine;
  let engine: DockerEngine;
  beforeEach(async () => {
    faulty = await FaultyEngine.open();
    engine = faulty.engine;
  });
  afterEach(() => faulty.close());

  it('pins the API to the version that the engine speaks', async () => {
    faulty.answer = json([]);
    await engine.list();
    assert.ok(
      faulty.urls.slice(2).every((url) => url.startsWith('/v1.41/')),
      faulty.urls.join(),
    );
  });

  it('tells a missing image from a missing container', async () => {
    faulty.answer = (request, response) => {
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
      socketPath: faulty.socketPath,
      clock: systemClock,
      seconds: 1,
      signal: new AbortController().signal,
    });
    assert.ok(!looked.ok);
    assert.equal(looked.error[0]?.code, 'docker.no-container');
  });

  it('gives up a read after its deadline, and says so', async () => {
    faulty.answer = () => undefined;
    const listed = await engine.list();
    assert.ok(!listed.ok);
    assert.equal(listed.error.kind, 'timeout');
  });

  it('ends every call when it is closed', async () => {
    faulty.answer = () => undefined;
    const pending = engine.updateCpu(ID, { ...NONE, quotaUs: 20_000 });
    await until(() => faulty.urls.some((url) => url.includes('/update')), 'the call');
    engine.close();
    const updated = await pending;
    assert.ok(!updated.ok);
    assert.equal(updated.error.kind, 'unavailable');
  });

  it('has at most four calls in flight', async () => {
    let inFlight = 0;
    let most = 0;
    faulty.answer = (request, response) => {
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
  const idOf = (name: string) => name as ContainerId;
  const noEnd = new AbortController().signal;
  const WHOLE = { follow: false };
  const slow: readonly [string, string, (n: number) => Promise<unknown>][] = [
    ['images are pulled', '/images/create', (n) => engine.run(asked(n))],
    ['jobs are started', '/start', (n) => engine.run(asked(n))],
    ['jobs take their time to end', '/stop', (n) => engine.stop(idOf(`${n}`), 600_000)],
    ['jobs are removed', 'v=true', (n) => engine.stop(idOf(`${n}`), 0, true)],
    ['containers are asked for their GPU', '/exec', (n) => engine.probeGpu(idOf(`${n}`))],
    ['logs are opened', '/logs', (n) => engine.openLog(idOf(`${n}`), { follow: true }, noEnd)],
    ['last lines are read', '/logs', (n) => engine.tailLogs(idOf(`${n}`), 10)],
    ['hung logs are asked for', '/hung', (n) => engine.tailLogs(idOf(`hung${n}`), 10)],
    ['hung logs are opened', '/hung', (n) => engine.openLog(idOf(`hung${n}`), WHOLE, noEnd)],
  ];
  // While images are pulled there is none to make a container of.
  const answerTo = (url: string, isPull: boolean) => {
    if (url.includes('/containers/create'))
      return isPull ? json({ message: 'No such image: a' }, 404) : json({ Id: ID }, 201);
    if (url.includes('/containers/json')) return json([]);
    if (url.includes('/json')) return json({ Id: ID, Config: {}, State: { Running: true } });
    return json({ Warnings: null });
  };
  for (const [what, path, begin] of slow)
    it(`writes limits and lists while as many ${what} as may be`, async () => {
      let [waiting, ended] = [0, 0];
      faulty.answer = (request, response) => {
        const url = request.url ?? '';
        if (url.includes(path)) waiting += 1;
        else answerTo(url, path === '/images/create')(request, response);
      };
      const begun = [0, 1, 2, 3].map(async (n) => {
        await begin(n);
        ended += 1;
      });
      await until(() => waiting === 4, `four that ${what}`);
      assert.ok((await engine.updateCpu(ID, { ...NONE, quotaUs: 20_000 })).ok);
      assert.ok((await engine.list()).ok);
      assert.equal(ended, 0, 'a limit waited for them');
      engine.close();
      await Promise.all(begun);
    });

  it('hands on the warnings of a 200', async () => {
    faulty.answer = json({ Warnings: ['Your kernel does not support CPU cfs quota'] });
    const updated = await engine.updateCpu(ID, { ...NONE, quotaUs: 20_000 });
    assert.deepEqual(updated, { ok: true, value: ['Your kernel does not support CPU cfs quota'] });
  });

  it('keeps the engine’s words of a 500', async () => {
    faulty.answer = json({ message: 'cgroups: permission denied' }, 500);
    const updated = await engine.updateCpu(ID, { ...NONE, quotaUs: 20_000 });
    assert.deepEqual(updated, {
      ok: false,
      error: { kind: 'refused', message: 'cgroups: permission denied' },
    });
  });

  it('does not take an answer that was cut short for an empty list', async () => {
    faulty.answer = (_request, response) => void response.writeHead(200).end('[{"Id":"a');
    const listed = await engine.list();
    assert.ok(!listed.ok);
  });

  it('says unavailable when the engine is gone, and works again when it is back', async () => {
    faulty.answer = json([]);
    faulty.server.closeAllConnections();
    faulty.server.close();
    await once(faulty.server, 'close');
    const listed = await engine.list();
    assert.ok(!listed.ok);
    assert.equal(listed.error.kind, 'unavailable');
    await faulty.listen();
    assert.deepEqual(await engine.list(), { ok: true, value: [] });
  });

  it('reads a bounded part of a log that floods, says so, and reads on later', async () => {
    const frame = Buffer.concat([frameHeader(63 * 1024), Buffer.alloc(63 * 1024, 'x\n'.repeat(8))]);
    const sent: number[] = [];
    faulty.answer = (request, response) => {
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
    assert.equal(faulty.urls.filter((url) => url.endsWith(`${ID}/json`)).length, 1);
  });

  it('subscribes to events again after the stream broke, with a hint', async () => {
    let streams = 0;
    faulty.answer = (_request, response) => {
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
});
