import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { readFolder } from '../../../../cli/auth/folder.js';
import {
  encodeJoin,
  parseJoinReply,
  parseJoinRequest,
  parseToken,
  tokenText,
} from '../../../../cli/auth/join.js';
import { closeMeeting, openMeeting } from '../../../../cli/auth/joining.js';
import type { AuthRecord } from '../../../../cli/auth/users.js';
import { createUserKey } from '../../../../proto/nats/user-key.js';
import type { NodeId } from '../../../../shared/ids.js';
import { bytes } from '../../../lib/utf8.js';

const node = 'h1' as NodeId;
const token = { url: 'nats://10.0.0.5:4222', cluster: 'main', node, seed: createUserKey().seed };
const encode = (value: unknown): string =>
  `dqoes-join.${Buffer.from(JSON.stringify(value)).toString('base64url')}`;

describe('joining', () => {
  it('a token is one word, and reads as it was', () => {
    const text = tokenText(token);
    assert.match(text, /^[\w.-]+$/);
    assert.deepEqual(parseToken(` ${text}\n`), { ok: true, value: token });
    const coordinatorKeys = ['A'.repeat(43), '-_'.padEnd(43, '0')];
    const signed = { ...token, coordinatorKeys };
    assert.deepEqual(parseToken(tokenText(signed)), { ok: true, value: signed });
  });

  it('anything else is no token, and is not shown', () => {
    const good = { v: 1, ...token };
    for (const text of [
      '',
      'hunter2',
      tokenText(token).slice(0, -20),
      encode({ ...good, v: 2 }),
      encode({ ...good, node: 'a b' }),
      encode({ ...good, cluster: '>' }),
      encode({ ...good, seed: 'x' }),
      encode({ ...good, coordinatorKeys: [] }),
      encode({ ...good, coordinatorKeys: 'A'.repeat(43) }),
      encode({ ...good, coordinatorKeys: ['A'.repeat(42)] }),
      encode({ ...good, coordinatorKeys: Array(17).fill('A'.repeat(43)) }),
      encode([]),
      encode(null),
      `dqoes-join.${'A'.repeat(5000)}`,
    ]) {
      const parsed = parseToken(text);
      assert.ok(!parsed.ok, text);
      assert.match(parsed.error, /^is no token/);
    }
  });

  it('requests and answers that are none are refused', () => {
    const { publicKey } = createUserKey();
    assert.deepEqual(parseJoinRequest(encodeJoin({ publicKey })), { publicKey });
    // One with a wrong checksum would keep the server from reading its configuration.
    const forged = `U${'A'.repeat(55)}`;
    for (const key of ['U } #', `${publicKey}x`, forged, publicKey.toLowerCase()])
      assert.equal(parseJoinRequest(bytes(JSON.stringify({ publicKey: key }))), undefined, key);
    for (const text of ['', '{}']) assert.equal(parseJoinRequest(bytes(text)), undefined);
    assert.equal(parseJoinRequest(new Uint8Array(5000)), undefined);
    assert.deepEqual(parseJoinReply(encodeJoin({ joined: true })), { joined: true });
    assert.deepEqual(parseJoinReply(encodeJoin({ refused: 'r' })), { refused: 'r' });
    for (const text of ['', '{"joined":1}', '[]'])
      assert.equal(parseJoinReply(bytes(text)), undefined);
  });
});

describe('a meeting', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'dqoes-meeting-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  const names = ({ users }: AuthRecord) => users.map(({ name }) => name);

  it('leaves the key of the agent, or nothing', () => {
    const empty: AuthRecord = { cluster: 'main', users: [] };
    const { publicKey } = createUserKey();
    for (const came of [undefined, publicKey]) {
      const opened = openMeeting(folder, empty, node);
      assert.ok(opened.ok);
      assert.deepEqual(names(opened.value.record), ['joining-h1', 'welcoming-h1']);
      assert.deepEqual(readFolder(folder), { ok: true, value: opened.value.record });
      const ended = { node, meeting: opened.value, publicKey: came };
      const closed = closeMeeting(folder, opened.value.record, ended);
      assert.ok(closed.ok);
      const stays = came === undefined ? [] : ['welcoming-h1', 'agent-h1'];
      assert.deepEqual(names(closed.value), stays);
      assert.equal(closed.value.users.find(({ role }) => role === 'agent')?.publicKey, came);
      const asked = { ...ended, publicKey: undefined };
      const after = closeMeeting(folder, closed.value, asked);
      assert.ok(after.ok);
      assert.deepEqual(names(after.value), came === undefined ? [] : ['agent-h1']);
    }
  });

  it('takes the place of one that was killed, and spares other nodes', () => {
    const other = openMeeting(folder, { cluster: 'main', users: [] }, 'h2' as NodeId);
    assert.ok(other.ok);
    const first = openMeeting(folder, other.value.record, node);
    assert.ok(first.ok);
    const second = openMeeting(folder, first.value.record, node);
    assert.ok(second.ok);
    assert.deepEqual(names(second.value.record), [
      'joining-h2',
      'welcoming-h2',
      'joining-h1',
      'welcoming-h1',
    ]);
    const seen = second.value.record.users.map(({ publicKey }) => publicKey);
    assert.equal(seen.includes(first.value.joining.publicKey), false);
  });

  it('does not end the one that took its place', () => {
    const first = openMeeting(folder, { cluster: 'main', users: [] }, node);
    assert.ok(first.ok);
    const second = openMeeting(folder, first.value.record, node);
    assert.ok(second.ok);
    const late = { node, meeting: first.value, publicKey: undefined };
    const closed = closeMeeting(folder, second.value.record, late);
    assert.deepEqual(closed, { ok: true, value: second.value.record });
    assert.deepEqual(readFolder(folder), closed);
  });

  it('takes no key that another has: the server would refuse all of them', () => {
    const { publicKey } = createUserKey();
    const users = [{ name: 'lena', role: 'viewer', publicKey }] as const;
    const opened = openMeeting(folder, { cluster: 'main', users }, node);
    assert.ok(opened.ok);
    const ended = { node, meeting: opened.value, publicKey };
    const closed = closeMeeting(folder, opened.value.record, ended);
    assert.ok(!closed.ok);
    assert.match(closed.error[0]?.message ?? '', /agent-h1 is that of lena already/);
    const left = readFolder(folder);
    assert.deepEqual(left.ok && left.value?.users, users, 'the keys of the meeting are gone');
  });

  it('is not for a node that has a key', () => {
    const { publicKey } = createUserKey();
    const users = [{ name: 'agent-h1', role: 'agent', node, publicKey }] as const;
    const opened = openMeeting(folder, { cluster: 'main', users }, node);
    assert.ok(!opened.ok);
    assert.match(opened.error[0]?.message ?? '', /agent-h1 has a key already.*auth rotate/);
  });
});
