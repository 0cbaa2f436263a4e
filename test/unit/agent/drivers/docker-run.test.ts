import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import type Docker from 'dockerode';
import { describe, it } from 'mocha';
import { DockerCalls } from '../../../../agent/drivers/docker-calls.js';
import { DockerRun } from '../../../../agent/drivers/docker-run.js';
import { aSpec } from '../enforce/build.js';

const SILENCE_MS = 50;

type Call<T> = (signal: AbortSignal, isAlive: () => void) => Promise<T>;

/** As the driver's own, but each call ends after a short silence. */
class ImpatientCalls extends DockerCalls {
  override run<T>(_: number, call: Call<T>, hidden: readonly string[] = [], left?: AbortSignal) {
    return super.run(SILENCE_MS, call, hidden, left);
  }
}

/** Progress of a pull, a line every fifth of the silence that ends it. */
async function* progress(lines: number): AsyncGenerator<Buffer> {
  for (let line = 0; line < lines; line += 1) {
    await new Promise((resolve) => setTimeout(resolve, SILENCE_MS / 5));
    const progressDetail = { current: line, total: lines };
    yield Buffer.from(
      `${JSON.stringify({ id: '0123456789ab', status: 'Downloading', progressDetail })}\n`,
    );
  }
}

/** An engine that has no image until it was pulled. */
function dockerWith(pull: () => Readable, onRemove: (id: string) => void): Docker {
  let isThere = false;
  const fake = {
    createContainer: async () => {
      if (isThere) return { id: 'made' };
      throw Object.assign(new Error('No such image'), { statusCode: 404 });
    },
    pull: async () => {
      isThere = true;
      return pull();
    },
    getContainer: (id: string) => ({
      start: async () => undefined,
      remove: async () => onRemove(id),
    }),
  };
  return fake as unknown as Docker;
}

/** What happens while it is made. */
interface Meanwhile {
  readonly isWanted?: () => boolean;
  readonly onRemove?: (id: string) => void;
}

describe('a job container', () => {
  const runner = (docker: Docker): DockerRun => {
    const calls = { calls: new DockerCalls(), pulls: new ImpatientCalls() };
    const limits = { defaultMemoryBytes: 2 ** 30, pidsLimit: 9, hostCores: 1 };
    return new DockerRun(docker, calls, { ...limits, init: false, weightRule: 'off' });
  };
  const run = (pull: () => Readable, { isWanted, onRemove = assert.fail }: Meanwhile = {}) =>
    runner(dockerWith(pull, onRemove)).run({
      name: 'dqoes-web-0',
      spec: aSpec(),
      labels: {},
      limit: { cpuCores: 1, periodUs: 100_000 },
      ...(isWanted === undefined ? {} : { isWanted }),
    });

  it('is made of an image whose pull takes long, as long as that goes on', async () => {
    assert.deepEqual(await run(() => Readable.from(progress(20))), { ok: true, value: 'made' });
  });

  it('is not made where it is not wanted any more, or is taken away again', async () => {
    const wantedFor = (times: number) => {
      let asked = 0;
      return () => {
        asked += 1;
        return asked <= times;
      };
    };
    const removed: string[] = [];
    const onRemove = (id: string): void => void removed.push(id);
    const pull = () => Readable.from(progress(1));
    // Asked before each of two tries to make it, and before it is started.
    for (const times of [0, 1, 2]) {
      const left = await run(pull, { isWanted: wantedFor(times), onRemove });
      assert.ok(!left.ok);
      assert.equal(left.error.kind, 'refused');
      assert.match(left.error.message, /not wanted any more/);
    }
    assert.deepEqual(removed, ['made']);
    assert.ok((await run(pull, { isWanted: wantedFor(3) })).ok);
  });

  it('is made with the limit that is wanted when its image is there', async () => {
    const quotas: number[] = [];
    const fake = {
      createContainer: async ({ HostConfig }: { HostConfig: { CpuQuota: number } }) => {
        quotas.push(HostConfig.CpuQuota);
        if (quotas.length > 1) return { id: 'made' };
        throw Object.assign(new Error('No such image'), { statusCode: 404 });
      },
      pull: async () => Readable.from(progress(1)),
      getContainer: () => ({ start: async () => undefined }),
    };
    let cpuCores = 1;
    const made = await runner(fake as unknown as Docker).run({
      ...{ name: 'dqoes-web-0', spec: aSpec(), labels: {} },
      limit: { cpuCores: 1, periodUs: 100_000 },
      limitNow: () => ({ cpuCores, periodUs: 100_000 }),
      onPulling: () => {
        cpuCores = 0.5;
      },
    });
    assert.ok(made.ok);
    assert.deepEqual(quotas, [100_000, 50_000]);
  });

  it('has its pull left as soon as it is wanted no more', async () => {
    const docker = runner(dockerWith(() => Readable.from(progress(20)), assert.fail));
    const asked = { name: 'dqoes-web-0', spec: aSpec(), labels: {} };
    const limit = { cpuCores: 1, periodUs: 100_000 };
    const leaving = new AbortController();
    const onPull = (): void => leaving.abort();
    const left = await docker.run({ ...asked, limit, onPull, left: leaving.signal });
    assert.ok(!left.ok && left.error.kind === 'refused', JSON.stringify(left));
  });

  it('is not made of an image whose pull stands still', async () => {
    const stuck = await run(() => new Readable({ read: () => undefined }));
    assert.ok(!stuck.ok);
    assert.equal(stuck.error.kind, 'no-image');
    assert.match(stuck.error.message, /did not answer within 0.05 s/);
  });

  it('has its image fetched before it takes the place of another, once', async () => {
    const asked: string[] = [];
    const there = new Set<string>();
    const fake = {
      getImage: (name: string) => ({
        inspect: async () => {
          asked.push(`inspect ${name}`);
          if (!there.has(name)) throw Object.assign(new Error('none'), { statusCode: 404 });
        },
      }),
      pull: async (name: string) => {
        asked.push(`pull ${name}`);
        if (name === 'none:1') throw new Error('manifest unknown');
        there.add(name);
        return Readable.from(progress(2));
      },
    };
    const docker = runner(fake as unknown as Docker);
    const said: string[] = [];
    const tell = (text: string): void => void said.push(text);
    for (let time = 0; time < 2; time += 1)
      assert.ok((await docker.fetchImage('web', { onPull: tell })).ok);
    const [inspect, pull] = ['inspect web:latest', 'pull web:latest'];
    assert.deepEqual(asked, [inspect, pull, inspect]);
    assert.ok(said.length > 0);
    const failed = await docker.fetchImage('none:1', {});
    assert.ok(!failed.ok && failed.error.kind === 'no-image', JSON.stringify(failed));
  });
});
