import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'mocha';
import { createParentReader } from '../../agent/drivers/cgroup-parent.js';
import type { ContainerId } from '../../shared/ids.js';

const CGROUPS = '/sys/fs/cgroup';
const IS_V1 = existsSync(join(CGROUPS, 'cpu'));
/** A name that engines of both cgroup drivers take. */
const PARENT = `dqoescontract${process.pid}.slice`;
const docker = (...args: readonly string[]): string =>
  execFileSync('docker', [...args], { encoding: 'utf8' }).trim();

function setQuota(quotaUs: number | null): void {
  if (IS_V1) writeFileSync(join(CGROUPS, 'cpu', PARENT, 'cpu.cfs_quota_us'), String(quotaUs ?? -1));
  else writeFileSync(join(CGROUPS, PARENT, 'cpu.max'), `${quotaUs ?? 'max'} 100000`);
}

describe('cgroups that hold real containers', () => {
  let container = { id: '' as ContainerId, pid: 0 };

  before(() => {
    const id = docker(
      'run',
      '-d',
      '--init',
      '--cgroup-parent',
      PARENT,
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
    const roots = IS_V1 ? readdirSync(CGROUPS).map((name) => join(CGROUPS, name)) : [CGROUPS];
    for (const root of roots) if (existsSync(join(root, PARENT))) rmdirSync(join(root, PARENT));
  });

  it('says what quota is on them now, also when the last container is gone', () => {
    const [reader, named] = [createParentReader(), createParentReader({ parent: `/${PARENT}` })];
    assert.equal(reader.quotaCores([container]), null);
    setQuota(70_000);
    assert.equal(reader.quotaCores([container]), 0.7);
    assert.equal(named.quotaCores([]), 0.7);
    assert.equal(reader.quotaCores([]), 0.7);
    setQuota(null);
    assert.equal(reader.quotaCores([container]), null);
  });
});
