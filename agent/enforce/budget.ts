import type { AllocationId } from '../../shared/ids.js';

/**
 * Errors of fractions, cores. What is held beyond that has been promised to somebody, who waits
 * for it.
 */
export const EPSILON_CORES = 1e-6;

/**
 * The CPU limits in force on this node, cores. `reserve` admits a larger limit only while the sum
 * stays within what is allocatable. A container without a limit counts as nothing, because it holds
 * no limit of ours.
 */
export class Budget {
  readonly #limits = new Map<AllocationId, number>();
  /** Allocations whose limit is still the container's original one and is about to be replaced. */
  readonly #originals = new Set<AllocationId>();
  readonly #allocatableCores: number;

  constructor(allocatableCores: number) {
    this.#allocatableCores = allocatableCores;
  }

  /** Sum of the limits in force or reserved, cores. */
  get total(): number {
    let sum = 0;
    for (const cores of this.#limits.values()) sum += cores;
    return sum;
  }

  get(allocation: AllocationId): number | null {
    return this.#limits.get(allocation) ?? null;
  }

  /** Records what is known to be in force; null = no limit or no container. */
  set(allocation: AllocationId, cores: number | null): void {
    this.#originals.delete(allocation);
    if (cores === null) this.#limits.delete(allocation);
    else this.#limits.set(allocation, cores);
  }

  /** As `set`, for the limit that the container came with. */
  setOriginal(allocation: AllocationId, cores: number | null): void {
    this.set(allocation, cores);
    if (cores !== null) this.#originals.add(allocation);
  }

  /**
   * Takes room for a larger limit. False, and nothing changed, when the sum would exceed what is
   * allocatable.
   */
  reserve(allocation: AllocationId, cores: number): boolean {
    const grown = this.total - (this.#limits.get(allocation) ?? 0) + cores;
    if (grown > this.#allocatableCores + EPSILON_CORES) return false;
    this.set(allocation, cores);
    return true;
  }

  /**
   * Cores left for a limit of ours in place of a larger original one. Other original limits do not
   * count, or two such containers would wait for each other.
   */
  roomToReplace(allocation: AllocationId): number {
    let ours = 0;
    for (const [id, cores] of this.#limits)
      if (id !== allocation && !this.#originals.has(id)) ours += cores;
    return this.#allocatableCores - ours;
  }

  /** Cores left for this allocation, its own limit included. */
  roomFor(allocation: AllocationId): number {
    return this.#allocatableCores - this.total + (this.#limits.get(allocation) ?? 0);
  }
}
