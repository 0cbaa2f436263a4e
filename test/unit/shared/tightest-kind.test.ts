import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { tightestKind } from '../../../shared/tightest-kind.js';

const LIMIT = { reason: 'too little CPU' };

describe('the kind of jobs that runs out first', () => {
  it('is the one of which the fewest more have room, the first of those alike', () => {
    const room = [3, 1, 1].map((more, i) => ({ like: `kind-${i}`, more, limit: LIMIT }));
    assert.equal(tightestKind(room)?.like, 'kind-1');
  });

  it('is none of which that, or what limits it, is not known', () => {
    const unknown = [
      { more: null, limit: LIMIT },
      { more: 0, limit: null },
    ];
    assert.equal(tightestKind(unknown), undefined);
    const known = { more: 7, limit: LIMIT };
    assert.equal(tightestKind([...unknown, known]), known);
  });
});
