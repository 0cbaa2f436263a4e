import { createCgroupReader } from '../../../agent/drivers/cgroup-reader.js';
import type { HostEngine } from '../../../cli/bench/hosts/engine.js';
import type { ContainerId } from '../../../shared/ids.js';

/** A running container as engine and kernel know it; nobody of the cluster is asked. */
export interface Seen {
  readonly name: string;
  readonly id: string;
  readonly startedAt: string;
  /** Its CPU limit as the kernel holds it, cores; null = none. */
  readonly limitCores: number | null;
}

const FORMAT = '{{.Name}} {{.Id}} {{.State.StartedAt}} {{.State.Pid}}';

/** All running containers of an engine, by name. */
export async function seenOn(engine: HostEngine): Promise<readonly Seen[]> {
  const names = engine.running;
  if (names.length === 0) return [];
  const lines = engine.docker('inspect', '--format', FORMAT, ...names).split('\n');
  return Promise.all(
    lines.map(async (line) => {
      const [name = '', id = '', startedAt = '', pid = ''] = line.split(' ');
      return { name: name.slice(1), id, startedAt, limitCores: await limitOf(Number(pid), id as ContainerId) };
    }),
  );
}

/** Who they are and since when they run: changes when one is restarted. */
export const livesOf = (seen: readonly Seen[]): readonly string[] =>
  seen.map(({ id, startedAt }) => `${id} ${startedAt}`);

/** Sum of their limits, cores; one without a limit counts as unbounded. */
export const totalCores = (seen: readonly Seen[]): number =>
  seen.reduce((total, { limitCores }) => total + (limitCores ?? Number.POSITIVE_INFINITY), 0);

async function limitOf(pid: number, id: ContainerId): Promise<number | null> {
  const handle = await createCgroupReader().open(pid, id);
  if (!handle.ok) throw new Error(handle.error);
  try {
    const limit = await handle.value.readLimit();
    if (!limit.ok) throw new Error(limit.error);
    return limit.value.cpuCores;
  } finally {
    await handle.value.close();
  }
}
