import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { pageOf } from '../../../shared/paging.js';
import { everyPage } from '../../lib/every-page.js';

describe('pages of a list', () => {
  it('hold every row once, and rows of one key together', () => {
    const sorted = fc
      .array(fc.integer({ min: 0, max: 30 }), { maxLength: 60 })
      .map((keys) => keys.sort((a, b) => a - b).map((key) => String(key).padStart(2, '0')));
    fc.assert(
      fc.property(sorted, fc.integer({ min: 1, max: 70 }), (rows, limit) => {
        const all = everyPage((asked) => pageOf(rows, (row) => row, asked), limit);
        assert.deepEqual(all.rows, rows);
        assert.ok(all.pages <= Math.max(1, Math.ceil(rows.length / limit)));
      }),
    );
  });

  it('begin after a key that is gone meanwhile', () => {
    const page = pageOf(['a', 'c', 'd'], (row) => row, { after: 'b', limit: 1 });
    assert.deepEqual(page, { rows: ['c'], next: 'c' });
    assert.deepEqual(
      pageOf(['a', 'c'], (row) => row, { after: 'z' }),
      { rows: [] },
    );
  });
});
