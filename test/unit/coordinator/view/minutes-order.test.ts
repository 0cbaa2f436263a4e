import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { MinuteFold } from '../../../../coordinator/view/minutes.js';
import { container, nodeId } from '../build.js';
import { reportAt } from './minutes-build.js';

const node = nodeId('h1');
const NO_JOBS = new Map();

describe('minutes of allocations that come and go', () => {
  it('stand in the order of the reports, and one that left until its record is written', () => {
    const folding = new MinuteFold(1);
    /** Allocations of these names run; what is counted of which. */
    const hear = (second: number, ...names: readonly string[]) => {
      const containers = names.flatMap((name) =>
        reportAt(second).containers.map((each) => ({
          ...each,
          ...container(`${name}-1`),
          latency: each.latency,
        })),
      );
      const closed = folding.add(reportAt(second, { containers }), second * 1000, NO_JOBS);
      const open = folding.open.get(node)?.allocations.entries() ?? [];
      const asked = closed?.record.allocations.map(({ id, requests }) => [id, requests]);
      return asked ?? open.map(([id]) => id.slice(0, 1)).join('');
    };
    assert.equal(hear(60, 'a', 'c'), 'ac');
    assert.equal(hear(65, 'a', 'b', 'c'), 'abc');
    assert.equal(hear(70, 'a', 'b', 'c'), 'abc');
    assert.equal(hear(75, 'c', 'a'), 'cab', 'of b is something to be written');
    assert.equal(hear(80, 'a', 'c'), 'acb');
    assert.equal(hear(85, 'a', 'c', 'c', 'a'), 'acb');
    assert.deepEqual(hear(120, 'a', 'c'), [
      ['a-1', 50],
      ['c-1', 50],
      ['b-1', 10],
    ]);
    assert.equal(hear(125, 'a', 'c'), 'ac');
  });
});
