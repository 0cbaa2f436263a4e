import type { DesiredState } from '../../shared/command.js';
import type { ContainerId } from '../../shared/ids.js';
import { err, ok, type Result } from '../../shared/result.js';
import type { KernelCpu } from '../containers/limits.js';
import type { Managed } from '../containers/managed.js';
import type { ContainerEngine, EngineCpuSettings, EngineFailure } from '../ports/engine.js';
import type { KernelLimits, Life } from './kernel-limits.js';
import type { LimitStep } from './types.js';

/**
 * Lowers a burst before the quota is written, because the kernel refuses a quota below the burst in
 * force.
 */
export async function lowerBurst(
  kernel: KernelLimits,
  life: Life,
  burstUs: number | null,
): Promise<void> {
  const seen = burstUs === null ? undefined : await kernel.read(life);
  if (burstUs === null || seen?.ok !== true) return;
  // When this fails, the engine's own write fails next and says why.
  if ((seen.value.burstUs ?? 0) > burstUs) await kernel.writeBurst(life, burstUs);
}

/** What is in force after a write. */
export interface SeenWithBurst {
  readonly seen: KernelCpu;
  /** Why the burst could not be written; '' = it was, or needed not be. */
  readonly burstFault: string;
}

/**
 * Writes the burst where the quota now allows it and the kernel knows bursts, and returns what is
 * in force.
 */
export async function readWithBurst(
  kernel: KernelLimits,
  step: LimitStep,
): Promise<Result<SeenWithBurst, string>> {
  const { expectedBurstUs } = step;
  const read = await kernel.read(step);
  if (!read.ok) return read;
  const { burstUs } = read.value;
  const isThere = expectedBurstUs === null || burstUs === null || burstUs === expectedBurstUs;
  if (isThere) return ok({ seen: read.value, burstFault: '' });
  const written = await kernel.writeBurst(step, expectedBurstUs);
  if (!written.ok) return ok({ seen: read.value, burstFault: written.error });
  const again = await kernel.read(step);
  return again.ok ? ok({ seen: again.value, burstFault: '' }) : again;
}

/** What to put back on one container. */
export interface PutBack {
  readonly life: Life;
  readonly settings: EngineCpuSettings;
  /** null = it was never touched. */
  readonly burstUs: number | null;
}

/**
 * Writes the engine's settings, and the burst that the engine does not know. A burst that cannot be
 * written is a warning, like what the engine did not enforce.
 */
export async function updateWithBurst(
  { engine, kernel }: { readonly engine: ContainerEngine; readonly kernel: KernelLimits },
  { life, settings, burstUs }: PutBack,
): Promise<Result<readonly string[], EngineFailure>> {
  await lowerBurst(kernel, life, burstUs);
  const updated = await engine.updateCpu(life.containerId, settings);
  if (!updated.ok || burstUs === null || life.pid <= 0) return updated;
  const seen = await kernel.read(life);
  const isThere = seen.ok && (seen.value.burstUs === null || seen.value.burstUs === burstUs);
  const written = isThere
    ? undefined
    : seen.ok
      ? await kernel.writeBurst(life, burstUs)
      : err(seen.error);
  if (written === undefined || written.ok) return updated;
  return {
    ok: true,
    value: [...updated.value, `the burst of ${burstUs} µs could not be written: ${written.error}`],
  };
}

/** Faults of an agent that may write no cgroup file at all, and what helps. */
const CURES: Readonly<Record<string, string>> = {
  EACCES: 'run the agent as root',
  EPERM: 'run the agent as root',
  EROFS: 'mount /sys/fs/cgroup for writing',
};

/**
 * Warns once per life of a container when a burst is asked for and the kernel has none, and once
 * where this agent may write none. The limit is in force without it.
 */
export class BurstWarnings {
  readonly #said = new Set<string>();
  readonly #unwritten = new Set<string>();

  /** That no burst can be written, by the fault of one; '' = one can, or that was said. */
  unwritten(fault = ''): string {
    const [kind = ''] = fault.split(':');
    const cure = CURES[kind];
    if (cure === undefined || this.#unwritten.has(kind)) return '';
    this.#unwritten.add(kind);
    return `bursts are left out, since this agent cannot write cgroup files (${fault}): ${cure}`;
  }

  check(
    { allocations }: DesiredState,
    managed: readonly Managed[],
    observed: ReadonlyMap<ContainerId, KernelCpu>,
  ): readonly string[] {
    const lives = new Set(managed.map(({ lifeId }) => lifeId));
    for (const lifeId of [...this.#said]) if (!lives.has(lifeId)) this.#said.delete(lifeId);
    const asking = new Set(
      allocations.filter(({ limit }) => (limit.burstUs ?? 0) > 0).map(({ id }) => id),
    );
    const without = managed.filter(
      ({ allocation, containerId, lifeId }) =>
        asking.has(allocation) &&
        observed.get(containerId)?.burstUs === null &&
        !this.#said.has(lifeId),
    );
    for (const { lifeId } of without) this.#said.add(lifeId);
    return without.map(
      ({ allocation }) =>
        `the burst of ${allocation} is left out: this kernel has none (Linux 5.14 or later has)`,
    );
  }
}
