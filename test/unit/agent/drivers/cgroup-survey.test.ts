import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { countCpus, surveyCgroups } from '../../../../agent/drivers/cgroup-survey.js';
import { surveyDisk } from '../../../../agent/drivers/disk-survey.js';

const V2 = '35 24 0:29 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw\n';
const V1 = ['cpu,cpuacct', 'cpuset', 'memory']
  .map((name, at) => `${40 + at} 24 0:29 / /sys/fs/cgroup/${name} rw - cgroup cgroup rw,${name}\n`)
  .join('');

describe('the survey of a host', () => {
  let root = '';
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'dqoes-survey-'));
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  const survey = (parent: string) => surveyCgroups({ root, parent, hostCpus: 8 });

  it('reads version 2: controllers, the least quota above the containers, and their CPUs', () => {
    write('proc/self/mountinfo', V2);
    write('sys/fs/cgroup/cgroup.controllers', 'cpuset cpu memory\n');
    write('sys/fs/cgroup/system.slice/cpu.max', '250000 100000\n');
    write('sys/fs/cgroup/system.slice/cpuset.cpus.effective', '0-3,6\n');
    assert.deepEqual(survey('/system.slice'), {
      ...{ version: 2, controllers: ['cpuset', 'cpu', 'memory'], hostCpus: 8 },
      ...{ parentQuotaCores: 2.5, parentCpus: 5, writeFault: null },
    });
  });

  it('reads version 1', () => {
    write('proc/self/mountinfo', V1);
    write('sys/fs/cgroup/cpu,cpuacct/docker/cpu.cfs_quota_us', '-1\n');
    write('sys/fs/cgroup/cpu,cpuacct/docker/cpu.cfs_period_us', '100000\n');
    write('sys/fs/cgroup/cpuset/docker/cpuset.cpus', '0-7\n');
    const found = survey('/docker');
    assert.deepEqual([found.version, found.parentQuotaCores, found.parentCpus], [1, null, 8]);
    assert.ok(['cpu', 'cpuset', 'memory'].every((name) => found.controllers.includes(name)));
  });

  it('says why this process may not write the files of the containers', () => {
    write('proc/self/mountinfo', V2);
    assert.equal(survey('/system.slice').writeFault, null);
    write('sys/fs/cgroup/system.slice/cgroup.procs', '');
    assert.equal(survey('/system.slice').writeFault, null);
    // Not by its mode, which does not bind root.
    write('sys/fs/cgroup/none', '');
    assert.equal(survey('/none').writeFault, 'ENOTDIR');
  });

  it('says what is not there', () => {
    write('proc/self/mountinfo', V2);
    assert.deepEqual(survey('/system.slice').controllers, []);
    write('proc/self/mountinfo', '');
    assert.equal(survey('/docker').version, null);
  });

  it('counts the CPUs of a list', () => {
    const table = { '0': 1, '0-3': 4, '0-3,8,10-11': 7, '3-0': null, '': null, x: null };
    for (const [list, count] of Object.entries(table)) assert.equal(countCpus(list), count, list);
  });

  it('looks at the disk of a folder that is not there yet', () => {
    const found = surveyDisk(join(root, 'a', 'b'));
    assert.ok(found.ok);
    assert.deepEqual([found.value.exists, found.value.isWritable], [false, true]);
    assert.ok(found.value.freeBytes > 0);
    const there = surveyDisk(root);
    assert.ok(there.ok && there.value.exists);
  });
});
