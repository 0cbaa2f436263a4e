import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { joinedPage } from '../../../../coordinator/workers/joined-pages.js';
import type { NodeView } from '../../../../proto/schemas/view.js';
import { pageOf } from '../../../../shared/paging.js';
import { nodeId } from '../build.js';

const viewOf = (id: string): NodeView => ({
  node: nodeId(id),
  sequence: 1,
  atMs: 0,
  status: null,
  allocations: [],
});

/** All that is read page by page; `ownerOf`: which worker has published a node. */
function readAll(ids: readonly string[], workers: number, limit: number): readonly string[] {
  const seen: string[] = [];
  const asked: { after?: ReturnType<typeof nodeId> } = {};
  for (;;) {
    const pages = Array.from({ length: workers }, (_, index) => {
      const own = ids.filter((id) => id.charCodeAt(0) % workers === index).sort();
      const { rows, ...more } = pageOf(own.map(nodeId), (id) => id, { ...asked, limit });
      // One that is gone since the page was cut is left out.
      const nodes = rows.filter((id) => !id.endsWith('x')).map(viewOf);
      return { incarnation: 'inc', epoch: 2, nodes, ...more };
    });
    const { incarnation, epoch, nodes, next } = joinedPage(pages, limit);
    assert.deepEqual([incarnation, epoch], ['inc', 2]);
    assert.ok(nodes.length <= limit);
    seen.push(...nodes.map(({ node }) => node));
    if (next === undefined) return seen;
    assert.ok(asked.after === undefined || next > asked.after, 'it goes on');
    asked.after = next;
  }
}

describe('pages of views of all workers', () => {
  it('have every node once, in the order of ids, whoever owns it', () => {
    const ids = fc.uniqueArray(fc.stringMatching(/^[a-z]{1,3}$/), { maxLength: 30 });
    fc.assert(
      fc.property(ids, fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 7 }), (...args) =>
        assert.deepEqual(readAll(...args), args[0].filter((id) => !id.endsWith('x')).sort()),
      ),
    );
  });
});
