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

/** Ends a meeting: the server forgets its keys, and learns that of the agent where one came. */
export function closeMeeting(
  folder: string,
  record: AuthRecord,
  { node, publicKey }: { readonly node: NodeId; readonly publicKey: string | undefined },
): Result<AuthRecord> {
  const left = withoutMeeting(record, node);
  const agent: NewUser = { role: 'agent', node };
  const added = publicKey === undefined ? undefined : withUser(left, agent, { publicKey });
  if (added?.ok === false) return err([usage(added.error)]);
  const now = added?.value.record ?? left;
  const saved = writeFolder(folder, now);
  return saved.ok ? ok(now) : saved;
}

const withoutMeeting = (record: AuthRecord, node: NodeId): AuthRecord => ({
  ...record,
  users: record.users.filter(
    (user) => user.node !== node || (user.role !== 'joining' && user.role !== 'welcoming'),
  ),
});
