import assert from 'node:assert/strict';
import { createPrivateKey, generateKeyPairSync } from 'node:crypto';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { type BoxContext, open, publicTextOf, seal } from '../../../../proto/sealing/sealed-box.js';
import { isSignedBy, signKey } from '../../../../proto/sealing/signed-key.js';
import { publicTextOf as signerText } from '../../../../proto/signing/signed-commands.js';
import type { SecretName } from '../../../../shared/ids.js';
import { boxLengthOf } from '../../../../shared/secret.js';
import { allocationId, jobName, nodeId } from '../../coordinator/build.js';

const newKey = () => generateKeyPairSync('x25519').privateKey;
const name = (text: string): SecretName => text as SecretName;
const place = { node: nodeId('h1'), job: jobName('a'), allocation: allocationId('a-1') };
const STORED: BoxContext = { cluster: 'main', secret: name('db') };
const PLACED: BoxContext = { ...STORED, place };
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const [ours, theirs] = [newKey(), newKey()];

function sealed(text: string, context: BoxContext, key = ours): string {
  const box = seal(bytes(text), publicTextOf(key), context);
  assert.ok(box.ok, JSON.stringify(box));
  return box.value;
}

describe('sealed boxes', () => {
  it('open for the holder of the key, in the same context', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 300 }),
        fc.constantFrom(STORED, PLACED),
        (plain, c) => {
          const box = seal(plain, publicTextOf(ours), c);
          assert.ok(box.ok);
          assert.equal(box.value.length, boxLengthOf(plain.length));
          assert.deepEqual(open(box.value, ours, c), { ok: true, value: Buffer.from(plain) });
        },
      ),
      { numRuns: 50 },
    );
  });

  it('of one value are never the same, and do not hold it', () => {
    const [a, b] = [sealed('hush', STORED), sealed('hush', STORED)];
    assert.notEqual(a, b);
    for (const box of [a, b]) assert.equal(Buffer.from(box, 'base64url').includes('hush'), false);
  });

  // Sealed once by this code: boxes that are stored have to open with later versions, too.
  it('that were stored before open as ever', () => {
    const key = createPrivateKey({ key: KEPT_KEY, format: 'jwk' });
    assert.deepEqual(open(KEPT_BOX, key, PLACED), { ok: true, value: Buffer.from('kept') });
  });

  for (const [what, context] of [
    ['another cluster', { ...PLACED, cluster: 'other' }],
    ['another name', { ...PLACED, secret: name('dc') }],
    ['another node', { ...PLACED, place: { ...place, node: nodeId('h2') } }],
    ['another job', { ...PLACED, place: { ...place, job: jobName('b') } }],
    ['another allocation', { ...PLACED, place: { ...place, allocation: allocationId('a-2') } }],
    ['what is stored', STORED],
  ] as const)
    it(`do not open for ${what}`, () => {
      const opened = open(sealed('hush', PLACED), ours, context);
      assert.ok(!opened.ok && /sealed to another key or for something else/.test(opened.error));
    });

  it('do not open with another key', () => {
    const opened = open(sealed('hush', PLACED), theirs, PLACED);
    assert.ok(!opened.ok && !opened.error.includes('hush'));
  });

  it('do not open with any bit changed, nor cut short', () => {
    const whole = Buffer.from(sealed('hush', PLACED), 'base64url');
    for (let at = 0; at < whole.length; at += 1) {
      const changed = Buffer.from(whole);
      changed[at] = (changed[at] ?? 0) ^ 1;
      assert.equal(open(changed.toString('base64url'), ours, PLACED).ok, false, `byte ${at}`);
      const cut = whole.subarray(0, at).toString('base64url');
      assert.equal(open(cut, ours, PLACED).ok, false, `cut to ${at}`);
    }
  });

  it('are not made for what is no key, or one that hides nothing', () => {
    const lowOrder = Buffer.alloc(32).toString('base64url');
    for (const key of ['', 'a', 'A'.repeat(44), `${'A'.repeat(42)}!`, lowOrder]) {
      const box = seal(bytes('hush'), key, STORED);
      assert.ok(!box.ok && !box.error.includes('hush'), key);
    }
    const fromNothing = Buffer.concat([Buffer.of(1), Buffer.alloc(32), Buffer.alloc(20)]);
    assert.equal(open(fromNothing.toString('base64url'), ours, STORED).ok, false);
  });
});

describe('the key to which secrets are sealed', () => {
  const signer = generateKeyPairSync('ed25519').privateKey;
  const other = generateKeyPairSync('ed25519').privateKey;
  const key = publicTextOf(ours);
  const signed = signKey(key, 'main', signer);
  const claim = { key, cluster: 'main', trusted: [signerText(signer)] };

  it('is believed where a trusted coordinator signed it', () => {
    assert.equal(isSignedBy(signed, claim), true);
  });

  it('is not where another did, for another cluster, or another key', () => {
    assert.equal(isSignedBy(signKey(key, 'main', other), claim), false);
    assert.equal(isSignedBy({ ...signKey(key, 'main', other), by: signed.by }, claim), false);
    assert.equal(isSignedBy(signed, { ...claim, cluster: 'other' }), false);
    assert.equal(isSignedBy(signed, { ...claim, key: publicTextOf(theirs) }), false);
    assert.equal(isSignedBy(signed, { ...claim, trusted: [] }), false);
  });
});

// cspell:disable
const KEPT_KEY = {
  kty: 'OKP',
  crv: 'X25519',
  d: '4NmH8Qzw3_bVUwxcam4xOJeaIeUORfZnm6It1pb-lEI',
  x: '6BGC6Zhw33iVVhZUGoqUyuKWP0iluOiwrz6V0qHnal8',
};
const KEPT_BOX = 'AWZZhDpLPhkrE3ltzhauTQXlY3pgXET7q3LUYxdFN7o1_YhHFGDlYcEHOjk82jHeuYCFflQ';
