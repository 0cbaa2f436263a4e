import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { DEFAULT_BOUNDS, type PolicyBounds } from '../../../../agent/enforce/policy-bounds.js';
import type { DesiredAllocation } from '../../../../shared/command.js';
import { aSpec, wantOwn } from './build.js';
import { EnforceWorld } from './world.js';

const GIB = 2 ** 30;
const jobOf = (name: string, memoryBytes?: number): DesiredAllocation =>
  wantOwn(
    aSpec(name, {
      resources: { cpu: { minCores: 0.05 }, ...(memoryBytes === undefined ? {} : { memoryBytes }) },
    }),
    0.1,
  );
const worldWith = (bounds: Partial<PolicyBounds>) =>
  EnforceWorld.open({ bounds: { ...DEFAULT_BOUNDS, ...bounds } });

describe('room for jobs', () => {
  it('starts no more than the host allows, says so, and starts when one is gone', async () => {
    const world = await worldWith({ maxContainers: 2 });
    const jobs = ['a', 'b', 'c'].map((name) => jobOf(name));
    const ack = await world.desire(jobs);
    assert.equal(world.engine.containers.size, 2);
    const refused = ack.allocations.filter(({ ok }) => !ok);
    assert.equal(refused.length, 1);
    assert.match(refused[0]?.reason ?? '', /2 of the 2 containers of jobs.*containers\.max/);
    await world.desire(jobs.slice(1));
    await world.clock.advance(2000);
    world.enforcer.tick(new Map());
    await world.lastAck();
    assert.deepEqual([...world.engine.containers.values()].map(({ name }) => name).sort(), [
      'dqoes-b-0',
      'dqoes-c-0',
    ]);
  });

  it('counts the memory of all jobs, that of one that names none included', async () => {
    const world = await worldWith({ maxTotalMemoryBytes: 4 * GIB, defaultMemoryBytes: GIB });
    const ack = await world.desire([jobOf('a', 2 * GIB), jobOf('b'), jobOf('c', 2 * GIB)]);
    assert.deepEqual(
      ack.allocations.map(({ ok }) => ok),
      [true, true, false],
    );
    assert.match(
      ack.allocations[2]?.reason ?? '',
      /^memory 2GiB must wait: jobs have 3GiB of the 4GiB .*memory\.total/,
    );
  });

  it('does not count containers that people started', async () => {
    const world = await worldWith({ maxContainers: 1 });
    await world.adopted('mine');
    const ack = await world.desire([jobOf('a')]);
    assert.equal(ack.outcome, 'applied');
  });
});
