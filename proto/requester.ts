import { isSafeId, type NodeId } from '../shared/ids.js';
import { USER_ROLES, type UserRole } from './roles.js';
import type { Verb } from './schemas/service.js';
import type { Subjects } from './subjects.js';

/** A person whose key NATS knows by name and role. */
export interface KnownUser {
  readonly name: string;
  readonly role: UserRole;
  readonly publicKey: string;
}

/** A token that the coordinator checked. */
export interface KnownToken {
  readonly id: string;
  /** May be empty. */
  readonly name: string;
  readonly role: UserRole;
}

/**
 * Who made a call, as far as NATS, or the coordinator for a `token`, vouches for it. `welcoming`:
 * who answers the join token of a node, or revokes its key, and may say whether that node takes
 * part. `key`: the configuration of the server does not say whose key it is. `unknown`: the cluster
 * has no keys, or the call did not come by one.
 */
export type Requester =
  | ({ readonly kind: 'user' } & KnownUser)
  | ({ readonly kind: 'token' } & KnownToken)
  | { readonly kind: 'welcoming'; readonly node: NodeId; readonly publicKey: string }
  | { readonly kind: 'key'; readonly publicKey: string }
  | { readonly kind: 'unknown' };

export const UNKNOWN_REQUESTER: Requester = { kind: 'unknown' };

const PUBLIC_KEY = /^U[A-Z2-7]{55}$/;

/**
 * The subjects of one person's calls, of any verb, on both sides of the server: it imports what
 * its clients send `from` there as `to`, and so writes down who they are. Nobody can send to `to`,
 * and only the holder of the key may send to `from`.
 */
export function callsOf(
  { service }: Subjects,
  { name, role, publicKey }: KnownUser,
): { readonly from: string; readonly to: string } {
  const anyVerb = service('*' as Verb);
  return { from: `${anyVerb}.${publicKey}`, to: `${anyVerb}.${role}.${name}.${publicKey}` };
}

/** Calls of who answers the join token of a node, or revokes its key: about that node only. */
export const APPROVAL_VERBS = ['node-approve', 'node-unapprove'] as const;
export type ApprovalVerb = (typeof APPROVAL_VERBS)[number];

/** The subjects of these calls, likewise. */
export const approvalsOf = (
  { service }: Subjects,
  { node, publicKey }: { readonly node: NodeId; readonly publicKey: string },
): readonly { readonly from: string; readonly to: string }[] =>
  APPROVAL_VERBS.map(service).map((call) => ({
    from: `${call}.${publicKey}`,
    to: `${call}.${WELCOMING}.${node}.${publicKey}`,
  }));
const WELCOMING = 'welcoming';

/** Where the calls of all persons arrive, of any verb: what the coordinators' account exports. */
export const allCallsOf = ({ service }: Subjects): string => `${service('*' as Verb)}.*.*.*`;

/**
 * Who made a call that arrived at `subject`: `svc.<verb>`, `svc.<verb>.<key>` or
 * `svc.<verb>.<role>.<name>.<key>`, of who answers a join token with its node as the name. Only to
 * be believed where clients have keys.
 */
export function requesterOf({ service }: Subjects, verb: Verb, subject: string): Requester {
  const prefix = `${service(verb)}.`;
  if (!subject.startsWith(prefix)) return UNKNOWN_REQUESTER;
  const tokens = subject.slice(prefix.length).split('.');
  const publicKey = tokens.at(-1) ?? '';
  if (!PUBLIC_KEY.test(publicKey)) return UNKNOWN_REQUESTER;
  if (tokens.length === 1) return { kind: 'key', publicKey };
  const [word = '', name = ''] = tokens;
  if (tokens.length !== 3 || name === '') return UNKNOWN_REQUESTER;
  if (word === WELCOMING && isSafeId(name))
    return { kind: WELCOMING, node: name as NodeId, publicKey };
  const role = USER_ROLES.find((each) => each === word);
  if (role === undefined) return UNKNOWN_REQUESTER;
  return { kind: 'user', name, role, publicKey };
}

/**
 * Name of a requester for people: of the person, of the key that answers a join token or the token
 * as no person can be named, else the public key.
 */
export function requesterName(requester: Requester): string {
  if (requester.kind === 'user') return requester.name;
  if (requester.kind === 'token') return `token:${requester.name || requester.id}`;
  if (requester.kind === WELCOMING) return `${WELCOMING}-${requester.node}`;
  return requester.kind === 'key' ? requester.publicKey : 'unknown';
}
