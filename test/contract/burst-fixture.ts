import assert from 'node:assert/strict';
import { afterEach, beforeEach } from 'mocha';
import type { CgroupHandle, KernelWeight } from '../../agent/ports/cgroup.js';
import type { EngineContainer, EngineCpuSettings } from '../../agent/ports/engine.js';
import type { CpuLimit } from '../../shared/command.js';
import type { ContainerId } from '../../shared/ids.js';
import type { Result } from '../../shared/result.js';
import { Enforcing, memoryFiles } from './enforcing.js';
import type { EngineWorld } from './engine-world.js';

/** What a cgroup holds: cores (null = no limit), burst in µs and weight (null = not there). */
interface InForce {
  readonly cores: number | null;
  readonly burstUs: number | null;
  readonly weight: KernelWeight | null;
}

/** The engine and the enforcement of the running test; read `world` and `files` inside the test. */
export interface BurstFixture {
  readonly world: EngineWorld;
  /** The journal of `agent`, for the next agent. */
  readonly files: ReturnType<typeof memoryFiles>;
  /** A test that ends it puts the next one here. */
  agent: Enforcing;
  find(id: ContainerId): Promise<EngineContainer>;
  /** A running container that asks for control with a target of 1 s. */
  adopt(name: string, cpu?: Partial<EngineCpuSettings>): Promise<ContainerId>;
  inForce(id: ContainerId): Promise<InForce>;
  /** Writes to the cgroup, past agent and engine. */
  writeBurst(id: ContainerId, burstUs: number): Promise<Result<void, string>>;
  /** Has the agent apply a limit; the test fails where it does not. */
  desire(id: ContainerId, limit: CpuLimit): Promise<void>;
}

/** Opens a world and an agent before each test of the running `describe`, and closes both. */
export function burstFixture(open: () => Promise<EngineWorld>): BurstFixture {
  let world: EngineWorld;
  let agent: Enforcing;
  let files: ReturnType<typeof memoryFiles>;
  beforeEach(async () => {
    world = await open();
    files = memoryFiles();
    agent = await Enforcing.open(world, files);
  });
  afterEach(async () => {
    await agent.close();
    await world.close();
  });
  const find = async (id: ContainerId): Promise<EngineContainer> => {
    const listed = await world.engine.list();
    const found = listed.ok ? listed.value.find((container) => container.id === id) : undefined;
    assert.ok(found, 'the container is listed');
    return found;
  };
  const handleOf = async (id: ContainerId) => {
    const opened = await world.cgroups.open((await find(id)).pid, id);
    assert.ok(opened.ok, opened.ok ? '' : opened.error);
    return opened.value;
  };
  return {
    get world() {
      return world;
    },
    get files() {
      return files;
    },
    get agent() {
      return agent;
    },
    set agent(next: Enforcing) {
      agent = next;
    },
    find,
    adopt: (name, cpu = {}) =>
      world.create({
        name: `${world.prefix}-${name}`,
        labels: { 'dqoes.enable': 'true', 'dqoes.target': '1s' },
        cpu,
      }),
    inForce: async (id) => readInForce(await handleOf(id)),
    writeBurst: async (id, burstUs) => {
      const handle = await handleOf(id);
      const written = await handle.writeBurst(burstUs);
      await handle.close();
      return written;
    },
    desire: async (id, limit) => {
      const ack = await agent.desire(new Map([[id, limit]]));
      assert.equal(ack.outcome, 'applied', JSON.stringify(ack));
    },
  };
}

/** Reads all three and closes the handle; the test fails where one cannot be read. */
async function readInForce(handle: CgroupHandle): Promise<InForce> {
  const [limit, weight] = [await handle.readLimit(), await handle.readWeight()];
  const burst = await handle.readBurst();
  await handle.close();
  assert.ok(limit.ok && weight.ok && burst.ok);
  return { cores: limit.value.cpuCores, burstUs: burst.value, weight: weight.value };
}
