/** What a person's key or token may do; each role may do all that the one before it may. */
export const USER_ROLES = ['viewer', 'submitter', 'operator'] as const;
export type UserRole = (typeof USER_ROLES)[number];

/**
 * Verbs of the coordinator's service, `svc.<verb>`, and whether each changes something. Calls of
 * one that does run one at a time, and each leaves its lines in the audit: its handler has to say
 * what it changed. Apart from the schemas (service.ts), which an agent has no use for.
 */
export const VERB_KINDS = {
  'job-submit': 'changes',
  'job-plan': 'reads',
  'job-quote': 'reads',
  capacity: 'reads',
  'job-stop': 'changes',
  'job-list': 'reads',
  'job-status': 'reads',
  'node-list': 'reads',
  'node-status': 'reads',
  'node-set': 'changes',
  'node-drain-plan': 'reads',
  'node-approve': 'changes',
  'node-unapprove': 'changes',
  'node-remove': 'changes',
  'allocation-list': 'reads',
  'policy-get': 'reads',
  'policy-set': 'changes',
  'secret-key': 'reads',
  'secret-set': 'changes',
  'secret-list': 'reads',
  'secret-remove': 'changes',
  'view-get': 'reads',
  'token-create': 'changes',
  'token-list': 'reads',
  'token-revoke': 'changes',
  'token-status': 'reads',
} as const satisfies Readonly<Record<string, 'reads' | 'changes'>>;

/** A verb of the coordinator's service. */
export type Verb = keyof typeof VERB_KINDS;
export const VERBS = Object.keys(VERB_KINDS) as readonly Verb[];

/** What each call does, as people say it: completes "not allowed to" and "cannot". */
export const ACTIONS: Readonly<Record<Verb, string>> = {
  'job-submit': 'submit jobs',
  'job-plan': 'try what submitting would do',
  'job-quote': 'ask what targets would cost',
  capacity: 'ask what is free',
  'job-stop': 'stop jobs',
  'job-list': 'list jobs',
  'job-status': 'look at jobs',
  'node-list': 'list nodes',
  'node-status': 'look at nodes',
  'node-set': 'cordon, uncordon or drain nodes',
  'node-drain-plan': 'ask what a drain would do',
  'node-approve': 'approve nodes',
  'node-unapprove': 'take approvals of nodes back',
  'node-remove': 'remove nodes',
  'allocation-list': 'list containers',
  'policy-get': 'look at the policy',
  'policy-set': 'change the policy',
  'secret-key': 'set secrets',
  'secret-set': 'set secrets',
  'secret-list': 'list secrets',
  'secret-remove': 'remove secrets',
  'view-get': 'follow nodes',
  'token-create': 'make tokens',
  'token-list': 'list tokens',
  'token-revoke': 'revoke tokens',
  'token-status': 'look at a token',
};

/** Verbs that change something. */
export type ChangingVerb = {
  [V in Verb]: (typeof VERB_KINDS)[V] extends 'changes' ? V : never;
}[Verb];
export const isChanging = (verb: Verb): verb is ChangingVerb => VERB_KINDS[verb] === 'changes';

/**
 * Verbs that came after 0.1.0. Its coordinators do not serve them, and the configuration of its
 * servers lets no key ask them.
 */
export const VERBS_AFTER_0_1_0: readonly Verb[] = ['capacity', 'node-drain-plan', 'node-unapprove'];

/** Verbs that may be called with a token; none of them makes tokens or is about secrets. */
export const TOKEN_VERBS: readonly Verb[] = VERBS.filter(
  (verb) => verb === 'token-status' || !/^(token|secret)-/.test(verb),
);
