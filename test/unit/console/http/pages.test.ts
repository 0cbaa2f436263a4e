import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { pageOf } from '../../../../console/http/pages.js';

const key = (item: string): string => item;

describe('pages of a list', () => {
  it('together hold each item once, whatever the size', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.string({ minLength: 1, maxLength: 5 }), { maxLength: 30 }),
        fc.integer({ min: 1, max: 7 }),
        (items, limit) => {
          const sorted = [...items].sort();
          const seen: string[] = [];
          for (let cursor: string | undefined, more = true; more; more = cursor !== undefined) {
            const page = pageOf(sorted, key, {
              limit: String(limit),
              ...(cursor === undefined ? {} : { cursor }),
            });
            assert.ok(page);
            seen.push(...page.items);
            cursor = page.next;
          }
          assert.deepEqual(seen, sorted);
        },
      ),
    );
  });

  it('an item that comes or goes meanwhile moves no other', () => {
    const first = pageOf(['a', 'c', 'e'], key, { limit: '2' });
    assert.deepEqual(first?.items, ['a', 'c']);
    const rest = pageOf(['b', 'd', 'e'], key, { limit: '2', cursor: first?.next ?? '' });
    assert.deepEqual(rest?.items, ['d', 'e']);
  });

  it('what is no cursor is refused', () => {
    assert.equal(pageOf(['a'], key, { cursor: '_' }), undefined);
  });
});
