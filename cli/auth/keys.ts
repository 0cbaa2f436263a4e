import { readFileSync, rmSync } from 'node:fs';
import { parseCredentials } from '../../proto/nats/credentials.js';
import { createUserKey, publicKeyOfAuth } from '../../proto/nats/user-key.js';
import { err, type Fault, ok, type Result } from '../../shared/result.js';
import { keyPath, trying, writeFolder } from './folder.js';
import {
  type AuthRecord,
  type AuthUser,
  askedFor,
  type NewUser,
  nameOf,
  withoutUser,
  withUser,
} from './users.js';

/** A key that was made. */
export interface MadeUser {
  readonly user: AuthUser;
  readonly record: AuthRecord;
  /** Where its secret key lies. */
  readonly path: string;
}

/** Makes a random key, and lets the server know it. */
export function addUser(
  folder: string,
  record: AuthRecord,
  asked: NewUser,
  mark: Pick<AuthUser, 'own'> = {},
): Result<MadeUser> {
  const key = createUserKey();
  const added = withUser(record, asked, { ...mark, publicKey: key.publicKey });
  if (!added.ok) return err([usage(added.error)]);
  const { user } = added.value;
  const path = keyPath(folder, user.name);
  const text = keyText(user, { cluster: record.cluster, seed: key.seed });
  const saved = writeFolder(folder, added.value.record, { name: user.name, text });
  return saved.ok ? ok({ ...added.value, path }) : saved;
}

/** Forgets a key, and removes its file where it still lies here. */
export function removeUser(folder: string, record: AuthRecord, name: string): Result<AuthRecord> {
  const left = withoutUser(record, name);
  if (!left.ok) return err([usage(left.error)]);
  const saved = writeFolder(folder, left.value);
  if (!saved.ok) return saved;
  const removed = trying(folder, () => rmSync(keyPath(folder, name), { force: true }));
  return removed.ok ? left : removed;
}

/** Makes another key for a user; the server forgets the old one. */
export function replaceKey(folder: string, record: AuthRecord, name: string): Result<MadeUser> {
  const user = record.users.find((each) => each.name === name);
  const others = withoutUser(record, name);
  if (!others.ok || user === undefined) return err([usage(others.ok ? name : others.error)]);
  return addUser(folder, others.value, askedFor(user), user.own === true ? { own: true } : {});
}

/** Adds the keys of a `dqoes up` that the record lacks, or whose file does not hold them. */
export function ensureUsers(
  folder: string,
  record: AuthRecord,
  asked: readonly NewUser[],
): Result<AuthRecord> {
  let now = record;
  for (const each of asked) {
    const name = nameOf(each);
    if (!name.ok) return err([usage(name.error)]);
    const known = now.users.find((user) => user.name === name.value);
    const others = now.users.filter((user) => user.name !== name.value);
    if (known?.role === each.role && holdsKey(folder, known)) {
      if (known.own !== true) now = { ...now, users: [...others, { ...known, own: true }] };
      continue;
    }
    const added = addUser(folder, { ...now, users: others }, each, { own: true });
    if (!added.ok) return added;
    now = added.value.record;
  }
  return ok(now);
}

function holdsKey(folder: string, { name, publicKey }: AuthUser): boolean {
  try {
    const auth = parseCredentials(readFileSync(keyPath(folder, name), 'utf8'));
    return auth.ok && publicKeyOfAuth(auth.value) === publicKey;
  } catch {
    return false;
  }
}

const keyText = (
  user: AuthUser,
  { cluster, seed }: { readonly cluster: string; readonly seed: string },
): string =>
  `# dqoes: ${user.name}, ${user.role} of cluster ${cluster}. Who has this file may do what\n` +
  `# ${user.name} may: keep it secret.\n${seed}\n`;

/** The fault of a name or a node that cannot be had. */
export const usage = (message: string): Fault => ({ code: 'cli.usage', field: 'name', message });
