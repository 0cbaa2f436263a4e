import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { emptyState } from '../../../../coordinator/state/model.js';
import { reduce } from '../../../../coordinator/state/reduce.js';
import { supersedingEpoch } from '../../../../coordinator/state/superseding-epoch.js';
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

describe('supersedingEpoch', () => {
  for (const [epochs, expected] of [
    [[], undefined],
    [[5, 5, 4], undefined],
    [[6], 6],
    [[5, 9], undefined],
    [[9, 9, 5], 9],
    [[6, 7, Number.MAX_SAFE_INTEGER], 7],
    [[2 ** 32 + 6, Number.MAX_SAFE_INTEGER, 2 ** 51], undefined],
    [[2 ** 32 + 5, 2 ** 32 + 5, 2 ** 32 + 6], 2 ** 32 + 5],
    [[-9, -9, 5], undefined],
    [[-9, -9, 6], 6],
  ] as const)
    it(`obeyed (below 0: another cluster's) ${epochs.join(', ')}: ${expected}`, () => {
      assert.equal(supersedingEpoch(obeying(...epochs)), expected);
    });
});
