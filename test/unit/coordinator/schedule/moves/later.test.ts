import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { MOVES_REST_MS, movesLater } from '../../../../../coordinator/schedule/moves/later.js';
import {
  isCoolingDown,
  type LastMove,
  startMsOf,
} from '../../../../../coordinator/schedule/moves/move-gain.js';
import { type MoveMemory, NO_MOVES } from '../../../../../coordinator/schedule/moves/moves.js';
import { allocationId, jobName, nodeId } from '../../build.js';

const NOW_MS = 500_000;
const move: LastMove = {
  ...{ allocation: allocationId('a-2'), from: nodeId('h1'), to: nodeId('h2') },
  ...{ beganAtMs: NOW_MS, tookCores: 0.5, why: 'target', startMs: null },
  failed: new Map([[nodeId('h3'), NOW_MS]]),
};
const memory: MoveMemory = {
  unmetSinceMs: new Map([[allocationId('b-1'), NOW_MS]]),
  movingSinceMs: new Map([[allocationId('a-2'), NOW_MS]]),
  startingAtMs: new Map([[allocationId('a-2'), NOW_MS]]),
  lastMoves: new Map([[jobName('a'), move]]),
  countedAtMs: [NOW_MS - 10, NOW_MS],
  scannedAtMs: NOW_MS,
};

describe('moves: some time later', () => {
  it('all was that much longer ago', () => {
    const later = movesLater(memory, 1000);
    assert.equal(later.unmetSinceMs.get(allocationId('b-1')), NOW_MS - 1000);
    assert.equal(later.movingSinceMs.get(allocationId('a-2')), NOW_MS - 1000);
    assert.equal(later.startingAtMs.get(allocationId('a-2')), NOW_MS - 1000);
    assert.equal(later.lastMoves.get(jobName('a'))?.beganAtMs, NOW_MS - 1000);
    assert.equal(later.lastMoves.get(jobName('a'))?.failed?.get(nodeId('h3')), NOW_MS - 1000);
    assert.deepEqual(later.countedAtMs, [NOW_MS - 1010, NOW_MS - 1000]);
    assert.equal(later.scannedAtMs, NOW_MS - 1000);
    assert.deepEqual(movesLater(NO_MOVES, 1000), NO_MOVES);
  });

  it('no pause lasts any more, and a start took as long as starts do', () => {
    const last = movesLater(memory, MOVES_REST_MS).lastMoves.get(jobName('a'));
    assert.equal(isCoolingDown(move, NOW_MS), true);
    assert.equal(isCoolingDown(last, NOW_MS), false);
    assert.equal(last?.startMs, startMsOf(undefined));
  });
});
