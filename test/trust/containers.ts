import { readFile } from 'node:fs/promises';
import { docker } from '../lib/docker-command.js';
import { type Inspected, inspect } from '../lib/engine-api.js';

/** What a container was started with, as flags of `docker run`, by the end of its name. */
const STYLES: Readonly<Record<string, readonly string[]>> = {
  free: [],
  cpus: ['--cpus', '1.5'],
  shares: ['--cpu-shares', '512'],
};

/**
 * Starts three containers that opted in by labels of `prefix`, each with CPU settings of another
 * style. `more`: further flags of `docker run`.
 */
export async function startContainers(
  name: string,
  prefix: string,
  more: readonly string[] = [],
): Promise<readonly NamedContainer[]> {
  const started = Object.entries(STYLES).map(async ([style, flags]) => {
    const labels = ['enable=true', 'target=100ms'].flatMap((label) => ['--label', prefix + label]);
    const own = `${name}-${style}`;
    const id = await docker(
      'run',
      '-d',
      '--name',
      own,
      ...labels,
      ...flags,
      ...more,
      'dqoes/tiny:1',
    );
    return { id, name: own };
  });
  return Promise.all(started);
}

/** A container that this run started. */
export interface NamedContainer {
  readonly id: string;
  readonly name: string;
}

/** Removes them by force. */
export const removeAll = async (containers: readonly NamedContainer[]): Promise<void> => {
  if (containers.length > 0) await docker('rm', '-f', ...containers.map(({ id }) => id));
};

/** What Docker and the kernel say of each container's CPU; asks nothing of dqoes. */
export async function look(containers: readonly NamedContainer[]): Promise<readonly string[]> {
  return Promise.all(containers.map(({ id, name }) => lookAt(id, name)));
}

async function lookAt(id: string, name: string): Promise<string> {
  const found = await inspect(id);
  if (found === null) throw new Error(`${name} is gone`);
  return lookOf(found, name);
}

/** What the Engine and the kernel say of the CPU of a container that was inspected. */
export async function lookOf(found: Inspected, name: string): Promise<string> {
  const { NanoCpus: nano, CpuQuota, CpuPeriod, CpuShares } = found.HostConfig;
  const kernel = await kernelOf(found.State.Pid);
  // Docker cannot forget a quota, a period or shares: -1, the default and none are one.
  const stored = [nano, CpuQuota > 0 ? CpuQuota : 'none', CpuPeriod || 100_000, CpuShares || 1024];
  return `${name}: engine ${stored.join(' ')}; kernel ${kernel}`;
}

const V1 = ['cpu.cfs_quota_us', 'cpu.cfs_period_us', 'cpu.shares', 'cpu.cfs_burst_us'];
const V2 = ['cpu.max', 'cpu.weight', 'cpu.max.burst'];

async function kernelOf(pid: number): Promise<string> {
  const lines = (await readFile(`/proc/${pid}/cgroup`, 'utf8')).trim().split('\n');
  const v1 = lines.find((line) => line.split(':')[1]?.split(',').includes('cpu') === true);
  const path = (v1 ?? lines.find((line) => line.startsWith('0::')) ?? '')
    .split(':')
    .slice(2)
    .join(':');
  const folder = v1 === undefined ? '/sys/fs/cgroup' : '/sys/fs/cgroup/cpu';
  const files = v1 === undefined ? V2 : V1;
  const values = await Promise.all(
    files.map((file) => readFile(`${folder}${path}/${file}`, 'utf8').catch(() => 'absent')),
  );
  return values.map((value) => value.trim()).join(' ');
}
