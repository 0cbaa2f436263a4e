import type { TSchema } from 'typebox';
import {
  anything,
  array,
  flag,
  integer,
  nullable,
  number,
  objectOf,
  oneOf,
  optional,
  safeId,
  text,
} from '../../proto/codec/words.js';
import { POLICY_NAMES, responseSchemas, USER_ROLES } from '../../proto/schemas/service.js';
import type { AllocationStatus } from '../../proto/schemas/status.js';
import {
  allocationStatus,
  jobStatus,
  MAX_ANSWERS,
  nodeStatus,
} from '../../proto/schemas/status.js';
import { nameMeant } from '../../shared/nearest.js';
import { err, type Fault, ok } from '../../shared/result.js';
import { STEPS } from '../history/day.js';
import { CAPACITY_PARAMETERS, capacityAsked } from './capacity.js';
import { PAGE_PARAMETERS, type Page, pageOf } from './pages.js';
import { ID, NUMBER } from './parameters.js';
import type { Answer, Asked, Parameter, Route } from './route.js';

const next = optional(text(200));
const listOf = (name: string, item: TSchema): TSchema =>
  objectOf({ [name]: array(item as never, MAX_ANSWERS), next });

const filter = (name: string, about: string): Parameter => ({ ...ID, name, in: 'query', about });
const inPath = (name: string, about: string): Parameter => ({ ...ID, name, in: 'path', about });

const moment = (name: string, about: string): Parameter => ({
  ...NUMBER,
  name,
  in: 'query',
  about,
});

/** A page as it is answered: the list under its name. */
function listed<T>(name: string, page: Page<T> | undefined): Answer {
  if (page === undefined) return err({ faults: [NO_CURSOR] });
  const { items, next: more } = page;
  return ok({ [name]: items, ...(more === undefined ? {} : { next: more }) });
}

const NO_CURSOR: Fault = {
  code: 'http.bad-request',
  field: 'cursor',
  message: 'cursor is not one of ours: give the `next` of the page before, unchanged',
};

const noNode = (field: string, name: string, known: Iterable<string>): Answer => {
  const meant = nameMeant(name, known);
  const message = `there is no node ${name}${meant}: list them with GET /api/v1/nodes`;
  return err({ faults: [{ code: 'service.not-found', field, message }] });
};

/** Requests that only read; any viewer may make them. */
export const READING: readonly Route[] = [
  {
    method: 'GET',
    path: '/whoami',
    role: 'viewer',
    about: 'The role of the caller, and the token that it has.',
    response: objectOf({
      role: oneOf(USER_ROLES),
      token: nullable(responseSchemas['token-status']),
    }),
    run: async ({ caller }) => ok({ role: caller.role, token: caller.token?.info ?? null }),
  },
  {
    method: 'GET',
    path: '/jobs',
    role: 'viewer',
    about: 'Jobs in the order of their names, each with its allocations. At most 2 s old.',
    parameters: PAGE_PARAMETERS,
    response: listOf('jobs', jobStatus),
    run: async ({ cluster, query }) => {
      const jobs = await cluster.jobs();
      if (!jobs.ok) return err({ faults: jobs.error });
      return listed(
        'jobs',
        pageOf(jobs.value, ({ spec }) => spec.name, query),
      );
    },
  },
  {
    method: 'GET',
    path: '/jobs/:name',
    role: 'viewer',
    about: 'One job, as the coordinator knows it now.',
    parameters: [inPath('name', 'name of the job')],
    response: jobStatus,
    run: async ({ cluster, params }) => {
      const answer = await cluster.call('job-status', { name: params.name as never });
      return answer.ok ? ok(answer.value.job) : err({ faults: answer.error });
    },
  },
  {
    method: 'GET',
    path: '/nodes',
    role: 'viewer',
    about: 'Nodes in the order of their ids.',
    parameters: PAGE_PARAMETERS,
    response: listOf('nodes', nodeStatus),
    run: async ({ cluster, query }) =>
      listed(
        'nodes',
        pageOf(
          cluster.nodes().map(({ status }) => status),
          ({ id }) => id,
          query,
        ),
      ),
  },
  {
    method: 'GET',
    path: '/nodes/:id',
    role: 'viewer',
    about: 'One node and what runs there.',
    parameters: [inPath('id', 'id of the node')],
    response: responseSchemas['node-status'],
    run: async ({ cluster, params }) => {
      const nodes = cluster.nodes();
      const found = nodes.find(({ id }) => id === params.id);
      if (found === undefined)
        return noNode(
          'id',
          params.id ?? '',
          nodes.map(({ id }) => id),
        );
      return ok({ node: found.status, allocations: found.allocations });
    },
  },
  {
    method: 'GET',
    path: '/allocations',
    role: 'viewer',
    about: 'Allocations on nodes, in the order of node and id; those that wait are with their job.',
    parameters: [
      ...PAGE_PARAMETERS,
      filter('job', 'of this job only'),
      filter('node', 'on this node only'),
    ],
    response: listOf('allocations', allocationStatus),
    run: async ({ cluster, query }) => {
      const wanted = cluster
        .nodes()
        .filter(({ id }) => query.node === undefined || id === query.node)
        .flatMap(({ allocations }) => allocations)
        .filter(({ job }) => query.job === undefined || job === query.job);
      return listed('allocations', pageOf(wanted, allocationKey, query));
    },
  },
  {
    method: 'GET',
    path: '/events',
    role: 'viewer',
    costly: 'pages',
    about: 'Stored events after a sequence, oldest first; without `after` the newest.',
    parameters: [
      ...PAGE_PARAMETERS.filter(({ name }) => name === 'limit'),
      { ...NUMBER, name: 'after', in: 'query', about: 'sequence of the last event that is known' },
    ],
    response: objectOf({
      events: array(
        objectOf({
          sequence: integer(1, Number.MAX_SAFE_INTEGER),
          event: anything('a CloudEvent: schemas/event.schema.json'),
        }),
        MAX_ANSWERS,
      ),
      last: integer(0, Number.MAX_SAFE_INTEGER),
    }),
    run: async ({ events, query }) => {
      const found = await events.page(
        query.after === undefined ? undefined : Number(query.after),
        Number(query.limit ?? 100),
      );
      return found.ok ? found : err({ faults: found.error });
    },
  },
  {
    method: 'GET',
    path: '/history',
    role: 'viewer',
    about:
      'What is remembered of an allocation: minutes of the last 24 h, or moments 10 s apart of ' +
      'the last hour. A time for which there is no point is not known; it is not zero.',
    parameters: [
      { ...filter('allocation', 'the id of an allocation, such as web-1'), required: true },
      {
        name: 'step',
        in: 'query',
        pattern: /^(?:1m|10s)$/,
        expected: 'one of 1m, 10s',
        about: 'time between two points; 1m where it is absent',
      },
      moment('since', 'Unix time, ms; a day ago where it is absent'),
      moment('until', 'Unix time, ms; now where it is absent'),
    ],
    response: objectOf({
      allocation: safeId(),
      step: oneOf(STEPS),
      /** All that is stored was read; false = it is still being read, or part of it is missing. */
      complete: flag,
      points: array(
        objectOf({
          atMs: number(0, Number.MAX_SAFE_INTEGER),
          latencyMs: nullable(number(0, Number.MAX_SAFE_INTEGER)),
          worstMs: nullable(number(0, Number.MAX_SAFE_INTEGER)),
          requests: nullable(number(0, Number.MAX_SAFE_INTEGER)),
          atTargetRatio: nullable(number(0, 1)),
          notSlowerRatio: nullable(number(0, 1)),
          reservedCores: nullable(number(0, 4096)),
          usedCores: nullable(number(0, 4096)),
          throttledRatio: nullable(number(0, 1)),
        }),
        MAX_ANSWERS,
      ),
    }),
    run: async ({ day, query }) => history(day, query),
  },
  {
    method: 'GET',
    path: '/capacity',
    role: 'viewer',
    costly: 'searches',
    about:
      'What is free, how many more of each kind of job would fit, and what other hosts would ' +
      'change; the best that is found in two seconds. At most 20 s old.',
    parameters: CAPACITY_PARAMETERS,
    response: responseSchemas.capacity,
    run: async ({ cluster, query }) => {
      const asked = capacityAsked(query);
      if (!asked.ok) return err({ faults: asked.error });
      const answer = await cluster.capacity(asked.value);
      return answer.ok ? answer : err({ faults: answer.error });
    },
  },
  {
    method: 'GET',
    path: '/policy',
    role: 'viewer',
    about: 'The policy in force, and those there are.',
    response: objectOf({ policy: oneOf(POLICY_NAMES), available: array(oneOf(POLICY_NAMES), 16) }),
    run: async ({ cluster }) => {
      const answer = await cluster.call('policy-get', {});
      if (!answer.ok) return err({ faults: answer.error });
      const { policy, available } = answer.value;
      return ok({ policy, available });
    },
  },
];

/** A space sorts before all that ids hold, so keys are in the order of node, then id. */
const allocationKey = ({ node, id }: AllocationStatus): string => `${node ?? ''} ${id}`;

function history(day: Asked['day'], query: Asked['query']): Answer {
  const { allocation = '' } = query;
  const step = query.step === '10s' ? '10s' : '1m';
  const found = day.pointsOf(allocation, {
    step,
    fromMs: Number(query.since ?? 0),
    toMs: query.until === undefined ? Number.POSITIVE_INFINITY : Number(query.until),
  });
  if (found !== undefined) return ok({ allocation, step, complete: day.isComplete, ...found });
  const cure = 'list allocations with GET /api/v1/allocations';
  const message = `nothing is remembered of ${allocation}: ${cure}`;
  return err({ faults: [{ code: 'service.not-found', field: 'allocation', message }] });
}
