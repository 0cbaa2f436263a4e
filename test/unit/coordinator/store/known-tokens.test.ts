import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { KnownTokens, tokenKey, tokensIn } from '../../../../coordinator/store/known-tokens.js';
import type { StoredValue } from '../../../../proto/store.js';
import { bytes, text } from '../../../lib/utf8.js';

/** A value as the client of NATS gives it: a view of what came off the socket. */
function received(id: string, value: string): StoredValue {
  const piece = new Uint8Array(64 * 1024);
  piece.set(bytes(value), 1000);
  const view = piece.subarray(1000, 1000 + value.length);
  return { key: tokenKey(id), value: view, revision: 1 };
}

describe('the tokens that a leader knows', () => {
  it('keep nothing of what was read from the socket with them', async () => {
    const known = new KnownTokens(tokensIn([received('a', 'first')]));
    await known.follow({ values: [received('a', 'first'), received('b', 'second')], revision: 2 });
    assert.deepEqual([...known.all.values()].map(text), ['first', 'second']);
    const held = [...known.all.values()].map(({ buffer }) => buffer.byteLength);
    assert.deepEqual(held, ['first'.length, 'second'.length]);
  });
});
