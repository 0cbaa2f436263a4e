import assert from 'node:assert/strict';
import type Docker from 'dockerode';
import { describe, it } from 'mocha';
import { DockerCalls } from '../../../../agent/drivers/docker-calls.js';
import { DockerList } from '../../../../agent/drivers/docker-list.js';
import { openLog } from '../../../../agent/drivers/docker-log.js';
import type { ContainerId } from '../../../../shared/ids.js';
import { ManualClock } from '../../../lib/manual-clock.js';

const DEADLINE_MS = 60_000;

/** An engine that answers to an inspection, and never to what opens a log. */
function quietDocker(inspected: string[]): Docker {
  const inspect = async (id: string) => {
    inspected.push(id);
    return { Id: id, State: {} };
  };
  const dial = (): void => {};
  return {
    getContainer: (id: string) => ({ inspect: () => inspect(id) }),
    modem: { dial },
  } as unknown as Docker;
}

describe('a log that a reader has opened', () => {
  const open = (left: AbortSignal, calls: DockerCalls) => {
    const inspected: string[] = [];
    const docker = quietDocker(inspected);
    const list = new DockerList(docker, calls, { clock: new ManualClock(), labels: [] });
    const asked = { id: 'c1' as ContainerId, start: { follow: true } };
    return { inspected, opening: openLog({ docker, list, calls }, asked, left) };
  };

  it('is asked for no more once its reader has left the queue', async () => {
    const calls = new DockerCalls(1);
    let end = (): void => {};
    const busy = calls.run(
      DEADLINE_MS,
      () =>
        new Promise<void>((resolve) => {
          end = resolve;
        }),
    );
    await Promise.resolve();
    const left = new AbortController();
    const { inspected, opening } = open(left.signal, calls);
    left.abort();
    const opened = await opening;
    assert.ok(!opened.ok && opened.error.message === 'it is not wanted any more');
    end();
    assert.ok((await busy).ok);
    assert.deepEqual(await calls.run(DEADLINE_MS, async () => 7), { ok: true, value: 7 });
    assert.deepEqual(inspected, []);
  });

  it('gives its place back where its reader leaves while the engine is slow', async () => {
    const calls = new DockerCalls(1);
    const left = new AbortController();
    const { inspected, opening } = open(left.signal, calls);
    while (inspected.length === 0) await Promise.resolve();
    for (let turn = 0; turn < 100; turn += 1) await Promise.resolve();
    left.abort();
    const opened = await opening;
    assert.ok(!opened.ok && opened.error.message === 'it is not wanted any more');
    assert.deepEqual(await calls.run(DEADLINE_MS, async () => 7), { ok: true, value: 7 });
  });
});
