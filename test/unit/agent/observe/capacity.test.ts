import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { createParentReader } from '../../../../agent/drivers/cgroup-parent.js';
import { createHostReader } from '../../../../agent/drivers/host-reader.js';
import { Capacity, capacityOf } from '../../../../agent/observe/capacity.js';
import { silentLog } from '../../../../shared/log.js';
import { ManualClock } from '../../../lib/manual-clock.js';
import { containerId } from './build.js';

const V1 =
  '35 24 0:29 / /sys/fs/cgroup/cpu rw - cgroup cgroup rw,cpu\n36 24 0:30 / ' +
  '/sys/fs/cgroup/unified rw - cgroup2 cgroup2 rw\n';
const V2 = '35 24 0:29 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw\n';
const [A, B] = ['a', 'b'].map((letter) => containerId(letter.repeat(64))) as [
  ReturnType<typeof containerId>,
  ReturnType<typeof containerId>,
];

let root = '';
const put = (path: string, text: string): void => {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
};
/** Each test of the running suite has a root folder of its own. */
const hasRoot = (): void => {
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'dqoes-capacity-'));
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));
};

/** A running container in a cgroup of version 2. */
const running = (id: typeof A, pid: number, parent: string) => {
  put(`proc/${pid}/cgroup`, `0::${parent}/docker-${id}.scope\n`);
  return { id, pid };
};

describe('quota on the cgroups that hold containers', () => {
  hasRoot();
  beforeEach(() => put('proc/self/mountinfo', V2));

  it('is the least on the way from the root, read anew each time', () => {
    const reader = createParentReader({ root });
    const containers = [running(A, 11, '/outer.slice/inner.slice')];
    put('sys/fs/cgroup/outer.slice/cpu.max', '150000 100000\n');
    put('sys/fs/cgroup/outer.slice/inner.slice/cpu.max', 'max 100000\n');
    assert.equal(reader.quotaCores(containers), 1.5);
    put('sys/fs/cgroup/outer.slice/inner.slice/cpu.max', '25000 50000\n');
    assert.equal(reader.quotaCores(containers), 0.5);
    put('sys/fs/cgroup/outer.slice/inner.slice/cpu.max', 'max 100000\n');
    put('sys/fs/cgroup/outer.slice/cpu.max', 'max 100000\n');
    assert.equal(reader.quotaCores(containers), null);
  });

  it('is not that of the container itself, nor one that not all of them are under', () => {
    const reader = createParentReader({ root });
    put('sys/fs/cgroup/outer/cpu.max', '300000 100000\n');
    put('sys/fs/cgroup/outer/one/cpu.max', '100000 100000\n');
    put(`sys/fs/cgroup/outer/one/docker-${A}.scope/cpu.max`, '10000 100000\n');
    const first = running(A, 11, '/outer/one');
    assert.equal(reader.quotaCores([first]), 1);
    assert.equal(reader.quotaCores([first, running(B, 12, '/outer/two')]), 3);
  });

  it('is remembered when the last container ends, and not read from a reused pid', () => {
    const reader = createParentReader({ root });
    put('sys/fs/cgroup/docker/cpu.max', '50000 100000\n');
    put('sys/fs/cgroup/other/cpu.max', '10000 100000\n');
    assert.equal(reader.quotaCores([]), null, 'nothing is known yet');
    assert.equal(reader.quotaCores([running(A, 11, '/docker')]), 0.5);
    assert.equal(reader.quotaCores([]), 0.5);
    put('proc/11/cgroup', '0::/other/sshd\n');
    assert.equal(reader.quotaCores([{ id: B, pid: 11 }]), 0.5);
    assert.equal(reader.quotaCores([{ id: B, pid: 0 }]), 0.5);
  });

  it('is read of version 1, and of the cgroup that is named before any container runs', () => {
    put('proc/self/mountinfo', V1);
    put('sys/fs/cgroup/cpu/docker/cpu.cfs_quota_us', '75000\n');
    put('sys/fs/cgroup/cpu/docker/cpu.cfs_period_us', '100000\n');
    put('sys/fs/cgroup/cpu/other/cpu.cfs_quota_us', '-1\n');
    put('sys/fs/cgroup/cpu/other/cpu.cfs_period_us', '100000\n');
    const named = createParentReader({ root, parent: '/docker' });
    assert.equal(named.quotaCores([]), 0.75);
    put('proc/11/cgroup', `4:cpu,cpuacct:/other/${A}\n0::/\n`);
    assert.equal(named.quotaCores([{ id: A, pid: 11 }]), 0.75);
    assert.equal(createParentReader({ root }).quotaCores([{ id: A, pid: 11 }]), null);
    put('proc/11/cgroup', `4:cpu,cpuacct:/docker/${A}\n0::/\n`);
    assert.equal(createParentReader({ root }).quotaCores([{ id: A, pid: 11 }]), 0.75);
  });
});

describe('capacity of a host', () => {
  hasRoot();
  const info = { cpuCores: 2, memoryBytes: 1000 };

  it('keeps the reserve back, and gives out no more CPU than the containers get', () => {
    const reserve = { cpuRatio: 0.25, memoryRatio: 0.1 };
    assert.deepEqual(capacityOf(info, reserve, null), {
      capacityCpuCores: 2,
      capacityMemoryBytes: 1000,
      allocatableCpuCores: 1.5,
      allocatableMemoryBytes: 900,
    });
    assert.equal(capacityOf(info, reserve, 1.8).allocatableCpuCores, 1.5);
    assert.equal(capacityOf(info, reserve, 0.6).allocatableCpuCores, 0.6);
  });

  it('follows CPUs that go off line and quotas that are set, every five seconds', async () => {
    put('proc/self/mountinfo', V2);
    put('proc/meminfo', 'MemTotal: 1000 kB\n');
    let cpus = 4;
    const host = createHostReader({ root, parallelism: () => cpus });
    const clock = new ManualClock();
    const capacity = new Capacity({
      host,
      clock,
      log: silentLog,
      start: await host.info(),
      parents: createParentReader({ root }),
      reserve: { cpuRatio: 0.5, memoryRatio: 0 },
    });
    const look = async (): Promise<number> =>
      (await capacity.refresh([running(A, 11, '/docker')])).allocatableCpuCores;
    assert.equal(await look(), 2);
    cpus = 2;
    assert.equal(await look(), 2, 'not so soon');
    await clock.advance(5000);
    assert.equal(await look(), 1);
    assert.equal(capacity.current.capacityCpuCores, 2);
    put('sys/fs/cgroup/docker/cpu.max', '40000 100000\n');
    await clock.advance(4999);
    assert.equal(await look(), 1);
    await clock.advance(1);
    assert.equal(await look(), 0.4);
    put('sys/fs/cgroup/docker/cpu.max', 'max 100000\n');
    await clock.advance(5000);
    assert.equal(await look(), 1);
  });

  it('stays as it was while it cannot be read', async () => {
    const clock = new ManualClock();
    const host = {
      info: () => Promise.reject(new Error('gone')),
      usage: () => Promise.reject(new Error('gone')),
    };
    const capacity = new Capacity({
      host,
      clock,
      log: silentLog,
      start: info,
      parents: createParentReader({ root }),
      reserve: { cpuRatio: 0, memoryRatio: 0 },
    });
    assert.equal((await capacity.refresh([])).allocatableCpuCores, 2);
  });
});
