import { adaptivePolicy } from '../../../../../../coordinator/schedule/policies/adaptive/adaptive.js';
import type { Memory } from '../../../../../../coordinator/schedule/policies/adaptive/memory.js';
import { allocationId, node, PARAMS, target } from '../../../build.js';
import { Plant } from './build.js';

/**
 * Closed loops of one thread on two cores, each of which takes 0.4 for its target of 100 ms. The
 * host does not say what is idle.
 */
export class Bands {
  memory: Memory = adaptivePolicy.start;
  readonly #plants: readonly Plant[];
  readonly #isCeiling: (i: number) => boolean;

  constructor(count: number, isCeiling: (i: number) => boolean = () => false) {
    const options = { workSeconds: 0.04, parallelism: 1 };
    this.#plants = Array.from({ length: count }, () => new Plant(0.4, options));
    this.#isCeiling = isCeiling;
  }

  /** One report of those that are there, and what is decided about them. */
  step(isThere: (i: number) => boolean = () => true): void {
    const allocations = this.#plants.flatMap((plant, i) => {
      const mode = this.#isCeiling(i) ? 'ceiling' : 'band';
      const its = { id: allocationId(`j${i}-1`), target: target(100, { mode }) };
      const seen = { ...plant.run(), ...its };
      return isThere(i) ? [seen] : [];
    });
    const nowMs = this.#plants[0]?.nowMs ?? 0;
    const input = { node: node('h1', { allocations }), nowMs, params: PARAMS };
    const { memory, limits } = adaptivePolicy.decide(input, this.memory);
    this.memory = memory;
    for (const { allocation: id, limit } of limits) {
      const plant = this.#plants[Number(id.slice(1, 2))];
      if (plant === undefined) continue;
      plant.hold(limit.cpuCores ?? Number.POSITIVE_INFINITY);
      plant.limit = limit;
    }
  }

  settle(): this {
    for (let i = 0; i < 60; i += 1) this.step();
    return this;
  }
}
