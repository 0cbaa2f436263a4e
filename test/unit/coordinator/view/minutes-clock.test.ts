import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { MinuteFold } from '../../../../coordinator/view/minutes.js';
import { reportAt } from './minutes-build.js';

const NO_JOBS = new Map();

describe('minutes with a clock that jumps', () => {
  /** Minutes from the true time; 1000 of them. */
  const AHEAD_MS = 60_000_000;
  const hear = (folding: MinuteFold, from: number, to: number, shiftMs = 0) => {
    const closed = [];
    for (let s = from; s <= to; s += 5)
      closed.push(folding.add(reportAt(s), s * 1000 + shiftMs, NO_JOBS) ?? []);
    return closed.flat();
  };
  const told = (closed: ReturnType<typeof hear>) =>
    closed.map(({ id, record }) => [id, record.allocations[0]?.requests]);

  it('far ahead and back at once: what was counted meanwhile counts now', () => {
    const folding = new MinuteFold(1);
    const closed = [
      ...hear(folding, 55, 85),
      ...hear(folding, 90, 95, AHEAD_MS),
      ...hear(folding, 100, 245),
    ];
    assert.deepEqual(told(closed), [
      ['h1.1.1', 60],
      ['h1.2.1', 180],
      ['h1.3.1', 120],
    ]);
  });

  it('ahead for minutes: these are passed over when their time comes', () => {
    const folding = new MinuteFold(1);
    const closed = [
      ...hear(folding, 55, 85),
      ...hear(folding, 90, 215, AHEAD_MS),
      ...hear(folding, 220, 245),
    ];
    assert.deepEqual(told(closed), [
      ['h1.1.1', 60],
      ['h1.1001.1', 60],
      ['h1.1002.1', 120],
      ['h1.3.1', 120],
    ]);
    const ids = hear(folding, 60_000, 60_300).map(({ id }) => id);
    assert.deepEqual(ids, ['h1.4.1', 'h1.1000.1', 'h1.1003.1', 'h1.1004.1']);
  });

  it('a node that is silent while it jumps is counted on when it is heard', () => {
    const folding = new MinuteFold(1);
    hear(folding, 55, 85);
    const ids = (ms: number) => folding.closeSilent(ms).map(({ id }) => id);
    assert.deepEqual([ids(90_000 + AHEAD_MS), ids(91_000 + AHEAD_MS)], [['h1.1.1'], []]);
    assert.deepEqual([ids(92_000), ids(93_000)], [[], []]);
    assert.deepEqual(told(hear(folding, 100, 180)), [['h1.2.1', 180]]);
  });

  it('a minute that is taken over after silent nodes were looked for is closed, too', () => {
    const [first, second] = [new MinuteFold(1), new MinuteFold(2)];
    hear(first, 55, 85);
    assert.deepEqual(second.closeSilent(145_000), []);
    for (const [node, open] of first.open) second.adopt(node, open);
    const closed = second.closeSilent(145_000);
    assert.deepEqual(told([...closed]), [['h1.1.1', 60]]);
    assert.deepEqual(second.closeSilent(145_000), []);
  });
});
