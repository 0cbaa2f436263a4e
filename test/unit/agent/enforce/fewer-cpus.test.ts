import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'mocha';
import { sharesOf } from '../../../../agent/containers/weight.js';
import type { FakeContainer } from '../../../lib/fake-container.js';
import { EnforceWorld } from './world.js';

const FOUR = { nanoCpus: 4_000_000_000 };

describe('enforcer: a container that came with more CPUs than the host has by now', () => {
  let world: EnforceWorld;
  let web: FakeContainer;
  beforeEach(async () => {
    // The engine refuses NanoCpus above two.
    world = await EnforceWorld.open({ hostCpus: 2 });
    web = await world.adopted('web', FOUR);
  });

  const updates = (): number =>
    world.engine.calls.filter((call) => call.startsWith('updateCpu')).length;
  /** Several looks of the loop; how often was written. */
  const ticks = async (): Promise<number> => {
    const before = updates();
    for (let time = 0; time < 3; time += 1) {
      await world.relist();
      world.enforcer.tick(new Map());
      await world.lastAck();
    }
    return updates() - before;
  };
  /** The next agent, on a host that has all CPUs again. */
  const onFour = async (): Promise<void> => {
    Object.assign(world.engine.options, { hostCores: 4 });
    world = await EnforceWorld.open({ hostCores: 4, hostCpus: 4, allocatableCores: 3.8 }, world);
  };
  const restore = async () => {
    await world.enforcer.close(0);
    return world.enforcer.restore();
  };

  it('gets all there are at the end, and the rest when they are there', async () => {
    await world.desire([world.want(web, 0.5)]);
    const { failed, containers } = await restore();
    assert.deepEqual(failed, []);
    assert.equal(world.engine.kernelCores(web.id), 2);
    assert.match(containers[0]?.reason ?? '', /^it came with 4 cores and has all 2 CPUs of this/);
    await onFour();
    const report = await restore();
    assert.deepEqual(
      report.containers.map(({ outcome, reason }) => [outcome, reason]),
      [['restored', '']],
    );
    assert.deepEqual([web.cpu.nanoCpus, world.engine.kernelCores(web.id)], [4e9, 4]);
    assert.deepEqual(world.journal.ledger.entries, []);
  });

  it('gets them once while the agent runs, and takes no room of others', async () => {
    const other = await world.adopted('other');
    await world.desire([world.want(web, 0.5), world.want(other, 0.5)]);
    await world.desire([world.want(other, 0.5)]);
    assert.equal(world.engine.kernelCores(web.id), 2);
    assert.equal(await ticks(), 0);
    await world.desire([world.want(other, 1.5)]);
    assert.equal(world.engine.kernelCores(other.id), 1.5);
    assert.deepEqual(world.warnings, []);
    await onFour();
    await world.desire([world.want(other, 1.5)]);
    await ticks();
    assert.equal(world.engine.kernelCores(web.id), 4);
    assert.deepEqual(
      world.journal.ledger.entries.map(({ containerId }) => containerId),
      [other.id],
    );
  });

  it('keeps its own limit under a guarantee, which is written once', async () => {
    const guarantee = {
      ...world.want(web, null),
      limit: { cpuCores: null, periodUs: 100_000, guaranteeCores: 0.5 },
    };
    assert.equal((await world.desire([guarantee])).outcome, 'applied');
    assert.deepEqual([web.cpu.nanoCpus, web.cpu.shares], [4e9, sharesOf(0.5)]);
    assert.equal(await ticks(), 0);
    await world.desire([world.want(web, 0.25)]);
    assert.equal(world.engine.kernelCores(web.id), 0.25);
    await world.desire([guarantee]);
    assert.equal(world.engine.kernelCores(web.id), 2);
    assert.equal(await ticks(), 0);
    await restore();
    assert.equal(world.engine.kernelCores(web.id), 2);
  });
});
