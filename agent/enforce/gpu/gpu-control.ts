import type { DesiredState } from '../../../shared/command.js';
import type { AllocationId } from '../../../shared/ids.js';
import type { Workload } from '../../discover/workloads.js';
import { withGpu } from './gpu-view.js';
import type { GpuGuard, GuardedContainer } from './guard.js';
import type { NodeGpus } from './node-gpus.js';

/** What the GPUs of a node should be like now. */
export interface GpuControlInput {
  readonly workloads: readonly Workload[];
  /** In force now; null = not known yet. */
  readonly desired: DesiredState | null;
  /** When limits were last written, monotonic ms. */
  readonly changedAtMs: ReadonlyMap<AllocationId, number>;
}

/**
 * Acts on GPUs: sets clocks and power limits as desired, and checks that containers whose CPU limit
 * was written still reach their GPU. All of it runs in the background.
 */
export class GpuControl {
  readonly #gpus: Pick<NodeGpus, 'tick'> | undefined;
  readonly #guard: GpuGuard;

  /** `gpus` undefined = this host has no tool for GPUs. */
  constructor(gpus: Pick<NodeGpus, 'tick'> | undefined, guard: GpuGuard) {
    this.#gpus = gpus;
    this.#guard = guard;
  }

  tick({ workloads, desired, changedAtMs }: GpuControlInput): void {
    const restarts = new Set(
      (desired?.allocations ?? [])
        .filter(({ spec }) => spec?.resources.gpu?.onLost === 'restart')
        .map(({ id }) => id),
    );
    const guarded = withGpu(workloads).map(
      ({ id: allocation, container: { id: containerId, startedAt } }): GuardedContainer => ({
        allocation,
        containerId,
        lifeId: `${containerId}@${startedAt}`,
        isHealed: restarts.has(allocation),
      }),
    );
    this.#guard.tick(guarded, changedAtMs);
    this.#gpus?.tick(desired === null ? null : (desired.gpus ?? []));
  }
}
