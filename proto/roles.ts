import type { Fault } from '../shared/result.js';
import { USER_ROLES, type UserRole, VERBS, type Verb } from './schemas/verbs.js';

export { USER_ROLES, type UserRole };

/** For some minutes: a host that asks for the key of a node, and who answers it. */
export type JoinRole = 'joining' | 'welcoming';
/** Roles that are about one node. */
export type NodeRole = 'agent' | JoinRole;
/** What a key may be for: a person, a coordinator, the agent of one node, or a host that joins. */
export type Role = UserRole | 'coordinator' | NodeRole;

const VIEWER_VERBS: readonly Verb[] = [
  'job-list',
  'job-status',
  'node-list',
  'node-status',
  'allocation-list',
  'policy-get',
  'view-get',
  'capacity',
];
const SUBMITTER_VERBS: readonly Verb[] = [
  ...VIEWER_VERBS,
  'job-submit',
  'job-plan',
  'job-quote',
  'job-stop',
  'secret-key',
  'secret-set',
  'secret-list',
  'secret-remove',
];

/** The service calls that each role may make. */
export const ROLE_VERBS: Readonly<Record<UserRole, readonly Verb[]>> = {
  viewer: VIEWER_VERBS,
  submitter: SUBMITTER_VERBS,
  operator: VERBS,
};

/** Roles that may make a call, the least first. */
export const rolesFor = (verb: Verb): readonly UserRole[] =>
  USER_ROLES.filter((role) => ROLE_VERBS[role].includes(verb));

/**
 * NATS refused a call or a subject: the key in use has none of the roles that may do it. `action`:
 * as in `ACTIONS`.
 */
export const deniedFault = (action: string, roles: readonly Role[]): Fault => ({
  code: 'auth.denied',
  field: '',
  message:
    `not allowed to ${action}: that takes the role ${roles.join(' or ')}, and the key in use has ` +
    'another, or is of another cluster; give the right key with --creds (or --cluster), or have ' +
    'one made with dqoes auth add-user.',
});
