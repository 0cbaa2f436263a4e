import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { RunList } from '../../../../console/ledger/run-list.js';

const anyRun = fc
  .tuple(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: 8 }))
  .map(([start, length]) => ({ start, end: start + length }));

describe('a set of minutes as runs', () => {
  it('is the set of all numbers added, in as few runs as there are gaps', () => {
    fc.assert(
      fc.property(fc.array(anyRun, { maxLength: 30 }), (added) => {
        const list = new RunList();
        const numbers = new Set<number>();
        for (const run of added) {
          list.add(run);
          for (let at = run.start; at < run.end; at += 1) numbers.add(at);
        }
        const runs = [...list.runs()];
        const listed = runs.flatMap(({ start, end }) =>
          Array.from({ length: end - start }, (_, index) => start + index),
        );
        assert.deepEqual(
          listed,
          [...numbers].sort((a, b) => a - b),
        );
        for (const [index, { start }] of runs.entries())
          assert.ok(index === 0 || start > (runs[index - 1]?.end ?? 0), 'two runs touch');
        for (let value = 0; value < 50; value += 1) {
          assert.equal(list.has(value), numbers.has(value), String(value));
          const next = [...numbers].filter((each) => each >= value).sort((a, b) => a - b)[0];
          assert.equal(list.next(value), next, String(value));
        }
      }),
    );
  });
});
