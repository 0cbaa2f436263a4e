import type { Clock } from '../../../shared/clock.js';
import { messageOf } from '../../../shared/errors.js';
import type { AllocationId, ContainerId } from '../../../shared/ids.js';
import type { Log } from '../../../shared/log.js';
import type { ContainerEngine } from '../../ports/engine.js';

/** What the guard probes with, and where it warns. */
export interface GpuGuardOptions {
  readonly engine: Pick<ContainerEngine, 'probeGpu' | 'stop'>;
  readonly clock: Clock;
  readonly log: Log;
  readonly onWarning: (message: string) => void;
  readonly stopGraceMs: number;
}

/** A running container with a GPU. */
export interface GuardedContainer {
  readonly allocation: AllocationId;
  readonly containerId: ContainerId;
  /** Container id + StartedAt. */
  readonly lifeId: string;
  /** Its job asks for a restart when it has lost its GPU. */
  readonly isHealed: boolean;
}

/** Shortest time between two probes of one container, ms. */
const MIN_PROBE_INTERVAL_MS = 60_000;

/** Of no change: it is looked at again. */
const AGAIN = Number.NEGATIVE_INFINITY;

interface LastProbe {
  readonly lifeId: string;
  readonly forChangeMs: number;
  readonly atMs: number;
  readonly isLost: boolean | null;
}

/**
 * Checks that containers still reach their GPU after their CPU limit was written, because an update
 * of a container can cut it off (nvidia-container-toolkit#48). A container that lost its GPU is
 * reported, and stopped for a new start only where its job says so.
 */
export class GpuGuard {
  readonly #options: GpuGuardOptions;
  readonly #probes = new Map<ContainerId, LastProbe>();
  readonly #probing = new Set<ContainerId>();

  constructor(options: GpuGuardOptions) {
    this.#options = options;
  }

  /** null = never probed, or nothing in the container can tell. */
  isLost(container: ContainerId): boolean | null {
    return this.#probes.get(container)?.isLost ?? null;
  }

  /** Probes containers whose limit was written since their last probe, in the background. */
  tick(
    containers: readonly GuardedContainer[],
    changedAtMs: ReadonlyMap<AllocationId, number>,
  ): void {
    // A container that was started again has another chance to reach its GPU.
    const there = new Set(containers.map(({ lifeId }) => lifeId));
    for (const [id, { lifeId }] of [...this.#probes])
      if (!there.has(lifeId)) this.#probes.delete(id);
    const nowMs = this.#options.clock.now();
    for (const guarded of containers) {
      const { containerId: id, allocation } = guarded;
      const changed = changedAtMs.get(allocation);
      const before = this.#probes.get(id);
      if (changed === undefined || this.#probing.has(id)) continue;
      if (
        before !== undefined &&
        (before.forChangeMs === changed || nowMs - before.atMs < MIN_PROBE_INTERVAL_MS)
      )
        continue;
      this.#probing.add(id);
      void this.#probe(guarded, changed).finally(() => this.#probing.delete(id));
    }
  }

  async #probe(
    { containerId, allocation, lifeId, isHealed }: GuardedContainer,
    forChangeMs: number,
  ): Promise<void> {
    const { engine, clock, log, onWarning, stopGraceMs } = this.#options;
    try {
      const found = await engine.probeGpu(containerId);
      const isLost = found === 'unknown' ? null : found === 'lost';
      this.#probes.set(containerId, { lifeId, forChangeMs, atMs: clock.now(), isLost });
      if (isLost !== true) return;
      const cure = isHealed
        ? 'it is stopped and started again'
        : 'restart it, and give GPUs by CDI (docs/gpu.md)';
      onWarning(`${allocation} lost its GPU when its CPU limit was written: ${cure}`);
      const stopped = isHealed ? await engine.stop(containerId, stopGraceMs) : undefined;
      if (stopped?.ok !== false || stopped.error.kind === 'gone') return;
      onWarning(`${allocation} could not be stopped, and is tried again: ${stopped.error.message}`);
      this.#probes.set(containerId, { lifeId, forChangeMs: AGAIN, atMs: clock.now(), isLost });
    } catch (cause) {
      log.error('checking whether a container reaches its GPU failed', { cause: messageOf(cause) });
    }
  }
}
