import type { JobSpec } from '../../shared/job.js';
import { formatBytes } from '../../shared/units.js';
import { showCores } from './figures.js';
import { sum } from './fit.js';
import type { Refusal, SnapshotAllocation, SnapshotNode } from './types.js';

/** What an allocation is taken to need beside CPU. */
export interface Needs {
  readonly memoryBytes: number;
  /** Its part of the node's desired state on the wire; 0 when it is not ours. */
  readonly commandBytes: number;
}
export type NeedsOf = (allocation: SnapshotAllocation) => Needs;

/** A desired state is at most 128 KiB and 400 allocations (wire.md); the rest is margin. */
export const COMMAND_CAPACITY_BYTES = 120 * 1024;
/** Least share of one allocation, so that 400 of them fill the capacity. */
const LEAST_COMMAND_BYTES = COMMAND_CAPACITY_BYTES / 400;

/** An upper estimate of a job's bytes in a desired state: its JSON is longer than its protobuf. */
export const commandBytesOf = (spec: JobSpec): number =>
  Math.max(LEAST_COMMAND_BYTES, new TextEncoder().encode(JSON.stringify(spec)).length);

/** `unschedulableReason` of a node that is well but shut by its operator; any other reason means it is silent or not ours to steer. */
export const CORDONED = 'cordoned';
export const isSteerable = (node: SnapshotNode): boolean => node.schedulable || node.unschedulableReason === CORDONED;

export type Choice =
  | { readonly node: SnapshotNode; readonly reason: string }
  | { readonly node: null; readonly refusals: readonly Refusal[] };

/** The feasible node on which a newcomer's share of CPU is largest, ties by id; else why each node refuses. */
export function choose(spec: JobSpec, nodes: readonly SnapshotNode[], needsOf: NeedsOf): Choice {
  const refusals: Refusal[] = [];
  let best: { readonly node: SnapshotNode; readonly share: number } | undefined;
  for (const node of nodes) {
    const refused = refusalsOf(spec, node, needsOf);
    refusals.push(...refused);
    if (refused.length > 0) continue;
    const share = shareOf(node);
    const isBetter = best === undefined || share > best.share || (share === best.share && node.id < best.node.id);
    if (isBetter) best = { node, share };
  }
  if (best === undefined) return { node: null, refusals };
  return {
    node: best.node,
    reason: `most CPU free for a newcomer: ${showCores(best.share)} of ${showCores(best.node.allocatableCpuCores)}`,
  };
}

const steered = (node: SnapshotNode): readonly SnapshotAllocation[] =>
  node.allocations.filter(({ control }) => control === 'enforce');
const shareOf = (node: SnapshotNode): number => node.allocatableCpuCores / (steered(node).length + 1);

/** Every reason why `node` cannot take one more allocation of `spec`; empty = feasible. CPU in cores, memory in bytes. */
export function refusalsOf(spec: JobSpec, node: SnapshotNode, needsOf: NeedsOf): readonly Refusal[] {
  const needs = node.allocations.map(needsOf);
  return [
    ...shutRefusals(node),
    ...labelRefusals(spec, node),
    ...cpuRefusals(spec, node),
    ...memoryRefusals(spec, node, sum(needs.map(({ memoryBytes }) => memoryBytes))),
    ...commandRefusals(spec, node, sum(needs.map(({ commandBytes }) => commandBytes))),
  ];
}

function shutRefusals({ id, schedulable, unschedulableReason }: SnapshotNode): readonly Refusal[] {
  if (schedulable) return [];
  const resource = unschedulableReason === CORDONED ? 'cordon' : 'liveness';
  const message = `node ${id} takes nothing new: ${unschedulableReason}`;
  return [{ node: id, resource, requested: 'ready', used: unschedulableReason, capacity: 'ready', message }];
}

function labelRefusals(spec: JobSpec, node: SnapshotNode): readonly Refusal[] {
  return Object.entries(spec.constraints.labels).flatMap(([key, wanted]) => {
    const has = Object.hasOwn(node.labels, key) ? node.labels[key] : undefined;
    if (has === wanted) return [];
    const message = `node ${node.id} has label ${key}=${has ?? '(none)'}, ${wanted} is required`;
    return [
      {
        node: node.id,
        resource: 'label' as const,
        requested: `${key}=${wanted}`,
        used: has ?? '',
        capacity: '',
        message,
      },
    ];
  });
}

function cpuRefusals(spec: JobSpec, node: SnapshotNode): readonly Refusal[] {
  const requested = spec.resources.cpu.minCores;
  const used = sum(steered(node).map(({ minCores }) => minCores));
  const capacity = node.allocatableCpuCores;
  if (used + requested <= capacity + 1e-9) return [];
  const message = `node ${node.id} has ${showCores(capacity)} CPU, ${showCores(used)} promised, ${showCores(requested)} requested`;
  return [{ node: node.id, resource: 'cpu', requested, used, capacity, message }];
}

function memoryRefusals(spec: JobSpec, node: SnapshotNode, used: number): readonly Refusal[] {
  const requested = spec.resources.memoryBytes ?? 0;
  const capacity = node.allocatableMemoryBytes;
  if (requested === 0 || used + requested <= capacity) return [];
  const message = `node ${node.id} has ${formatBytes(capacity)} memory, ${formatBytes(used)} promised, ${formatBytes(requested)} requested`;
  return [{ node: node.id, resource: 'memory', requested, used, capacity, message }];
}

function commandRefusals(spec: JobSpec, node: SnapshotNode, used: number): readonly Refusal[] {
  const requested = commandBytesOf(spec);
  const capacity = COMMAND_CAPACITY_BYTES;
  if (used + requested <= capacity) return [];
  const message = `node ${node.id} holds as much desired state as one command can carry (${formatBytes(used)} of ${formatBytes(capacity)})`;
  return [{ node: node.id, resource: 'command', requested, used, capacity, message }];
}
