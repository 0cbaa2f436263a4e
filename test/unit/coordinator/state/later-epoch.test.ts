import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { laterEpoch } from '../../../../coordinator/state/later-epoch.js';
import { emptyState } from '../../../../coordinator/state/model.js';
import { reduce } from '../../../../coordinator/state/reduce.js';
import { report } from '../build.js';

/** A cluster of incarnation `i`, led with epoch 5, whose nodes obey these epochs. */
function obeying(...epochs: readonly number[]): ReturnType<typeof emptyState> {
  const start = emptyState({ incarnation: 'i', epoch: 5, policy: 'equal' });
  const reports = epochs.map((epoch, i) => ({
    atMs: 0,
    report: report(`n${i}`, {
      holds: { incarnation: epoch < 0 ? 'other' : 'i', epoch: Math.abs(epoch), revision: 1 },
    }),
  }));
  return reduce(start, { kind: 'reports', atMs: 0, reports });
}

describe('laterEpoch', () => {
  for (const [epochs, expected] of [
    [[], undefined],
    [[5, 5, 4], undefined],
    [[6], 6],
    [[5, 9], undefined],
    [[9, 9, 5], 9],
    [[6, 7, Number.MAX_SAFE_INTEGER], 7],
    [[-9, -9, 5], undefined],
    [[-9, -9, 6], 6],
  ] as const)
    it(`nodes obey ${epochs.join(', ') || 'nothing'} (< 0: another cluster's): ${expected}`, () => {
      assert.equal(laterEpoch(obeying(...epochs)), expected);
    });
});
