import { array, objectOf, oneOf, text } from '../../proto/codec/words.js';
import { jobSpec } from '../../proto/schemas/job.js';
import type { JobPlan } from '../../proto/schemas/plan.js';
import {
  requestSchemas,
  responseSchemas,
  type ServiceCalls,
  type Verb,
} from '../../proto/schemas/service.js';
import { NODE_SCHEDULING } from '../../proto/schemas/status.js';
import type { JobSpec } from '../../shared/job.js';
import { err, type Fault, ok } from '../../shared/result.js';
import { ID } from './parameters.js';
import type { Answer, Asked, Parameter, Route } from './route.js';

const job: Parameter = { ...ID, name: 'name', in: 'path', about: 'name of the job' };
const node: Parameter = { ...ID, name: 'id', in: 'path', about: 'id of the node' };
const possible: Parameter = {
  name: 'possible',
  in: 'query',
  pattern: /^(?:true|false)$/,
  expected: 'true or false',
  about: 'true: refuse (409) where the plan says that a job would not run or not meet its target',
};

/** Requests that change something, or that take a plan's time. The token decides, each time. */
export const WRITING: readonly Route[] = [
  {
    method: 'POST',
    path: '/plan',
    role: 'submitter',
    about: 'What would happen if these jobs were submitted. Nothing is stored.',
    body: requestSchemas['job-plan'],
    takesJobFile: true,
    response: responseSchemas['job-plan'],
    run: (asked) => answerTo(asked, 'job-plan', { jobs: jobsOf(asked) }),
  },
  {
    method: 'POST',
    path: '/jobs',
    role: 'submitter',
    about: 'Creates jobs, or updates those of these names.',
    parameters: [possible],
    body: requestSchemas['job-submit'],
    takesJobFile: true,
    response: responseSchemas['job-submit'],
    run: (asked) => submit(asked, jobsOf(asked)),
  },
  {
    method: 'PUT',
    path: '/jobs/:name',
    role: 'submitter',
    about: 'Creates or updates one job.',
    parameters: [job, possible],
    body: jobSpec,
    response: responseSchemas['job-submit'],
    run: async (asked) => {
      const spec = asked.body as JobSpec;
      return spec.name === asked.params.name
        ? submit(asked, [spec])
        : err({ faults: [OTHER_NAME] });
    },
  },
  {
    method: 'DELETE',
    path: '/jobs/:name',
    role: 'submitter',
    about: 'Stops a job and forgets it.',
    parameters: [job],
    response: objectOf({ stopped: array(text(63), 1) }),
    run: async (asked) => {
      const stopped = await callFor(asked, 'job-stop', { name: asked.params.name as never });
      return stopped.ok ? ok({ stopped: [asked.params.name] }) : stopped;
    },
  },
  {
    method: 'PUT',
    path: '/nodes/:id',
    role: 'operator',
    about: 'Opens, cordons or drains a node.',
    parameters: [node],
    body: objectOf({ scheduling: oneOf(NODE_SCHEDULING) }),
    response: responseSchemas['node-set'],
    run: (asked) => {
      const { scheduling } = asked.body as { readonly scheduling: 'open' };
      return callFor(asked, 'node-set', { id: asked.params.id as never, scheduling });
    },
  },
  {
    method: 'POST',
    path: '/nodes/:id/drain-plan',
    role: 'operator',
    about: 'What draining a node would do: what moves where, what stays, and who is hurt.',
    parameters: [node],
    response: responseSchemas['node-drain-plan'],
    run: (asked) => answerTo(asked, 'node-drain-plan', { id: asked.params.id as never }),
  },
  {
    method: 'POST',
    path: '/nodes/:id/approve',
    role: 'operator',
    about: 'Lets a node take part, with the capacity that it reports now.',
    parameters: [node],
    response: responseSchemas['node-approve'],
    run: (asked) => callFor(asked, 'node-approve', { id: asked.params.id as never }),
  },
  {
    method: 'DELETE',
    path: '/nodes/:id',
    role: 'operator',
    about: 'Forgets a node that is down or runs no jobs.',
    parameters: [node],
    response: responseSchemas['node-remove'],
    run: (asked) => callFor(asked, 'node-remove', { id: asked.params.id as never }),
  },
  {
    method: 'PUT',
    path: '/policy',
    role: 'operator',
    about: 'Sets the policy, from the next pass on.',
    body: requestSchemas['policy-set'],
    response: responseSchemas['policy-set'],
    run: (asked) =>
      callFor(asked, 'policy-set', asked.body as ServiceCalls['policy-set']['request']),
  },
];

const jobsOf = ({ body }: Asked): readonly JobSpec[] =>
  (body as { readonly jobs: readonly JobSpec[] }).jobs;

async function submit(asked: Asked, jobs: readonly JobSpec[]): Promise<Answer> {
  if (asked.query.possible === 'true') {
    const plan = await call(asked, 'job-plan', { jobs });
    if (!plan.ok) return err({ faults: plan.error });
    const faults = plan.value.plans.flatMap(impossibleIn);
    if (faults.length > 0) return err({ faults, status: 409 });
  }
  return callFor(asked, 'job-submit', { jobs });
}

/** What of a plan would not run, or not meet its target, in the plan's words. */
const impossibleIn = ({ job: name, allocations }: JobPlan): readonly Fault[] =>
  allocations
    .filter(({ verdict }) => verdict === 'nowhere' || verdict === 'unmet')
    .map(({ id, reason }) => ({
      code: 'schedule.no-node',
      field: `jobs.${name}`,
      message: `${id}: ${reason}`,
    }));

/** In the name of the caller: without a token there is nobody to change anything for. */
function call<V extends Verb>(
  { cluster, caller }: Asked,
  verb: V,
  request: ServiceCalls[V]['request'],
) {
  return cluster.call(verb, request, caller.token?.text ?? '');
}

async function answerTo<V extends Verb>(
  asked: Asked,
  verb: V,
  request: ServiceCalls[V]['request'],
): Promise<Answer> {
  const answer = await call(asked, verb, request);
  return answer.ok ? answer : err({ faults: answer.error });
}

/** The same of what changes something: what is known of jobs may be over. */
async function callFor<V extends Verb>(
  asked: Asked,
  verb: V,
  request: ServiceCalls[V]['request'],
): Promise<Answer> {
  const answer = await answerTo(asked, verb, request);
  asked.cluster.forgetJobs();
  return answer;
}

const OTHER_NAME: Fault = {
  code: 'http.bad-request',
  field: 'name',
  message: 'name is not the one in the address: write the same name in both',
};
