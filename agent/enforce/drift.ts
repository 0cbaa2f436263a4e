import type { ContainerId } from '../../shared/ids.js';
import { type ExpectedCpu, type KernelCpu, showCores, showPeriod } from '../containers/limits.js';
import type { Managed } from '../containers/managed.js';
import { showWeight } from '../containers/weight.js';
import { type Confirmed, sameCores } from './in-force.js';

/**
 * Notices limits, periods and weights that were in force and no longer are: a person ran `docker
 * update`, or `systemctl daemon-reload` undid them (moby#41233, moby#51446).
 */
export class Drift {
  readonly #confirmed = new Map<string, Confirmed>();
  #count = 0;

  get count(): number {
    return this.#count;
  }

  /** What was read back from the kernel after the last write, by life. */
  get confirmed(): ReadonlyMap<string, Confirmed> {
    return this.#confirmed;
  }

  /** Remembers what was read back from the kernel after a write. */
  confirm(lifeId: string, expected: ExpectedCpu, seen: KernelCpu): void {
    this.#confirmed.set(lifeId, { expected, seen });
  }

  forget(lifeId: string): void {
    this.#confirmed.delete(lifeId);
  }

  /**
   * Compares with what the kernel says now; each loss is counted once. Returns warnings for people.
   */
  check(
    managed: readonly Managed[],
    observed: ReadonlyMap<ContainerId, KernelCpu>,
  ): readonly string[] {
    const warnings: string[] = [];
    const lives = new Set(managed.map((one) => one.lifeId));
    for (const lifeId of [...this.#confirmed.keys()])
      if (!lives.has(lifeId)) this.#confirmed.delete(lifeId);
    for (const { lifeId, containerId, allocation } of managed) {
      const confirmed = this.#confirmed.get(lifeId);
      const now = observed.get(containerId);
      const change = confirmed === undefined || now === undefined ? null : changeOf(confirmed, now);
      if (change === null) continue;
      this.#count += 1;
      this.#confirmed.delete(lifeId);
      warnings.push(
        `${change.what} of ${allocation} was changed by others from ${change.from} to ${change.to}`,
      );
    }
    return warnings;
  }
}

interface LostSetting {
  readonly what: string;
  readonly from: string;
  readonly to: string;
}

/**
 * The first difference; null = none. What is not known now, or was not ours to set, is no
 * difference.
 */
function changeOf({ expected, seen }: Confirmed, now: KernelCpu): LostSetting | null {
  if (!sameCores(seen.cores, now.cores))
    return { what: 'limit', from: showCores(seen.cores), to: showCores(now.cores) };
  const isOtherPeriod =
    now.periodUs !== null && seen.periodUs !== null && now.periodUs !== seen.periodUs;
  if (expected.expectedPeriodUs !== null && isOtherPeriod)
    return { what: 'period', from: showPeriod(seen.periodUs), to: showPeriod(now.periodUs) };
  const isOtherBurst =
    now.burstUs !== null && seen.burstUs !== null && now.burstUs !== seen.burstUs;
  if (expected.expectedBurstUs !== null && isOtherBurst)
    return { what: 'burst', from: `${seen.burstUs} µs`, to: `${now.burstUs} µs` };
  const { weight } = seen;
  if (expected.expectedShares === null || weight === null || now.weight === null) return null;
  if (weight.value === now.weight.value) return null;
  return { what: 'CPU weight', from: showWeight(weight), to: showWeight(now.weight) };
}
