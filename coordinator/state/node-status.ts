import { MAX_CORES } from '../../proto/schemas/job.js';
import type { NodeStatus } from '../../proto/schemas/status.js';
import { guaranteedCores } from '../../shared/command.js';
import type { NodeId } from '../../shared/ids.js';
import { type Page, type PageAsked, pageOf } from '../../shared/paging.js';
import { cutText } from '../../shared/text.js';
import { formatBytes } from '../../shared/units.js';
import { excessOf, isAdmitted } from './admission.js';
import { byId, type ClusterState, type NodeRecord, type RegisteredCapacity } from './model.js';
import { overcommitOf } from './overcommit.js';
import { keyTroubleOf } from './secrets.js';
import { leftBehindWarnings } from './stopping.js';

const NO_VERSION = { incarnation: '', epoch: 0, revision: 0 } as const;

/** Statuses of all nodes that ever reported, in id order. */
export const nodeStatuses = (state: ClusterState, nowMs: number): readonly NodeStatus[] =>
  nodePage(state, nowMs, {}).rows;

/** Those of a page, in id order. */
export function nodePage(
  state: ClusterState,
  nowMs: number,
  asked: PageAsked<NodeId>,
): Page<NodeStatus, NodeId> {
  const page = pageOf(byId(state.nodes.values()), ({ id }) => id, asked);
  return { ...page, rows: page.rows.flatMap((node) => nodeStatus(state, node, nowMs) ?? []) };
}

/**
 * The status of one node; null where only a scheduling setting or a desired state is known. Usage
 * that is not reported is null, never 0.
 */
export function nodeStatus(
  state: Pick<ClusterState, 'registration' | 'conditions' | 'jobs'>,
  node: NodeRecord,
  nowMs: number,
): NodeStatus | null {
  const { registration, report, desired } = node;
  const conditions = state.conditions.get(node.id) ?? [];
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
    limitedCpuCores: Math.min(
      MAX_CORES,
      limits.reduce((total, cores) => total + cores, 0),
    ),
    ...otherUsageOf(report),
    containers: report?.containers.length ?? 0,
    warnings: [
      ...conditions.map(({ reason }) => reason),
      ...twinWarnings(node, nowMs),
      ...admissionWarnings(state, node),
      ...keyWarnings(node),
      ...roomWarnings(state, node),
      ...leftBehindWarnings(state, node),
      ...(report?.warnings ?? []),
    ].slice(0, 64),
    scheduling: node.scheduling,
    ...(isAdmitted(state, node) ? {} : { isWaiting: true }),
    ...(report?.gpus === undefined || report.gpus.length === 0 ? {} : { gpus: report.gpus }),
  };
}

function admissionWarnings(
  state: Pick<ClusterState, 'registration'>,
  node: NodeRecord,
): readonly string[] {
  const { id, report } = node;
  if (!isAdmitted(state, node))
    return [`waits to be approved and takes no jobs: dqoes node approve ${id}`];
  const registered = report === null ? null : excessOf(state, node, report.host);
  if (report === null || registered === null) return [];
  const text = ({ capacityCpuCores, capacityMemoryBytes }: RegisteredCapacity): string =>
    `${Math.round(capacityCpuCores * 100) / 100} CPU and ${formatBytes(capacityMemoryBytes)}`;
  return [
    `reports ${text(report.host)}, was approved with ${text(registered)}, which is what is used: ` +
      `dqoes node approve ${id} takes the new`,
  ];
}

/** A key that is missing says so where a job needs it. */
function keyWarnings(node: NodeRecord): readonly string[] {
  const trouble = node.report?.sealingKey === undefined ? undefined : keyTroubleOf(node);
  return trouble === undefined ? [] : [`gets no secrets: ${trouble}`];
}

/** A job was changed, or the host has less; what fits elsewhere is being moved. */
function roomWarnings(
  state: Pick<ClusterState, 'registration' | 'jobs'>,
  node: NodeRecord,
): readonly string[] {
  const excess = overcommitOf(state, node);
  return excess === undefined
    ? []
    : [`${excess}: let them ask for less, or give the cluster a host that takes one`];
}

/** A second agent counts as there for so long after it was heard, ms. */
const TWIN_SHOWN_MS = 60_000;

function twinWarnings({ id, twin }: NodeRecord, nowMs: number): readonly string[] {
  if (twin === null || nowMs - twin.atMs > TWIN_SHOWN_MS) return [];
  return [
    `a second agent calls itself ${id} (start ${cutText(twin.bootId, 8)}): its reports do not ` +
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
