import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { after, before, describe, it } from 'mocha';
import { createParentReader } from '../../agent/drivers/cgroup-parent.js';
import type { ContainerId } from '../../shared/ids.js';
import { IS_CGROUP_V1, OwnParent } from '../lib/own-parent.js';

const parent = new OwnParent('contract');
const docker = (...args: readonly string[]): string =>
  execFileSync('docker', [...args], { encoding: 'utf8' }).trim();

function setQuota(quotaUs: number | null): void {
  if (IS_CGROUP_V1) parent.write('cpu.cfs_quota_us', String(quotaUs ?? -1));
  else parent.write('cpu.max', `${quotaUs ?? 'max'} 100000`);
}

describe('cgroups that hold real containers', () => {
  let container = { id: '' as ContainerId, pid: 0 };

  before(() => {
    const id = docker(
      'run',
      '-d',
      '--init',
      '--cgroup-parent',
      parent.name,
      'dqoes/tiny:1',
      'sh',
      '-c',
      'sleep 60',
    );
    container = {
      id: id as ContainerId,
      pid: Number(docker('inspect', '-f', '{{.State.Pid}}', id)),
    };
  });
  after(() => {
    if (container.id !== '') docker('rm', '-f', container.id);
    parent.remove();
  });

  it('says what quota is on them now, also when the last container is gone', () => {
    const [reader, named] = [
      createParentReader(),
      createParentReader({ parent: `/${parent.name}` }),
    ];
    assert.equal(reader.quotaCores([container]), null);
    setQuota(70_000);
    assert.equal(reader.quotaCores([container]), 0.7);
    assert.equal(named.quotaCores([]), 0.7);
    assert.equal(reader.quotaCores([]), 0.7);
    setQuota(null);
    assert.equal(reader.quotaCores([container]), null);
  });
});
