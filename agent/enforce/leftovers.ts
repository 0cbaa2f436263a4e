import type { CpuLimit } from '../../shared/command.js';
import type { AllocationId } from '../../shared/ids.js';
import { hasAllCpus } from '../containers/fewer-cpus.js';
import { restoreOf } from '../containers/limits.js';
import { sharesAreBack, weightHolds } from '../containers/weight.js';
import type { KernelWeight } from '../ports/cgroup.js';
import type { EngineCpuSettings } from '../ports/engine.js';
import type { LedgerEntry } from './ledger-entry.js';
import { originalBurstOf, unknownSettings } from './originals.js';
import type { Planning } from './plan-types.js';
import type { Step } from './types.js';

/**
 * Steps for what is no longer desired: containers of our own are stopped, adopted ones that we
 * touched get their original settings back.
 */
export function planLeftovers(input: Planning): Step[] {
  const wanted = new Set<AllocationId>(
    input.desired.allocations.map((allocation) => allocation.id),
  );
  const stops = input.managed
    .filter((managed) => managed.origin === 'dqoes' && !wanted.has(managed.allocation))
    .map(
      ({ allocation, containerId }): Step => ({
        kind: 'stop',
        allocation,
        containerId,
        reason: 'no longer desired',
      }),
    );
  const restores = input.ledger.entries
    .filter((entry) => isLeftover(entry, wanted, input) && !isBackAsFarAsCan(entry, input))
    .map((entry): Step => {
      const { allocation, containerId } = entry;
      const listed = input.managed.find((managed) => managed.containerId === containerId);
      const weight = input.observed.get(containerId)?.weight ?? null;
      const settings = restoreOf(
        entry.original,
        settingsInForce(listed?.cpu, entry.applied, weight),
        { weight, hostCpus: input.hostCpus },
      );
      const { lifeId, pid } = listed ?? { lifeId: '', pid: 0 };
      const life = { containerId, lifeId, pid };
      const burstUs = originalBurstOf(entry, entry);
      return {
        kind: 'restore',
        allocation,
        ...life,
        settings,
        burstUs,
        reason: 'no longer controlled',
      };
    });
  return [...stops, ...restores];
}

function isLeftover(
  entry: LedgerEntry,
  wanted: ReadonlySet<AllocationId>,
  input: Planning,
): boolean {
  const managed = input.byAllocation.get(entry.allocation);
  if (managed === undefined) return !wanted.has(entry.allocation);
  if (managed.containerId !== entry.containerId) return true;
  return (
    managed.origin === 'label' && (managed.control !== 'enforce' || !wanted.has(entry.allocation))
  );
}

/** It came with more CPUs than there are now, has them all, and waits for the others. */
function isBackAsFarAsCan(
  { containerId, original, applied }: LedgerEntry,
  input: Planning,
): boolean {
  const listed = input.managed.find((managed) => managed.containerId === containerId);
  if (applied !== null || listed === undefined) return false;
  const weight = input.observed.get(containerId)?.weight ?? null;
  return (
    hasAllCpus(original, listed.cpu, input.hostCpus) && sharesAreBack(original, listed.cpu, weight)
  );
}

/** The list may be older than our last write: then the kernel shows the weight of that write. */
function settingsInForce(
  listed: EngineCpuSettings | undefined,
  applied: CpuLimit | null,
  weight: KernelWeight | null,
): EngineCpuSettings {
  const written = unknownSettings(applied);
  if (listed === undefined) return written;
  const isOld = weight !== null && written.shares > 0 && weightHolds(written.shares, weight);
  return isOld ? { ...listed, shares: written.shares } : listed;
}
