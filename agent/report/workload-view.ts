import type { DesiredState } from '../../shared/command.js';
import type { AllocationId } from '../../shared/ids.js';
import { type Workload, workloadsOf } from '../discover/workloads.js';
import type { EngineContainer } from '../ports/engine.js';

export interface WorkloadSources {
  readonly containers: readonly EngineContainer[] | null;
  readonly desired: DesiredState | null;
  readonly failures: ReadonlyMap<AllocationId, string>;
}
export interface NodeWorkloads {
  readonly workloads: readonly Workload[];
  readonly warnings: readonly string[];
}

/** Joins containers and desired state, anew only when one of them changed. */
export class WorkloadView {
  readonly #labelPrefix: string;
  #sources: WorkloadSources | null = null;
  #view: NodeWorkloads = { workloads: [], warnings: [] };

  constructor(labelPrefix: string) {
    this.#labelPrefix = labelPrefix;
  }

  /** `isNew`: another view than the last time. */
  of(sources: WorkloadSources): NodeWorkloads & { readonly isNew: boolean } {
    const last = this.#sources;
    const isSame =
      last !== null &&
      last.containers === sources.containers &&
      last.desired === sources.desired &&
      sameTexts(last.failures, sources.failures);
    if (isSame) return { ...this.#view, isNew: false };
    const { containers, failures } = sources;
    this.#view = workloadsOf({
      containers,
      desired: sources.desired?.allocations ?? [],
      failures,
      labelPrefix: this.#labelPrefix,
    });
    this.#sources = sources;
    return { ...this.#view, isNew: true };
  }
}

const sameTexts = (a: ReadonlyMap<string, string>, b: ReadonlyMap<string, string>): boolean =>
  a.size === b.size && [...a].every(([key, value]) => b.get(key) === value);
