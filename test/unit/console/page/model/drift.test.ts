import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { driftCountText, driftedOf } from '../../../../../console/page/model/drift.js';
import { driftText } from '../../../../../shared/drift.js';
import type { ContainerDrift } from '../../../../../shared/report.js';
import { allocation, containerIn } from '../build.js';

const drift = (change: Partial<ContainerDrift> = {}): ContainerDrift => ({
  ...{ count: 1, setting: 'limit', from: '0.5 cores', to: 'no limit' },
  ...{ foundAtMs: 1000, rewrittenAtMs: 1300 },
  ...change,
});
const drifted = (id: string, its: ContainerDrift) =>
  allocation(id, { container: containerIn(id, { drift: its }) });

describe('limits that others changed', () => {
  it('are those of containers that say so, the newest first', () => {
    const all = [
      drifted('a-1', drift({ foundAtMs: 1000 })),
      allocation('b-1'),
      allocation('c-1', { container: null }),
      drifted('d-1', drift({ foundAtMs: 5000 })),
    ];
    const ids = driftedOf(all).map((each) => each.allocation.id);
    assert.deepEqual(ids, ['d-1', 'a-1']);
  });

  it('are counted, and those that are not back are named', () => {
    assert.equal(driftCountText([]), 'none known');
    const one = driftedOf([drifted('a-1', drift())]);
    assert.equal(driftCountText(one), '1 time, of 1 container');
    const two = driftedOf([
      drifted('a-1', drift({ count: 3 })),
      drifted('b-1', drift({ rewrittenAtMs: null })),
    ]);
    assert.equal(driftCountText(two), '4 times, of 2 containers; 1 not written again yet');
  });

  it('are told with both values and both times', () => {
    const timeOf = (ms: number): string => `${ms} ms`;
    assert.equal(
      driftText(drift(), timeOf),
      'others changed its limit from 0.5 cores to no limit at 1000 ms; written again at 1300 ms',
    );
    const change = drift({ count: 2, setting: 'weight', rewrittenAtMs: null });
    assert.match(
      driftText(change, timeOf),
      /CPU weight .*, the last of 2 changes since its agent started; not written again yet$/,
    );
  });
});
