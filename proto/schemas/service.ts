import type { Static } from 'typebox';
import type { JobName, NodeId, SecretName } from '../../shared/ids.js';
import type { Fault } from '../../shared/result.js';
import {
  array,
  integer,
  number,
  object,
  objectOf,
  oneOf,
  optional,
  safeId,
  text,
} from '../codec/words.js';
import { jobSpec, reason } from './job.js';
import { jobPlan, plannedEffect } from './plan.js';
import { box, sealingKey } from './secret.js';
import { allocationStatus, jobStatus, MAX_ANSWERS, NODE_SCHEDULING, nodeStatus } from './status.js';

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

const secret = safeId<SecretName>();
const keySignature = objectOf({
  by: text(43, { of: /^[A-Za-z0-9_-]{43}$/, words: 'a public key' }),
  signature: text(86, { of: /^[A-Za-z0-9_-]{86}$/, words: 'a signature' }),
});

/** One line of `dqoes secret ls`. */
export const secretStatus = objectOf({
  name: secret,
  /** Wall clock of the coordinator, ms since 1970. */
  setAtMs: number(0, Number.MAX_SAFE_INTEGER),
  /** Jobs that name it. */
  jobs: jobNames,
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
  /** The key to which secrets are sealed before they are sent. */
  'secret-key': nothing,
  'secret-set': objectOf({ name: secret, box }),
  'secret-list': nothing,
  /** What runs with it runs on; nothing is started without it. */
  'secret-remove': objectOf({ name: secret }),
};

/** Verbs of the coordinator's service; `svc.<verb>`. */
export type Verb = keyof typeof requestSchemas;
export const VERBS = Object.keys(requestSchemas) as readonly Verb[];

/**
 * Whether a verb changes something. Calls of one that does run one at a time, and each leaves its
 * lines in the audit: its handler has to say what it changed.
 */
export const VERB_KINDS = {
  'job-submit': 'changes',
  'job-plan': 'reads',
  'job-stop': 'changes',
  'job-list': 'reads',
  'job-status': 'reads',
  'node-list': 'reads',
  'node-status': 'reads',
  'node-set': 'changes',
  'node-approve': 'changes',
  'node-remove': 'changes',
  'allocation-list': 'reads',
  'policy-get': 'reads',
  'policy-set': 'changes',
  'secret-key': 'reads',
  'secret-set': 'changes',
  'secret-list': 'reads',
  'secret-remove': 'changes',
} as const satisfies Readonly<Record<Verb, 'reads' | 'changes'>>;

/** Verbs that change something. */
export type ChangingVerb = {
  [V in Verb]: (typeof VERB_KINDS)[V] extends 'changes' ? V : never;
}[Verb];
export const isChanging = (verb: Verb): verb is ChangingVerb => VERB_KINDS[verb] === 'changes';

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
  'secret-key': objectOf({ key: sealingKey, signed: optional(keySignature) }),
  'secret-set': objectOf({
    name: secret,
    change: oneOf(['created', 'updated']),
    jobs: jobNames,
  }),
  'secret-list': objectOf({ secrets: array(secretStatus, MAX_ANSWERS) }),
  'secret-remove': objectOf({ name: secret, jobs: jobNames }),
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
