import { OWN_CONTAINER_LABELS } from '../../agent/containers/host-config.js';
import { burstWithin, coresOf } from '../../agent/containers/limits.js';
import { DEFAULT_SHARES, sharesOf } from '../../agent/containers/weight.js';
import { isByWeight } from '../../agent/enforce/promise.js';
import {
  type CpuLimit,
  type DesiredAllocation,
  type DesiredState,
  guaranteedCores,
  weightedCores,
} from '../../shared/command.js';
import type { NodeId } from '../../shared/ids.js';
import type { FakeContainer } from '../lib/fake-container.js';
import { same } from './explain.js';
import type { Host } from './host.js';

/**
 * Remembers each limit by weight that was ever stored, and knows by it what weights in a kernel
 * promise.
 */
export class Promised {
  readonly #stored = new Map<string, CpuLimit[]>();

  onStored({ node, allocations }: DesiredState): void {
    for (const want of allocations.filter(({ limit }) => isByWeight(limit))) {
      const key = `${node} ${want.containerId ?? want.id}`;
      const known = this.#stored.get(key) ?? [];
      if (!known.some((limit) => JSON.stringify(limit) === JSON.stringify(want.limit)))
        known.push(want.limit);
      this.#stored.set(key, known);
    }
  }

  /**
   * What a container's weight promises it, cores; null = no limit by weight is in force. Of several
   * that look alike the least.
   */
  coresOf(host: Host, container: FakeContainer): number | null {
    const { node } = host;
    if (isOriginal(host, container)) return null;
    const fitting = this.#of(node, container).filter((limit) => isHeld(limit, host, container));
    return fitting.length === 0 ? null : Math.min(...fitting.map(guaranteedCores));
  }

  #of(node: NodeId, { id, labels }: FakeContainer): readonly CpuLimit[] {
    const own = labels[OWN_CONTAINER_LABELS.allocation];
    return this.#stored.get(`${node} ${own ?? id}`) ?? [];
  }
}

/** As it came, which after a damage of the journal may be a limit of ours. */
function isOriginal({ originals, engine }: Host, { id, kernelShares }: FakeContainer): boolean {
  const original = originals.get(id);
  if (original === undefined) return false;
  return (
    kernelShares === (original.shares || DEFAULT_SHARES) &&
    same(coresOf(original), engine.kernelCores(id))
  );
}

function isHeld(limit: CpuLimit, host: Host, { id, kernelShares }: FakeContainer): boolean {
  const original = host.originals.get(id);
  const quota = limit.cpuCores ?? (original === undefined ? null : coresOf(original));
  return (
    kernelShares === sharesOf(weightedCores(limit)) && same(quota, host.engine.kernelCores(id))
  );
}

/** '' = weight and burst are as a limit asks; else what is not so yet. */
export function whyNotKnobs(
  { limit }: DesiredAllocation,
  { kernel, kernelShares, burstUs }: FakeContainer,
): string {
  const shares = sharesOf(weightedCores(limit));
  if (isByWeight(limit) && kernelShares !== shares)
    return `shares ${shares} are desired, the kernel holds ${kernelShares}`;
  // Without a quota of ours it is the container's own, which nobody knows after a damage of the
  // journal.
  if (limit.cpuCores === null) return '';
  const burst = burstWithin(limit, kernel.quotaUs);
  return burstUs === burst ? '' : `a burst of ${burst} µs is desired, the kernel holds ${burstUs}`;
}
