import { isNoWeight, SHARES_PER_CORE } from '../../../agent/containers/weight.js';
import { createCgroupReader } from '../../../agent/drivers/cgroup-reader.js';
import type { KernelWeight } from '../../../agent/ports/cgroup.js';
import type { HostEngine } from '../../../cli/bench/hosts/engine.js';
import type { ContainerId } from '../../../shared/ids.js';

/** A running container as engine and kernel know it; dqoes is not asked. */
export interface RunningContainer {
  readonly name: string;
  readonly id: string;
  readonly startedAt: string;
  /** Its CPU limit as the kernel holds it, cores; null = none. */
  readonly limitCores: number | null;
  /**
   * What its weight stands for, cores; null = the default, or a version of cgroups that rounds it.
   */
  readonly weightCores: number | null;
}

const FORMAT = '{{.Name}} {{.Id}} {{.State.StartedAt}} {{.State.Pid}}';

/** All running containers of an engine, by name. */
export async function seenOn(engine: HostEngine): Promise<readonly RunningContainer[]> {
  const names = engine.running;
  if (names.length === 0) return [];
  const lines = engine.docker('inspect', '--format', FORMAT, ...names).split('\n');
  return Promise.all(
    lines.map(async (line) => {
      const [name = '', id = '', startedAt = '', pid = ''] = line.split(' ');
      return {
        name: name.slice(1),
        id,
        startedAt,
        ...(await cpuOf(Number(pid), id as ContainerId)),
      };
    }),
  );
}

/** Who they are and since when they run: changes when one is restarted. */
export const livesOf = (seen: readonly RunningContainer[]): readonly string[] =>
  seen.map(({ id, startedAt }) => `${id} ${startedAt}`);

/**
 * Sum of what they are promised by quota or, without one, by weight, cores; one that has neither
 * counts as unbounded.
 */
export const totalCores = (seen: readonly RunningContainer[]): number =>
  seen.reduce(
    (total, { limitCores, weightCores }) =>
      total + (limitCores ?? weightCores ?? Number.POSITIVE_INFINITY),
    0,
  );

/** What the kernel holds of a container; rejects when it does not run. */
export async function cpuOf(
  pid: number,
  id: ContainerId,
): Promise<Pick<RunningContainer, 'limitCores' | 'weightCores'>> {
  const handle = await createCgroupReader().open(pid, id);
  if (!handle.ok) throw new Error(handle.error);
  try {
    const [limit, weight] = [await handle.value.readLimit(), await handle.value.readWeight()];
    if (!limit.ok) throw new Error(limit.error);
    if (!weight.ok) throw new Error(weight.error);
    return { limitCores: limit.value.cpuCores, weightCores: coresOf(weight.value) };
  } finally {
    await handle.value.close();
  }
}

const coresOf = (weight: KernelWeight | null): number | null =>
  weight?.version !== 1 || isNoWeight(weight.value) ? null : weight.value / SHARES_PER_CORE;
