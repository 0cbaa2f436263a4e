import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { type Misses, missedInsteadOf } from '../../../../coordinator/planning/what-if.js';
import { allocationId, jobName } from '../build.js';

const misses = (...ids: readonly string[]): Misses =>
  new Map(
    ids.map((id) => [
      allocationId(id),
      {
        ...{ allocation: allocationId(id), job: jobName(id.replace(/-\d+$/, '')) },
        ...{ node: null, reason: '' },
      },
    ]),
  );
const beyond = (these: Misses, others: Misses): readonly string[] =>
  missedInsteadOf(these, others).map(({ allocation }) => allocation);

describe('who misses in one state and not in another', () => {
  it('is named where it has the same name in both', () => {
    assert.deepEqual(beyond(misses('a-1', 'b-1'), misses('a-1', 'c-1')), ['b-1']);
    assert.deepEqual(beyond(misses('a-1', 'c-1'), misses('a-1', 'b-1')), ['c-1']);
  });

  it('is nobody where what was started again misses as what ran before did', () => {
    assert.deepEqual(beyond(misses('a-2'), misses('a-1')), []);
    assert.deepEqual(beyond(misses('a-2', 'a-3', 'b-2'), misses('a-1', 'b-2')), ['a-3']);
    assert.deepEqual(beyond(misses('a-1', 'b-2'), misses('a-2', 'a-3', 'b-2')), []);
  });
});
