import assert from 'node:assert/strict';
import { after, afterEach, describe, it } from 'mocha';
import { createCgroupReader } from '../../agent/drivers/cgroup-reader.js';
import type { CgroupCounters, CgroupHandle } from '../../agent/ports/cgroup.js';
import type { ContainerId } from '../../shared/ids.js';
import { docker } from '../lib/docker-command.js';
import { until } from '../lib/until.js';

describe('cgroup reader on a real container', () => {
  const made: string[] = [];
  const handles: CgroupHandle[] = [];
  const reader = createCgroupReader();

  async function start(options: readonly string[], script: string) {
    const id = (await docker(
      'run',
      '-d',
      '--init',
      ...options,
      'dqoes/tiny:1',
      'sh',
      '-c',
      script,
    )) as ContainerId;
    made.push(id);
    const pid = Number(await docker('inspect', '-f', '{{.State.Pid}}', id));
    const opened = await reader.open(pid, id);
    assert.ok(opened.ok, opened.ok ? '' : opened.error);
    handles.push(opened.value);
    return { id, pid, handle: opened.value };
  }
  async function read(handle: CgroupHandle): Promise<CgroupCounters> {
    const counters = await handle.read();
    assert.ok(counters.ok, counters.ok ? '' : counters.error);
    return counters.value;
  }
  afterEach(async () => {
    for (const handle of handles.splice(0)) await handle.close();
    const ids = made.splice(0);
    if (ids.length > 0) await docker('rm', '-f', ...ids);
  });
  after(() => assert.equal(made.length, 0));

  it('reads the limit back, as started and as updated', async () => {
    const { id, handle } = await start(
      ['--cpu-period', '20000', '--cpu-quota', '10000'],
      'sleep 60',
    );
    assert.deepEqual((await read(handle)).limit, { cpuCores: 0.5, periodUs: 20_000 });
    await docker('update', '--cpu-period', '100000', '--cpu-quota', '25000', id);
    assert.deepEqual(await handle.readLimit(), {
      ok: true,
      value: { cpuCores: 0.25, periodUs: 100_000 },
    });
    await docker('update', '--cpu-quota', '-1', id);
    assert.deepEqual(await handle.readLimit(), {
      ok: true,
      value: { cpuCores: null, periodUs: 100_000 },
    });
  });

  it('sees usage, throttling, pressure and memory of a container that burns CPU', async () => {
    const options = ['--cpu-period', '20000', '--cpu-quota', '6000', '--memory', '64m'];
    const { handle } = await start(options, 'while :; do :; done');
    const before = await read(handle);
    await until(
      async () => (await read(handle)).cpuUsageSeconds > before.cpuUsageSeconds + 0.3,
      'CPU usage of 0.3 s',
    );
    const now = await read(handle);
    assert.ok(now.periods > before.periods, `periods ${before.periods} → ${now.periods}`);
    assert.ok(
      now.throttledPeriods > before.throttledPeriods,
      `throttled ${before.throttledPeriods} → ${now.throttledPeriods}`,
    );
    assert.ok(now.throttledPeriods <= now.periods);
    assert.ok(
      now.memory !== null && now.memory.currentBytes > 0 && now.memory.currentBytes <= 64 * 2 ** 20,
    );
    assert.ok(now.memory.workingSetBytes <= now.memory.currentBytes);
    assert.equal(now.memory.oomKills, 0);
    if (now.pressureTotalUs !== null && before.pressureTotalUs !== null)
      assert.ok(now.pressureTotalUs >= before.pressureTotalUs);
  });

  it('gives a reason once the container is gone, and does not open a pid of the past', async () => {
    const { id, pid, handle } = await start([], 'sleep 60');
    await read(handle);
    await docker('rm', '-f', id);
    made.length = 0;
    await until(async () => !(await handle.read()).ok, 'the cgroup to be gone');
    assert.equal((await handle.readLimit()).ok, false);
    assert.equal((await reader.open(pid, id)).ok, false);
    const self = await reader.open(process.pid, id);
    assert.match(self.ok ? '' : self.error, /another cgroup than container/);
  });
});
