import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { beforeEach, describe, it } from 'mocha';
import { ChangeQueue } from '../../../../coordinator/api/change-queue.js';
import { TokenWriter, UNKNOWN } from '../../../../coordinator/api/token-writer.js';
import { KnownTokens, MAX_TOKENS, tokenKey } from '../../../../coordinator/store/known-tokens.js';
import { MemoryStores } from '../../../../proto/memory/store.js';
import { ROLE_VERBS } from '../../../../proto/roles.js';
import { USER_ROLES, type UserRole, VERBS } from '../../../../proto/schemas/service.js';
import type { KeyValueStore } from '../../../../proto/store.js';
import { ManualClock } from '../../../lib/manual-clock.js';

const tokenOf = (id: string, secret = 's'): string => `dqoes_${id}_${secret.repeat(43)}`;
const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex');

describe('tokens', () => {
  const clock = new ManualClock();
  let store: KeyValueStore;
  let tokens: TokenWriter;
  let leads = true;
  beforeEach(async () => {
    const stores = new MemoryStores({ clock });
    await stores.install('main', { replicas: 1 });
    const opened = await stores.open('main', 'nodes');
    assert.ok(opened.ok);
    store = opened.value;
    leads = true;
    const known = new KnownTokens(new Map());
    tokens = new TokenWriter({ store, clock, queue: new ChangeQueue(() => leads), known });
  });

  const create = (
    role: UserRole,
    id = 'abcdefgh01',
    change: { readonly expiresAtMs?: number } = {},
  ) => tokens.create({ id, name: 'n', role, hash: hashOf(tokenOf(id)), ...change });
  const codeOf = async (token: string, verb = 'job-list' as const): Promise<string> => {
    const { answer } = await tokens.check(token, verb);
    return answer.ok ? 'ok' : (answer.error[0]?.code ?? '');
  };
  const isMade = async (...asked: Parameters<typeof create>): Promise<boolean> =>
    (await create(...asked)).result.ok;
  const isRevoked = async (id: string): Promise<boolean> => (await tokens.revoke(id)).result.ok;

  for (const role of USER_ROLES)
    it(`of the role ${role} may do what that role may, and nothing else`, async () => {
      await create(role);
      for (const verb of VERBS.filter((each) => each !== 'token-status')) {
        const { by, answer } = await tokens.check(tokenOf('abcdefgh01'), verb);
        assert.equal(answer.ok, ROLE_VERBS[role].includes(verb), verb);
        if (!answer.ok) assert.equal(answer.error[0]?.code, 'auth.denied');
        assert.deepEqual(by, { kind: 'token', id: 'abcdefgh01', name: 'n', role }, verb);
      }
      const { answer: status } = await tokens.check(tokenOf('abcdefgh01'), 'token-status');
      assert.ok(status.ok);
      assert.equal(status.value.role, role);
    });

  it('that 0.1.0 stored with an end after all dates are listed, good and revoked', async () => {
    await create('viewer');
    const stored = await store.get('token.abcdefgh01');
    assert.ok(stored.ok && stored.value !== null);
    const { value, revision } = stored.value;
    const expiresAtMs = 8.64e15 + 1000;
    const text = JSON.stringify({ ...JSON.parse(new TextDecoder().decode(value)), expiresAtMs });
    await store.put('token.abcdefgh01', new TextEncoder().encode(text), revision);
    const listed = await tokens.list();
    assert.ok(listed.ok);
    assert.equal(listed.value.tokens[0]?.expiresAtMs, expiresAtMs);
    assert.equal(await codeOf(tokenOf('abcdefgh01')), 'ok');
    const { result, changes } = await tokens.revoke('abcdefgh01');
    assert.ok(result.ok);
    assert.equal(changes[0]?.before, 'n, viewer');
  });

  it('what is stored is no token, and the answer does not hold the hash', async () => {
    await create('viewer');
    const kept = await store.list();
    assert.ok(kept.ok);
    const text = Buffer.from(kept.value[0]?.value ?? []).toString();
    assert.ok(!text.includes('sssss'));
    const listed = await tokens.list();
    assert.ok(listed.ok && !JSON.stringify(listed.value).includes('hash'));
  });

  it('unknown, of another secret, revoked, expired: all look alike', async () => {
    await create('operator');
    await create('operator', 'expiring01', { expiresAtMs: clock.wall() + 1000 });
    assert.equal(await codeOf(tokenOf('expiring01')), 'ok');
    await clock.advance(1000);
    assert.ok(await isMade('operator', 'revoked001'));
    assert.ok(await isRevoked('revoked001'));
    const bad = [
      '',
      'x',
      'dqoes__',
      tokenOf('nobody0001'),
      tokenOf('abcdefgh01', 't'),
      `${tokenOf('abcdefgh01')}x`,
      tokenOf('expiring01'),
      tokenOf('revoked001'),
      'dqoes_../policy_x',
      'dqoes_setting.policy_x',
    ];
    for (const token of bad)
      assert.deepEqual(
        await tokens.check(token, 'job-list'),
        { by: { kind: 'unknown' }, answer: { ok: false, error: [UNKNOWN] } },
        token,
      );
  });

  it('one that would have expired, or whose id is taken, is not made', async () => {
    const past = await create('viewer', 'abcdefgh01', { expiresAtMs: clock.wall() });
    assert.deepEqual([past.result.ok, past.changes], [false, []]);
    assert.ok(await isMade('viewer'));
    const taken = await create('operator');
    assert.deepEqual([taken.result.ok, taken.changes], [false, []]);
    assert.equal(await codeOf(tokenOf('abcdefgh01')), 'ok');
    const { answer } = await tokens.check(tokenOf('abcdefgh01'), 'job-list');
    assert.equal(answer.ok && answer.value.role, 'viewer');
  });

  it('those that expired a day ago make room where there are too many', async () => {
    const [now, day] = [clock.wall(), 86_400_000];
    const ends = [now - 1.5 * day, now - 2 * day, now - 0.5 * day];
    for (let i = 0; i < MAX_TOKENS; i += 1) {
      const id = `token${String(i).padStart(5, '0')}`;
      const [expiresAtMs, hash] = [ends[i] ?? now + day, '0'.repeat(64)];
      const token = { id, name: '', role: 'viewer', createdAtMs: 0, expiresAtMs, hash };
      const value = new TextEncoder().encode(JSON.stringify(token));
      await store.put(tokenKey(id), value);
    }
    const made = await create('viewer', 'abcdefgh01');
    assert.deepEqual(
      made.changes.map(({ token, after }) => [token, after]),
      [
        ['token00001', 'forgotten: it had expired'],
        ['abcdefgh01', 'n, viewer'],
      ],
    );
    assert.ok(await isMade('viewer', 'abcdefgh02'));
    const full = await create('viewer', 'abcdefgh03');
    assert.equal(full.result.ok ? 'made' : full.result.error[0]?.code, 'service.full');
    assert.deepEqual(full.changes, []);
  });

  it('a coordinator that does not lead any more makes and revokes none', async () => {
    await create('viewer');
    leads = false;
    assert.equal(await isMade('viewer', 'abcdefgh02'), false);
    assert.equal(await isRevoked('abcdefgh01'), false);
    assert.equal(await codeOf(tokenOf('abcdefgh01')), 'ok');
  });

  it('what is made and revoked is told in short, without the token and its hash', async () => {
    const expiresAtMs = Date.UTC(2030, 0, 2, 3, 4);
    const made = await create('submitter', 'abcdefgh01', { expiresAtMs });
    const short = 'n, submitter, until 2030-01-02T03:04Z';
    assert.deepEqual(made.changes, [{ token: 'abcdefgh01', after: short }]);
    const revoked = await tokens.revoke('abcdefgh01');
    assert.deepEqual(revoked.changes, [{ token: 'abcdefgh01', before: short, after: 'revoked' }]);
    assert.deepEqual((await tokens.revoke('abcdefgh01')).changes, []);
  });
});
