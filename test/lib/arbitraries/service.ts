import fc from 'fast-check';
import type { Verb } from '../../../proto/schemas/service.js';
import {
  POLICY_NAMES,
  type ServiceCalls,
  type ServiceReply,
  USER_ROLES,
} from '../../../proto/schemas/service.js';
import { NODE_SCHEDULING } from '../../../proto/schemas/status.js';
import type { Fault } from '../../../shared/result.js';
import { anyAllocationId, anyJobName, anyNodeId, anyText, plainly } from './basic.js';
import { anyCapacity, anyCapacityRequest } from './capacity.js';
import { anyJobSpec } from './job.js';
import {
  anyDrainPlan,
  anyJobCost,
  anyJobPlan,
  anyJobQuote,
  anyPlannedEffect,
  anyPrices,
} from './plan.js';
import { anyFollower, anyPolicyAnswer } from './program.js';
import { anyBox, anyKey, anySecretName } from './secret.js';
import { allocations, anyJobStatus, anyNodeStatus, anyStoppingJob } from './status.js';

export const anyFault: fc.Arbitrary<Fault> = plainly(
  fc.record(
    { code: anyText, field: anyText, message: anyText, line: fc.nat(1e6), column: fc.nat(1e6) },
    { requiredKeys: ['code', 'field', 'message'] },
  ),
);

type Calls = {
  readonly [V in Verb]: {
    readonly request: fc.Arbitrary<ServiceCalls[V]['request']>;
    readonly response: fc.Arbitrary<ServiceCalls[V]['response']>;
  };
};

const names = fc.array(anyJobName, { maxLength: 3 });

const policy = fc.constantFrom(...POLICY_NAMES);
const nothing = fc.constant({});
const NO_KEYS = { requiredKeys: [] as [] };
const pageAfter = <K extends string>(key: fc.Arbitrary<K>) =>
  plainly(fc.record({ after: key, limit: fc.integer({ min: 1, max: 10_000 }) }, NO_KEYS));
const paged = <T extends object, K extends string>(
  rows: { readonly [F in keyof T]: fc.Arbitrary<T[F]> },
  key: fc.Arbitrary<K>,
): fc.Arbitrary<T & { readonly next?: K }> =>
  fc
    .tuple(plainly(fc.record(rows)), fc.option(key, { nil: undefined }))
    .map(([value, next]) => ({ ...(value as T), ...(next === undefined ? {} : { next }) }));
const oneNode = plainly(fc.record({ id: anyNodeId }));
const scheduling = fc.constantFrom(...NODE_SCHEDULING);

const keySignature = fc.record({
  by: anyKey,
  signature: fc.stringMatching(/^[A-Za-z0-9_-]{86}$/),
});

const secretStatus = fc.record(
  {
    name: anySecretName,
    setAtMs: fc.nat(2 ** 31 - 1),
    jobs: names,
    owner: fc.stringMatching(/^[a-z]{1,20}$/),
    shared: fc.boolean(),
    problem: anyText,
  },
  { requiredKeys: ['name', 'setAtMs', 'jobs'] },
);

const anyTokenId = fc.stringMatching(/^[a-z0-9]{8,16}$/);
const tokenFields = {
  id: anyTokenId,
  name: fc.stringMatching(/^[a-z]{0,20}$/),
  role: fc.constantFrom(...USER_ROLES),
};
const anyToken = plainly(fc.record({ ...tokenFields, createdAtMs: fc.nat() }));
const oneToken = plainly(fc.record({ id: anyTokenId }));

const anyNodeView = plainly(
  fc.record({
    node: anyNodeId,
    sequence: fc.nat(),
    atMs: fc.nat(),
    status: fc.option(anyNodeStatus),
    allocations,
  }),
);

/** Requests and responses of every verb. */
export const anyCall: Calls = {
  'job-submit': {
    request: plainly(fc.record({ jobs: fc.array(anyJobSpec, { maxLength: 3 }) })),
    response: plainly(fc.record({ created: names, updated: names, unchanged: names })),
  },
  'job-plan': {
    request: plainly(fc.record({ jobs: fc.array(anyJobSpec, { maxLength: 3 }) })),
    response: plainly(
      fc.record(
        {
          plans: fc.array(anyJobPlan, { maxLength: 3 }),
          effects: fc.array(anyPlannedEffect, { maxLength: 3 }),
          costs: fc.array(anyJobCost, { minLength: 1, maxLength: 3 }),
          prices: anyPrices,
          refusals: fc.array(anyFault, { minLength: 1, maxLength: 2 }),
        },
        { requiredKeys: ['plans', 'effects'] },
      ),
    ),
  },
  'job-quote': {
    request: plainly(
      fc.record(
        {
          name: anyJobName,
          spec: anyJobSpec,
          targetsMs: fc.array(fc.double({ min: 0.001, max: 1e6, noNaN: true }), { maxLength: 3 }),
        },
        { requiredKeys: ['targetsMs'] },
      ),
    ),
    response: plainly(anyJobQuote),
  },
  capacity: { request: anyCapacityRequest, response: anyCapacity },
  'job-stop': {
    request: plainly(fc.record({ name: anyJobName })),
    response: plainly(
      fc.record(
        { stopped: anyJobName, remaining: fc.array(anyText, { minLength: 1, maxLength: 2 }) },
        { requiredKeys: ['stopped'] },
      ),
    ),
  },
  'job-list': {
    request: pageAfter(anyJobName),
    response: fc.oneof(
      paged({ jobs: fc.array(anyJobStatus, { maxLength: 2 }) }, anyJobName),
      paged(
        {
          jobs: fc.array(anyJobStatus, { maxLength: 2 }),
          stopping: fc.array(anyStoppingJob, { minLength: 1, maxLength: 2 }),
        },
        anyJobName,
      ),
    ),
  },
  'job-status': {
    request: plainly(fc.record({ name: anyJobName })),
    response: plainly(fc.record({ job: anyJobStatus })),
  },
  'node-list': {
    request: pageAfter(anyNodeId),
    response: paged({ nodes: fc.array(anyNodeStatus, { maxLength: 3 }) }, anyNodeId),
  },
  'node-status': {
    request: plainly(fc.record({ id: anyNodeId })),
    response: plainly(fc.record({ node: anyNodeStatus, allocations })),
  },
  'node-set': {
    request: plainly(fc.record({ id: anyNodeId, scheduling })),
    response: plainly(fc.record({ id: anyNodeId, scheduling })),
  },
  'node-drain-plan': { request: oneNode, response: plainly(anyDrainPlan) },
  'node-approve': { request: oneNode, response: oneNode },
  'node-unapprove': { request: oneNode, response: oneNode },
  'node-remove': { request: oneNode, response: oneNode },
  'allocation-list': {
    request: pageAfter(anyAllocationId),
    response: paged({ allocations }, anyAllocationId),
  },
  'policy-get': { request: nothing, response: anyPolicyAnswer },
  'policy-set': {
    request: plainly(fc.record({ policy })),
    response: plainly(fc.record({ policy })),
  },
  'secret-key': {
    request: nothing,
    response: plainly(fc.record({ key: anyKey, signed: keySignature }, { requiredKeys: ['key'] })),
  },
  'secret-set': {
    request: plainly(
      fc.record(
        { name: anySecretName, box: anyBox, shared: fc.boolean() },
        { requiredKeys: ['name', 'box'] },
      ),
    ),
    response: plainly(
      fc.record({
        name: anySecretName,
        change: fc.constantFrom('created' as const, 'updated'),
        jobs: names,
      }),
    ),
  },
  'secret-list': {
    request: nothing,
    response: plainly(fc.record({ secrets: fc.array(secretStatus, { maxLength: 3 }) })),
  },
  'secret-remove': {
    request: plainly(fc.record({ name: anySecretName })),
    response: plainly(fc.record({ name: anySecretName, jobs: names })),
  },
  'view-get': {
    request: plainly(
      fc.record(
        {
          after: anyNodeId,
          node: anyNodeId,
          limit: fc.integer({ min: 1, max: 100 }),
          console: anyFollower,
        },
        { requiredKeys: [] },
      ),
    ),
    response: plainly(
      fc.record(
        {
          incarnation: fc.constant('i'),
          epoch: fc.nat(),
          nodes: fc.array(anyNodeView, { maxLength: 2 }),
          next: anyNodeId,
        },
        { requiredKeys: ['incarnation', 'epoch', 'nodes'] },
      ),
    ),
  },
  'token-create': {
    request: plainly(fc.record({ ...tokenFields, hash: fc.stringMatching(/^[0-9a-f]{64}$/) })),
    response: oneToken,
  },
  'token-list': {
    request: nothing,
    response: plainly(fc.record({ tokens: fc.array(anyToken, { maxLength: 3 }) })),
  },
  'token-revoke': { request: oneToken, response: oneToken },
  'token-status': { request: nothing, response: anyToken },
};

/** A reply with one of these values, or with some of these faults. */
export const plainReply = <T>(
  values: fc.Arbitrary<T>,
  faults: fc.Arbitrary<readonly Fault[]>,
): fc.Arbitrary<ServiceReply<T>> =>
  fc.oneof<fc.Arbitrary<ServiceReply<T>>[]>(
    values.map((value) => ({ ok: true, value })),
    faults.map((list) => ({ ok: false, faults: list })),
  );
