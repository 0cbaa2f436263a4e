import { openDockerWorld } from '../lib/docker-world.js';
import { FakeEngine } from '../lib/fake-engine.js';
import { describeBurst } from './burst-contract.js';
import { describeEngine } from './docker-contract.js';
import { type EngineWorld, readKernelCpu } from './engine-world.js';

async function openMemoryWorld(): Promise<EngineWorld> {
  const engine = new FakeEngine({ hostCores: 2 });
  return {
    engine,
    cgroups: engine,
    hostCores: 2,
    prefix: 'fake',
    create: async ({ run = true, imageLabels = {}, ...rest }) => {
      const image = Object.keys(imageLabels).length === 0 ? 'dqoes/tiny:1' : `fake/${rest.name}`;
      engine.imageLabels.set(image, imageLabels);
      return engine.create({ ...rest, image, state: run ? 'running' : 'created' }).id;
    },
    remove: async (id) => engine.remove(id),
    restart: async (id) => {
      engine.end(id, 0);
      engine.start(id);
    },
    kernelCpu: async ({ pid }) => {
      const handle = await engine.open(pid);
      if (!handle.ok) throw new Error(handle.error);
      return readKernelCpu(handle.value);
    },
    write: async (id, line) => engine.write(id, line),
    close: async () => undefined,
  };
}

describeEngine('in memory', openMemoryWorld);
describeBurst('in memory', openMemoryWorld);

describeEngine('Docker', openDockerWorld);
describeBurst('Docker', openDockerWorld);
