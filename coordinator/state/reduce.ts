import type { JobName, SecretName } from '../../shared/ids.js';
import type { JobSpec } from '../../shared/job.js';
import { type WorkloadKey, workloadKeyOf } from '../../shared/workload.js';
import { foldConditions } from './conditions.js';
import type { NodeEvent, StateEvent } from './events.js';
import type { ClusterState, JobRecord } from './model.js';
import { reduceNodes } from './reduce-nodes.js';
import { type Requesters, withRequester } from './requesters.js';
import { withPartsOf } from './shared-parts.js';
import { foldUnreachable } from './unreachable.js';

/**
 * state × event → state. Pure and total: any order of events gives a state and none throws. Parts
 * that do not change keep their identity, so that callers compare by reference.
 */
export function reduce(state: ClusterState, event: StateEvent): ClusterState {
  switch (event.kind) {
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
    case 'planned':
      return {
        ...state,
        pending: new Map(event.pending.map(({ allocation, refusals }) => [allocation, refusals])),
        preempted: event.preempted,
        unreachable: foldUnreachable(state, event.unreachable),
        conditions: foldConditions(state, event.conditions),
        rollouts: new Map(event.rollouts?.map((each) => [each.job, each])),
      };
    case 'policy-set':
      // What one policy found unreachable says nothing about another policy.
      return {
        ...state,
        policy: event.policy,
        unreachable: event.policy === state.policy ? state.unreachable : new Map(),
        conditions: event.policy === state.policy ? state.conditions : new Map(),
      };
    default:
      return withNodesAfter(state, event);
  }
}

function withNodesAfter(state: ClusterState, event: NodeEvent): ClusterState {
  const nodes = reduceNodes(state.nodes, event, state);
  const counts = countsAfter(state.counts, event);
  const requesters = requestersAfter(state.requesters, event);
  const isSame =
    nodes === state.nodes && counts === state.counts && requesters === state.requesters;
  return isSame ? state : { ...state, nodes, counts, requesters };
}

function countsAfter(counts: ClusterState['counts'], event: NodeEvent): ClusterState['counts'] {
  if (event.kind === 'reports')
    return { ...counts, reports: counts.reports + event.reports.length };
  return event.kind === 'acks' ? { ...counts, acks: counts.acks + event.acks.length } : counts;
}

const requestersAfter = (requesters: Requesters, event: NodeEvent): Requesters =>
  event.kind === 'node-scheduling'
    ? { ...requesters, nodes: withRequester(requesters.nodes, [event.node], event.by) }
    : requesters;

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
