import assert from 'node:assert/strict';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import {
  keyPath,
  readFolder,
  recordPath,
  serverConfigPath,
  writeFolder,
} from '../../../../cli/auth/folder.js';
import { actsPath } from '../../../../cli/auth/folder-paths.js';
import { keyActsIn } from '../../../../cli/auth/key-acts.js';
import { addUser, ensureUsers, removeUser, replaceKey } from '../../../../cli/auth/keys.js';
import type { AuthRecord, NewUser } from '../../../../cli/auth/users.js';
import { readCredentials } from '../../../../cli/credentials.js';
import { publicKeyOfAuth } from '../../../../proto/nats/user-key.js';
import type { NodeId } from '../../../../shared/ids.js';

const EMPTY: AuthRecord = { cluster: 'main', users: [] };
const H1: NewUser = { role: 'agent', node: 'h1' as NodeId };

describe('a folder of keys', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'dqoes-keys-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const added = (record: AuthRecord, asked: NewUser) => {
    const made = addUser(folder, record, asked);
    assert.ok(made.ok, JSON.stringify(made));
    return made.value;
  };
  const modeOf = (path: string): string => (statSync(path).mode & 0o777).toString(8);
  const server = (): string => readFileSync(serverConfigPath(folder), 'utf8');

  it('keeps secrets from others, and gives the server public keys only', () => {
    const { user, path } = added(EMPTY, { role: 'viewer', name: 'lena' });
    const seed = /^SU\w+$/m.exec(readFileSync(path, 'utf8'))?.[0] ?? 'none';
    assert.deepEqual(
      [modeOf(path), modeOf(join(folder, 'keys')), modeOf(recordPath(folder))],
      ['600', '700', '600'],
    );
    assert.equal(modeOf(serverConfigPath(folder)), '644');
    assert.ok(server().includes(user.publicKey));
    for (const text of [server(), readFileSync(recordPath(folder), 'utf8')])
      assert.equal(text.includes(seed), false);
    assert.deepEqual(readdirSync(folder).sort(), ['acts', 'keys', 'server', 'users.json']);
  });

  it('reads what it wrote, and nothing else', () => {
    assert.deepEqual(readFolder(folder), { ok: true, value: undefined });
    const { record } = added(added(EMPTY, H1).record, { role: 'operator', name: 'operator' });
    assert.deepEqual(readFolder(folder), { ok: true, value: record });
    const text = readFileSync(recordPath(folder), 'utf8');
    for (const broken of [
      text.replace('"main"', '"a b"'),
      text.replace(/"U[A-Z2-7]{55}"/, '"U } #"'),
      text.replace('"h1"', '"h1\\" ] }"'),
      text.replace('"agent"', '"root"'),
      text.slice(0, 20),
      '[]',
    ]) {
      writeFileSync(recordPath(folder), broken);
      const read = readFolder(folder);
      assert.equal(read.ok ? read.value : read.error[0]?.code, 'auth.bad', broken.slice(0, 200));
    }
  });

  it('gives a name to one key only, and keeps those of agents apart', () => {
    const { record } = added(added(EMPTY, H1).record, { role: 'viewer', name: 'lena' });
    const refused: readonly (readonly [NewUser, RegExp])[] = [
      [H1, /agent-h1 has a key already.*auth revoke agent-h1/],
      [{ role: 'operator', name: 'lena' }, /lena has a key already/],
      [{ role: 'operator', name: 'agent-h2' }, /add-agent/],
      [{ role: 'operator', name: '../x' }, /may hold 1 to 63/],
    ];
    for (const [asked, why] of refused) {
      const made = addUser(folder, record, asked);
      assert.ok(!made.ok);
      assert.match(made.error[0]?.message ?? '', why);
    }
  });

  it('forgets a key that is revoked, and its file', () => {
    const { record, user } = added(added(EMPTY, H1).record, { role: 'viewer', name: 'lena' });
    const left = removeUser(folder, record, 'lena');
    assert.ok(left.ok);
    assert.equal(server().includes(user.publicKey), false);
    assert.deepEqual(readdirSync(join(folder, 'keys')), ['agent-h1.nk']);
    assert.deepEqual(readFolder(folder), left);
    const again = removeUser(folder, left.value, 'lena');
    assert.ok(!again.ok);
    assert.match(again.error[0]?.message ?? '', /"lena" has no key here: use one of agent-h1/);
  });

  it('gives a name another key, which the old one does not survive', () => {
    const { record, path } = added(added(EMPTY, H1).record, { role: 'viewer', name: 'lena' });
    const old = readFileSync(path, 'utf8');
    const made = replaceKey(folder, record, 'lena');
    assert.ok(made.ok);
    const publicKeys = ({ users }: AuthRecord) => users.map(({ publicKey }) => publicKey);
    assert.notEqual(readFileSync(made.value.path, 'utf8'), old);
    assert.deepEqual(
      made.value.record.users.map(({ name, role }) => `${name} ${role}`),
      ['agent-h1 agent', 'lena viewer'],
    );
    assert.equal(publicKeys(made.value.record)[0], publicKeys(record)[0]);
    assert.equal(server().includes(publicKeys(record)[1] ?? ''), false);
    assert.ok(server().includes(made.value.user.publicKey));
    assert.equal(replaceKey(folder, record, 'nobody').ok, false);
  });

  it('changes nothing where one of its files cannot be written', () => {
    const { record, path } = added(EMPTY, { role: 'operator', name: 'olga' });
    const files = [path, recordPath(folder), serverConfigPath(folder), actsPath(folder)];
    const texts = () => files.map((each) => readFileSync(each, 'utf8'));
    const before = texts();
    // What is in the way here stands for a disk that is full from this file on.
    mkdirSync(`${serverConfigPath(folder)}.next`);
    for (const change of [
      replaceKey(folder, record, 'olga'),
      addUser(folder, record, H1),
      removeUser(folder, record, 'olga'),
    ]) {
      assert.ok(!change.ok);
      assert.match(change.error[0]?.message ?? '', /cannot be written/);
    }
    assert.deepEqual(texts(), before);
    assert.deepEqual(readdirSync(join(folder, 'keys')), ['olga.nk']);
    assert.deepEqual(readdirSync(folder).sort(), ['acts', 'keys', 'server', 'users.json']);
  });

  it('makes only what is missing', () => {
    const asked: readonly NewUser[] = [H1, { role: 'operator', name: 'operator' }];
    const first = ensureUsers(folder, EMPTY, asked);
    assert.ok(first.ok);
    const key = readFileSync(keyPath(folder, 'agent-h1'), 'utf8');
    assert.deepEqual(ensureUsers(folder, first.value, asked), first);
    assert.equal(readFileSync(keyPath(folder, 'agent-h1'), 'utf8'), key);
    rmSync(keyPath(folder, 'operator'));
    const second = ensureUsers(folder, first.value, asked);
    assert.ok(second.ok);
    const keyOf = ({ users }: AuthRecord, name: string) =>
      users.find((user) => user.name === name)?.publicKey;
    assert.equal(keyOf(second.value, 'agent-h1'), keyOf(first.value, 'agent-h1'));
    assert.notEqual(keyOf(second.value, 'operator'), keyOf(first.value, 'operator'));
    assert.equal(second.value.users.length, 2);
  });

  it('makes another key where the file is not of the key that the server knows', () => {
    const asked: readonly NewUser[] = [H1, { role: 'operator', name: 'operator' }];
    const first = ensureUsers(folder, EMPTY, asked);
    assert.ok(first.ok);
    // As after a list of keys was brought back from a backup, and after a power cut.
    const older = { ...first.value, users: first.value.users.map((user) => ({ ...user })) };
    assert.ok(replaceKey(folder, first.value, 'agent-h1').ok);
    writeFileSync(keyPath(folder, 'operator'), '', { mode: 0o600 });
    const again = ensureUsers(folder, older, asked);
    assert.ok(again.ok);
    assert.equal(again.value.users.length, 2);
    for (const { name, publicKey, own } of again.value.users) {
      const auth = readCredentials(keyPath(folder, name), 'test');
      assert.ok(auth.ok, JSON.stringify(auth));
      assert.equal(publicKeyOfAuth(auth.value), publicKey, name);
      assert.equal(own, true);
    }
  });

  it('notes who made, replaced and revoked keys, and nothing else', () => {
    const { record, user } = added(added(EMPTY, H1).record, { role: 'viewer', name: 'lena' });
    const other = replaceKey(folder, record, 'lena');
    assert.ok(other.ok);
    // As a `dqoes up` does at each start, and `dqoes auth update`.
    assert.ok(writeFolder(folder, other.value.record).ok);
    assert.ok(removeUser(folder, other.value.record, 'lena').ok);
    const acts = keyActsIn(folder);
    assert.deepEqual(
      acts.map(({ what, name, role }) => `${what} ${name} ${role}`),
      ['made agent-h1 agent', 'made lena viewer', 'replaced lena viewer', 'revoked lena viewer'],
    );
    const { publicKey } = other.value.user;
    assert.deepEqual(
      acts.slice(1).map((act) => act.publicKey),
      [user.publicKey, publicKey, publicKey],
    );
    assert.ok(acts.every(({ by, timeMs }) => by !== '' && timeMs > 1e12));
    assert.equal(modeOf(actsPath(folder)), '600');
    assert.doesNotMatch(readFileSync(actsPath(folder), 'utf8'), /SU[A-Z2-7]{56}/);
  });

  it('keeps the newest 1000 acts, and revokes where they cannot be read', () => {
    const { record } = added(EMPTY, { role: 'viewer', name: 'lena' });
    writeFileSync(actsPath(folder), 'no act\n'.repeat(2000));
    const left = removeUser(folder, record, 'lena');
    assert.ok(left.ok);
    assert.equal(readFileSync(actsPath(folder), 'utf8').split('\n').length, 1001);
    assert.deepEqual(
      keyActsIn(folder).map(({ what }) => what),
      ['revoked'],
    );
    rmSync(actsPath(folder));
    assert.ok(addUser(folder, left.value, H1).ok);
    assert.equal(keyActsIn(folder).length, 1);
  });
});
