import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { mapKept } from '../../../../../../coordinator/schedule/policies/adaptive/map-kept.js';

describe('mapKept', () => {
  const before = ['a', 'b', 'c'];

  it('keeps a list that says the same', () => {
    assert.equal(
      mapKept([0, 1, 2], before, (i) => 'abc'[i]),
      before,
    );
    const none: string[] = [];
    assert.equal(mapKept([], none, String), none);
  });

  it('leaves it as it was where one item differs', () => {
    const after = mapKept([0, 1, 2], before, (i) => 'axc'[i]);
    assert.deepEqual(
      [after, before],
      [
        ['a', 'x', 'c'],
        ['a', 'b', 'c'],
      ],
    );
  });

  it('takes another length', () => {
    assert.deepEqual(mapKept([7, 8], before, String), ['7', '8']);
    assert.deepEqual(mapKept([7, 8], [], String), ['7', '8']);
  });

  it('asks of each once, in order, with its place', () => {
    const asked: [string, number][] = [];
    mapKept(['x', 'y'], ['x', 'z'], (item, place) => {
      asked.push([item, place]);
      return item;
    });
    assert.deepEqual(asked, [
      ['x', 0],
      ['y', 1],
    ]);
  });
});
