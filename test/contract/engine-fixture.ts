import assert from 'node:assert/strict';
import { after, afterEach, beforeEach } from 'mocha';
import { weightHolds } from '../../agent/containers/weight.js';
import type { EngineContainer, EngineCpuSettings } from '../../agent/ports/engine.js';
import type { ContainerId } from '../../shared/ids.js';
import type { EngineWorld } from './engine-world.js';

/** Settings that change nothing: 0 leaves a value as it is. */
export const NO_SETTINGS: EngineCpuSettings = { nanoCpus: 0, quotaUs: 0, periodUs: 0, shares: 0 };
/** The labels of a container that asks for control. */
export const OPT_IN = { 'dqoes.enable': 'true' };

/** The engine of the running test, and the steps that most tests take with it. */
export interface EngineFixture {
  /** Another one in each test: read it inside the test. */
  readonly world: EngineWorld;
  /** The container as the engine lists it; the test fails where it is not listed. */
  find(id: ContainerId): Promise<EngineContainer>;
  /** A running container with the label that asks for control. */
  optedIn(name: string, cpu?: Partial<EngineCpuSettings>): Promise<ContainerId>;
  /** Cores that the cgroup allows; null = no limit. */
  kernelCores(container: EngineContainer): Promise<number | null>;
  /** Whether the cgroup holds the weight that these shares give. */
  hasShares(id: ContainerId, shares: number): Promise<boolean>;
  /** `updateCpu` with 0 for what is not given. */
  update(
    id: ContainerId,
    settings: Partial<EngineCpuSettings>,
  ): ReturnType<EngineWorld['engine']['updateCpu']>;
}

/**
 * Opens a world before each test of the running `describe`, and closes it afterwards, while the
 * next test runs: Docker takes its time to remove containers.
 */
export function engineFixture(open: () => Promise<EngineWorld>): EngineFixture {
  let world: EngineWorld;
  const closings: Promise<unknown>[] = [];
  beforeEach(async () => {
    world = await open();
  });
  afterEach(() => {
    closings.push(world.close().catch((cause: unknown) => cause));
  });
  after(async () => {
    for (const outcome of await Promise.all(closings)) assert.ifError(outcome);
  });
  const find = async (id: ContainerId): Promise<EngineContainer> => {
    const listed = await world.engine.list();
    assert.ok(listed.ok);
    const found = listed.value.find((container) => container.id === id);
    assert.ok(found, 'the container is listed');
    return found;
  };
  return {
    get world() {
      return world;
    },
    find,
    optedIn: (name, cpu = {}) =>
      world.create({ name: `${world.prefix}-${name}`, labels: OPT_IN, cpu }),
    kernelCores: async (container) => (await world.kernelCpu(container)).limit.cpuCores,
    hasShares: async (id, shares) => {
      const { weight } = await world.kernelCpu(await find(id));
      return weight !== null && weightHolds(shares, weight);
    },
    update: (id, settings) => world.engine.updateCpu(id, { ...NO_SETTINGS, ...settings }),
  };
}
