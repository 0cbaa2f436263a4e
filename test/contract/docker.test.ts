import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { LOG_BYTES_PER_SECOND } from '../../agent/drivers/log-budget.js';
import { docker } from '../lib/docker-command.js';
import { openDockerWorld } from '../lib/docker-world.js';
import { FakeEngine } from '../lib/fake-engine.js';
import { until } from '../lib/until.js';
import { describeBurst } from './burst-contract.js';
import { describeEngine } from './docker-contract.js';
import { type EngineWorld, readKernelCpu } from './engine-world.js';

/** A log that is written faster than it is read. */
const FLOOD_BYTES = 16 * 1024 ** 2;

async function openMemoryWorld(): Promise<EngineWorld> {
  const engine = new FakeEngine({ hostCores: 2 });
  return {
    engine,
    cgroups: engine,
    hostCores: 2,
    prefix: 'fake',
    create: async ({ run = true, imageLabels = {}, ...rest }) => {
      const image = Object.keys(imageLabels).length === 0 ? 'dqoes/tiny:1' : `fake/${rest.name}`;
      engine.imageLabels.set(image, imageLabels);
      return engine.create({ ...rest, image, state: run ? 'running' : 'created' }).id;
    },
    remove: async (id) => engine.remove(id),
    restart: async (id) => {
      engine.end(id, 0);
      engine.start(id);
    },
    kernelCpu: async ({ pid }) => {
      const handle = await engine.open(pid);
      if (!handle.ok) throw new Error(handle.error);
      return readKernelCpu(handle.value);
    },
    write: async (id, line) => engine.write(id, line),
    close: async () => undefined,
  };
}

describeEngine('in memory', openMemoryWorld);
describeBurst('in memory', openMemoryWorld);

describeEngine('Docker', openDockerWorld);
describeBurst('Docker', openDockerWorld);

describe('a log that floods: Docker', function () {
  // An emulated machine takes that long to write and to read it.
  this.timeout(240_000);

  it('is read up to a bound in a second, and read on later', async () => {
    const world = await openDockerWorld();
    const controller = new AbortController();
    try {
      const labels = { 'dqoes.enable': 'true' };
      const id = await world.create({ name: `${world.prefix}-floods`, labels });
      let [bytes, skipped, last] = [0, 0, ''];
      const onLine = (line: string): void => {
        bytes += line.length + 1;
        last = line;
      };
      const onSkip = (): void => {
        skipped += 1;
      };
      world.engine.followLogs(id, { onLine, onSkip }, controller.signal);
      await until(async () => {
        await world.write(id, 'before');
        return last === 'before';
      }, 'a line before the flood');
      const line = 'x'.repeat(200);
      const startedAtMs = performance.now();
      const flood = `yes ${line} | head -c ${FLOOD_BYTES} > /proc/1/fd/1; echo > /proc/1/fd/1`;
      await docker('exec', id, 'sh', '-c', flood);
      // A machine that writes no faster than is read has all of it read: nothing is skipped.
      const isOver = (): boolean => skipped > 0 || bytes >= FLOOD_BYTES;
      await until(isOver, 'the log to be read, or a part of it to be skipped', 120_000);
      // A slow machine takes longer to write it, and more seconds read more.
      const seconds = (performance.now() - startedAtMs) / 1000;
      const bound = (seconds + 2) * LOG_BYTES_PER_SECOND;
      assert.ok(bytes < bound, `${bytes} of ${FLOOD_BYTES} bytes were read in ${seconds} s`);
      await until(
        async () => {
          await world.write(id, 'after');
          return last === 'after';
        },
        'a line after the flood',
        60_000,
      );
    } finally {
      controller.abort();
      await world.close();
    }
  });
});
