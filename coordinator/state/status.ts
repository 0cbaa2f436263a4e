import type { AllocationStatus, JobStatus } from '../../proto/schemas/status.js';
import type { DesiredAllocation } from '../../shared/command.js';
import { type AllocationId, allocationIdOf, type JobName } from '../../shared/ids.js';
import { type JobSpec, withHiddenEnv } from '../../shared/job.js';
import { classify } from '../../shared/qoe.js';
import { type ContainerReport, RESTARTING } from '../../shared/report.js';
import { cutText } from '../../shared/text.js';
import { formatDurationMs } from '../../shared/units.js';
import type { Refusal } from '../schedule/types.js';
import { isAdmitted } from './admission.js';
import { refusalOn } from './host-refusals.js';
import { byId, type ClusterState, type JobRecord, type NodeRecord } from './model.js';
import { secretsAwaited } from './secrets.js';
import { containersOf, homesOf, latencyOf, targetOf } from './targets.js';
import { unreachableStatus } from './unreachable.js';

/** Beyond it a client refuses the whole answer (`reason` in `proto/schemas/job`). */
const MAX_REASON = 4096;

/** Statuses of every allocation: desired, reported or waiting; in id order. */
export function allocationStatuses(
  state: ClusterState,
  nowMs: number,
): readonly AllocationStatus[] {
  const nodes = byId(state.nodes.values()).filter((node) => isAdmitted(state, node));
  const onNodes = nodes.flatMap((node) => allocationsOn(state, node, nowMs));
  const known = new Set<AllocationId>([...homesOf(nodes).keys(), ...onNodes.map(({ id }) => id)]);
  const counts = countsOf(onNodes);
  const unapproved = state.nodes.size - nodes.length;
  const waiting = [...state.jobs.values()].flatMap(({ spec }) =>
    freeIds(spec, known, spec.replicas - (counts.get(spec.name) ?? 0)).map((id) =>
      waitingStatus(spec, id, waitingReason(state.pending.get(id), unapproved)),
    ),
  );
  return byId([...onNodes, ...waiting]);
}

/** Number of allocations per job; a replacement and what it replaces count as one. */
function countsOf(allocations: readonly AllocationStatus[]): ReadonlyMap<JobName, number> {
  const counts = new Map<JobName, number>();
  for (const each of allocations)
    if (isOwn(each) && each.replaces === undefined)
      counts.set(each.job, (counts.get(each.job) ?? 0) + 1);
  return counts;
}

const isOwn = ({ container }: AllocationStatus): boolean => container?.origin !== 'label';

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

const waitingStatus = (spec: JobSpec, id: AllocationId, reason: string): AllocationStatus => ({
  id,
  job: spec.name,
  node: null,
  target: spec.target,
  latencyMs: null,
  qoeClass: null,
  desired: null,
  reason,
  container: null,
  ageMs: null,
});

function waitingReason(refusals: readonly Refusal[] | undefined, unapproved: number): string {
  if (refusals === undefined) return 'waiting to be placed';
  if (refusals.length === 0 && unapproved > 0)
    return `no node is approved, ${unapproved} wait: dqoes node ls, then dqoes node approve NAME`;
  if (refusals.length === 0) return 'no node has reported yet';
  return cutText(refusals.map(({ message }) => message).join('; '), MAX_REASON);
}

/** Statuses of the allocations desired or reported on one node, in id order. */
export function allocationsOn(
  state: ClusterState,
  node: NodeRecord,
  nowMs: number,
): readonly AllocationStatus[] {
  const containers = containersOf(node);
  const desired = new Map<AllocationId, DesiredAllocation>(
    node.desired?.allocations.map((each) => [each.id, each]),
  );
  const ids = new Set([...desired.keys(), ...containers.keys()]);
  const statuses = [...ids].flatMap((id) => {
    const want = desired.get(id);
    const container = containers.get(id) ?? null;
    return want === undefined && container === null
      ? []
      : [statusOf(state, { id, node, want, container, nowMs })];
  });
  return byId(statuses);
}

interface StatusParts {
  readonly id: AllocationId;
  readonly node: NodeRecord;
  readonly want: DesiredAllocation | undefined;
  readonly container: ContainerReport | null;
  readonly nowMs: number;
}

function statusOf(
  state: ClusterState,
  { id, node, want, container: reported, nowMs }: StatusParts,
): AllocationStatus {
  const refusal = refusalOf(node, id, reported);
  const container =
    reported === null || refusal === '' ? reported : { ...reported, reason: refusal };
  const job = (want?.job ?? container?.job) as JobName;
  const fromJob =
    want?.spec === undefined ? undefined : (state.jobs.get(job)?.spec ?? want.spec).target;
  const target = fromJob ?? (container === null ? null : targetOf(state.jobs, container));
  const latencyMs = latencyOf(target, container);
  const ended = container !== null && container.state !== 'running' ? container.reason : '';
  return {
    id,
    job,
    node: node.id,
    target,
    latencyMs,
    qoeClass: target === null || latencyMs === null ? null : classify(target, latencyMs),
    desired: want?.limit ?? null,
    reason: refusal || ended || want?.reason || container?.reason || '',
    container,
    ageMs: container === null ? null : Math.max(0, nowMs - node.heardAtMs),
    ...unreachableStatus(state, { id, node: node.id, target }),
    ...(want?.replaces === undefined ? {} : { replaces: want.replaces }),
  };
}

/** Why the agent did not start the container, in its own words; '' = it runs, or none was given. */
function refusalOf(node: NodeRecord, id: AllocationId, container: ContainerReport | null): string {
  if (container !== null && container.state !== 'pending') return '';
  const ack = node.ack?.allocations.find((each) => each.id === id);
  if (ack === undefined || ack.ok || ack.reason === '') return '';
  return cutText(`not started: ${ack.reason}`, MAX_REASON);
}

/**
 * Statuses of submitted jobs and of jobs that labels of adopted containers name (those with a
 * readable target), in name order.
 */
export function jobStatuses(state: ClusterState, nowMs: number): readonly JobStatus[] {
  const allocations = allocationStatuses(state, nowMs);
  const byJob = new Map<JobName, AllocationStatus[]>();
  for (const each of allocations) {
    const group = byJob.get(each.job);
    if (group === undefined) byJob.set(each.job, [each]);
    else group.push(each);
  }
  const own = [...state.jobs.values()].map((job) =>
    ownStatus(state, job, byJob.get(job.spec.name) ?? []),
  );
  const labelled = [...byJob].flatMap(([job, group]) =>
    state.jobs.has(job) ? [] : (adoptedStatus(group.filter((each) => !isOwn(each))) ?? []),
  );
  return [...own, ...labelled].sort((a, b) => (a.spec.name < b.spec.name ? -1 : 1));
}

function ownStatus(
  state: ClusterState,
  { spec, owner }: JobRecord,
  allocations: readonly AllocationStatus[],
): JobStatus {
  const all = allocations.filter(isOwn);
  // A container that is just being removed does not belong to the job any more.
  const wanted = all.filter(({ desired, node }) => desired !== null || node === null);
  const own = wanted.length >= spec.replicas ? wanted : all;
  return {
    spec: withHiddenEnv(spec),
    origin: 'dqoes',
    state: jobState(own),
    reasons: [
      ...reasonsOf(own),
      ...keptReasons(state, spec, own),
      ...secretReasons(state, spec, own),
    ],
    allocations: own,
    ...(owner === undefined ? {} : { owner }),
  };
}

/** Its host refuses the job as it is now: an older version runs, or one from before the rules. */
const keptReasons = (
  state: ClusterState,
  spec: JobSpec,
  allocations: readonly AllocationStatus[],
): readonly string[] =>
  allocations.flatMap(({ id, node, container }) => {
    const record = node === null ? undefined : state.nodes.get(node);
    const why = record === undefined ? undefined : refusalOn(record, spec);
    if (why === undefined || container?.state !== 'running') return [];
    const said = `${id}: ${node} refuses it as it is now, what runs there runs on: ${why}`;
    return [cutText(said, MAX_REASON)];
  });

/** A secret that is missing stops nothing that runs; it would not be started again. */
function secretReasons(
  { secrets }: ClusterState,
  spec: JobSpec,
  allocations: readonly AllocationStatus[],
): readonly string[] {
  const why = secretsAwaited(spec, secrets);
  if (why === undefined || !allocations.some(({ container }) => container?.state === 'running'))
    return [];
  return [cutText(`what runs runs on, and is not started again: ${why}`, MAX_REASON)];
}

function adoptedStatus(group: readonly AllocationStatus[]): JobStatus | null {
  const first = group.find(({ target }) => target !== null);
  if (first === undefined || first.target === null || first.container === null) return null;
  const { container, target } = first;
  const spec: JobSpec = {
    name: first.job,
    // A job names an image in a word; a report of any host may hold something else.
    image: container.image.replace(/\s/g, '_') || 'unknown',
    command: [],
    env: {},
    target,
    weight: container.weight,
    replicas: group.length,
    resources: { cpu: container.cpuBounds },
    // Reports do not say where an adopted container's latency is read.
    latency: { source: 'push' },
    constraints: { labels: {} },
    onLoss: 'keep',
    ports: [],
  };
  return {
    spec,
    origin: 'label',
    state: jobState(group),
    reasons: reasonsOf(group),
    allocations: group,
  };
}

function jobState(allocations: readonly AllocationStatus[]): JobStatus['state'] {
  // A container of ours without a desired state (just stopped, or not taken over yet) does not show
  // that the job runs.
  const there = new Set(allocations.map(({ id }) => id));
  const lasting = allocations.filter(
    ({ replaces }) => replaces === undefined || !there.has(replaces),
  );
  const states = lasting.map(({ container, desired }) =>
    container === null || (container.origin === 'dqoes' && desired === null)
      ? 'pending'
      : container.state,
  );
  const running = states.filter((state) => state === 'running').length;
  if (running > 0) return running === states.length ? 'running' : 'partial';
  return states.some((state) => state === 'failed' || state === 'exited') ? 'failed' : 'pending';
}

const reasonsOf = (allocations: readonly AllocationStatus[]): readonly string[] =>
  allocations.flatMap(({ id, node, container, reason, unreachable }) => {
    const isLoop = container?.reason.startsWith(RESTARTING) === true;
    const runs = isLoop ? container.reason : unreachableReason(node, unreachable);
    const why = container?.state === 'running' ? runs : reason;
    const name = container?.origin === 'label' ? container.name : id;
    return why === '' ? [] : [cutText(`${name}: ${why}`, MAX_REASON)];
  });

const unreachableReason = (
  node: AllocationStatus['node'],
  unreachable: AllocationStatus['unreachable'],
): string => {
  if (unreachable === undefined) return '';
  const target = formatDurationMs(unreachable.targetMs);
  return `the target ${target} cannot be met on ${node}: ${unreachable.reason}`;
};
