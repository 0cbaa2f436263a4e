import type { AllocationId } from '../../shared/ids.js';
import type { ContainerReport, NodeReport } from '../../shared/report.js';
import { OWN_CONTAINER_LABELS } from '../containers/host-config.js';
import type { Workload } from '../discover/workloads.js';

type SpecHashes = NonNullable<NodeReport['specHashes']>;

/** As agents write it; others may have put anything on a container. */
const HASH = /^[0-9a-f]{1,64}$/;

/** What is known of the containers of a node beside their reports. */
export interface KnownContainers {
  readonly workloads: readonly Workload[];
  /** Whether its container is being stopped now. */
  readonly isEnding: (allocation: AllocationId) => boolean;
}

/**
 * What each desired container of ours was made from, as its label says: it outlives the agent. ''
 * while it is being stopped: whatever is wanted, it is not that. undefined = there is none.
 */
export function specHashesOf(
  containers: readonly ContainerReport[],
  { workloads, isEnding }: KnownContainers,
): SpecHashes | undefined {
  const byId = new Map(workloads.map((workload) => [workload.id, workload]));
  const found = containers.flatMap(({ allocation, containerId }): [string, string][] => {
    const workload = byId.get(allocation);
    const isDesired = workload?.origin === 'dqoes' && workload.control === 'enforce';
    // What was measured may be the container before.
    if (!isDesired || workload.container === null || workload.container.id !== containerId)
      return [];
    if (isEnding(allocation)) return [[allocation, '']];
    const hash = workload.container.labels[OWN_CONTAINER_LABELS.specHash];
    return hash !== undefined && HASH.test(hash) ? [[allocation, hash]] : [];
  });
  return found.length === 0 ? undefined : Object.fromEntries(found);
}
