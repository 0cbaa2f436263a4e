import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { onlineCpus, usableCpus } from '../../../../agent/drivers/host-cpus.js';
import { createHostReader } from '../../../../agent/drivers/host-reader.js';

describe('host reader', () => {
  let root = '';
  const put = (path: string, text: string): void => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'dqoes-host-'));
    put('proc/stat', 'cpu  100 0 100 700 100 0 0 0 0 0\ncpu0 1 2 3\n');
    put(
      'proc/meminfo',
      'MemTotal:       1000 kB\nMemFree:         100 kB\nMemAvailable:    600 kB\n',
    );
    put(
      'proc/pressure/cpu',
      'some avg10=12.50 avg60=0.00 avg300=0.00 total=1\nfull avg10=0.00 avg60=0 avg300=0 total=0\n',
    );
    put('proc/self/mountinfo', '35 24 0:29 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw\n');
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  it('reads utilisation between two calls, memory and pressure', async () => {
    const host = createHostReader({ root, parallelism: () => 4 });
    assert.deepEqual(await host.info(), { cpuCores: 4, memoryBytes: 1_024_000 });
    put('proc/stat', 'cpu  150 0 120 710 110 0 0 10 0 0\n');
    assert.deepEqual(await host.usage(), {
      cpuUtilisationRatio: 0.8,
      memoryUsedBytes: 409_600,
      cpuPressureRatio: 0.125,
    });
  });

  it('is asked for its capacity without forgetting when utilisation was read last', async () => {
    const host = createHostReader({ root, parallelism: () => 4 });
    await host.usage();
    put('proc/stat', 'cpu  150 0 120 710 110 0 0 10 0 0\n');
    await host.info();
    assert.equal((await host.usage()).cpuUtilisationRatio, 0.8);
  });

  it('knows nothing of an interval before it began, or when counters fell', async () => {
    const host = createHostReader({ root, parallelism: () => 4 });
    assert.equal((await host.usage()).cpuUtilisationRatio, null);
    assert.equal((await host.usage()).cpuUtilisationRatio, null);
    put('proc/stat', 'cpu  1 0 1 1 1 0 0 0 0 0\n');
    assert.equal((await host.usage()).cpuUtilisationRatio, null);
  });

  it('is bounded by the outermost visible cgroup of a machine that is a container', async () => {
    put('sys/fs/cgroup/cpu.max', '150000 100000\n');
    put('sys/fs/cgroup/memory.max', '524288\n');
    const host = createHostReader({ root, parallelism: () => 4 });
    assert.deepEqual(await host.info(), { cpuCores: 1.5, memoryBytes: 524_288 });
    put('sys/fs/cgroup/cpu.max', 'max 100000\n');
    put('sys/fs/cgroup/memory.max', 'max\n');
    assert.deepEqual(await host.info(), { cpuCores: 4, memoryBytes: 1_024_000 });
  });

  it('has the CPUs of its affinity that are on line, whatever quota the agent has', () => {
    const cpusOf = (allowed: string, online: string, atLeast = 1): number => {
      put('proc/self/status', `Name:\tnode\nCpus_allowed:\tff\nCpus_allowed_list:\t${allowed}\n`);
      put('sys/devices/system/cpu/online', `${online}\n`);
      return usableCpus(root, () => atLeast);
    };
    assert.equal(cpusOf('0-127', '0-95'), 96);
    assert.equal(cpusOf('0-3,8', '0-2,4-15'), 4);
    assert.equal(cpusOf('2-5', '0-3', 4), 4, 'other numbers');
    assert.equal(cpusOf('', ''), 1);
  });

  it('knows all CPUs that are on line, whatever its affinity', () => {
    put('proc/self/status', 'Cpus_allowed_list:\t0\n');
    put('sys/devices/system/cpu/online', '0-2,4-5\n');
    assert.equal(
      onlineCpus(root, () => 1),
      5,
    );
    assert.equal(
      onlineCpus(join(root, 'nothing'), () => 3),
      3,
    );
  });

  it('says the energy of the processors where that is measured', async () => {
    const zone = 'sys/class/powercap/intel-rapl:0';
    put(`${zone}/name`, 'package-0\n');
    put(`${zone}/max_energy_range_uj`, '262143328850\n');
    put(`${zone}/energy_uj`, '1000000\n');
    const host = createHostReader({ root, parallelism: () => 4 });
    assert.equal((await host.usage()).energyJoules, 0);
    put(`${zone}/energy_uj`, '3500000\n');
    assert.equal((await host.usage()).energyJoules, 2.5);
  });

  it('answers null for what is not there, and takes memory from the inventory', async () => {
    const empty = join(root, 'nothing');
    const host = createHostReader({
      root: empty,
      parallelism: () => 4,
      totalMemory: () => Promise.resolve(77),
    });
    assert.deepEqual(await host.info(), { cpuCores: 4, memoryBytes: 77 });
    assert.deepEqual(await host.usage(), {
      cpuUtilisationRatio: null,
      memoryUsedBytes: null,
      cpuPressureRatio: null,
    });
  });

  it('reads this machine', async () => {
    const host = createHostReader();
    const info = await host.info();
    assert.ok(info.cpuCores > 0 && info.cpuCores <= cpus().length);
    assert.ok(info.memoryBytes > 2 ** 26);
    const usage = await host.usage();
    assert.ok(usage.memoryUsedBytes !== null && usage.memoryUsedBytes < info.memoryBytes);
  });
});
