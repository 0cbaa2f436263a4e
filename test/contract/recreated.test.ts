import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import type { EngineContainer, EngineCpuSettings } from '../../agent/ports/engine.js';
import type { ContainerId } from '../../shared/ids.js';
import { openDockerWorld } from '../lib/docker-world.js';
import { Enforcing } from './enforcing.js';
import type { EngineWorld } from './engine-world.js';

describe('a container that is made again from its settings: Docker', function () {
  this.timeout(60_000);
  let world: EngineWorld;
  let agent: Enforcing;
  beforeEach(async () => {
    world = await openDockerWorld();
    agent = await Enforcing.open(world);
  });
  afterEach(async () => {
    await agent.close();
    await world.close();
  });

  const make = (cpu: Partial<EngineCpuSettings>): Promise<ContainerId> => {
    const labels = { 'dqoes.enable': 'true', 'dqoes.target': '100ms' };
    return world.create({ name: `${world.prefix}-web`, labels, cpu });
  };
  const found = async (id: ContainerId): Promise<EngineContainer> => {
    const container = await world.engine.find(id);
    assert.ok(container.ok);
    return container.value;
  };
  const coresOf = async (id: ContainerId): Promise<number | null> =>
    (await world.kernelCpu(await found(id))).limit.cpuCores;
  const limit = async (id: ContainerId, cpuCores: number): Promise<void> => {
    await agent.desire(new Map([[id, { cpuCores, periodUs: 100_000 }]]));
    await agent.relist();
    agent.enforcer.tick(new Map());
    await agent.enforcer.settled();
    assert.equal(await coresOf(id), cpuCores);
  };

  it('gets back what the one before had', async () => {
    for (const [cpu, cores] of [
      [{}, null],
      [{ nanoCpus: 1_500_000_000 }, 1.5],
    ] as const) {
      const old = await make(cpu);
      await limit(old, 0.3217);
      const copied = (await found(old)).cpu;
      await world.remove(old);
      const next = await make(copied);
      assert.equal(await coresOf(next), 0.3217);
      await limit(next, 0.25);
      await agent.close();
      const { restored } = await agent.enforcer.restore();
      assert.equal(restored.length, 1);
      assert.equal(await coresOf(next), cores);
      await world.remove(next);
      agent = await Enforcing.open(world);
    }
  });
});
