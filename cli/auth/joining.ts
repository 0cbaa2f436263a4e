import { createUserKey, type UserKey } from '../../proto/nats/user-key.js';
import type { NodeId } from '../../shared/ids.js';
import { err, ok, type Result } from '../../shared/result.js';
import { writeFolder } from './folder.js';
import { usage } from './keys.js';
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
  /** Of the agent that came; undefined = none. */
  readonly publicKey: string | undefined;
}

/**
 * Ends a meeting: the server forgets its keys, also where that of the agent who came cannot be had,
 * and learns that one otherwise. Those of a later meeting for the same node, which took its place,
 * stay.
 */
export function closeMeeting(
  folder: string,
  record: AuthRecord,
  { node, meeting, publicKey }: EndedMeeting,
): Result<AuthRecord> {
  const own = [meeting.joining.publicKey, meeting.welcoming.publicKey];
  const users = record.users.filter((user) => !own.includes(user.publicKey));
  const left = { ...record, users };
  const agent: NewUser = { role: 'agent', node };
  const added = publicKey === undefined ? undefined : withUser(left, agent, { publicKey });
  const now = added?.ok === true ? added.value.record : left;
  const saved = writeFolder(folder, now);
  if (!saved.ok) return saved;
  return added?.ok === false ? err([usage(added.error)]) : ok(now);
}

const withoutMeeting = (record: AuthRecord, node: NodeId): AuthRecord => ({
  ...record,
  users: record.users.filter(
    (user) => user.node !== node || (user.role !== 'joining' && user.role !== 'welcoming'),
  ),
});
