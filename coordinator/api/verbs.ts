import type { Requester } from '../../proto/requester.js';
import {
  type ChangingVerb,
  POLICY_NAMES,
  type ProgramReport,
  type ServiceCalls,
  type Verb,
} from '../../proto/schemas/service.js';
import { ACTIONS } from '../../proto/schemas/verbs.js';
import type { NodeId } from '../../shared/ids.js';
import type { JobSpec } from '../../shared/job.js';
import { err, type Fault, ok, type Result } from '../../shared/result.js';
import type { Subject } from '../audit/audit-trail.js';
import { allocationPage, allocationsOn } from '../state/allocation-status.js';
import { jobNames, jobPage, jobStatus, stoppingJobNamed } from '../state/job-status.js';
import type { ClusterState } from '../state/model.js';
import { nodePage, nodeStatus } from '../state/node-status.js';
import type { ChangeOutcome } from './change-outcome.js';
import { notFound, stillStopping } from './faults.js';
import type { JobWriter } from './job-writer.js';
import { withKeptEnv } from './kept-env.js';
import type { NodeWriter } from './node-writer.js';
import { foreignSecretFaults } from './ownership.js';
import { type SecretWriter, secretStatuses } from './secret-writer.js';
import { NO_TOKEN, type TokenWriter } from './token-writer.js';
import { fullFaults, jobFaults } from './validate.js';
import { capacityFaults } from './validate-capacity.js';

/** What the handlers read and change. */
export interface VerbContext {
  /**
   * The state with all messages received until now; for who looks at no nodes, and for who has read
   * the page before.
   */
  readonly state: (what?: 'without-nodes' | 'next-page') => Promise<ClusterState>;
  readonly nowMs: () => number;
  readonly writer: JobWriter;
  readonly nodes: NodeWriter;
  readonly secrets: SecretWriter;
  readonly tokens: TokenWriter;
  /** Unix time, ms. */
  readonly wallMs: () => number;
  /** What runs in the cluster beside the agents. */
  readonly programs: () => readonly ProgramReport[];
  /** What was published of nodes last. */
  readonly view: (
    asked: ServiceCalls['view-get']['request'],
  ) => Promise<ServiceCalls['view-get']['response']>;
  /** What would happen if these jobs were submitted now. */
  readonly forecast: (jobs: readonly JobSpec[]) => Promise<ServiceCalls['job-plan']['response']>;
  readonly quote: (
    job: JobSpec,
    targetsMs: readonly number[] | undefined,
  ) => Promise<ServiceCalls['job-quote']['response']>;
  /** What is free, what would fit, and what other hosts would change. */
  readonly capacity: (
    asked: ServiceCalls['capacity']['request'],
  ) => Promise<ServiceCalls['capacity']['response']>;
  /** What draining the node would do. */
  readonly drainPlan: (node: NodeId) => Promise<ServiceCalls['node-drain-plan']['response']>;
}

type ReadingVerb = Exclude<Verb, ChangingVerb>;

/**
 * One handler per verb: a checked request, and who asks, in; an answer or coded faults out. Never
 * throws. One that changes something says what it changed.
 */
export type VerbHandlers = {
  readonly [V in ReadingVerb]: (
    request: ServiceCalls[V]['request'],
    by: Requester,
  ) => Promise<Result<ServiceCalls[V]['response']>>;
} & {
  readonly [V in ChangingVerb]: (
    request: ServiceCalls[V]['request'],
    by: Requester,
  ) => Promise<ChangeOutcome<ServiceCalls[V]['response']>>;
};

/** What a call that changes something is about; of several jobs the first. */
export const SUBJECT_OF: {
  readonly [V in ChangingVerb]: (request: ServiceCalls[V]['request']) => Subject;
} = {
  'job-submit': ({ jobs: [job] }) => (job === undefined ? {} : { job: job.name }),
  'job-stop': ({ name }) => ({ job: name }),
  'node-set': ({ id }) => ({ node: id }),
  'node-approve': ({ id }) => ({ node: id }),
  'node-unapprove': ({ id }) => ({ node: id }),
  'node-remove': ({ id }) => ({ node: id }),
  'policy-set': () => ({}),
  'secret-set': ({ name }) => ({ secret: name }),
  'secret-remove': ({ name }) => ({ secret: name }),
  'token-create': ({ id }) => ({ token: id }),
  'token-revoke': ({ id }) => ({ token: id }),
};

/** The handlers of all verbs. */
export function verbHandlers(context: VerbContext): VerbHandlers {
  const { state, nowMs, writer, secrets, forecast, quote, view, tokens } = context;
  return {
    'job-submit': ({ jobs }, by) => writer.submit(jobs, by),
    'job-plan': async ({ jobs }, by) =>
      planOf(await state('without-nodes'), { jobs, by, forecast, writer }),
    'job-quote': async (asked, by) => {
      const job = jobToQuote(asked, await state('without-nodes'), by);
      const { targetsMs } = asked;
      if (!job.ok) return job;
      return ok(await quote(job.value, targetsMs.length === 0 ? undefined : targetsMs));
    },
    capacity: (asked) => capacityOf(context, asked),
    'job-stop': ({ name }, by) => writer.stop(name, by),
    'job-status': async ({ name }) => {
      const now = await state();
      const job = jobStatus(now, name, nowMs());
      if (job !== null) return ok({ job });
      const left = stoppingJobNamed(now, name, nowMs());
      return err(left === null ? notFound('job', name, jobNames(now)) : stillStopping(left));
    },
    'node-status': async ({ id }) => {
      const now = await state();
      const record = now.nodes.get(id);
      const node = record === undefined ? null : nodeStatus(now, record, nowMs());
      if (record === undefined || node === null) return err(notFound('node', id, now.nodes.keys()));
      return ok({ node, allocations: allocationsOn(now, record, nowMs()) });
    },
    'node-drain-plan': ({ id }) => drainPlanOf(context, id),
    ...nodeChangesIn(context),
    ...listsIn(context),
    'policy-get': () => policyIn(context),
    'policy-set': ({ policy }) => writer.setPolicy(policy),
    'secret-key': async () => secrets.key(),
    'secret-set': (setting, by) => secrets.set(setting, by),
    'secret-list': async () => ok(secretStatuses(await state('without-nodes'))),
    'secret-remove': ({ name }, by) => secrets.remove(name, by),
    'view-get': async (asked) => ok(await view(asked)),
    'token-create': (token) => tokens.create(token),
    'token-list': () => tokens.list(),
    'token-revoke': ({ id }) => tokens.revoke(id),
    'token-status': async () => err([NO_TOKEN]),
  };
}

/** Changes of nodes, each of which takes a look at them first. */
const nodeChangesIn = ({
  state,
  nodes,
}: VerbContext): Pick<
  VerbHandlers,
  'node-set' | 'node-approve' | 'node-unapprove' | 'node-remove'
> => ({
  'node-set': async ({ id, scheduling }, by) => {
    await state();
    return nodes.setScheduling(id, scheduling, by);
  },
  'node-approve': async ({ id }, by) => {
    await state();
    return nodes.approve(id, by);
  },
  'node-unapprove': async ({ id }) => {
    await state();
    return nodes.unapprove(id);
  },
  'node-remove': async ({ id }) => {
    await state();
    return nodes.remove(id);
  },
});

const pageOf = ({ after }: { readonly after?: string | undefined }): 'next-page' | undefined =>
  after === undefined ? undefined : 'next-page';

/** Lists, by pages. */
const listsIn = ({
  state,
  nowMs,
}: VerbContext): Pick<VerbHandlers, 'job-list' | 'node-list' | 'allocation-list'> => ({
  'job-list': async (asked) => ok(jobPage(await state(pageOf(asked)), nowMs(), asked)),
  'node-list': async (asked) => {
    const { rows: nodes, ...more } = nodePage(await state(pageOf(asked)), nowMs(), asked);
    return ok({ nodes, ...more });
  },
  'allocation-list': async (asked) => {
    const { rows: allocations, ...more } = allocationPage(
      await state(pageOf(asked)),
      nowMs(),
      asked,
    );
    return ok({ allocations, ...more });
  },
});

/** Everything wrong with jobs that somebody thinks of. */
const specFaults = (jobs: readonly JobSpec[], { jobs: known }: Pick<ClusterState, 'jobs'>) => [
  ...jobFaults(jobs, known.keys()),
  ...fullFaults(jobs, known),
];

/**
 * What submitting these jobs would do, or why they would be refused. Where only this requester may
 * not submit them, which passes, the plan says that beside.
 */
async function planOf(
  state: Pick<ClusterState, 'jobs' | 'secrets'>,
  asked: { readonly jobs: readonly JobSpec[]; readonly by: Requester } & Pick<
    VerbContext,
    'forecast' | 'writer'
  >,
): Promise<Result<ServiceCalls['job-plan']['response']>> {
  const { by, forecast, writer } = asked;
  const jobs = withKeptEnv(asked.jobs, state.jobs, by);
  const faults = [...foreignSecretFaults(jobs, state.secrets, by), ...specFaults(jobs, state)];
  if (faults.length > 0) return err(faults);
  const refusals = writer.refusals(jobs, by);
  const plan = await forecast(jobs);
  return ok(refusals.length === 0 ? plan : { ...plan, refusals });
}

/** The job that a quote is asked for, or why there is none. */
function jobToQuote(
  { name, spec }: ServiceCalls['job-quote']['request'],
  state: Pick<ClusterState, 'jobs' | 'secrets'>,
  by: Requester,
): Result<JobSpec> {
  const [written] = withKeptEnv(spec === undefined ? [] : [spec], state.jobs, by);
  const job = name === undefined ? written : state.jobs.get(name)?.spec;
  if ((name === undefined) === (spec === undefined)) return err([NAME_OR_SPEC]);
  if (job === undefined) return err(notFound('job', name ?? '', state.jobs.keys()));
  // What a stored job names was looked at when it was submitted, and shows to all who read jobs.
  const foreign = name === undefined ? foreignSecretFaults([job], state.secrets, by) : [];
  const faults = [...foreign, ...specFaults([job], state)];
  return faults.length > 0 ? err(faults) : ok(job);
}

async function policyIn({ state, programs, wallMs }: VerbContext) {
  const { policy } = await state('without-nodes');
  return ok({ policy, available: POLICY_NAMES, nowMs: wallMs(), programs: programs() });
}

async function capacityOf(
  { state, capacity }: VerbContext,
  asked: ServiceCalls['capacity']['request'],
): Promise<Result<ServiceCalls['capacity']['response']>> {
  const faults = capacityFaults(asked, await state());
  return faults.length > 0 ? err(faults) : ok(await capacity(asked));
}

async function drainPlanOf(
  { state, drainPlan }: VerbContext,
  id: NodeId,
): Promise<Result<ServiceCalls['node-drain-plan']['response']>> {
  const { nodes } = await state();
  return nodes.has(id) ? ok(await drainPlan(id)) : err(notFound('node', id, nodes.keys()));
}

const NAME_OR_SPEC: Fault = {
  code: 'service.bad-request',
  field: 'name',
  message: 'give the name of a job that is stored, or a spec, and not both',
};

/** The fault for a call that failed by a bug. The cause is in the log only. */
export const internalFault = (verb: Verb): readonly Fault[] => [
  {
    code: 'service.unavailable',
    field: '',
    message: `the coordinator failed to ${ACTIONS[verb]}: see its log`,
  },
];
