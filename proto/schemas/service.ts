import type { Static, TSchema } from 'typebox';
import type { AllocationId, JobName, NodeId, SecretName } from '../../shared/ids.js';
import { MAX_SUBMITTED_JOBS } from '../../shared/job.js';
import { KEY_TEXT } from '../../shared/key-text.js';
import type { Fault } from '../../shared/result.js';
import {
  array,
  flag,
  integer,
  listOrAbsent,
  number,
  object,
  objectOf,
  oneOf,
  optional,
  type Schema,
  safeId,
  text,
} from '../codec/words.js';
import { capacity, capacityRequest } from './capacity.js';
import { drainPlan } from './drain.js';
import { jobOwner, jobSpec, MAX_MS, reason } from './job.js';
import { jobPlan, plannedEffect } from './plan.js';
import { jobCost } from './plan-cost.js';
import { jobQuote, MAX_QUOTED, prices } from './quote.js';
import { box, sealingKey } from './secret.js';
import {
  allocationStatus,
  jobStatus,
  MAX_ANSWERS,
  NODE_SCHEDULING,
  nodeStatus,
  stoppingJob,
} from './status.js';
import { USER_ROLES, type Verb } from './verbs.js';
import { nodeView } from './view.js';

export {
  type ChangingVerb,
  isChanging,
  TOKEN_VERBS,
  USER_ROLES,
  type UserRole,
  VERB_KINDS,
  VERBS,
  type Verb,
} from './verbs.js';

export type PolicyName = 'default' | 'equal' | 'dqoes' | 'adaptive';
export const POLICY_NAMES: readonly PolicyName[] = ['default', 'equal', 'dqoes', 'adaptive'];
/** The policy where none was set. */
export const DEFAULT_POLICY: PolicyName = 'adaptive';

/** Names a token, and is the first part of it. */
export const TOKEN_ID = /^[a-z0-9]{8,16}$/;

export const fault = object<Fault>({
  code: text(64),
  field: text(256),
  message: text(4096),
  line: optional(integer(0, 1e9)),
  column: optional(integer(0, 1e9)),
});

const tokenId = text(16, { of: TOKEN_ID, words: '8 to 16 of a-z 0-9' });
const tokenFields = {
  id: tokenId,
  /** Whose it is: its jobs belong to `token:<name>`. Empty = it has none but its id. */
  name: text(63, { of: /^[A-Za-z0-9_-]{0,63}$/, words: 'at most 63 of A-Z a-z 0-9 _ -' }),
  role: oneOf(USER_ROLES),
  /** Unix time, ms; absent = it does not end by itself. */
  expiresAtMs: optional(number(0, Number.MAX_SAFE_INTEGER)),
};
/** A token as it is listed; the token itself is known to nobody but its holder. */
export const tokenInfo = objectOf({
  ...tokenFields,
  createdAtMs: number(0, Number.MAX_SAFE_INTEGER),
});
export type TokenInfo = Static<typeof tokenInfo>;

const nothing = objectOf({});
const job = safeId<JobName>();
const node = safeId<NodeId>();
const jobNames = array(job, MAX_ANSWERS);
const policy = oneOf(POLICY_NAMES);
const scheduling = oneOf(NODE_SCHEDULING);
const allocations = array(allocationStatus, MAX_ANSWERS);
const allocation = safeId<AllocationId>();
const submitted = objectOf({ jobs: array(jobSpec, MAX_SUBMITTED_JOBS) });
/** Asks for at most `limit` rows after that key. Absent = for all. */
const pageAfter = <K extends string>(key: Schema<K>) =>
  objectOf({ after: optional(key), limit: optional(integer(1, MAX_ANSWERS)) });

const version = text(64);
/** A part of the cluster, and the version of its program; agents say theirs in their reports. */
export const programReport = objectOf({
  program: oneOf(['coordinator', 'console']),
  name: text(256),
  version,
  /** Absent = it is no coordinator. */
  role: optional(oneOf(['leads', 'stands-by'])),
  /** Since it was heard, ms. */
  ageMs: number(0, MAX_MS),
});
export type ProgramReport = Static<typeof programReport>;
/** Most programs in one answer. */
export const MAX_PROGRAMS = 200;

const secret = safeId<SecretName>();
const keySignature = objectOf({
  by: text(43, { of: KEY_TEXT, words: 'a public key' }),
  signature: text(86, { of: /^[A-Za-z0-9_-]{86}$/, words: 'a signature' }),
});

/** One line of `dqoes secret ls`. */
export const secretStatus = objectOf({
  name: secret,
  /** Wall clock of the coordinator, ms since 1970. */
  setAtMs: number(0, Number.MAX_SAFE_INTEGER),
  /** Jobs that name it. */
  jobs: jobNames,
  /** Who set it first; absent = not known. */
  owner: optional(jobOwner),
  /** Jobs of all may name it. */
  shared: optional(flag),
  /** Why it cannot be given out; absent = it can. */
  problem: optional(reason),
});
export type SecretStatus = Static<typeof secretStatus>;

/** What each verb of the coordinator's service is asked with. */
export const requestSchemas = {
  /** Create or update. */
  'job-submit': submitted,
  /** What would happen if these jobs were submitted together; nothing is stored. */
  'job-plan': submitted,
  /**
   * What targets of one job would cost: one that is stored (`name`), or as `spec` says. Without
   * `targetsMs`: from the fastest that is reachable to where slower is not cheaper.
   */
  'job-quote': objectOf({
    name: optional(job),
    spec: optional(jobSpec),
    targetsMs: array(number(Number.MIN_VALUE, MAX_MS), MAX_QUOTED),
  }),
  /** What is free and what would fit; the best that was found in two seconds. */
  capacity: capacityRequest,
  'job-stop': objectOf({ name: job }),
  /** By pages in the order of names. */
  'job-list': pageAfter(job),
  'job-status': objectOf({ name: job }),
  /** By pages in the order of ids, likewise. */
  'node-list': pageAfter(node),
  'node-status': objectOf({ id: node }),
  'node-set': objectOf({ id: node, scheduling }),
  /** What draining the node would do; nothing is stored. */
  'node-drain-plan': objectOf({ id: node }),
  /** The node may take jobs, with the capacity that it reports now. Also before it is heard. */
  'node-approve': objectOf({ id: node }),
  /** The node takes part no more until it is approved again, where registration is `approved`. */
  'node-unapprove': objectOf({ id: node }),
  /** Forgets a node that is down or runs no jobs; what it still had is started elsewhere. */
  'node-remove': objectOf({ id: node }),
  /** By pages in the order of ids, likewise; those of one id come in one page. */
  'allocation-list': pageAfter(allocation),
  'policy-get': nothing,
  'policy-set': objectOf({ policy }),
  /** The key to which secrets are sealed before they are sent. */
  'secret-key': nothing,
  /** It belongs to who sets it first. `shared`: jobs of all may name it; absent = as it was. */
  'secret-set': objectOf({ name: secret, box, shared: optional(flag) }),
  'secret-list': nothing,
  /** What runs with it runs on; nothing is started without it. */
  'secret-remove': objectOf({ name: secret }),
  /**
   * What was published of each node, by pages in the order of ids; `node`: of this one alone.
   * `console`: which console asks; absent = another client, or one of 0.1.0.
   */
  'view-get': objectOf({
    console: optional(objectOf({ name: text(256), version })),
    after: optional(node),
    node: optional(node),
    limit: optional(integer(1, MAX_ANSWERS)),
  }),
  /** `hash`: SHA-256 of the token, in hex; the token itself stays where it was made. */
  'token-create': objectOf({
    ...tokenFields,
    hash: text(64, { of: /^[0-9a-f]{64}$/, words: 'a SHA-256 in hex' }),
  }),
  'token-list': nothing,
  'token-revoke': objectOf({ id: tokenId }),
  /** Of the token that the call is made with. */
  'token-status': nothing,
} satisfies Readonly<Record<Verb, TSchema>>;

/** What each verb answers with, inside a `ServiceReply`. */
export const responseSchemas = {
  /** `created` lists names that did not exist before. */
  'job-submit': objectOf({ created: jobNames, updated: jobNames, unchanged: jobNames }),
  'job-quote': jobQuote,
  capacity,
  'job-plan': objectOf({
    plans: array(jobPlan, MAX_ANSWERS),
    effects: array(plannedEffect, MAX_ANSWERS),
    /** Of each job; absent = a coordinator that does not say it. */
    costs: listOrAbsent(jobCost, MAX_ANSWERS),
    /** Absent = the cluster has none. */
    prices: optional(prices),
    /** Why a submission by this caller would be refused; absent = it would not, or is not known. */
    refusals: listOrAbsent(fault, MAX_ANSWERS),
  }),
  /** `remaining`: why hosts cannot remove containers of it now; absent = none is known. */
  'job-stop': objectOf({ stopped: job, remaining: listOrAbsent(reason, MAX_ANSWERS) }),
  /**
   * `stopping`: jobs that were stopped and still have containers; absent = none has. `next`: there
   * is more after this name; absent = that was all.
   */
  'job-list': objectOf({
    jobs: array(jobStatus, MAX_ANSWERS),
    stopping: listOrAbsent(stoppingJob, MAX_ANSWERS),
    next: optional(job),
  }),
  'job-status': objectOf({ job: jobStatus }),
  'node-list': objectOf({ nodes: array(nodeStatus, MAX_ANSWERS), next: optional(node) }),
  'node-status': objectOf({ node: nodeStatus, allocations }),
  'node-set': objectOf({ id: node, scheduling }),
  'node-drain-plan': drainPlan,
  'node-approve': objectOf({ id: node }),
  'node-unapprove': objectOf({ id: node }),
  'node-remove': objectOf({ id: node }),
  'allocation-list': objectOf({ allocations, next: optional(allocation) }),
  /** `nowMs`: Unix time by the coordinator's clock. Both absent = a coordinator of 0.1.0. */
  'policy-get': objectOf({
    policy,
    available: array(policy, 16),
    nowMs: optional(number(0, Number.MAX_SAFE_INTEGER)),
    programs: listOrAbsent(programReport, MAX_PROGRAMS),
  }),
  'policy-set': objectOf({ policy }),
  'secret-key': objectOf({ key: sealingKey, signed: optional(keySignature) }),
  'secret-set': objectOf({
    name: secret,
    change: oneOf(['created', 'updated']),
    jobs: jobNames,
  }),
  'secret-list': objectOf({ secrets: array(secretStatus, MAX_ANSWERS) }),
  'secret-remove': objectOf({ name: secret, jobs: jobNames }),
  /** `next`: there is more after this node; absent = that was all. */
  'view-get': objectOf({
    incarnation: text(128),
    epoch: integer(0, Number.MAX_SAFE_INTEGER),
    nodes: array(nodeView, MAX_ANSWERS),
    next: optional(node),
  }),
  'token-create': objectOf({ id: tokenId }),
  'token-list': objectOf({ tokens: array(tokenInfo, MAX_ANSWERS) }),
  'token-revoke': objectOf({ id: tokenId }),
  'token-status': tokenInfo,
} satisfies Readonly<Record<Verb, TSchema>>;

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
