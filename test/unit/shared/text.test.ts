import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { cutText, firstNames, inOnePiece } from '../../../shared/text.js';

describe('cutText', () => {
  it('leaves what fits as it is', () => {
    assert.equal(cutText('ab🦊', 4), 'ab🦊');
  });

  it('cuts to the length, and never leaves half of a character', () => {
    assert.equal(cutText('abc', 2), 'ab');
    const cut = cutText('ab🦊', 3);
    assert.deepEqual([cut.length, cut.isWellFormed()], [3, true]);
  });
});

describe('inOnePiece', () => {
  it('says the same, whatever stands in it', () => {
    for (const text of ['', 'a "b"\\n', `${'x'.repeat(20)}ü🦊`, 'half \ud83e', '__proto__'])
      assert.equal(inOnePiece(text), text);
  });
});

describe('firstNames', () => {
  it('lists all names that may be listed, else how many more there are', () => {
    assert.equal(firstNames(['a', 'b'], 2), 'a, b');
    assert.equal(firstNames(['a', 'b', 'c', 'd'], 2), 'a, b and 2 more');
    assert.equal(firstNames(['a', 'b', 'c'], 2, ' '), 'a b and 1 more');
  });
});
