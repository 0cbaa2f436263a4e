import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { sumOf } from '../../../../coordinator/workers/counter-sums.js';
import type { WorkerCounters } from '../../../../coordinator/workers/worker-link.js';

const counted = (n: number, code: string): WorkerCounters => ({
  ingest: { accepted: n, superseded: 2 * n, waiting: 3 * n, rejected: new Map([[code, n]]) },
  dispatch: { written: 4 * n, nudged: 5 * n, conflicts: 6 * n, failed: 7 * n },
  events: { published: 8 * n, dropped: 9 * n, waiting: 10 * n },
  minutes: { dropped: 11 * n },
});

describe('counters of all workers', () => {
  it('are the sums, with what the coordinator has published itself', () => {
    const own = { published: 1, dropped: 0, waiting: 2 };
    const sum = sumOf([counted(1, 'wire.schema'), counted(10, 'wire.schema')], own);
    const { events, ...others } = counted(11, 'wire.schema');
    assert.deepEqual(sum, {
      ...others,
      events: { ...events, published: events.published + 1, waiting: events.waiting + 2 },
    });
    assert.deepEqual(
      [...sumOf([counted(1, 'a'), counted(2, 'b')], own).ingest.rejected],
      [
        ['a', 1],
        ['b', 2],
      ],
    );
    assert.deepEqual(sumOf([], own).dispatch, { written: 0, nudged: 0, conflicts: 0, failed: 0 });
  });
});
