import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { TokenBuckets } from '../../../../console/http/buckets.js';

describe('a token bucket for each client', () => {
  it('lets so many through at once, then so many a second, each client by itself', () => {
    const buckets = new TokenBuckets({ perSecond: 2, atOnce: 3 });
    const taken = (client: string, atMs: number, times: number): number[] =>
      Array.from({ length: times }, () => buckets.take(client, atMs));
    assert.deepEqual(taken('a', 0, 4), [0, 0, 0, 1]);
    assert.deepEqual(taken('b', 0, 1), [0]);
    assert.deepEqual(taken('a', 1000, 3), [0, 0, 1]);
    assert.deepEqual(taken('a', 1e9, 4), [0, 0, 0, 1], 'a pause saves no more than that');
  });

  it('a clock that is put back gives nothing', () => {
    const buckets = new TokenBuckets({ perSecond: 1, atOnce: 1 });
    assert.equal(buckets.take('a', 5000), 0);
    assert.equal(buckets.take('a', 0), 1);
  });

  it('many clients do not fill the memory', () => {
    const buckets = new TokenBuckets({ perSecond: 1, atOnce: 1 });
    for (let i = 0; i < 20_000; i += 1) buckets.take(`c${i}`, 0);
    assert.equal(buckets.take('c0', 0), 0, 'forgotten, so it begins again');
    assert.equal(buckets.take('c19999', 0), 1);
  });
});
