import type { Ack, DesiredState } from '../../shared/command.js';
import type { JobName, SecretName } from '../../shared/ids.js';
import type { JobSpec } from '../../shared/job.js';
import type { NodeReport } from '../../shared/report.js';
import { assertNever } from '../../shared/result.js';
import { type WorkloadKey, workloadKeyOf } from '../../shared/workload.js';
import { capacityOf, holdsNothing, isAdmitted, MAX_KNOWN_NODES } from './admission.js';
import { awaitedAfter } from './awaited-gpus.js';
import { foldConditions } from './conditions.js';
import type { StateEvent } from './events.js';
import {
  foldApproval,
  foldAuditedAct,
  foldKnownNode,
  foldStoredNode,
  unheard,
  withNode,
} from './fold-node.js';
import { classesOf, registrationOf } from './heard.js';
import { refusalsAfter } from './host-refusals.js';
import { judgeLiveness, SURELY_READY_MS } from './liveness.js';
import type { ClusterState, JobRecord, NodeRecord } from './model.js';
import { type Requesters, withRequester } from './requesters.js';
import { sentTimeOf } from './sent-time.js';
import { withPartsOf, withPartsOfJobs } from './shared-parts.js';
import { foldUnreachable } from './unreachable.js';

/** Report interval assumed for nodes that never reported theirs, ms. */
const UNKNOWN_INTERVAL_MS = 5000;

/**
 * state × event → state. Pure and total: any order of events gives a state and none throws. Parts
 * that do not change keep their identity, so that callers compare by reference.
 */
export function reduce(state: ClusterState, event: StateEvent): ClusterState {
  switch (event.kind) {
    case 'reports':
      return foldReports(state, event.reports);
    case 'twins':
      return foldTwins(state, event.twins);
    case 'acks':
      return foldAcks(state, event.acks);
    case 'jobs-stored':
      return foldJobs(state, event);
    case 'job-removed': {
      const revision = state.jobs.get(event.name)?.revision;
      if (revision === undefined || (event.revision ?? revision) !== revision) return state;
      const jobs = new Map(state.jobs);
      jobs.delete(event.name);
      return { ...state, jobs, requesters: requestersOfJobs(state, [event.name], event.by) };
    }
    case 'secrets-stored':
      return foldSecrets(state, event);
    case 'secret-removed':
      return withoutSecret(state, event.name);
    case 'desired-stored':
      return foldDesired(state, event.states, event.atMs);
    case 'planned':
      return {
        ...state,
        pending: new Map(event.pending.map(({ allocation, refusals }) => [allocation, refusals])),
        preempted: event.preempted,
        unreachable: foldUnreachable(state, event.unreachable),
        conditions: foldConditions(state, event.conditions),
        rollouts: new Map(event.rollouts?.map(({ job, reason }) => [job, reason])),
      };
    case 'policy-set':
      // What one policy found unreachable says nothing about another policy.
      return {
        ...state,
        policy: event.policy,
        unreachable: event.policy === state.policy ? state.unreachable : new Map(),
        conditions: event.policy === state.policy ? state.conditions : new Map(),
      };
    case 'node-known':
      return foldKnownNode(state, event);
    case 'node-stored':
      return foldStoredNode(state, event);
    case 'node-approved':
      return foldApproval(state, event);
    case 'node-removed': {
      const nodes = new Map(state.nodes);
      return nodes.delete(event.node) ? { ...state, nodes } : state;
    }
    case 'node-scheduling':
      return foldScheduling(state, event);
    case 'act-audited':
      return foldAuditedAct(state, event);
    case 'tick':
      return foldTick(state, event.atMs);
    default:
      return assertNever(event);
  }
}

// One copy of the map for all jobs: one copy for each makes a large submission quadratic.
function foldJobs(
  state: ClusterState,
  { jobs: stored, areRestored, by }: Extract<StateEvent, { kind: 'jobs-stored' }>,
): ClusterState {
  const jobs = new Map(state.jobs);
  const changed: JobName[] = [];
  // Those that come together are often alike, and those of one workload have one command.
  let like = jobs.values().next().value?.spec;
  const kin = new Map<WorkloadKey, JobRecord>();
  for (const job of stored) {
    const known = jobs.get(job.spec.name)?.revision ?? -1;
    if (known > job.revision && areRestored !== true) continue;
    const key = workloadKeyOf(job.spec);
    const first = kin.get(key);
    like = withPartsOf(withPartsOf(job.spec, like), first?.spec, ['command']);
    const record = jobRecord(job, like, first?.workload ?? key);
    if (first === undefined) kin.set(key, record);
    jobs.set(job.spec.name, record);
    changed.push(job.spec.name);
  }
  return { ...state, jobs, requesters: requestersOfJobs(state, changed, by) };
}

const requestersOfJobs = (
  { requesters }: ClusterState,
  jobs: readonly JobName[],
  by: string | undefined,
): Requesters => ({ ...requesters, jobs: withRequester(requesters.jobs, jobs, by) });

function foldScheduling(
  state: ClusterState,
  { node, scheduling, by, atMs }: Extract<StateEvent, { kind: 'node-scheduling' }>,
): ClusterState {
  const { requesters } = state;
  const nodes = withRequester(requesters.nodes, [node], by);
  return { ...withNode(state, node, { scheduling }, atMs), requesters: { ...requesters, nodes } };
}

// Field by field: a copy to which a field is added takes more room, for each job.
const jobRecord = (
  { revision, owner }: Pick<JobRecord, 'revision' | 'owner'>,
  spec: JobSpec,
  workload: WorkloadKey,
): JobRecord =>
  owner === undefined ? { spec, workload, revision } : { spec, workload, revision, owner };

function foldSecrets(
  state: ClusterState,
  { secrets: stored, areNewest }: Extract<StateEvent, { kind: 'secrets-stored' }>,
): ClusterState {
  const secrets = new Map(state.secrets);
  for (const secret of stored) {
    const known = secrets.get(secret.name)?.revision ?? -1;
    if (areNewest === true || known <= secret.revision) secrets.set(secret.name, secret);
  }
  return { ...state, secrets };
}

function withoutSecret(state: ClusterState, name: SecretName): ClusterState {
  const secrets = new Map(state.secrets);
  return secrets.delete(name) ? { ...state, secrets } : state;
}

// A container reported before its allocation was desired is no evidence that the allocation runs: a
// job stopped and submitted again would count as running because of the container that is just
// being removed.
function foldDesired(
  state: ClusterState,
  states: readonly DesiredState[],
  atMs: number,
): ClusterState {
  const nodes = new Map(state.nodes);
  for (const desired of states) {
    // Only a node that took part has a desired state.
    const node = nodes.get(desired.node) ?? { ...unheard(desired.node, atMs), isApproved: true };
    const after: NodeRecord = { ...node, desired, report: reportAfter(node, desired) };
    // The agent may have answered while other nodes' states were still being written.
    const { ack } = node;
    const refusals = ack === null ? node.refusals : refusalsAfter(state, after, ack);
    nodes.set(desired.node, { ...after, refusals });
  }
  return { ...state, nodes };
}

function reportAfter(node: NodeRecord, desired: DesiredState): NodeReport | null {
  const before = new Set(node.desired?.allocations.map(({ id }) => id));
  const isNew = new Set(
    desired.allocations.flatMap(({ id, spec }) =>
      spec === undefined || before.has(id) ? [] : [id],
    ),
  );
  const { report } = node;
  if (report === null || isNew.size === 0 || node.desired === null) return report;
  const containers = report.containers.filter(
    ({ origin, allocation }) => origin === 'label' || !isNew.has(allocation),
  );
  return { ...report, containers };
}

// An ack makes no node known; only reports do, because the number of their nodes is bounded.
function foldAcks(state: ClusterState, acks: readonly Ack[]): ClusterState {
  const counts = { ...state.counts, acks: state.counts.acks + acks.length };
  const nodes = new Map(state.nodes);
  for (const ack of acks) {
    const node = nodes.get(ack.node);
    if (node !== undefined)
      nodes.set(ack.node, { ...node, ack, refusals: refusalsAfter(state, node, ack) });
  }
  return { ...state, nodes, counts };
}

function foldTwins(
  state: ClusterState,
  twins: Extract<StateEvent, { kind: 'twins' }>['twins'],
): ClusterState {
  const nodes = new Map(state.nodes);
  for (const { node: id, bootId, atMs } of twins) {
    const node = nodes.get(id);
    if (node !== undefined) nodes.set(id, { ...node, twin: { bootId, atMs } });
  }
  return { ...state, nodes };
}

// One copy of the map of nodes for all reports: with a thousand nodes, one copy for each would be
// most of the work.
function foldReports(
  state: ClusterState,
  heard: Extract<StateEvent, { kind: 'reports' }>['reports'],
): ClusterState {
  const nodes = new Map(state.nodes);
  for (const { report: newest, atMs } of heard) {
    const before = nodes.get(newest.node) ?? unheard(newest.node, atMs);
    const report = withPartsOfJobs(newest, before, state.jobs);
    const { isApproved, capacity, sealingKey } = admissionOf(state, before, report);
    const { bootId, sentAtMs } = report;
    // Field by field: this is done for every report.
    nodes.set(report.node, {
      id: before.id,
      scheduling: before.scheduling,
      isApproved,
      capacity,
      sealingKey,
      auditedAct: before.auditedAct,
      registration: registrationOf(report, before.registration),
      report,
      heardAtMs: atMs,
      sent: sentTimeOf(before.sent, { bootId, sentAtMs, receivedAtMs: atMs }),
      liveness: 'ready',
      desired: before.desired,
      ack: before.ack,
      twin: before.twin,
      refusals: before.refusals,
      classes: classesOf(state, report, before.classes),
      awaitedGpus: awaitedAfter(before, report, atMs),
    });
  }
  return {
    ...state,
    nodes,
    counts: { ...state.counts, reports: state.counts.reports + heard.length },
  };
}

// Where every node takes part, all that report are approved, in case that is changed later. The
// first key of a node stays its key: a report with another one gets no secrets.
function admissionOf(
  { registration }: ClusterState,
  { isApproved, capacity, sealingKey }: NodeRecord,
  report: NodeReport,
): Pick<NodeRecord, 'isApproved' | 'capacity' | 'sealingKey'> {
  const first = sealingKey ?? report.sealingKey ?? null;
  if (registration === 'open') return { isApproved: true, capacity, sealingKey: first };
  if (!isApproved) return { isApproved, capacity: null, sealingKey };
  return { isApproved, capacity: capacity ?? capacityOf(report.host), sealingKey: first };
}

// Nearly all, in every pass.
const isSurelyReady = ({ liveness, report }: NodeRecord, ageMs: number): boolean =>
  liveness === 'ready' && report !== null && ageMs <= SURELY_READY_MS;

function foldTick(state: ClusterState, atMs: number): ClusterState {
  const changed: NodeRecord[] = [];
  for (const node of state.nodes.values()) {
    const ageMs = atMs - node.heardAtMs;
    if (isSurelyReady(node, ageMs)) continue;
    const liveness = judgeLiveness({
      ageMs,
      intervalMs: node.registration?.intervalMs ?? UNKNOWN_INTERVAL_MS,
      hasReported: node.report !== null,
    });
    if (liveness !== node.liveness) changed.push({ ...node, liveness });
  }
  const areTooMany = state.registration === 'open' && state.nodes.size > MAX_KNOWN_NODES;
  if (changed.length === 0 && !areTooMany) return state;
  const nodes = new Map(state.nodes);
  // A name that waits to be approved is kept only while it reports: anybody may invent one.
  for (const node of changed)
    if (node.liveness === 'down' && !isAdmitted(state, node)) nodes.delete(node.id);
    else nodes.set(node.id, node);
  if (areTooMany) for (const node of nodes.values()) if (holdsNothing(node)) nodes.delete(node.id);
  return { ...state, nodes };
}
