import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { headLines } from '../../../../cli/top/lines.js';
import { allocation, dataOf, LINK } from './build.js';

describe('the lines of dqoes top', () => {
  const { totals } = dataOf([allocation('face-1'), allocation('late-1', { latencyMs: 1200 })]);
  const whole =
    '1 of 2 jobs at target, 1 not slower; CPU 1.50 allocated, 0.80 used, 1.90 allocatable; ' +
    'leader c1, epoch 3';

  it('begin with the totals, wrapped between words on a terminal', () => {
    assert.deepEqual(headLines(totals, { link: LINK }), [whole]);
    assert.deepEqual(headLines(totals, { link: LINK, width: 200 }), [whole]);
    const narrow = headLines(totals, { link: LINK, width: 80 });
    assert.equal(narrow.length, 2);
    for (const line of narrow) assert.ok(line.length <= 80, line);
    assert.equal(narrow.map((line) => line.trim()).join(' '), whole);
  });
});
