import { createUserKey, type UserKey } from '../../proto/nats/user-key.js';
import type { NodeId } from '../../shared/ids.js';
import { err, ok, type Result } from '../../shared/result.js';
import { writeFolder } from './folder.js';
import { removeUser, usage } from './keys.js';
import { type AuthRecord, agentName, type NewUser, withUser } from './users.js';

/** The two keys with which a host and this machine meet; neither is written anywhere. */
export interface Meeting {
  readonly record: AuthRecord;
  readonly joining: UserKey;
  readonly welcoming: UserKey;
}

/** Lets the server know two keys that meet for one node, in the place of earlier ones. */
export function openMeeting(folder: string, record: AuthRecord, node: NodeId): Result<Meeting> {
  if (record.users.some(({ name }) => name === agentName(node)))
    return err([
      usage(
        `${agentName(node)} has a key already: make another with dqoes auth rotate, or ` +
          `dqoes auth revoke ${agentName(node)} first`,
      ),
    ]);
  const [joining, welcoming] = [createUserKey(), createUserKey()];
  let now = withoutMeeting(record, node);
  for (const [role, { publicKey }] of [
    ['joining', joining],
    ['welcoming', welcoming],
  ] as const) {
    const added = withUser(now, { role, node }, { publicKey });
    if (!added.ok) return err([usage(added.error)]);
    now = added.value.record;
  }
  const saved = writeFolder(folder, now);
  return saved.ok ? ok({ record: now, joining, welcoming }) : saved;
}

/** How a meeting ended. */
export interface EndedMeeting {
  readonly node: NodeId;
  readonly meeting: Pick<Meeting, 'joining' | 'welcoming'>;
  /**
   * Of the agent that came, whose approval is left to be asked for with the key of who answered;
   * undefined = none came, or that is done.
   */
  readonly publicKey: string | undefined;
}

/**
 * Ends a meeting: the server forgets its keys, also where that of the agent who came cannot be had;
 * else it learns that one, and knows the key of who answered until this is called without. Keys of
 * a later meeting for the same node, which took its place, stay.
 */
export function closeMeeting(
  folder: string,
  record: AuthRecord,
  { node, meeting, publicKey }: EndedMeeting,
): Result<AuthRecord> {
  const { joining, welcoming } = meeting;
  const left = without(record, [joining.publicKey, welcoming.publicKey]);
  if (publicKey === undefined) return keep(folder, left);
  const agent: NewUser = { role: 'agent', node };
  const added = withUser(without(record, [joining.publicKey]), agent, { publicKey });
  if (added.ok) return keep(folder, added.value.record);
  const closed = keep(folder, left);
  return closed.ok ? err([usage(added.error)]) : closed;
}

/** What is left of a key that was revoked. */
export interface Parting {
  readonly record: AuthRecord;
  /** With which its node's approval can be taken back; none = the folder took no more. */
  readonly welcoming: Result<UserKey>;
}

/**
 * Revokes the key of an agent, and those of a meeting for its node: who answered it may still ask
 * for the approval. The server gets to know one key that may call about that node, for a moment.
 */
export function partWith(folder: string, record: AuthRecord, node: NodeId): Result<Parting> {
  const left = removeUser(folder, withoutMeeting(record, node), agentName(node));
  return left.ok ? ok(openCall(folder, left.value, node)) : left;
}

/** Lets the server know a key that may call about that node, in the place of one that may, too. */
export function openCall(folder: string, record: AuthRecord, node: NodeId): Parting {
  const welcoming = createUserKey();
  const { publicKey } = welcoming;
  const before = withoutMeeting(record, node);
  const added = withUser(before, { role: 'welcoming', node }, { publicKey });
  const known = added.ok ? keep(folder, added.value.record) : err([usage(added.error)]);
  if (!known.ok) return { record, welcoming: known };
  return { record: known.value, welcoming: ok(welcoming) };
}

/** A call about a node, as it ended. */
export interface EndedCall {
  readonly node: NodeId;
  readonly welcoming: Result<UserKey>;
  /** It is certain that the node is not approved. */
  readonly isDone: boolean;
}

/** The server forgets the key that called about a node, and the folder notes what came of it. */
export function closeCall(
  folder: string,
  record: AuthRecord,
  { node, welcoming, isDone }: EndedCall,
): Result<AuthRecord> {
  const { stillApproved: before = [], ...left } = record;
  const others = before.filter((each) => each !== node);
  const now = isDone ? others : [...others, node];
  const noted = now.length === 0 ? left : { ...left, stillApproved: now };
  return keep(folder, welcoming.ok ? without(noted, [welcoming.value.publicKey]) : noted);
}

const without = (record: AuthRecord, keys: readonly string[]): AuthRecord => ({
  ...record,
  users: record.users.filter(({ publicKey }) => !keys.includes(publicKey)),
});

function keep(folder: string, record: AuthRecord): Result<AuthRecord> {
  const written = writeFolder(folder, record);
  return written.ok ? ok(record) : written;
}

const withoutMeeting = (record: AuthRecord, node: NodeId): AuthRecord => ({
  ...record,
  users: record.users.filter(
    (user) => user.node !== node || (user.role !== 'joining' && user.role !== 'welcoming'),
  ),
});
