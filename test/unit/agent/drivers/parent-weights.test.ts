import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { createParentWeights } from '../../../../agent/drivers/parent-weights.js';
import type { ContainerId } from '../../../../shared/ids.js';

const V1 =
  '35 24 0:29 / /sys/fs/cgroup/cpu rw - cgroup cgroup rw,cpu\n36 24 0:30 / ' +
  '/sys/fs/cgroup/unified rw - cgroup2 cgroup2 rw\n';
const V2 = '35 24 0:29 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw\n';
const [A, B] = ['a', 'b'].map((letter) => letter.repeat(64)) as [ContainerId, ContainerId];

let root = '';
const put = (path: string, text: string): void => {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
};

describe('weights of cgroups that hold containers', () => {
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'dqoes-parents-'));
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  it('are those of all containers in it, of version 1, whoever limits them', () => {
    put('proc/self/mountinfo', V1);
    put('proc/11/cgroup', `4:cpu:/docker/${A}\n`);
    put('sys/fs/cgroup/cpu/docker/cpu.shares', '1024\n');
    put('sys/fs/cgroup/cpu/docker/cgroup.procs', '');
    put(`sys/fs/cgroup/cpu/docker/${A}/cpu.shares`, '4096\n');
    put(`sys/fs/cgroup/cpu/docker/${B}/cpu.shares`, '1024\n');
    const weights = createParentWeights(root);
    assert.deepEqual(weights.look([{ id: A, pid: 11 }]), [
      { path: '/docker', weight: { version: 1, value: 1024 }, heldWeight: 5120 },
    ]);
    assert.deepEqual(weights.write('/docker', 5120), { ok: true, value: undefined });
    assert.equal(
      readFileSync(join(root, 'sys/fs/cgroup/cpu/docker/cpu.shares'), 'utf8').slice(0, 4),
      '5120',
    );
    assert.equal(weights.read('/gone'), null);
    assert.equal(weights.write('/gone', 5).ok, false);
  });

  it('are found with names of version 2, in a slice of containers alone', () => {
    put('proc/self/mountinfo', V2);
    put('proc/11/cgroup', `0::/jobs.slice/docker-${A}.scope\n`);
    put('sys/fs/cgroup/jobs.slice/cpu.weight', '100\n');
    put(`sys/fs/cgroup/jobs.slice/docker-${A}.scope/cpu.weight`, '391\n');
    assert.deepEqual(createParentWeights(root).look([{ id: A, pid: 11 }]), [
      { path: '/jobs.slice', weight: { version: 2, value: 100 }, heldWeight: 391 },
    ]);
  });

  it('are left alone where anything else is in it, and at the root', () => {
    put('proc/self/mountinfo', V2);
    for (const [pid, path] of [
      [11, `/system.slice/docker-${A}.scope`],
      [12, `/own/docker-${A}.scope`],
      [13, `/docker-${A}.scope`],
      [14, '/own/another'],
    ] as const)
      put(`proc/${pid}/cgroup`, `0::${path}\n`);
    put('sys/fs/cgroup/system.slice/cpu.weight', '100\n');
    put(`sys/fs/cgroup/system.slice/docker-${A}.scope/cpu.weight`, '391\n');
    put('sys/fs/cgroup/system.slice/ssh.service/cpu.weight', '100\n');
    put('sys/fs/cgroup/own/cpu.weight', '100\n');
    put('sys/fs/cgroup/own/cgroup.procs', '4711\n');
    put(`sys/fs/cgroup/own/docker-${A}.scope/cpu.weight`, '391\n');
    const weights = createParentWeights(root);
    for (const pid of [11, 12, 13, 14, 0, 99])
      assert.deepEqual(weights.look([{ id: A, pid }]), [], `pid ${pid}`);
  });
});
