import { randomBytes } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { createCgroupReader } from '../../agent/drivers/cgroup-reader.js';
import {
  connectDocker,
  DEFAULT_SOCKET,
  type DockerEngine,
} from '../../agent/drivers/docker-engine.js';
import type { EngineCpuSettings } from '../../agent/ports/engine.js';
import type { ContainerId } from '../../shared/ids.js';
import { type EngineWorld, readKernelCpu } from '../contract/engine-world.js';
import { docker } from './docker-command.js';
import { imageWith, TINY } from './docker-image.js';
import { systemClock } from './system-clock.js';

/** A driver of this machine's Docker Engine; throws where there is none. Close it. */
export async function connectDockerForTest(): Promise<DockerEngine> {
  const options = {
    labelPrefix: 'dqoes.',
    defaultMemoryBytes: 2 ** 28,
    pidsLimit: 64,
    weightRule: 'proportional' as const,
  };
  const connected = await connectDocker({
    socketPath: DEFAULT_SOCKET,
    clock: systemClock,
    ...options,
  });
  if (!connected.ok) throw new Error(connected.error.message);
  return connected.value;
}

/** Says what it finds in a file, and takes the file away. */
const TALKER =
  'trap "exit 0" TERM; while true; do if [ -s /line ]; then cat /line; rm /line; fi; sleep ' +
  '0.02; done';

function flagsOf(
  labels: Readonly<Record<string, string>>,
  cpu: Partial<EngineCpuSettings>,
): readonly string[] {
  const flags = Object.entries(labels).flatMap(([key, value]) => ['--label', `${key}=${value}`]);
  if (cpu.nanoCpus) flags.push('--cpus', String(cpu.nanoCpus / 1e9));
  if (cpu.quotaUs) flags.push('--cpu-quota', String(cpu.quotaUs));
  if (cpu.periodUs) flags.push('--cpu-period', String(cpu.periodUs));
  if (cpu.shares) flags.push('--cpu-shares', String(cpu.shares));
  return flags;
}

/**
 * A world on the real Docker Engine of this machine; `close` removes every container whose name
 * begins with the prefix.
 */
export async function openDockerWorld(): Promise<EngineWorld> {
  const prefix = `t${randomBytes(4).toString('hex')}`;
  const engine = await connectDockerForTest();
  const cgroups = createCgroupReader();
  const images: string[] = [];
  return {
    engine,
    cgroups,
    hostCores: availableParallelism(),
    prefix,
    create: async ({ name, labels, cpu = {}, run = true, imageLabels = {} }) => {
      const image = await imageWith(imageLabels, `${prefix}/${images.length}`);
      if (image !== TINY) images.push(image);
      const flags = flagsOf(labels, cpu);
      const verb = run ? ['run', '-d'] : ['create'];
      const id = await docker(
        ...verb,
        '--name',
        name,
        '--label',
        `test.world=${prefix}`,
        ...flags,
        image,
        'sh',
        '-c',
        TALKER,
      );
      return id as ContainerId;
    },
    remove: async (id) => void (await docker('rm', '-f', id)),
    restart: async (id) => void (await docker('restart', '-t', '1', id)),
    kernelCpu: async ({ pid }) => {
      const handle = await cgroups.open(pid);
      if (!handle.ok) throw new Error(handle.error);
      return readKernelCpu(handle.value);
    },
    write: async (id, line) => {
      await docker(
        'exec',
        id,
        'sh',
        '-c',
        `echo '${line}' > /next; cat /next > /line; while [ -f /line ]; do sleep 0.01; done`,
      );
    },
    close: async () => {
      engine.close();
      const ids = await Promise.all(
        [`label=test.world=${prefix}`, `label=dqoes.cluster=${prefix}`].map((filter) =>
          docker('ps', '-aq', '--filter', filter),
        ),
      );
      const found = [...new Set(ids.join('\n').split('\n'))].filter((id) => id !== '');
      if (found.length > 0) await docker('rm', '-f', ...found);
      if (images.length > 0) await docker('rmi', ...images);
    },
  };
}
