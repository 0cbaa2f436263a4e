import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import type { DockerEngine } from '../../agent/drivers/docker-engine.js';
import type { ContainerId } from '../../shared/ids.js';
import { FaultyEngine, json } from '../lib/faulty-engine.js';
import { until } from '../lib/until.js';

const ID = 'a'.repeat(64) as ContainerId;
const MIB = 1024 ** 2;

describe('streams of a Docker engine that misbehaves', function () {
  this.timeout(20_000);
  let faulty: FaultyEngine;
  let engine: DockerEngine;
  beforeEach(async () => {
    faulty = await FaultyEngine.open();
    engine = faulty.engine;
  });
  afterEach(() => faulty.close());

  it('reads a bounded part of what a container answers about its GPU', async () => {
    const chunk = Buffer.alloc(64 * 1024, 'GPU 0: none of yours\n');
    let sent = 0;
    faulty.answer = (request, response) => {
      if (request.url?.endsWith('/exec')) json({ Id: 'e1' }, 201)(request, response);
      else if (!request.url?.endsWith('/start')) json({ ExitCode: 0 })(request, response);
      else {
        response.writeHead(200);
        const pour = (): void => {
          if (response.destroyed || sent > 64 * MIB) return;
          sent += chunk.length;
          if (response.write(chunk)) setImmediate(pour);
          else response.once('drain', pour);
        };
        pour();
      }
    };
    assert.equal(await engine.probeGpu(ID), 'unknown');
    // What the sockets hold was sent, too.
    assert.ok(sent < 8 * MIB, `${sent} bytes`);
  });

  it('says why a log cannot be read, and when it can again', async () => {
    let isKept = false;
    faulty.answer = (request, response) => {
      if (!request.url?.includes('/logs'))
        json({ Id: ID, Config: {}, State: { Running: true } })(request, response);
      else if (isKept) response.writeHead(200).write('\n');
      else json({ message: 'logging driver does not support reading' }, 501)(request, response);
    };
    const said: string[] = [];
    const controller = new AbortController();
    const sink = {
      onLine: () => undefined,
      onSkip: () => undefined,
      onFault: (why: string) => {
        isKept = true;
        said.push(why);
      },
    };
    engine.followLogs(ID, sink, controller.signal);
    await until(() => said.length >= 2, 'the log to be read');
    controller.abort();
    assert.match(said[0] ?? '', /logging driver does not support reading$/);
    assert.equal(said[1], '');
  });

  it('hints that events were lost where it could not subscribe at first', async () => {
    let tries = 0;
    faulty.answer = (request, response) => {
      tries += 1;
      if (tries === 1) json({ message: 'busy' }, 500)(request, response);
      else response.writeHead(200).write('\n');
    };
    const seen: string[] = [];
    const controller = new AbortController();
    engine.events(({ action }) => seen.push(action), controller.signal);
    await until(() => tries >= 2 && seen.length > 0, 'the second try');
    controller.abort();
    assert.deepEqual(seen, ['resubscribed']);
  });

  it('speaks what the engine speaks after it was upgraded', async () => {
    let streams = 0;
    faulty.answer = (request, response) => {
      if (request.url?.includes('/events') !== true) {
        json([])(request, response);
        return;
      }
      streams += 1;
      response.writeHead(200).write('\n');
      if (streams === 1) setImmediate(() => response.destroy());
    };
    const seen: string[] = [];
    const controller = new AbortController();
    engine.events(({ action }) => seen.push(action), controller.signal);
    faulty.versions = { ApiVersion: '1.52', MinAPIVersion: '1.44' };
    await until(() => seen.includes('resubscribed'), 'the second stream');
    assert.ok((await engine.list()).ok);
    controller.abort();
    const last = faulty.urls.filter((url) => !url.endsWith('/version')).slice(-3);
    assert.ok(
      last.every((url) => url.startsWith('/v1.45/')),
      last.join(),
    );
  });
});
