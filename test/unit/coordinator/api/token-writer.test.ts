import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { beforeEach, describe, it } from 'mocha';
import { TokenWriter, UNKNOWN } from '../../../../coordinator/api/token-writer.js';
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
    tokens = new TokenWriter({ store, clock, mayWrite: () => leads });
  });

  const create = (
    role: UserRole,
    id = 'abcdefgh01',
    change: { readonly expiresAtMs?: number } = {},
  ) => tokens.create({ id, name: 'n', role, hash: hashOf(tokenOf(id)), ...change });
  const codeOf = async (token: string, verb = 'job-list' as const): Promise<string> => {
    const checked = await tokens.check(token, verb);
    return checked.ok ? 'ok' : checked.error.code;
  };

  for (const role of USER_ROLES)
    it(`of the role ${role} may do what that role may, and nothing else`, async () => {
      await create(role);
      for (const verb of VERBS.filter((each) => each !== 'token-status')) {
        const checked = await tokens.check(tokenOf('abcdefgh01'), verb);
        assert.equal(checked.ok, ROLE_VERBS[role].includes(verb), verb);
        if (!checked.ok) assert.equal(checked.error.code, 'auth.denied');
      }
      const status = await tokens.check(tokenOf('abcdefgh01'), 'token-status');
      assert.ok(status.ok);
      assert.equal(status.value.role, role);
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
    assert.ok((await create('operator', 'revoked001')).ok);
    assert.ok((await tokens.revoke('revoked001')).ok);
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
      assert.deepEqual(await tokens.check(token, 'job-list'), { ok: false, error: UNKNOWN }, token);
  });

  it('one that would have expired, or whose id is taken, is not made', async () => {
    assert.equal((await create('viewer', 'abcdefgh01', { expiresAtMs: clock.wall() })).ok, false);
    assert.ok((await create('viewer')).ok);
    assert.equal((await create('operator')).ok, false);
    assert.equal(await codeOf(tokenOf('abcdefgh01')), 'ok');
    const info = await tokens.check(tokenOf('abcdefgh01'), 'job-list');
    assert.equal(info.ok && info.value.role, 'viewer');
  });

  it('a coordinator that does not lead any more makes and revokes none', async () => {
    await create('viewer');
    leads = false;
    assert.equal((await create('viewer', 'abcdefgh02')).ok, false);
    assert.equal((await tokens.revoke('abcdefgh01')).ok, false);
    assert.equal(await codeOf(tokenOf('abcdefgh01')), 'ok');
  });
});
