import assert from 'node:assert/strict';
import { chmodSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import {
  makeSecretsKey,
  type PrivateKeys,
  readSecretsKey,
  vaultOf,
} from '../../../coordinator/secrets-key.js';
import { makeSigningKey } from '../../../coordinator/signing-key.js';
import { publicTextOf } from '../../../proto/sealing/sealed-box.js';
import { isSignedBy } from '../../../proto/sealing/signed-key.js';
import { publicTextOf as signerText } from '../../../proto/signing/signed-commands.js';
import { silentLog } from '../../../shared/log.js';

describe('the key of coordinators for secrets', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'dqoes-secrets-key-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  const vaultWith = (keys: PrivateKeys) => vaultOf('main', keys, silentLog);
  const refusal = (path: string): string => {
    const read = readSecretsKey(path);
    assert.ok(!read.ok);
    assert.equal(read.error[0]?.field, 'secrets-key');
    return read.error[0]?.message ?? '';
  };

  it('is made once, for its owner only, and read by those that run with it', () => {
    const path = join(folder, 'keys', 'secrets-key.pem');
    const [made, again] = [makeSecretsKey(path), makeSecretsKey(path)];
    assert.ok(made.ok && again.ok);
    assert.equal(publicTextOf(again.value), publicTextOf(made.value));
    assert.equal(statSync(path).mode & 0o777, 0o600);
    const read = readSecretsKey(path);
    assert.ok(read.ok);
    const vault = vaultWith({ secrets: read.value });
    assert.deepEqual(vault?.key, { key: publicTextOf(made.value) });
  });

  it('is signed by the key that signs desired states, where there is one', () => {
    const [path, signing] = [join(folder, 'secrets.pem'), join(folder, 'signing.pem')];
    const [made, signer] = [makeSecretsKey(path), makeSigningKey(signing)];
    assert.ok(made.ok && signer.ok);
    const vault = vaultWith({ secrets: made.value, signing: signer.value });
    const { key, signed } = vault?.key ?? assert.fail();
    assert.ok(signed !== undefined);
    const trusted = [signerText(signer.value)];
    assert.ok(isSignedBy(signed, { key, cluster: 'main', trusted }));
  });

  it('is none where the settings name none, and a fault where it cannot be used', () => {
    assert.equal(vaultWith({}), undefined);
    const missing = join(folder, 'missing.pem');
    assert.match(refusal(missing), /make one with "dqoes coordinator key --secrets --make"/);
    const signing = join(folder, 'signing.pem');
    makeSigningKey(signing);
    assert.match(refusal(signing), /is no X25519 key \(ed25519\)/);
    const open = join(folder, 'open.pem');
    makeSecretsKey(open);
    chmodSync(open, 0o644);
    assert.match(refusal(open), /can be read by others/);
  });
});
