import type { AllocationStatus, StoppingJob } from '../../proto/schemas/status.js';
import type { DesiredAllocation } from '../../shared/command.js';
import type { JobName } from '../../shared/ids.js';
import { type ContainerReport, LEFT_BEHIND, NOT_REMOVED } from '../../shared/report.js';
import { cutText, firstNames } from '../../shared/text.js';
import { MAX_REASON } from './fitting.js';
import type { ClusterState, NodeRecord } from './model.js';

/** A container that a node reports, and what is desired of its allocation there. */
export interface FoundContainer {
  readonly job: JobName;
  readonly node: NodeRecord;
  readonly want: DesiredAllocation | undefined;
  readonly container: ContainerReport;
}

/** The reason of a container that its host is removing. */
export const STOPPING = 'stopping';

/**
 * Whether a container of ours is to be removed by its host: its job was stopped, or it is not
 * wanted there any more. Without a desired state of the node nothing says so.
 */
export function isStopping(
  { jobs }: Pick<ClusterState, 'jobs'>,
  { job, node, want, container }: FoundContainer,
): boolean {
  if (container.origin !== 'dqoes' || container.containerId === null || node.desired === null)
    return false;
  return want === undefined || (want.spec !== undefined && !jobs.has(job));
}

/** Why it is still there, for people; `STOPPING` = nothing is known that hinders its host. */
export function stoppingReason({ node, container }: FoundContainer): string {
  const trouble = removalTrouble(node, container.reason);
  return trouble === '' ? STOPPING : `${STOPPING}: ${trouble}`;
}

/** Why a node does not remove containers now, with the cure; '' = nothing is known of that. */
function removalTrouble({ id, liveness, ack }: NodeRecord, reason: string): string {
  if (liveness !== 'ready')
    return (
      `${id} is silent, and removes it once it is back; where the host is gone for good: ` +
      `dqoes node remove ${id}`
    );
  if (ack?.outcome === 'refused' && ack.reason !== '')
    return `${id} changes nothing: ${ack.reason}`;
  return reason.startsWith(NOT_REMOVED) ? `on ${id} it ${reason}` : '';
}

const isTroubled = ({ isStopping: is, reason }: AllocationStatus): boolean =>
  is === true && reason !== STOPPING;

/** Why those of these containers are still there that their hosts cannot remove now. */
export const troublesOf = (allocations: readonly AllocationStatus[]): readonly string[] =>
  allocations.filter(isTroubled).map(({ id, reason }) => cutText(`${id}: ${reason}`, MAX_REASON));

/** The same for a job that is there, whose containers may have the same names. */
export const leftBehindReasons = (allocations: readonly AllocationStatus[]): readonly string[] =>
  allocations
    .filter(isTroubled)
    .map(({ id, reason }) => cutText(`${id} from before: ${reason}`, MAX_REASON));

const MAX_NAMED = 5;

/** A job without a record, by its allocations; null = no host has a container of it. */
export function stoppingJob(
  name: JobName,
  allocations: readonly AllocationStatus[],
): StoppingJob | null {
  const left = allocations.filter((each) => each.isStopping === true);
  if (left.length === 0) return null;
  const going = left.filter((each) => !isTroubled(each));
  const nodes = [...new Set(going.map(({ node }) => node))];
  const onNodes = nodes.length === 0 ? [] : [`${STOPPING} on ${namedOf(nodes)}`];
  return { name, reasons: [...troublesOf(left), ...onNodes], allocations: left };
}

/** The containers that a node cannot remove now, as a warning; none = there are no such. */
export function leftBehindWarnings(
  state: Pick<ClusterState, 'jobs'>,
  node: NodeRecord,
): readonly string[] {
  // Nearly all nodes.
  if (node.report === null || removalTrouble(node, '') === '') return [];
  const desired = new Map(node.desired?.allocations.map((each) => [each.id, each]));
  const left = node.report.containers.filter((container) =>
    isStopping(state, {
      ...{ job: container.job, node, container },
      want: desired.get(container.allocation),
    }),
  );
  if (left.length === 0) return [];
  return [`${LEFT_BEHIND}${namedOf(left.map(({ allocation }) => allocation))}`];
}

function namedOf(allocations: readonly (string | null)[]): string {
  const names = allocations.map((id) => id ?? '');
  return cutText(firstNames(names, MAX_NAMED), MAX_NAMES_LENGTH);
}
const MAX_NAMES_LENGTH = 400;
