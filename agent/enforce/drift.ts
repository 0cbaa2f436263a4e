import { driftSettingText } from '../../shared/drift.js';
import type { AllocationId, ContainerId } from '../../shared/ids.js';
import type { ContainerDrift, DriftSetting } from '../../shared/report.js';
import { type ExpectedCpu, type KernelCpu, showCores, showPeriod } from '../containers/limits.js';
import type { Managed } from '../containers/managed.js';
import { showWeight } from '../containers/weight.js';
import { type Confirmed, sameCores } from './in-force.js';
import type { Verdict } from './plan-types.js';

/**
 * Notices limits, periods and weights that were in force and no longer are: a person ran `docker
 * update`, or `systemctl daemon-reload` undid them (moby#41233, moby#51446).
 */
export class Drift {
  readonly #confirmed = new Map<string, Confirmed>();
  readonly #drifts = new Map<AllocationId, ContainerDrift>();
  #count = 0;

  get count(): number {
    return this.#count;
  }

  /** What others changed of the containers that are there, by allocation. */
  get drifts(): ReadonlyMap<AllocationId, ContainerDrift> {
    return this.#drifts;
  }

  /** What the kernel held after the last write, or when it was found in force, by life. */
  get confirmed(): ReadonlyMap<string, Confirmed> {
    return this.#confirmed;
  }

  /** Remembers what was read back from the kernel after a write. */
  confirm(lifeId: string, expected: ExpectedCpu, seen: KernelCpu): void {
    this.#confirmed.set(lifeId, { expected, seen });
  }

  /** Remembers limits that were found in force, as of an agent before, or since a start. */
  found(verdicts: readonly Pick<Verdict, 'inForce'>[]): void {
    for (const { inForce } of verdicts)
      if (inForce !== undefined && !this.#confirmed.has(inForce.lifeId))
        this.#confirmed.set(inForce.lifeId, { expected: inForce.expected, seen: inForce.seen });
  }

  forget(lifeId: string): void {
    this.#confirmed.delete(lifeId);
  }

  /** What is desired of an allocation is in force now; `wallMs`: Unix time, ms. */
  isInForce(allocation: AllocationId, wallMs: number): void {
    const drift = this.#drifts.get(allocation);
    if (drift?.rewrittenAtMs === null)
      this.#drifts.set(allocation, { ...drift, rewrittenAtMs: wallMs });
  }

  /**
   * Compares with what the kernel says now; each loss is counted once. Returns warnings for people.
   * `wallMs`: Unix time, ms.
   */
  check(
    managed: readonly Managed[],
    observed: ReadonlyMap<ContainerId, KernelCpu>,
    wallMs: number,
  ): readonly string[] {
    const warnings: string[] = [];
    this.#retain(managed);
    for (const { lifeId, containerId, allocation } of managed) {
      const confirmed = this.#confirmed.get(lifeId);
      const now = observed.get(containerId);
      const change = confirmed === undefined || now === undefined ? null : changeOf(confirmed, now);
      if (change === null) continue;
      this.#count += 1;
      this.#confirmed.delete(lifeId);
      const count = (this.#drifts.get(allocation)?.count ?? 0) + 1;
      this.#drifts.set(allocation, { count, ...change, foundAtMs: wallMs, rewrittenAtMs: null });
      const { setting, from, to } = change;
      const what = driftSettingText(setting);
      warnings.push(`${what} of ${allocation} was changed by others from ${from} to ${to}`);
    }
    return warnings;
  }

  /** Containers that are gone, and lives that ended, are forgotten. */
  #retain(managed: readonly Managed[]): void {
    const lives = new Set(managed.map(({ lifeId }) => lifeId));
    const allocations = new Set(managed.map(({ allocation }) => allocation));
    for (const lifeId of [...this.#confirmed.keys()])
      if (!lives.has(lifeId)) this.#confirmed.delete(lifeId);
    for (const allocation of [...this.#drifts.keys()])
      if (!allocations.has(allocation)) this.#drifts.delete(allocation);
  }
}

interface LostSetting {
  readonly setting: DriftSetting;
  readonly from: string;
  readonly to: string;
}

/**
 * The first difference; null = none. What is not known now, or was not ours to set, is no
 * difference.
 */
function changeOf({ expected, seen }: Confirmed, now: KernelCpu): LostSetting | null {
  if (!sameCores(seen.cores, now.cores))
    return { setting: 'limit', from: showCores(seen.cores), to: showCores(now.cores) };
  const isOtherPeriod =
    now.periodUs !== null && seen.periodUs !== null && now.periodUs !== seen.periodUs;
  if (expected.expectedPeriodUs !== null && isOtherPeriod)
    return { setting: 'period', from: showPeriod(seen.periodUs), to: showPeriod(now.periodUs) };
  const isOtherBurst =
    now.burstUs !== null && seen.burstUs !== null && now.burstUs !== seen.burstUs;
  if (expected.expectedBurstUs !== null && isOtherBurst)
    return { setting: 'burst', from: `${seen.burstUs} µs`, to: `${now.burstUs} µs` };
  const { weight } = seen;
  if (expected.expectedShares === null || weight === null || now.weight === null) return null;
  if (weight.value === now.weight.value) return null;
  return { setting: 'weight', from: showWeight(weight), to: showWeight(now.weight) };
}
