import type { NodeId } from '../../shared/ids.js';
import type { HostReport } from '../../shared/report.js';
import type { ClusterState, NodeRecord, RegisteredCapacity } from './model.js';

/** What a node may report above its registered capacity: kernels round. */
const TOLERANCE_RATIO = 0.05;

/**
 * Beyond this number of names those that are down and hold nothing are forgotten: twice as many as
 * report at a time, since anybody may invent one where all take part.
 */
export const MAX_KNOWN_NODES = 4000;

/** Whether nothing is lost with what is known of the node. */
export const holdsNothing = ({
  liveness,
  desired,
  scheduling,
}: Pick<NodeRecord, 'liveness' | 'desired' | 'scheduling'>): boolean =>
  liveness === 'down' && (desired?.allocations ?? []).length === 0 && scheduling === 'open';

/** Whether the node takes part: its reports count, and it may be given jobs. */
export const isAdmitted = (
  { registration }: Pick<ClusterState, 'registration'>,
  { isApproved }: Pick<NodeRecord, 'isApproved'>,
): boolean => registration === 'open' || isApproved;

/** The same of a name, which may not be known. */
export const admits = (state: ClusterState, id: NodeId): boolean =>
  isAdmitted(state, state.nodes.get(id) ?? { isApproved: false });

/** Whether the node runs jobs, as far as is known: were it forgotten, they would start twice. */
export const isInUse = (
  state: Pick<ClusterState, 'registration'>,
  node: Pick<NodeRecord, 'isApproved' | 'liveness' | 'desired'>,
): boolean =>
  isAdmitted(state, node) &&
  node.liveness !== 'down' &&
  node.desired?.allocations.some(({ spec }) => spec !== undefined) === true;

/** The capacity in a report, to be registered. */
export const capacityOf = ({
  capacityCpuCores,
  capacityMemoryBytes,
}: HostReport): RegisteredCapacity => ({ capacityCpuCores, capacityMemoryBytes });

/** What a node reports above what it was registered with; null = nothing, or nothing counts. */
export function excessOf(
  { registration }: Pick<ClusterState, 'registration'>,
  { capacity }: Pick<NodeRecord, 'capacity'>,
  host: HostReport,
): RegisteredCapacity | null {
  if (registration === 'open' || capacity === null) return null;
  const isAbove = (reported: number, registered: number): boolean =>
    reported > registered * (1 + TOLERANCE_RATIO);
  const { capacityCpuCores, capacityMemoryBytes } = capacity;
  return isAbove(host.capacityCpuCores, capacityCpuCores) ||
    isAbove(host.capacityMemoryBytes, capacityMemoryBytes)
    ? capacity
    : null;
}

/**
 * What is allocatable on the node: what it reports, less in proportion where it reports more than
 * it was registered with.
 */
export function allocatableOf(
  state: Pick<ClusterState, 'registration'>,
  node: Pick<NodeRecord, 'capacity'>,
  host: HostReport,
): Pick<HostReport, 'allocatableCpuCores' | 'allocatableMemoryBytes'> {
  const { allocatableCpuCores, allocatableMemoryBytes } = host;
  const registered = excessOf(state, node, host);
  if (registered === null) return { allocatableCpuCores, allocatableMemoryBytes };
  const share = (registeredPart: number, reported: number): number =>
    reported > registeredPart ? registeredPart / reported : 1;
  return {
    allocatableCpuCores:
      allocatableCpuCores * share(registered.capacityCpuCores, host.capacityCpuCores),
    allocatableMemoryBytes: Math.floor(
      allocatableMemoryBytes * share(registered.capacityMemoryBytes, host.capacityMemoryBytes),
    ),
  };
}
