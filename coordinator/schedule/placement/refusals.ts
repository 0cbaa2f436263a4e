import type { JobSpec } from '../../../shared/job.js';
import { formatBytes } from '../../../shared/units.js';
import { assignGpus, describeBudget, describeRequest, type GpuBudget } from '../gpu/gpu-budget.js';
import { formatCores } from '../limits/format.js';
import type { NodeSummary } from '../node-summary.js';
import type { Refusal } from '../types.js';
import {
  COMMAND_CAPACITY_BYTES,
  CORDONED,
  type NodeBudget,
  type RequestOfNode,
  type ResourceRequest,
} from './node-budget.js';

/**
 * Whether `refusalsOf` is empty, without building texts: asked of every node for every new
 * allocation.
 */
export function isFeasible(
  { spec, resources, refusedBy }: RequestOfNode,
  { node, promised, gpus, hostPorts }: NodeBudget,
): boolean {
  if (!node.schedulable || refusedBy?.has(node.id) === true) return false;
  const hasRoom =
    promised.cpuCores + resources.cpuCores <= node.allocatableCpuCores + 1e-9 &&
    (resources.memoryBytes === 0 ||
      promised.memoryBytes + resources.memoryBytes <= node.allocatableMemoryBytes) &&
    promised.commandBytes + resources.commandBytes <= COMMAND_CAPACITY_BYTES;
  if (!hasRoom || resources.hostPorts?.some((port) => hostPorts.has(port)) === true) return false;
  const { gpu } = spec.resources;
  if (gpu !== undefined && assignGpus(gpu, gpus) === null) return false;
  const { labels } = spec.constraints;
  for (const key in labels)
    if (!Object.hasOwn(node.labels, key) || node.labels[key] !== labels[key]) return false;
  return true;
}

/**
 * Every reason why a node cannot take one more allocation; empty = feasible. CPU in cores, memory
 * in bytes.
 */
export function refusalsOf(
  { spec, resources, refusedBy }: RequestOfNode,
  { node, promised, gpus, hostPorts }: NodeBudget,
): readonly Refusal[] {
  const labels = labelRefusals(spec, node);
  return [
    ...unschedulableRefusals(node),
    // Where it is placed already, a label that is missing is a reason of the node, too.
    ...(labels.length > 0 ? labels : rulesRefusals(refusedBy?.get(node.id), node)),
    ...cpuRefusals(resources, node, promised.cpuCores),
    ...memoryRefusals(resources, node, promised.memoryBytes).map((refusal) =>
      spec.resources.memoryBytes === undefined ? withDefaultTold(refusal) : refusal,
    ),
    ...gpuRefusals(spec, node, gpus),
    ...portRefusals(resources, node, hostPorts),
    ...commandRefusals(resources, node, promised.commandBytes),
  ];
}

/** Of a job that can be placed nowhere, whatever the nodes have. */
export const waitingRefusal = (why: string): Refusal => ({
  node: null,
  resource: 'secret',
  requested: '',
  used: '',
  capacity: '',
  message: why,
});

function unschedulableRefusals({
  id,
  schedulable,
  unschedulableReason,
}: NodeSummary): readonly Refusal[] {
  if (schedulable) return [];
  const resource = unschedulableReason === CORDONED ? 'cordon' : 'liveness';
  const message = `node ${id} accepts no new allocations: ${unschedulableReason}`;
  return [
    {
      node: id,
      resource,
      requested: 'ready',
      used: unschedulableReason,
      capacity: 'ready',
      message,
    },
  ];
}

function rulesRefusals(why: string | undefined, { id }: NodeSummary): readonly Refusal[] {
  if (why === undefined) return [];
  const message = `node ${id} refuses it: ${why}`;
  return [{ node: id, resource: 'rules', requested: '', used: why, capacity: '', message }];
}

function labelRefusals(spec: JobSpec, node: NodeSummary): readonly Refusal[] {
  return Object.entries(spec.constraints.labels).flatMap(([key, wanted]) => {
    const has = Object.hasOwn(node.labels, key) ? node.labels[key] : undefined;
    if (has === wanted) return [];
    const its = has === undefined ? `no label ${key}` : `label ${key}=${has}`;
    const message = `node ${node.id} has ${its}, ${key}=${wanted} is required`;
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

function cpuRefusals(
  { cpuCores: requested }: ResourceRequest,
  node: NodeSummary,
  used: number,
): readonly Refusal[] {
  const capacity = node.allocatableCpuCores;
  if (used + requested <= capacity + 1e-9) return [];
  const message =
    `node ${node.id} has ${formatCores(capacity)} CPU, ${formatCores(used)} allocated, ` +
    `${formatCores(requested)} requested`;
  return [{ node: node.id, resource: 'cpu', requested, used, capacity, message }];
}

function memoryRefusals(
  { memoryBytes: requested }: ResourceRequest,
  node: NodeSummary,
  used: number,
): readonly Refusal[] {
  const capacity = node.allocatableMemoryBytes;
  if (requested === 0 || used + requested <= capacity) return [];
  const message =
    `node ${node.id} has ${formatBytes(capacity)} memory, ${formatBytes(used)} allocated, ` +
    `${formatBytes(requested)} requested`;
  return [{ node: node.id, resource: 'memory', requested, used, capacity, message }];
}

const withDefaultTold = (refusal: Refusal): Refusal => ({
  ...refusal,
  message: `${refusal.message} (a job that names none counts so: name resources.memory)`,
});

function gpuRefusals(
  { resources }: JobSpec,
  { id }: NodeSummary,
  gpus: readonly GpuBudget[],
): readonly Refusal[] {
  const request = resources.gpu;
  if (request === undefined || assignGpus(request, gpus) !== null) return [];
  const [requested, left] = [describeRequest(request), describeBudget(request, gpus)];
  const message = `node ${id} has ${left}; ${requested} requested`;
  return [
    { node: id, resource: 'gpu', requested, used: left, capacity: `${gpus.length} GPUs`, message },
  ];
}

function portRefusals(
  { hostPorts = [] }: ResourceRequest,
  { id }: NodeSummary,
  taken: ReadonlySet<number>,
): readonly Refusal[] {
  return hostPorts
    .filter((port) => taken.has(port))
    .map((port) => {
      const message =
        `node ${id}: its port ${port} is taken by another container: ask for another host port, ` +
        'or for none, and the node picks one';
      return { node: id, resource: 'port', requested: port, used: port, capacity: '', message };
    });
}

function commandRefusals(
  { commandBytes: requested }: ResourceRequest,
  node: NodeSummary,
  used: number,
): readonly Refusal[] {
  const capacity = COMMAND_CAPACITY_BYTES;
  if (used + requested <= capacity) return [];
  const message =
    `node ${node.id}: its desired state is full (${formatBytes(used)} of ` +
    `${formatBytes(capacity)} that one command can carry)`;
  return [{ node: node.id, resource: 'command', requested, used, capacity, message }];
}
