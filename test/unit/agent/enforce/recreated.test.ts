import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'mocha';
import type { FakeContainer } from '../../../lib/fake-container.js';
import { EnforceWorld } from './world.js';

const HOUR_MS = 3_600_000;

describe('enforcer: containers that a tool makes again from the settings of others', () => {
  let world: EnforceWorld;
  beforeEach(async () => {
    world = await EnforceWorld.open();
  });

  /** The agent has listed what the engine keeps after its last write. */
  const look = async (): Promise<void> => {
    await world.relist();
    world.enforcer.tick(new Map());
    await world.lastAck();
  };
  const limit = async (container: FakeContainer, cores: number): Promise<void> => {
    await world.desire([world.want(container, cores)]);
    await look();
  };
  /** The same again, as a tool makes it for a newer image. */
  const remade = async (
    old: FakeContainer,
    cpu = old.cpu,
    name = old.name,
  ): Promise<FakeContainer> => {
    world.engine.remove(old.id);
    return world.adopted(name, cpu);
  };
  const coresAfterRestore = async ({ id }: FakeContainer): Promise<number | null> => {
    await world.enforcer.close(0);
    await world.enforcer.restore();
    return world.engine.kernelCores(id);
  };

  it('get back what the one before had, and not our limit on it', async () => {
    for (const [original, cores] of [
      [{}, null],
      [{ quotaUs: 70_000, periodUs: 100_000 }, 0.7],
      [{ nanoCpus: 1_500_000_000 }, 1.5],
    ] as const) {
      world = await EnforceWorld.open();
      const old = await world.adopted('web', original);
      await limit(old, 0.3217);
      const next = await remade(old);
      assert.equal(world.engine.kernelCores(next.id), 0.3217);
      await limit(next, 0.25);
      assert.equal(world.engine.kernelCores(next.id), 0.25);
      assert.equal(await coresAfterRestore(next), cores);
    }
  });

  it('get it back at once where nothing is desired of them, and are limited again', async () => {
    const old = await world.adopted('web');
    await limit(old, 0.3217);
    const next = await remade(old);
    await look();
    await look();
    assert.equal(world.engine.kernelCores(next.id), null);
    assert.deepEqual(
      world.journal.ledger.entries.map(({ containerId }) => containerId),
      [old.id],
    );
    await limit(next, 0.5);
    assert.equal(world.engine.kernelCores(next.id), 0.5);
    assert.equal(await coresAfterRestore(next), null);
  });

  it('are known by settings of some time ago, and again and again', async () => {
    const old = await world.adopted('web');
    await limit(old, 0.3217);
    const copied = old.cpu;
    await limit(old, 0.4);
    await limit(old, 0.2);
    const second = await remade(old, copied);
    await limit(second, 0.6);
    const third = await remade(second);
    await limit(third, 0.1);
    assert.equal(await coresAfterRestore(third), null);
  });

  it('are known while the one before is still there under another name', async () => {
    const old = await world.adopted('web');
    await limit(old, 0.3217);
    Object.assign(old, { name: 'web-old' });
    const next = await world.adopted('web', old.cpu);
    await world.desire([world.want(old, 0.3217), world.want(next, 0.25)]);
    assert.equal(await coresAfterRestore(next), null);
    assert.equal(world.engine.kernelCores(old.id), null);
  });

  it('keep what a person asked for, and what one of another name has', async () => {
    for (const [name, cpu, cores] of [
      ['web', { quotaUs: 80_000, periodUs: 100_000 }, 0.8],
      // Whole hundredths of a core without shares: as --cpus 0.5 says it.
      ['web', { nanoCpus: 500_000_000 }, 0.5],
      ['other', { nanoCpus: 321_700_000 }, 0.3217],
    ] as const) {
      world = await EnforceWorld.open();
      const old = await world.adopted('web', { nanoCpus: 1_500_000_000 });
      await limit(old, 0.5);
      await limit(old, 0.3217);
      assert.equal(old.cpu.nanoCpus, 321_700_000);
      const next = await remade(old, { ...old.cpu, nanoCpus: 0, ...cpu }, name);
      await limit(next, 0.25);
      assert.equal(await coresAfterRestore(next), cores);
    }
  });

  it('are known by whole hundredths of a core, where that was our last limit', async () => {
    for (const [weightRule, original, cores] of [
      ['proportional', { nanoCpus: 1_500_000_000 }, 1.5],
      ['off', {}, null],
    ] as const) {
      world = await EnforceWorld.open({ weightRule });
      const old = await world.adopted('web', original);
      await limit(old, 0.5);
      const next = await remade(old);
      assert.equal(world.engine.kernelCores(next.id), 0.5);
      await limit(next, 0.25);
      assert.equal(await coresAfterRestore(next), cores);
    }
  });

  it('keep what a person tried on the one before, and it was undone', async () => {
    const old = await world.adopted('web', { nanoCpus: 1_500_000_000 });
    await limit(old, 0.3217);
    const tried = { nanoCpus: 500_000_000, quotaUs: 0, periodUs: 0, shares: 0 };
    await world.engine.updateCpu(old.id, tried);
    await look();
    assert.equal(world.engine.kernelCores(old.id), 0.3217);
    const next = await remade(old, { ...old.cpu, ...tried, shares: old.cpu.shares });
    await limit(next, 0.25);
    assert.equal(await coresAfterRestore(next), 0.5);
  });

  it('are forgotten an hour after the last of their name', async () => {
    const old = await world.adopted('web');
    await limit(old, 0.3217);
    world.engine.remove(old.id);
    await world.desire([]);
    await world.clock.advance(HOUR_MS + 1000);
    await look();
    const next = await world.adopted('web', old.cpu);
    await limit(next, 0.25);
    assert.equal(await coresAfterRestore(next), 0.3217);
  });
});
