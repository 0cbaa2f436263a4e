import type { Static } from 'typebox';
import type { JobName, NodeId } from '../../shared/ids.js';
import type { Fault } from '../../shared/result.js';
import { array, integer, object, objectOf, oneOf, optional, safeId, text } from '../codec/words.js';
import { jobSpec } from './job.js';
import { jobPlan, plannedEffect } from './plan.js';
import { allocationStatus, jobStatus, MAX_ANSWERS, NODE_SCHEDULING, nodeStatus } from './status.js';
import { nodeView } from './view.js';

export type PolicyName = 'default' | 'equal' | 'dqoes' | 'adaptive';
export const POLICY_NAMES: readonly PolicyName[] = ['default', 'equal', 'dqoes', 'adaptive'];
/** The policy where none was set. */
export const DEFAULT_POLICY: PolicyName = 'adaptive';

export const fault = object<Fault>({
  code: text(64),
  field: text(256),
  message: text(4096),
  line: optional(integer(0, 1e9)),
  column: optional(integer(0, 1e9)),
});

const nothing = objectOf({});
const job = safeId<JobName>();
const node = safeId<NodeId>();
const jobNames = array(job, MAX_ANSWERS);
const policy = oneOf(POLICY_NAMES);
const scheduling = oneOf(NODE_SCHEDULING);
const allocations = array(allocationStatus, MAX_ANSWERS);
const submitted = objectOf({ jobs: array(jobSpec, 1000) });

/** What each verb of the coordinator's service is asked with. */
export const requestSchemas = {
  /** Create or update. */
  'job-submit': submitted,
  /** What would happen if these jobs were submitted together; nothing is stored. */
  'job-plan': submitted,
  'job-stop': objectOf({ name: job }),
  'job-list': nothing,
  'job-status': objectOf({ name: job }),
  'node-list': nothing,
  'node-status': objectOf({ id: node }),
  'node-set': objectOf({ id: node, scheduling }),
  /** The node may take jobs, with the capacity that it reports now. Also before it is heard. */
  'node-approve': objectOf({ id: node }),
  /** Forgets a node that is down or runs no jobs; what it still had is started elsewhere. */
  'node-remove': objectOf({ id: node }),
  'allocation-list': nothing,
  'policy-get': nothing,
  'policy-set': objectOf({ policy }),
  /** What was published of each node, by pages in the order of ids; `node`: of this one alone. */
  'view-get': objectOf({
    after: optional(node),
    node: optional(node),
    limit: optional(integer(1, MAX_ANSWERS)),
  }),
};

/** Verbs of the coordinator's service; `svc.<verb>`. */
export type Verb = keyof typeof requestSchemas;
export const VERBS = Object.keys(requestSchemas) as readonly Verb[];

/** What each verb answers with, inside a `ServiceReply`. */
export const responseSchemas = {
  /** `created` lists names that did not exist before. */
  'job-submit': objectOf({ created: jobNames, updated: jobNames, unchanged: jobNames }),
  'job-plan': objectOf({
    plans: array(jobPlan, MAX_ANSWERS),
    effects: array(plannedEffect, MAX_ANSWERS),
  }),
  'job-stop': objectOf({ stopped: job }),
  'job-list': objectOf({ jobs: array(jobStatus, MAX_ANSWERS) }),
  'job-status': objectOf({ job: jobStatus }),
  'node-list': objectOf({ nodes: array(nodeStatus, MAX_ANSWERS) }),
  'node-status': objectOf({ node: nodeStatus, allocations }),
  'node-set': objectOf({ id: node, scheduling }),
  'node-approve': objectOf({ id: node }),
  'node-remove': objectOf({ id: node }),
  'allocation-list': objectOf({ allocations }),
  'policy-get': objectOf({ policy, available: array(policy, 16) }),
  'policy-set': objectOf({ policy }),
  /** `next`: there is more after this node; absent = that was all. */
  'view-get': objectOf({
    incarnation: text(128),
    epoch: integer(0, Number.MAX_SAFE_INTEGER),
    nodes: array(nodeView, MAX_ANSWERS),
    next: optional(node),
  }),
};

/** Request and response of each verb. Every response is a `ServiceReply`. */
export type ServiceCalls = {
  readonly [V in Verb]: {
    readonly request: Static<(typeof requestSchemas)[V]>;
    readonly response: Static<(typeof responseSchemas)[V]>;
  };
};

/** What comes back from a call: the value, or all faults of the request. */
export type ServiceReply<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly faults: readonly Fault[] };
