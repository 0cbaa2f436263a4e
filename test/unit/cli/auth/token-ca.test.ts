import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rootCertificates } from 'node:tls';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { isReadableToken, parseToken, tokenText } from '../../../../cli/auth/join.js';
import { caFileOf, certificatesIn, pemOf, writeCa } from '../../../../cli/auth/token-ca.js';
import { createUserKey } from '../../../../proto/nats/user-key.js';
import type { NodeId } from '../../../../shared/ids.js';

const seed = createUserKey().seed;
const token = { url: 'tls://10.0.0.5:4222', cluster: 'main', node: 'h1' as NodeId, seed };
const [first = '', second = ''] = rootCertificates;

describe('the certificates of a token', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'dqoes-ca-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('are those of the file, without what else is in it, and read as they were', () => {
    const key = '-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n';
    const ca = certificatesIn(`# ours\r\n${first.replaceAll('\n', '\r\n')}\r\n${key}${second}`);
    assert.equal(ca.length, 2);
    const said = { ...token, ca: ca.slice(0, 1) };
    assert.deepEqual(parseToken(tokenText(said)), { ok: true, value: said });
    const [back = ''] = pemOf(ca).split(/(?<=-----END CERTIFICATE-----\n)/);
    assert.equal(
      new X509Certificate(back).fingerprint256,
      new X509Certificate(first).fingerprint256,
    );
    assert.deepEqual(certificatesIn('no certificate'), []);
  });

  it('of an authority have room, with keys of coordinators, and many have not', () => {
    const longest = [...rootCertificates].sort((a, b) => b.length - a.length)[0] ?? '';
    const coordinatorKeys = Array<string>(3).fill('A'.repeat(43));
    const one = tokenText({ ...token, coordinatorKeys, ca: certificatesIn(longest) });
    assert.ok(isReadableToken(one), `${one.length}`);
    const many = rootCertificates.slice(0, 8).flatMap(certificatesIn);
    assert.equal(isReadableToken(tokenText({ ...token, ca: many })), false);
  });

  it('are refused where they are none', () => {
    for (const ca of [[], '', ['a b'], [''], [1], Array(9).fill('AAAA')]) {
      const text = JSON.stringify({ v: 1, ...token, ca });
      const read = parseToken(`dqoes-join.${Buffer.from(text).toString('base64url')}`);
      assert.equal(read.ok, false, JSON.stringify(ca));
    }
  });

  it('lie beside the key, and are taken back with it, but not where they were before', () => {
    const path = caFileOf(join(folder, 'agent-h1.nk'));
    assert.equal(path, join(folder, 'agent-h1.ca.pem'));
    const ca = certificatesIn(first);
    const written = writeCa(path, ca);
    assert.ok(written.ok);
    assert.equal(readFileSync(path, 'utf8'), pemOf(ca));
    assert.equal(statSync(path).mode & 0o777, 0o644);
    const again = writeCa(path, ca);
    assert.ok(again.ok);
    again.value();
    assert.deepEqual(readdirSync(folder), ['agent-h1.ca.pem']);
    written.value();
    assert.deepEqual(readdirSync(folder), []);
    writeFileSync(path, second);
    const other = writeCa(path, ca);
    assert.match(other.ok ? '' : other.error, /agent-h1\.ca\.pem is there already, .* remove it/);
    assert.equal(readFileSync(path, 'utf8'), second);
  });
});
