import type { DesiredAllocation } from '../../shared/command.js';
import type { AllocationId, NodeId } from '../../shared/ids.js';
import { type ContainerReport, LEFT_OUT, type NodeReport } from '../../shared/report.js';
import { CORDONED, NODE_DOWN, OTHER_STORE } from '../schedule/placement/node-budget.js';
import type { SnapshotAllocation, SnapshotNode } from '../schedule/types.js';
import { allocatableOf } from './admission.js';
import { snapshotAgain, snapshotDesired, snapshotReported } from './allocation-snapshot.js';
import { snapshotGpus } from './gpu-snapshot.js';
import { addPlaced, type PlacedByJob } from './job-snapshot.js';
import { byId, type ClusterState, type NodeRecord } from './model.js';
import { containersOf } from './targets.js';

/** A node that has reported, and what is known beside it. */
export interface NodeInput {
  readonly node: NodeRecord;
  readonly report: NodeReport;
  /** Where each allocation is; containers of ours without a desired state are added. */
  readonly taken: Map<AllocationId, NodeId>;
  readonly placed: PlacedByJob;
  /** As they were seen with an earlier report; undefined = more has changed. */
  readonly again: readonly SnapshotAllocation[] | undefined;
}

/** The node as the scheduler sees it. Adds to `taken` and `placed`. */
export function snapshotNode(
  state: ClusterState,
  { node, report, taken, placed, again }: NodeInput,
): SnapshotNode {
  const { capacityCpuCores, cpuUtilisationRatio } = report.host;
  const unschedulableReason = unschedulableReasonOf(state, node, report);
  const allocatable = allocatableOf(state, node, report.host);
  // Field by field: this is done for each report.
  const plain: SnapshotNode = {
    id: node.id,
    schedulable: unschedulableReason === '',
    unschedulableReason,
    isDraining: node.scheduling === 'draining',
    labels: report.labels,
    allocatableCpuCores: allocatable.allocatableCpuCores,
    allocatableMemoryBytes: allocatable.allocatableMemoryBytes,
    idleCpuCores:
      cpuUtilisationRatio === null ? null : capacityCpuCores * (1 - cpuUtilisationRatio),
    reportIntervalMs: report.intervalMs,
    allocations: desiredAlone(state, node, again) ?? allAllocations(state, { node, taken, placed }),
  };
  const { gpus } = snapshotGpus(report, node.desired);
  const full = leavesOut(report) ? { ...plain, leavesOut: true } : plain;
  return Object.freeze(gpus === undefined ? full : { ...full, gpus });
}

/** Whether it does not name all containers. */
export const leavesOut = ({ warnings }: Pick<NodeReport, 'warnings'>): boolean =>
  warnings.some((warning) => warning.endsWith(LEFT_OUT));

/**
 * What is desired on the node, where that is in id order and nothing else runs there: nearly
 * always, and then nothing needs to be sorted. null = it is not so.
 */
function desiredAlone(
  state: ClusterState,
  node: NodeRecord,
  again: NodeInput['again'],
): SnapshotAllocation[] | null {
  const desired = node.desired?.allocations ?? [];
  if (desired.length === 0) return null;
  const { containers = [] } = node.report ?? {};
  if (
    areSideBySide(desired, containers) &&
    (areNamedAgain(desired, again) || areInOrder(desired))
  ) {
    return desired.map((each, i) => {
      const last = again?.[i];
      return last !== undefined && last.id === each.id && isPlain(each)
        ? snapshotAgain(last, node, each, containers[i])
        : snapshotDesired(state, node, each, containers[i]);
    });
  }
  const found = containersOf(node);
  const seen = desired.reduce((count, { id }) => (found.has(id) ? count + 1 : count), 0);
  if (!areInOrder(desired) || seen < found.size) return null;
  return desired.map((each) => snapshotDesired(state, node, each, found.get(each.id)));
}

/** Whether it is of ours and has no GPU. */
const isPlain = ({ spec, gpu }: DesiredAllocation): boolean =>
  spec !== undefined && gpu === undefined;

/** Whether each is reported in its place, and nothing else is, as on most nodes. */
function areSideBySide(
  desired: readonly DesiredAllocation[],
  containers: readonly ContainerReport[],
): boolean {
  if (containers.length !== desired.length) return false;
  for (let i = 0; i < desired.length; i += 1)
    if (containers[i]?.allocation !== desired[i]?.id) return false;
  return true;
}

/** Whether they are those that were seen, which are in id order: no name has to be read then. */
function areNamedAgain(desired: readonly DesiredAllocation[], again: NodeInput['again']): boolean {
  if (again?.length !== desired.length) return false;
  for (let i = 0; i < desired.length; i += 1) if (again[i]?.id !== desired[i]?.id) return false;
  return true;
}

/** Whether each is there once, in id order. */
function areInOrder(desired: readonly DesiredAllocation[]): boolean {
  let last = '';
  for (const { id } of desired) {
    if (id <= last) return false;
    last = id;
  }
  return true;
}

function allAllocations(
  state: ClusterState,
  { node, taken, placed }: Pick<NodeInput, 'node' | 'taken' | 'placed'>,
): SnapshotAllocation[] {
  const containers = containersOf(node);
  const allocations = new Map<AllocationId, SnapshotAllocation>();
  for (const desired of node.desired?.allocations ?? []) {
    const container = containers.get(desired.id);
    allocations.set(desired.id, snapshotDesired(state, node, desired, container));
  }
  for (const container of containers.values()) {
    if (allocations.has(container.allocation)) continue;
    if (container.origin === 'dqoes') {
      if (node.desired !== null || taken.has(container.allocation)) continue;
      taken.set(container.allocation, node.id);
      addPlaced(placed, container.job, { id: container.allocation, node: node.id });
    }
    allocations.set(container.allocation, snapshotReported(state, node, container));
  }
  return byId(allocations.values());
}

function unschedulableReasonOf(state: ClusterState, node: NodeRecord, report: NodeReport): string {
  if (node.liveness === 'down') return NODE_DOWN;
  if (node.liveness !== 'ready') return `the node is ${node.liveness}`;
  const held = report.holds.incarnation;
  if (held !== '' && held !== state.incarnation) return OTHER_STORE;
  return node.scheduling === 'open' ? '' : CORDONED;
}
