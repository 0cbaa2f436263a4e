import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { after, before, describe, it } from 'mocha';
import { createParentWeights } from '../../agent/drivers/parent-weights.js';
import type { ContainerId } from '../../shared/ids.js';
import { DEFAULT_PARENT_WEIGHT, IS_CGROUP_V1, OwnParent } from '../lib/own-parent.js';

const parent = new OwnParent('weight');
const docker = (...args: readonly string[]): string =>
  execFileSync('docker', [...args], { encoding: 'utf8' }).trim();

describe('weights of cgroups that hold real containers', () => {
  const ids: ContainerId[] = [];
  const start = (shares: string): void => {
    const kept = ['--cgroup-parent', parent.name, '--cpu-shares', shares, 'dqoes/tiny:1'];
    ids.push(docker('run', '-d', '--init', ...kept, 'sh', '-c', 'sleep 60') as ContainerId);
  };
  before(() => {
    start('4096');
    start('2048');
  });
  after(() => {
    if (ids.length > 0) docker('rm', '-f', ...ids);
    parent.remove();
  });

  it('are found from one container, raised, and put back', () => {
    const weights = createParentWeights();
    const [id] = ids as [ContainerId];
    const pid = Number(docker('inspect', '-f', '{{.State.Pid}}', id));
    const [found] = weights.look([{ id, pid }]);
    assert.equal(found?.path, `/${parent.name}`);
    assert.equal(found.weight.value, DEFAULT_PARENT_WEIGHT);
    // Version 2 has another unit, which two runtimes compute differently.
    if (IS_CGROUP_V1) assert.equal(found.heldWeight, 6144);
    else assert.ok(found.heldWeight > 100, `${found.heldWeight}`);
    assert.ok(weights.write(found.path, 5000).ok);
    assert.equal(parent.weight, 5000);
    assert.ok(weights.write(found.path, DEFAULT_PARENT_WEIGHT).ok);
    assert.equal(weights.look([{ id, pid }])[0]?.weight.value, DEFAULT_PARENT_WEIGHT);
  });
});
