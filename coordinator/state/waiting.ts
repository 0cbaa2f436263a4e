import { type Ack, type AllocationAck, compareVersions, RUNS_ON } from '../../shared/command.js';
import { isSameContainer } from '../../shared/fixed-parts.js';
import { isImageOf } from '../../shared/has-settings.js';
import type { AllocationId } from '../../shared/ids.js';
import type { JobSpec } from '../../shared/job.js';
import type { ContainerReport } from '../../shared/report.js';
import { isMadeFor } from './made-for.js';
import type { NodeRecord } from './model.js';

/** Nobody waits. */
const NOBODY: ReadonlySet<AllocationId> = new Set();

/**
 * Allocations that their agent, by its newest answer, has not started again as their jobs are now:
 * what runs runs on as it was, as without memory for the newest version.
 */
export function waitingOn({ ack }: Pick<NodeRecord, 'ack'>): ReadonlySet<AllocationId> {
  if (ack === null) return NOBODY;
  const ids = ack.allocations.flatMap((each) => (runsOn(each) ? each.id : []));
  return ids.length === 0 ? NOBODY : new Set(ids);
}

/** Whether an agent says so of an allocation. */
export const runsOn = ({ ok, reason }: Pick<AllocationAck, 'ok' | 'reason'>): boolean =>
  !ok && reason.startsWith(RUNS_ON);

/**
 * Why an agent, by its newest answer, has not started what runs again as its job is now; '' = it
 * does not say so, or its host refuses the job.
 */
export function whyNotReplaced(
  ack: Ack | null,
  { allocation, state, image }: Pick<ContainerReport, 'allocation' | 'state' | 'image'>,
  spec: JobSpec,
): string {
  if (state !== 'running') return '';
  const said = ack?.allocations.find(({ id }) => id === allocation);
  if (said === undefined || said.ok || said.refused === true) return '';
  return !isImageOf(image, spec) || runsOn(said) ? said.reason : '';
}

/**
 * What an agent that obeys the newest desired state says of a container that it is to start again
 * as its job is now, where it says what containers were made from; '' = nothing, or that it has.
 */
export function saidInVain(node: NodeRecord, id: AllocationId, spec: JobSpec): string {
  const { ack, desired } = node;
  if (ack === null || desired === null || compareVersions(ack.holds, desired) < 0) return '';
  // Of nearly all it was nothing but done.
  const said = ack.allocations.find((each) => each.id === id);
  if (said === undefined || said.ok || said.refused === true) return '';
  return isAskedInVain(node, id, spec) ? said.reason : '';
}

/** Whether the newest version is desired there, and what runs was made for another. */
export function isAskedInVain(node: NodeRecord, id: AllocationId, spec: JobSpec): boolean {
  const want = node.desired?.allocations.find((each) => each.id === id)?.spec;
  if (want === undefined || !isSameContainer(want, spec)) return false;
  return isMadeFor(node, id, spec) === false;
}

/** Whether the same allocations of a node wait so in two states. */
export function hasSameWaiting(before: NodeRecord, node: NodeRecord): boolean {
  if (before.ack === node.ack) return true;
  const [was, now] = [waitingOn(before), waitingOn(node)];
  return was.size === now.size && [...was].every((id) => now.has(id));
}
