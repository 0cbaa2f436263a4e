import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { deepEqual } from '../../../../coordinator/state/deep-equal.js';

describe('deepEqual', () => {
  it('compares plain data whatever the order of keys', () => {
    assert.ok(deepEqual({ a: 1, b: [{ c: 2 }] }, { b: [{ c: 2 }], a: 1, d: undefined }));
    for (const [a, b] of [
      [{ a: 1 }, { a: 2 }],
      [[1], { 0: 1 }],
      [null, {}],
      [{ a: 1 }, {}],
      [
        [1, 2],
        [2, 1],
      ],
    ])
      assert.ok(!deepEqual(a, b));
  });
});
