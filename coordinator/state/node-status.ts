import type { NodeStatus } from '../../proto/schemas/status.js';
import { guaranteedCores } from '../../shared/command.js';
import type { NodeCondition } from '../schedule/types.js';
import { byId, type ClusterState, type NodeRecord } from './model.js';

const NO_VERSION = { incarnation: '', epoch: 0, revision: 0 } as const;

/** Statuses of all nodes that ever reported, in id order. */
export const nodeStatuses = (state: ClusterState, nowMs: number): readonly NodeStatus[] =>
  byId(state.nodes.values()).flatMap(
    (node) => nodeStatus(node, nowMs, state.conditions.get(node.id)) ?? [],
  );

/**
 * The status of one node; null where only a scheduling setting or a desired state is known. Usage
 * that is not reported is null, never 0.
 */
export function nodeStatus(
  node: NodeRecord,
  nowMs: number,
  conditions: readonly NodeCondition[] = [],
): NodeStatus | null {
  const { registration, report, desired } = node;
  if (registration === null) return null;
  const limits = desired?.allocations.map(({ limit }) => guaranteedCores(limit)) ?? [];
  return {
    id: node.id,
    liveness: node.liveness,
    ageMs: Math.max(0, nowMs - node.heardAtMs),
    host: report?.host ?? registration.host,
    labels: registration.labels,
    agentVersion: registration.agentVersion,
    desired: desired === null ? null : versionOf(desired),
    holds: report?.holds ?? NO_VERSION,
    limitedCpuCores: limits.reduce((total, cores) => total + cores, 0),
    ...otherUsageOf(report),
    containers: report?.containers.length ?? 0,
    warnings: [
      ...conditions.map(({ reason }) => reason),
      ...twinWarnings(node, nowMs),
      ...(report?.warnings ?? []),
    ].slice(0, 64),
    scheduling: node.scheduling,
    ...(report?.gpus === undefined || report.gpus.length === 0 ? {} : { gpus: report.gpus }),
  };
}

/** A second agent counts as there for so long after it was heard, ms. */
const TWIN_SHOWN_MS = 60_000;

function twinWarnings({ id, twin }: NodeRecord, nowMs: number): readonly string[] {
  if (twin === null || nowMs - twin.atMs > TWIN_SHOWN_MS) return [];
  return [
    `a second agent calls itself ${id} (start ${twin.bootId.slice(0, 8)}): its reports do not ` +
      'count; give it a node name of its own [node.twin]',
  ];
}

/**
 * CPU that the host uses beyond the reported containers. Host and containers are sampled at
 * different moments, so the difference may be slightly negative; it then counts as 0.
 */
function otherUsageOf(report: NodeRecord['report']): Pick<NodeStatus, 'othersCpuCores'> {
  if (report === null || report.host.cpuUtilisationRatio === null) return {};
  const { cpuUtilisationRatio, capacityCpuCores } = report.host;
  const ours = report.containers.reduce((total, { cpu }) => total + (cpu?.usageCores ?? 0), 0);
  return { othersCpuCores: Math.max(0, cpuUtilisationRatio * capacityCpuCores - ours) };
}

const versionOf = ({
  incarnation,
  epoch,
  revision,
}: NonNullable<NodeRecord['desired']>): NodeStatus['holds'] => ({
  incarnation,
  epoch,
  revision,
});
