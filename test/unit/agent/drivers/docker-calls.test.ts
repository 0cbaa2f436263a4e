import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Docker from 'dockerode';
import { describe, it } from 'mocha';
import { DockerCalls, failureOf } from '../../../../agent/drivers/docker-calls.js';

const DEADLINE_MS = 50;
const never = (): Promise<never> => new Promise(() => {});

describe('calls to the Docker Engine', () => {
  it('end by their deadline where the client never settles them', async () => {
    const calls = new DockerCalls(2);
    const hung = await Promise.all(Array.from({ length: 5 }, () => calls.run(DEADLINE_MS, never)));
    assert.deepEqual(
      hung.map((call) => (call.ok ? '' : call.error.kind)),
      Array.from({ length: 5 }, () => 'timeout'),
    );
    assert.deepEqual(await calls.run(DEADLINE_MS, async () => 7), { ok: true, value: 7 });
  });

  it('go on for as long as they show that they are alive', async () => {
    const parts = Array.from({ length: 10 }, (_, n) => n);
    const counted = await new DockerCalls().run(DEADLINE_MS, async (_, isAlive) => {
      for (const _part of parts) {
        await new Promise((resolve) => setTimeout(resolve, DEADLINE_MS / 5));
        isAlive();
      }
      return parts.length;
    });
    assert.deepEqual(counted, { ok: true, value: 10 });
    const silent = await new DockerCalls().run(DEADLINE_MS, (_, isAlive) => {
      isAlive();
      return never();
    });
    assert.ok(!silent.ok && silent.error.kind === 'timeout');
  });

  it('fail without the values that are hidden, though the engine says more than is shown', () => {
    const value = 'k'.repeat(500);
    for (const said of [`bad: "${value}"`, `${'x'.repeat(380)} ${value}`]) {
      const { message } = failureOf({ statusCode: 400, json: { message: said } }, [value]);
      assert.equal(message.includes('kkk'), false, message);
      assert.ok(message.includes('(hidden)') && message.length <= 400, message);
    }
  });

  it('say what the engine said, without the words of the client', () => {
    const cause = {
      statusCode: 500,
      message: '(HTTP code 500) server error - Get "x": no such host',
    };
    const { message } = failureOf(Object.assign(new Error(), cause));
    assert.equal(message, 'Get "x": no such host');
  });

  it('say of a container that is being removed that it is gone', () => {
    const kindOf = (message: string, statusCode = 409) =>
      failureOf({ statusCode, json: { message } }).kind;
    const dying = 'can not get logs from container which is dead or marked for removal';
    assert.equal(kindOf(dying), 'gone');
    const removed =
      'Cannot update container a: container is marked for removal and cannot be "update"';
    assert.equal(kindOf(removed, 500), 'gone');
    assert.equal(kindOf('Cannot update container a: runc did not terminate', 500), 'refused');
    assert.equal(kindOf('Conflict. The container name "/a" is already in use'), 'refused');
  });

  it('end where they are left, also while they wait for a place', async () => {
    const calls = new DockerCalls(1);
    const [first, second] = [new AbortController(), new AbortController()];
    const hung = calls.run(60_000, never, [], first.signal);
    const waiting = calls.run(60_000, never, [], second.signal);
    const next = calls.run(60_000, async () => 7);
    second.abort();
    const kindOf = (call: Awaited<typeof hung>) => (call.ok ? '' : call.error.kind);
    assert.equal(kindOf(await waiting), 'refused');
    first.abort();
    assert.equal(kindOf(await hung), 'refused');
    assert.deepEqual(await next, { ok: true, value: 7 });
    assert.equal(kindOf(await calls.run(60_000, never, [], first.signal)), 'refused');
  });

  it('end when they are closed', async () => {
    const calls = new DockerCalls();
    const hung = calls.run(60_000, never);
    calls.close();
    const ended = await hung;
    assert.ok(!ended.ok && ended.error.kind === 'unavailable');
  });

  it('end where the connection breaks in the middle of an answer', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'dqoes-calls-'));
    const server = createServer((_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.write('[{"Id":"a', () => response.destroy());
    });
    server.listen(join(folder, 'engine.sock'));
    await once(server, 'listening');
    const docker = new Docker({ socketPath: join(folder, 'engine.sock') });
    const listed = await new DockerCalls().run(DEADLINE_MS, (abortSignal) =>
      docker.listContainers({ abortSignal }),
    );
    server.close();
    await rm(folder, { recursive: true, force: true });
    assert.ok(!listed.ok && listed.error.kind === 'timeout');
  });
});
