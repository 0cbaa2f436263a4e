import type { AllocationStatus, JobStatus, StoppingJob } from '../../proto/schemas/status.js';
import { missingGpuOf } from '../../shared/gpu.js';
import type { JobName } from '../../shared/ids.js';
import { type JobSpec, withHiddenEnv } from '../../shared/job.js';
import { type Page, type PageAsked, pageOf } from '../../shared/paging.js';
import { cutText, firstNames } from '../../shared/text.js';
import { formatDurationMs } from '../../shared/units.js';
import { reasonsOf } from './allocation-reasons.js';
import { allocationStatus, type ListedAllocation, listedAllocations } from './allocation-status.js';
import { fitting, MAX_REASON } from './fitting.js';
import { refusalOn } from './host-refusals.js';
import { missingLabel } from './missing-label.js';
import type { ClusterState, JobRecord } from './model.js';
import { secretsAwaited } from './secrets.js';
import { stallReason } from './stalls.js';
import { leftBehindReasons, stoppingJob } from './stopping.js';
import { saidInVain, whyNotReplaced } from './waiting.js';

/**
 * Statuses of submitted jobs and of jobs that labels of adopted containers name (those with a
 * readable target), in name order.
 */
export const jobStatuses = (state: ClusterState, nowMs: number): readonly JobStatus[] =>
  wholePage(state, nowMs, {}).rows.flatMap(({ job }) => job ?? []);

/** A page of jobs, and of those that were stopped and still have containers; absent = none has. */
export interface JobsPage {
  readonly jobs: readonly JobStatus[];
  readonly stopping?: readonly StoppingJob[];
  readonly next?: JobName;
}

/**
 * Those of a page, in name order, each as it fits into a message; no status is made of the others.
 */
export function jobPage(state: ClusterState, nowMs: number, asked: PageAsked<JobName>): JobsPage {
  const { rows, ...more } = wholePage(state, nowMs, asked);
  const jobs = rows.flatMap(({ job }) => (job === null ? [] : fitting(job)));
  const stopping = rows.flatMap(({ left }) => (left === null ? [] : fitting(left)));
  return { jobs, ...(stopping.length === 0 ? {} : { stopping }), ...more };
}

/**
 * The status of one job, as it fits into a message; null = it is neither submitted nor named by a
 * label.
 */
export function jobStatus(state: ClusterState, name: JobName, nowMs: number): JobStatus | null {
  const { job } = oneNamed(state, name, nowMs);
  return job === null ? null : fitting(job);
}

/** The one of that name that was stopped and still has containers; null = there is none. */
export function stoppingJobNamed(
  state: ClusterState,
  name: JobName,
  nowMs: number,
): StoppingJob | null {
  const { left } = oneNamed(state, name, nowMs);
  return left === null ? null : fitting(left);
}

const oneNamed = (state: ClusterState, name: JobName, nowMs: number): NamedJob => {
  const group = listedAllocations(state).filter(({ job }) => job === name);
  return statusIn(state, { name, group, nowMs });
};

function wholePage(
  state: ClusterState,
  nowMs: number,
  asked: PageAsked<JobName>,
): Page<NamedJob, JobName> {
  const byJob = new Map<JobName, ListedAllocation[]>();
  for (const each of listedAllocations(state)) {
    const group = byJob.get(each.job);
    if (group === undefined) byJob.set(each.job, [each]);
    else group.push(each);
  }
  const names = [...new Set([...state.jobs.keys(), ...byJob.keys()])].sort();
  const page = pageOf(names, (name) => name, asked);
  const rows = page.rows.map((name) =>
    statusIn(state, { name, group: byJob.get(name) ?? [], nowMs }),
  );
  return { ...page, rows };
}

interface JobGroup {
  readonly name: JobName;
  readonly group: readonly ListedAllocation[];
  readonly nowMs: number;
}

/** What goes by one name. */
interface NamedJob {
  /** Submitted, or named by labels; null = neither. */
  readonly job: JobStatus | null;
  /** What hosts still have of one that was stopped; null = nothing. */
  readonly left: StoppingJob | null;
}

function statusIn(state: ClusterState, { name, group, nowMs }: JobGroup): NamedJob {
  const allocations = group.map((each) => allocationStatus(state, each, nowMs));
  const job = state.jobs.get(name);
  return job === undefined
    ? {
        job: adoptedStatus(allocations.filter((each) => !isOwn(each))),
        left: stoppingJob(name, allocations),
      }
    : { job: ownStatus(state, job, allocations), left: null };
}

/** Names of submitted jobs, and of those that labels of adopted containers name. */
export const jobNames = (state: ClusterState): ReadonlySet<JobName> =>
  new Set([...state.jobs.keys(), ...listedAllocations(state).map(({ job }) => job)]);

const isOwn = ({ container }: AllocationStatus): boolean => container?.origin !== 'label';

function ownStatus(
  state: ClusterState,
  { spec, owner }: JobRecord,
  allocations: readonly AllocationStatus[],
): JobStatus {
  const all = allocations.filter(isOwn);
  // A container that is just being removed does not belong to the job any more.
  const wanted = all.filter(({ desired, node }) => desired !== null || node === null);
  const own = wanted.length >= spec.replicas ? wanted : all;
  const now = jobState(own);
  // A narrow list shows the first: where all run, that the change waits.
  const waiting = notReplacedReasons(state, spec, own);
  return {
    spec: withHiddenEnv(spec),
    origin: 'dqoes',
    state: now,
    reasons: [
      ...(now === 'running' ? [...waiting, ...reasonsOf(own)] : [...reasonsOf(own), ...waiting]),
      ...leftBehindReasons(all),
      ...keptReasons(state, spec, own),
      ...rolloutReasons(state, spec),
      ...gpuReasons(state, spec, own),
      ...secretReasons(state, spec, own),
      ...namesakeReasons(allocations),
    ],
    allocations: own,
    ...(owner === undefined ? {} : { owner }),
  };
}

/**
 * Its host refuses the job as it is now, or lacks its labels: an older version runs, or one from
 * before the rules or labels.
 */
const keptReasons = (
  state: ClusterState,
  spec: JobSpec,
  allocations: readonly AllocationStatus[],
): readonly string[] =>
  allocations.flatMap(({ id, node, container }) => {
    const record = node === null ? undefined : state.nodes.get(node);
    if (record === undefined || container?.state !== 'running') return [];
    const why = refusalOn(record, spec) ?? missingLabel(record, spec);
    if (why === undefined) return [];
    const said = `${id}: ${node} refuses it as it is now, what runs there runs on: ${why}`;
    return [cutText(said, MAX_REASON)];
  });

/** A container may run on without the GPU that it was given. */
function gpuReasons(
  { nodes }: ClusterState,
  spec: JobSpec,
  allocations: readonly AllocationStatus[],
): readonly string[] {
  if (spec.resources.gpu === undefined) return [];
  return allocations.flatMap(({ id, node }) => {
    const record = node === null ? undefined : nodes.get(node);
    if (record?.report == null || record.liveness !== 'ready') return [];
    const given = record.desired?.allocations.find((each) => each.id === id)?.gpu;
    const missing = given === undefined ? undefined : missingGpuOf(given, record.report.gpus);
    return missing === undefined ? [] : [cutText(`${id}: ${node} ${missing.reason}`, MAX_REASON)];
  });
}

/** What runs may run on as it was, because its agent cannot start the newest version. */
const notReplacedReasons = (
  state: ClusterState,
  spec: JobSpec,
  allocations: readonly AllocationStatus[],
): readonly string[] =>
  allocations.flatMap(({ id, node, container }) => {
    const record = node === null ? undefined : state.nodes.get(node);
    if (container === null || record === undefined) return [];
    const why = whyNotReplaced(record.ack, container, spec) || saidInVain(record, id, spec);
    return why === '' ? [] : [cutText(`${id}: ${why}`, MAX_REASON)];
  });

function rolloutReasons(state: ClusterState, { name }: JobSpec): readonly string[] {
  const rollout = state.rollouts.get(name);
  if (rollout === undefined) return [];
  const { reason, stall } = rollout;
  return [stall === undefined ? cutText(reason, MAX_REASON) : stallReason(state, rollout, stall)];
}

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

const MAX_NAMED = 5;

/** Adopted containers under the name of the job are in no list of jobs: the row is its own. */
function namesakeReasons(allocations: readonly AllocationStatus[]): readonly string[] {
  const places = allocations.flatMap(({ node, container }) =>
    container?.origin === 'label' ? [`${container.name} on ${node}`] : [],
  );
  if (places.length === 0) return [];
  const named = firstNames(places, MAX_NAMED);
  const said = `adopted under its name by their labels, and not counted here: ${named}`;
  return [cutText(said, MAX_REASON)];
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
    reasons: [...reasonsOf(group), ...targetReasons(group)],
    allocations: group,
  };
}

/** The row has one target, and each container is held at the one of its own labels. */
function targetReasons(group: readonly AllocationStatus[]): readonly string[] {
  const each = group.flatMap(({ target, container }) =>
    target === null || container === null
      ? []
      : [
          {
            name: container.name,
            text: `${formatDurationMs(target.latencyMs)} ${target.statistic}`,
          },
        ],
  );
  if (new Set(each.map(({ text }) => text)).size < 2) return [];
  const asked = each.map(({ name, text }) => `${name} ${text}`);
  const named = firstNames(asked, MAX_NAMED);
  const said = `labels of its containers ask for different targets: ${named}`;
  return [cutText(said, MAX_REASON)];
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
