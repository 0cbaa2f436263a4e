import type { Refusal } from '../types.js';
import type { PlacementRequest } from './node-budget.js';

/**
 * What every node refused in this plan, so that a thousand jobs of one kind are not tried a
 * thousand times. Nodes only get fuller, and a job of the same or less weight can preempt nothing
 * that the one before it could not. So the same request is refused again.
 */
export class RefusalCache {
  readonly #known = new Map<
    string,
    { readonly weight: number; readonly refusals: readonly Refusal[] }
  >();

  add(request: PlacementRequest, refusals: readonly Refusal[]): void {
    this.#known.set(keyOf(request), { weight: request.spec.weight, refusals });
  }

  /** Why it is refused; null = it has to be tried. */
  refusalsOf(request: PlacementRequest): readonly Refusal[] | null {
    if (this.#known.size === 0) return null;
    const known = this.#known.get(keyOf(request));
    return known !== undefined && request.spec.weight <= known.weight ? known.refusals : null;
  }
}

const keyOf = ({ spec, resources, refusedBy }: PlacementRequest): string =>
  JSON.stringify([
    resources.cpuCores,
    resources.memoryBytes,
    resources.commandBytes,
    resources.hostPorts,
    spec.resources.gpu,
    spec.constraints.labels,
    [...(refusedBy ?? [])],
  ]);
