import type { ContainerId } from '../../shared/ids.js';
import { holds, showCores } from './limits.js';
import type { Managed } from './types.js';

/**
 * Notices limits that were in force and are not any more: somebody ran `docker update`, or `systemctl daemon-reload` undid them
 * (moby#41233, moby#51446).
 */
export class Drift {
  readonly #confirmed = new Map<string, number | null>();
  #count = 0;

  get count(): number {
    return this.#count;
  }

  /** Remembers a limit that was read back from the kernel after a write, cores. */
  confirm(lifeId: string, cores: number | null): void {
    this.#confirmed.set(lifeId, cores);
  }

  forget(lifeId: string): void {
    this.#confirmed.delete(lifeId);
  }

  /** Compares with what the kernel says now; each loss is counted once. Returns warnings for people. */
  check(managed: readonly Managed[], observed: ReadonlyMap<ContainerId, number | null>): readonly string[] {
    const warnings: string[] = [];
    const lives = new Set(managed.map((one) => one.lifeId));
    for (const lifeId of [...this.#confirmed.keys()]) if (!lives.has(lifeId)) this.#confirmed.delete(lifeId);
    for (const { lifeId, containerId, allocation } of managed) {
      const expected = this.#confirmed.get(lifeId);
      const now = observed.get(containerId);
      if (expected === undefined || now === undefined || holds(expected, now)) continue;
      this.#count += 1;
      this.#confirmed.delete(lifeId);
      warnings.push(`limit of ${allocation} was changed by others from ${showCores(expected)} to ${showCores(now)}`);
    }
    return warnings;
  }
}
