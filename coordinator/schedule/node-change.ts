import type { GpuAssignment } from '../../shared/gpu.js';
import type { AllocationId, NodeId } from '../../shared/ids.js';
import type { AllocationSummary, NodeSummary } from './node-summary.js';
import type { SnapshotAllocation, SnapshotNode } from './types.js';

/** What the places of a plan change on one node, before its limits are decided. */
export interface NodeChange {
  readonly node: NodeId;
  /** Allocations that do not count there any more. */
  readonly gone: readonly AllocationId[];
  /** Those that are placed there. */
  readonly came: readonly AllocationSummary[];
  /** Those that have other GPUs; absent `gpu` = none any more. */
  readonly gpus: readonly { readonly allocation: AllocationId; readonly gpu?: GpuAssignment }[];
}

/**
 * What differs between nodes and what became of them, in their order. `after[i]` is of `before[i]`;
 * nodes and allocations that are as they were are the same objects.
 */
export function changesBetween(
  before: readonly NodeSummary[],
  after: readonly NodeSummary[],
): readonly NodeChange[] {
  const changes: NodeChange[] = [];
  if (before === after) return changes;
  for (let place = 0; place < after.length; place += 1) {
    const [was, now] = [before[place], after[place]];
    if (was !== undefined && now !== undefined && was !== now) changes.push(changeOf(was, now));
  }
  return changes;
}

function changeOf(was: NodeSummary, now: NodeSummary): NodeChange {
  const left = new Map(was.allocations.map((each) => [each.id, each]));
  const came: AllocationSummary[] = [];
  const gpus: NodeChange['gpus'][number][] = [];
  for (const each of now.allocations) {
    const known = left.get(each.id);
    if (known === undefined || !isSameContainer(known, each)) came.push(each);
    else {
      left.delete(each.id);
      const { id: allocation, gpu } = each;
      if (known !== each) gpus.push(gpu === undefined ? { allocation } : { allocation, gpu });
    }
  }
  return { node: now.id, gone: [...left.keys()], came, gpus };
}

// A newcomer may have the name of one that goes.
const isSameContainer = (a: AllocationSummary, b: AllocationSummary): boolean =>
  a === b || (a.report === b.report && a.limit === b.limit && a.state === b.state);

/** The nodes with these changes; a node that has none is the same object. */
export function withChanges(
  nodes: readonly SnapshotNode[],
  changes: readonly NodeChange[],
): readonly SnapshotNode[] {
  if (changes.length === 0) return nodes;
  const byNode = new Map(changes.map((change) => [change.node, change]));
  return nodes.map((node) => {
    const change = byNode.get(node.id);
    return change === undefined ? node : withChange(node, change);
  });
}

function withChange(node: SnapshotNode, { gone, came, gpus }: NodeChange): SnapshotNode {
  const left = new Set(gone);
  const given = new Map(gpus.map(({ allocation, gpu }) => [allocation, gpu]));
  const stays = node.allocations
    .filter(({ id }) => !left.has(id))
    .map((each) => (given.has(each.id) ? withGpu(each, given.get(each.id)) : each));
  if (came.length === 0) return { ...node, allocations: stays };
  const allocations = [...stays, ...came.map(unseen)].sort((a, b) => (a.id < b.id ? -1 : 1));
  return { ...node, allocations };
}

function withGpu(allocation: SnapshotAllocation, gpu: GpuAssignment | undefined) {
  const { gpu: _, ...bare } = allocation;
  return gpu === undefined ? bare : { ...bare, gpu };
}

const unseen = (newcomer: AllocationSummary): SnapshotAllocation => ({
  ...newcomer,
  limit: null,
  report: null,
  observedAtMs: 0,
  newestSampleAgeMs: 0,
});
