import type { Verb } from '../../proto/schemas/service.js';
import { POLICY_NAMES, type ServiceCalls } from '../../proto/schemas/service.js';
import type { JobStatus } from '../../proto/schemas/status.js';
import type { JobName } from '../../shared/ids.js';
import type { JobSpec } from '../../shared/job.js';
import { err, type Fault, ok, type Result } from '../../shared/result.js';
import type { ClusterState } from '../state/model.js';
import { nodeStatus, nodeStatuses } from '../state/node-status.js';
import { allocationStatuses, allocationsOn, jobStatuses } from '../state/status.js';
import { notFound } from './faults.js';
import type { JobWriter } from './job-writer.js';
import type { NodeWriter } from './node-writer.js';
import { NO_TOKEN, type TokenWriter } from './token-writer.js';
import { fullFaults, jobFaults } from './validate.js';

/** What the handlers read and change. */
export interface VerbContext {
  /** The state with all messages received until now. */
  readonly state: () => Promise<ClusterState>;
  readonly nowMs: () => number;
  readonly writer: JobWriter;
  readonly nodes: NodeWriter;
  readonly tokens: TokenWriter;
  /** What was published of nodes last. */
  readonly view: (
    asked: ServiceCalls['view-get']['request'],
  ) => ServiceCalls['view-get']['response'];
  /** What would happen if these jobs were submitted now. */
  readonly forecast: (jobs: readonly JobSpec[]) => Promise<ServiceCalls['job-plan']['response']>;
}

/** One handler per verb: a checked request in, an answer or coded faults out. Never throws. */
export type VerbHandlers = {
  readonly [V in Verb]: (
    request: ServiceCalls[V]['request'],
  ) => Promise<Result<ServiceCalls[V]['response']>>;
};

/** The handlers of all verbs. */
export function verbHandlers(context: VerbContext): VerbHandlers {
  const { state, nowMs, writer, nodes, forecast, view, tokens } = context;
  return {
    'job-submit': ({ jobs }) => writer.submit(jobs),
    'job-plan': async ({ jobs }) => {
      const { jobs: known } = await state();
      const faults = [...jobFaults(jobs, known.keys()), ...fullFaults(jobs, known)];
      return faults.length > 0 ? err(faults) : ok(await forecast(jobs));
    },
    'job-stop': ({ name }) => writer.stop(name),
    'job-list': async ({ after, limit }) =>
      ok(pageOf(jobStatuses(await state(), nowMs()), after, limit)),
    'job-status': async ({ name }) => {
      const job = jobStatuses(await state(), nowMs()).find(({ spec }) => spec.name === name);
      return job === undefined ? err(notFound('job', name)) : ok({ job });
    },
    'node-list': async () => ok({ nodes: nodeStatuses(await state(), nowMs()) }),
    'node-status': async ({ id }) => {
      const now = await state();
      const record = now.nodes.get(id);
      const node = record === undefined ? null : nodeStatus(now, record, nowMs());
      if (record === undefined || node === null) return err(notFound('node', id));
      return ok({ node, allocations: allocationsOn(now, record, nowMs()) });
    },
    'node-set': async ({ id, scheduling }) => {
      await state();
      return nodes.setScheduling(id, scheduling);
    },
    'node-approve': async ({ id }) => {
      await state();
      return nodes.approve(id);
    },
    'node-remove': async ({ id }) => {
      await state();
      return nodes.remove(id);
    },
    'allocation-list': async () => ok({ allocations: allocationStatuses(await state(), nowMs()) }),
    'policy-get': async () => ok({ policy: (await state()).policy, available: POLICY_NAMES }),
    'policy-set': ({ policy }) => writer.setPolicy(policy),
    'view-get': async (asked) => ok(view(asked)),
    'token-create': (token) => tokens.create(token),
    'token-list': () => tokens.list(),
    'token-revoke': ({ id }) => tokens.revoke(id),
    'token-status': async () => err([NO_TOKEN]),
  };
}

/** The jobs after a name, at most `limit`; they come in the order of names. */
function pageOf(
  jobs: readonly JobStatus[],
  after = '' as JobName,
  limit = jobs.length,
): ServiceCalls['job-list']['response'] {
  const rest = after === '' ? jobs : jobs.filter(({ spec }) => spec.name > after);
  const page = rest.slice(0, limit);
  const last = page.at(-1)?.spec.name;
  return last === undefined || page.length === rest.length
    ? { jobs: page }
    : { jobs: page, next: last };
}

/** The fault for a call that failed by a bug; `what`: the verb. The cause is in the log only. */
export const internalFault = (what: string): readonly Fault[] => [
  {
    code: 'service.unavailable',
    field: '',
    message: `the coordinator failed to answer (${what}): see its log`,
  },
];
