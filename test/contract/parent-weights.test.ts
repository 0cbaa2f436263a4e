import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, rmdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'mocha';
import { createParentWeights } from '../../agent/drivers/parent-weights.js';
import type { ContainerId } from '../../shared/ids.js';

const CGROUPS = '/sys/fs/cgroup';
const IS_V1 = existsSync(join(CGROUPS, 'cpu'));
/** A name that engines of both cgroup drivers take. */
const PARENT = `dqoesweight${process.pid}.slice`;
const docker = (...args: readonly string[]): string =>
  execFileSync('docker', [...args], { encoding: 'utf8' }).trim();

describe('weights of cgroups that hold real containers', () => {
  const ids: ContainerId[] = [];
  const start = (shares: string): void => {
    const kept = ['--cgroup-parent', PARENT, '--cpu-shares', shares, 'dqoes/tiny:1'];
    ids.push(docker('run', '-d', '--init', ...kept, 'sh', '-c', 'sleep 60') as ContainerId);
  };
  before(() => {
    start('4096');
    start('2048');
  });
  after(() => {
    if (ids.length > 0) docker('rm', '-f', ...ids);
    const roots = IS_V1 ? readdirSync(CGROUPS).map((name) => join(CGROUPS, name)) : [CGROUPS];
    for (const root of roots) if (existsSync(join(root, PARENT))) rmdirSync(join(root, PARENT));
  });

  it('are found from one container, raised, and put back', () => {
    const weights = createParentWeights();
    const [id] = ids as [ContainerId];
    const pid = Number(docker('inspect', '-f', '{{.State.Pid}}', id));
    const [parent] = weights.look([{ id, pid }]);
    assert.equal(parent?.path, `/${PARENT}`);
    const original = parent.weight.value;
    assert.equal(original, IS_V1 ? 1024 : 100);
    // Version 2 has another unit, which two runtimes compute differently.
    if (IS_V1) assert.equal(parent.heldWeight, 6144);
    else assert.ok(parent.heldWeight > 100, `${parent.heldWeight}`);
    assert.ok(weights.write(parent.path, 5000).ok);
    assert.deepEqual(weights.read(parent.path), { version: IS_V1 ? 1 : 2, value: 5000 });
    assert.ok(weights.write(parent.path, original).ok);
    assert.equal(weights.look([{ id, pid }])[0]?.weight.value, original);
    assert.equal(weights.write(parent.path, 1_000_000_000).ok, IS_V1);
    weights.write(parent.path, original);
  });
});
