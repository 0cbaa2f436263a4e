import type { Principal } from '../../proto/permissions.js';
import type { NodeRole, UserRole } from '../../proto/roles.js';
import { isSafeId, type NodeId } from '../../shared/ids.js';
import { err, ok, type Result } from '../../shared/result.js';

/** Bounds of what the server stores, bytes. */
export interface StoreLimits {
  readonly storeDir: string;
  readonly maxFileBytes: number;
  readonly maxMemoryBytes: number;
}

interface UserKeyRecord {
  /** Names the file of its key: `lena`, `coordinator`, `agent-h1`. */
  readonly name: string;
  readonly publicKey: string;
  /** A `dqoes up` made it for one of its parts, and uses it while it runs. */
  readonly own?: true;
}
/** Roles that are not about one node. */
export type OtherRole = UserRole | 'coordinator';
/** One key that the server knows, and what it is for. */
export type AuthUser = UserKeyRecord & ForRole;
type ForRole =
  | { readonly role: OtherRole; readonly node?: never }
  | { readonly role: NodeRole; readonly node: NodeId };

/** All keys of one cluster. */
export interface AuthRecord {
  readonly cluster: string;
  readonly users: readonly AuthUser[];
  /** File in which the NATS server keeps its pid; absent = not known. */
  readonly natsPidFile?: string;
  /** Absent = the server's own configuration says where it stores, and how much. */
  readonly store?: StoreLimits;
  /**
   * Nodes that are still approved by what an agent was whose key is none any more: no coordinator
   * answered when it was revoked. Absent = none.
   */
  readonly stillApproved?: readonly NodeId[];
}

/** Name under which `dqoes` on this machine finds the key of an operator. */
export const OPERATOR_NAME = 'operator';
/** Name of the first coordinator's key. */
export const COORDINATOR_NAME = 'coordinator';
/** Name of the key of a console: that of a viewer. */
export const CONSOLE_NAME = 'console';
const AGENT_PREFIX = 'agent-';
/** Name of the key of a node's agent. */
export const agentName = (node: string): string => `${AGENT_PREFIX}${node}`;

/** The node whose agent has a key of that name; undefined = it is no agent's. */
export const nodeOfAgent = (name: string): string | undefined =>
  name.startsWith(AGENT_PREFIX) ? name.slice(AGENT_PREFIX.length) : undefined;

/** A key that is to be made. */
export type NewUser =
  | { readonly role: NodeRole; readonly node: NodeId }
  | { readonly role: OtherRole; readonly name: string };

/** The name that a new key gets, or why it cannot have it. */
export function nameOf(asked: NewUser): Result<string, string> {
  if ('node' in asked) return ok(`${asked.role}-${asked.node}`);
  const shown = JSON.stringify(asked.name.slice(0, 80));
  if (!isSafeId(asked.name)) return err(`the name ${shown} may hold 1 to 63 of A-Z a-z 0-9 _ -`);
  if (/^(agent|joining|welcoming)-/.test(asked.name))
    return err(`the name ${shown} is for an agent: use dqoes auth add-agent NODE`);
  return ok(asked.name);
}

/** The record with one more key. The error is a sentence with the cure. */
export function withUser(
  record: AuthRecord,
  asked: NewUser,
  { publicKey, own }: Pick<AuthUser, 'publicKey' | 'own'>,
): Result<{ readonly record: AuthRecord; readonly user: AuthUser }, string> {
  const name = nameOf(asked);
  if (!name.ok) return name;
  if (record.users.some((user) => user.name === name.value))
    return err(
      `${name.value} has a key already: choose another name, or dqoes auth revoke ` +
        `${name.value} first`,
    );
  // The server takes no configuration that names one key twice.
  const holder = record.users.find((user) => user.publicKey === publicKey);
  if (holder !== undefined)
    return err(`the key for ${name.value} is that of ${holder.name} already: make another`);
  const mark = own === undefined ? {} : { own };
  const key = { name: name.value, publicKey, ...mark };
  const user: AuthUser =
    'node' in asked ? { ...key, role: asked.role, node: asked.node } : { ...key, role: asked.role };
  return ok({ record: { ...record, users: [...record.users, user] }, user });
}

/** The record without a key. The error is a sentence with the cure. */
export function withoutUser(record: AuthRecord, name: string): Result<AuthRecord, string> {
  const users = record.users.filter((user) => user.name !== name);
  if (users.length < record.users.length) return ok({ ...record, users });
  const known = record.users.map((user) => user.name).join(', ');
  return err(`${JSON.stringify(name.slice(0, 80))} has no key here: use one of ${known}`);
}

/** How a user was asked for. */
export const askedFor = (user: AuthUser): NewUser =>
  user.node === undefined
    ? { role: user.role, name: user.name }
    : { role: user.role, node: user.node };

/** Who holds the key of a user, in the words of the permissions. */
export const principalOf = (user: AuthUser): Principal => ({
  ...askedFor(user),
  publicKey: user.publicKey,
});
