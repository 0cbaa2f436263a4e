import type { NodeStatus } from '../../proto/schemas/status.js';
import { LIVENESS } from '../../proto/schemas/status.js';
import type { Samples } from '../../shared/monitoring/samples.js';
import type { NodeCondition } from '../schedule/types.js';
import type { ClusterState } from '../state/model.js';
import { nodeStatuses } from '../state/node-status.js';

const CONDITIONS: readonly NodeCondition['kind'][] = ['overloaded', 'fell-back'];

/** Adds the facts about every node that ever reported. */
export function nodeSamples(samples: Samples, state: ClusterState, nowMs: number): void {
  const nodes = nodeStatuses(state, nowMs);
  for (const liveness of LIVENESS)
    samples.add('dqoes_nodes', nodes.filter((node) => node.liveness === liveness).length, {
      liveness,
    });
  for (const node of nodes) {
    oneNode(samples, node);
    const kinds = new Set(state.conditions.get(node.id)?.map(({ kind }) => kind));
    for (const condition of CONDITIONS)
      samples.flag('dqoes_node_condition', kinds.has(condition), { node: node.id, condition });
  }
}

function oneNode(samples: Samples, status: NodeStatus): void {
  const { id, liveness, scheduling = 'open', isWaiting = false, host } = status;
  const node = { node: id };
  samples.flag('dqoes_node_ready', liveness === 'ready', node);
  samples.flag('dqoes_node_schedulable', scheduling === 'open' && !isWaiting, node);
  samples.add('dqoes_node_report_age_seconds', status.ageMs / 1000, node);
  samples.add('dqoes_node_cpu_capacity_cores', host.capacityCpuCores, node);
  samples.add('dqoes_node_cpu_allocatable_cores', host.allocatableCpuCores, node);
  samples.add('dqoes_node_cpu_allocated_cores', status.limitedCpuCores, node);
  samples.add('dqoes_node_memory_allocatable_bytes', host.allocatableMemoryBytes, node);
  // Of a silent node, only what does not change by itself is still known.
  if (liveness === 'down') return;
  samples.add('dqoes_node_containers', status.containers, node);
  samples.add('dqoes_node_cpu_utilisation_ratio', host.cpuUtilisationRatio, node);
  samples.add('dqoes_node_cpu_others_cores', status.othersCpuCores, node);
  samples.add('dqoes_node_cpu_pressure_ratio', host.cpuPressureRatio, node);
  samples.add('dqoes_node_memory_used_bytes', host.memoryUsedBytes, node);
}
