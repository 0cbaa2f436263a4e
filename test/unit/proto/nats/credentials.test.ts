import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { parseCredentials } from '../../../../proto/nats/credentials.js';
import { createUserKey, publicKeyOfAuth } from '../../../../proto/nats/user-key.js';

describe('credentials of NATS', () => {
  it('a seed stands on a line of its own, between remarks', () => {
    const { publicKey, seed } = createUserKey();
    const parsed = parseCredentials(`# lena's key\n  ${seed}\n`);
    assert.deepEqual(parsed, { ok: true, value: { kind: 'nkey', seed } });
    assert.equal(publicKeyOfAuth({ kind: 'nkey', seed }), publicKey);
    assert.match(publicKey, /^U[A-Z2-7]{55}$/);
    assert.notEqual(createUserKey().seed, seed);
  });

  it('what nsc writes keeps its token, and names its key', () => {
    const { publicKey, seed } = createUserKey();
    const creds = [
      '-----BEGIN NATS USER JWT-----\ne.y.J\n------END NATS USER JWT------\n',
      `-----BEGIN USER NKEY SEED-----\n${seed}\n------END USER NKEY SEED------\n`,
    ].join('\n');
    assert.deepEqual(parseCredentials(creds), { ok: true, value: { kind: 'creds', creds } });
    assert.equal(publicKeyOfAuth({ kind: 'creds', creds }), publicKey);
  });

  it('anything else is refused without being shown', () => {
    for (const text of ['', 'hunter2', 'SU22', `x ${createUserKey().seed}`]) {
      const parsed = parseCredentials(text);
      assert.ok(!parsed.ok);
      assert.equal(text !== '' && parsed.error.includes(text), false);
    }
    assert.equal(publicKeyOfAuth(undefined), undefined);
    assert.equal(publicKeyOfAuth({ kind: 'token', token: 't' }), undefined);
  });
});
