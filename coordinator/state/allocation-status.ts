import type { AllocationStatus } from '../../proto/schemas/status.js';
import type { Ack, DesiredAllocation } from '../../shared/command.js';
import { type AllocationId, allocationIdOf, type JobName } from '../../shared/ids.js';
import type { JobSpec } from '../../shared/job.js';
import { type Page, type PageAsked, pageOf } from '../../shared/paging.js';
import { classify } from '../../shared/qoe.js';
import type { ContainerReport } from '../../shared/report.js';
import { cutText } from '../../shared/text.js';
import type { Refusal } from '../schedule/types.js';
import { isAdmitted } from './admission.js';
import { MAX_REASON } from './fitting.js';
import { byId, type ClusterState, type NodeRecord } from './model.js';
import { isOutdated } from './outdated.js';
import { isStopping, stoppingReason } from './stopping.js';
import { containersOf, homesOf, latencyNow, seeingOf, targetOf } from './targets.js';
import { unreachableStatus } from './unreachable.js';
import { runsOn } from './waiting.js';

/** An allocation that is desired or reported on a node, or waits for one. */
export type ListedAllocation = PresentAllocation | WaitingAllocation;

interface PresentAllocation {
  readonly id: AllocationId;
  readonly job: JobName;
  readonly node: NodeRecord;
  readonly want: DesiredAllocation | undefined;
  readonly container: ContainerReport | null;
}

interface WaitingAllocation {
  readonly id: AllocationId;
  readonly job: JobName;
  readonly node: null;
  readonly spec: JobSpec;
  readonly reason: string;
}

/** Every allocation: desired, reported or waiting; in id order. */
export function listedAllocations(state: ClusterState): readonly ListedAllocation[] {
  const nodes = byId(state.nodes.values()).filter((node) => isAdmitted(state, node));
  const onNodes = nodes.flatMap(listedOn);
  const lasting = onNodes.filter((each) => !isLeftBehind(each));
  const known = new Set<AllocationId>([...homesOf(nodes).keys(), ...lasting.map(({ id }) => id)]);
  const counts = countsOf(lasting);
  const nobody = nobodyReason(state.nodes.size - nodes.length);
  const waiting = [...state.jobs.values()].flatMap(({ spec }): WaitingAllocation[] =>
    freeIds(spec, known, spec.replicas - (counts.get(spec.name) ?? 0)).map((id) => ({
      id,
      job: spec.name,
      node: null,
      spec,
      reason: waitingReason(state.pending.get(id), nobody),
    })),
  );
  return byId([...onNodes, ...waiting]);
}

/** Statuses of every allocation: desired, reported or waiting; in id order. */
export const allocationStatuses = (
  state: ClusterState,
  nowMs: number,
): readonly AllocationStatus[] =>
  listedAllocations(state).map((each) => allocationStatus(state, each, nowMs));

/** Those of a page, in id order; no status is made of the others. */
export function allocationPage(
  state: ClusterState,
  nowMs: number,
  asked: PageAsked<AllocationId>,
): Page<AllocationStatus, AllocationId> {
  const page = pageOf(listedAllocations(state), ({ id }) => id, asked);
  return { ...page, rows: page.rows.map((each) => allocationStatus(state, each, nowMs)) };
}

/** Statuses of the allocations desired or reported on one node, in id order. */
export const allocationsOn = (
  state: ClusterState,
  node: NodeRecord,
  nowMs: number,
): readonly AllocationStatus[] =>
  byId(listedOn(node)).map((each) => presentStatus(state, each, nowMs));

/** The status of an allocation that is desired, reported or waits. */
export const allocationStatus = (
  state: ClusterState,
  each: ListedAllocation,
  nowMs: number,
): AllocationStatus =>
  each.node === null ? waitingStatus(each) : presentStatus(state, each, nowMs);

function listedOn(node: NodeRecord): readonly PresentAllocation[] {
  const containers = containersOf(node);
  const desired = new Map<AllocationId, DesiredAllocation>(
    node.desired?.allocations.map((each) => [each.id, each]),
  );
  const ids = new Set([...desired.keys(), ...containers.keys()]);
  return [...ids].flatMap((id) => {
    const want = desired.get(id);
    const container = containers.get(id) ?? null;
    const job = want?.job ?? container?.job;
    return job === undefined ? [] : [{ id, job, node, want, container }];
  });
}

/**
 * A container of ours that its node is not to have any more: it is being removed, or the node is
 * silent. Its replica is another allocation, which may wait under the same id.
 */
const isLeftBehind = ({ container, node, want }: PresentAllocation): boolean =>
  want === undefined && node.desired !== null && container?.origin !== 'label';

/** Number of allocations per job; a replacement and what it replaces count as one. */
function countsOf(allocations: readonly PresentAllocation[]): ReadonlyMap<JobName, number> {
  const there = new Set(allocations.map(({ id }) => id));
  const counts = new Map<JobName, number>();
  for (const { job, container, want } of allocations) {
    const isSecond = want?.replaces !== undefined && there.has(want.replaces);
    if (container?.origin !== 'label' && !isSecond) counts.set(job, (counts.get(job) ?? 0) + 1);
  }
  return counts;
}

function freeIds(
  spec: JobSpec,
  known: ReadonlySet<AllocationId>,
  count: number,
): readonly AllocationId[] {
  const ids: AllocationId[] = [];
  for (let ordinal = 1; ids.length < count; ordinal += 1) {
    const id = allocationIdOf(spec.name, ordinal);
    if (!known.has(id)) ids.push(id);
  }
  return ids;
}

const waitingStatus = ({ id, job, spec, reason }: WaitingAllocation): AllocationStatus => ({
  id,
  job,
  node: null,
  target: spec.target,
  latencyMs: null,
  qoeClass: null,
  desired: null,
  reason,
  container: null,
  ageMs: null,
});

/** Why nothing can be placed where no node has refused it; `unapproved`: nodes that wait. */
export const nobodyReason = (unapproved: number): string =>
  unapproved > 0
    ? `no node is approved, ${unapproved} wait: dqoes node ls, then dqoes node approve NAME`
    : 'no node has reported yet';

function waitingReason(refusals: readonly Refusal[] | undefined, nobody: string): string {
  if (refusals === undefined) return 'waiting to be placed';
  if (refusals.length === 0) return nobody;
  return cutText(refusals.map(({ message }) => message).join('; '), MAX_REASON);
}

function presentStatus(
  state: ClusterState,
  { id, job, node, want, container: reported }: PresentAllocation,
  nowMs: number,
): AllocationStatus {
  const found = reported === null ? undefined : { job, node, want, container: reported };
  const isGoing = found !== undefined && isStopping(state, found);
  const said = isGoing ? cutText(stoppingReason(found), MAX_REASON) : refusalOf(node, id, reported);
  const container = reported === null || said === '' ? reported : { ...reported, reason: said };
  const newest = state.jobs.get(job)?.spec;
  const fromJob = want?.spec === undefined ? undefined : (newest ?? want.spec).target;
  const target = fromJob ?? (container === null ? null : targetOf(state.jobs, container));
  const latencyMs = latencyNow(target, container, (each) => seeingOf(state, node, each));
  const ended = container !== null && container.state !== 'running' ? container.reason : '';
  const hindered = said || ended || heldBack(node.ack, id, reported);
  return {
    id,
    job,
    node: node.id,
    target,
    latencyMs,
    qoeClass: target === null || latencyMs === null ? null : classify(target, latencyMs),
    desired: want?.limit ?? null,
    reason: hindered || want?.reason || container?.reason || '',
    container,
    ageMs: container === null ? null : Math.max(0, nowMs - node.heardAtMs),
    ...unreachableStatus(state, { id, node: node.id, target }),
    ...(want?.replaces === undefined ? {} : { replaces: want.replaces }),
    ...(isGoing ? { isStopping: true } : {}),
    ...(isOutdated(newest, { node, want, container: reported }) ? { isOutdated: true } : {}),
  };
}

/** Why the agent cannot start what runs again as the newest version of its job; '' = it can. */
function heldBack(ack: Ack | null, id: AllocationId, container: ContainerReport | null): string {
  if (container?.state !== 'running' || ack === null || isAllDone(ack)) return '';
  const said = ack.allocations.find((each) => each.id === id);
  return said !== undefined && runsOn(said) ? cutText(said.reason, MAX_REASON) : '';
}

// Nearly all answers.
const isAllDone = ({ outcome }: Ack): boolean => outcome === 'applied' || outcome === 'already';

/** Why the agent did not start the container, in its own words; '' = it runs, or none was given. */
function refusalOf(node: NodeRecord, id: AllocationId, container: ContainerReport | null): string {
  if (container !== null && container.state !== 'pending') return '';
  const ack = node.ack?.allocations.find((each) => each.id === id);
  if (ack === undefined || ack.ok || ack.reason === '') return '';
  return cutText(`not started: ${ack.reason}`, MAX_REASON);
}
