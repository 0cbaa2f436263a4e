import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { LastMove } from '../../../../../coordinator/schedule/moves/move-gain.js';
import {
  type MoveMemory,
  NO_MOVES,
  planMoves,
} from '../../../../../coordinator/schedule/moves/moves.js';
import { allocationId, jobName, nodeId } from '../../build.js';
import { inputOf, later, shown, type World } from './world.js';

interface Given extends Partial<Omit<LastMove, 'from' | 'to'>> {
  readonly from?: string;
  readonly to?: string;
}
const lastMove = (id: string, change: Given = {}): MoveMemory => {
  const { from = 'h1', to = 'h2', ...others } = change;
  const move: LastMove = {
    allocation: allocationId(id),
    from: nodeId(from),
    to: nodeId(to),
    beganAtMs: 0,
    why: 'target',
    tookCores: 0.7,
    startMs: 10_000,
    ...others,
  };
  return { ...NO_MOVES, lastMoves: new Map([[jobName(id.replace(/-\d+$/, '')), move]]) };
};

describe('moves: what a start costs', () => {
  const squeezed: World = {
    nodes: { h1: { 'a-1': 0.9, 'b-1': 0.9, 'c-1': 0.7 }, h2: { 'd-1': 1.1 } },
    unmet: ['c-1'],
  };

  it('is learnt from the last move: from its beginning to the first answer', () => {
    const moved = later(squeezed);
    const underWay: World = {
      nodes: { ...squeezed.nodes, h2: { 'd-1': 1.1, 'c-2': 0.7 } },
      moving: { 'c-2': 'c-1' },
    };
    const seen = planMoves({ ...inputOf(underWay), nowMs: 25_000, memory: moved.memory });
    assert.equal(seen.memory.lastMoves.get(jobName('c'))?.startMs, null);
    assert.equal(seen.memory.lastMoves.get(jobName('c'))?.tookCores, 0.7);
    const after: World = {
      nodes: { h1: { 'a-1': 0.9, 'b-1': 0.9 }, h2: { 'd-1': 1.1, 'c-2': 0.7 } },
    };
    const ended = planMoves({ ...inputOf(after), nowMs: 37_000, memory: seen.memory });
    assert.equal(ended.memory.lastMoves.get(jobName('c'))?.startMs, 17_000);
    const gone = planMoves({ ...inputOf(squeezed), nowMs: 145_000, memory: seen.memory });
    assert.equal(gone.memory.lastMoves.get(jobName('c'))?.startMs, 125_000, 'it was given up');
  });

  it('is not taken for ended while the move is not stored yet', () => {
    const moved = later(squeezed);
    const seen = planMoves({ ...inputOf(squeezed), nowMs: 21_000, memory: moved.memory });
    assert.equal(seen.memory.lastMoves.get(jobName('c'))?.startMs, null);
  });

  it('keeps a job where it is that would not win it back, for half an hour', () => {
    const pinned: World = { ...squeezed, jobs: { a: { moves: 'never' }, b: { moves: 'never' } } };
    const slow = lastMove('c-1', { from: 'h2', to: 'h1', startMs: 120_000, why: 'drain' });
    assert.deepEqual(shown(later(pinned, slow, 400_000)), []);
    const quick = lastMove('c-1', { from: 'h2', to: 'h1', startMs: 119_000, why: 'drain' });
    assert.deepEqual(shown(later(pinned, quick, 400_000)), ['c-1 → c-2@h2']);
    assert.deepEqual(shown(later(pinned, slow, 1_799_999)), []);
    assert.deepEqual(shown(later(pinned, slow, 1_821_000)), ['c-1 → c-2@h2']);
  });

  it('chooses the neighbour that loses least, and none that loses more than is won', () => {
    // Either neighbour makes enough room, and c fits nowhere else.
    const world: World = {
      nodes: { h1: { 'a-1': 0.7, 'b-1': 0.8, 'c-1': 1.1 }, h2: { 'd-1': 1.1 } },
      unmet: ['c-1'],
    };
    assert.deepEqual(shown(later(world)), ['a-1 → a-2@h2']);
    assert.deepEqual(shown(later({ ...world, jobs: { a: { weight: 3 } } })), ['b-1 → b-2@h2']);
    // Ten seconds of eleven times the weight are worth what c wins in the other 110.
    assert.deepEqual(shown(later({ ...world, jobs: { a: { weight: 10.9 }, b: { weight: 11 } } })), [
      'a-1 → a-2@h2',
    ]);
    assert.deepEqual(
      shown(later({ ...world, jobs: { a: { weight: 11 }, b: { weight: 11 } } })),
      [],
    );
    const slow = lastMove('a-1', { from: 'h2', to: 'h1', startMs: 30_000, why: 'drain' });
    assert.deepEqual(shown(later(world, slow, 200_000)), ['b-1 → b-2@h2']);
  });
});

describe('moves: one that has not helped', () => {
  /** c came from h1, where it took 0.7, at 0, answered after 10 s, and takes more on h2. */
  const world: World = {
    nodes: { h1: { 'a-1': 1.4 }, h2: { 'd-1': 1.6, 'c-2': 1 }, h3: { 'e-1': 1.9 } },
    unmet: ['c-2'],
    latencyMs: { 'c-2': 2500 },
    jobs: { a: { moves: 'never' }, d: { moves: 'never' }, e: { moves: 'never' } },
  };

  it('is undone after a minute in its new place if the old node is nearer to the target', () => {
    const memory = lastMove('c-2');
    assert.deepEqual(shown(later(world, memory, 69_999)), []);
    const back = later(world, memory, 70_000);
    assert.deepEqual(shown(back), ['c-2 → c-1@h1']);
    assert.equal(
      back.decisions[0]?.reason,
      'moves from h2: 1s is not met there either 1m10s after it left here; here are ' +
        '0.540 of the 0.700 CPU that it takes free',
    );
  });

  it('stays where the way back would win less than it costs', () => {
    // 0.54 of 0.7 is 0.771; with a start of 10 s of 120 s that is worth 0.707.
    assert.deepEqual(
      shown(later({ ...world, latencyMs: { 'c-2': 1400 } }, lastMove('c-2'), 70_000)),
      [],
    );
    assert.deepEqual(
      shown(later({ ...world, latencyMs: { 'c-2': 1430 } }, lastMove('c-2'), 70_000)),
      ['c-2 → c-1@h1'],
    );
    const slow = lastMove('c-2', { startMs: 60_000 });
    assert.deepEqual(shown(later({ ...world, latencyMs: { 'c-2': 1430 } }, slow, 120_000)), []);
  });

  it('stays where nothing was measured, or its old node is closed or was drained', () => {
    assert.deepEqual(shown(later({ ...world, latencyMs: {} }, lastMove('c-2'), 70_000)), []);
    const shut = { h1: { schedulable: false, unschedulableReason: 'cordoned' } };
    assert.deepEqual(shown(later({ ...world, change: shut }, lastMove('c-2'), 70_000)), []);
    assert.deepEqual(shown(later(world, lastMove('c-2', { why: 'drain' }), 70_000)), []);
    assert.deepEqual(shown(later(world, lastMove('c-7'), 70_000)), [], 'another replica was moved');
    assert.deepEqual(
      shown(later(world, lastMove('c-2', { tookCores: null }), 70_000)),
      [],
      'no CPU did it there',
    );
  });

  it('is taken back once, and does not return to the place it left', () => {
    const back = later(world, lastMove('c-2'), 70_000);
    const home: World = {
      ...world,
      nodes: { h1: { 'a-1': 1.4, 'c-1': 0.7 }, h2: { 'd-1': 0.2 }, h3: { 'e-1': 1.9 } },
      unmet: ['c-1'],
      latencyMs: { 'c-1': 1300 },
    };
    const seen = planMoves({ ...inputOf(home), nowMs: 80_000, memory: back.memory });
    const at = (its: World, nowMs: number) =>
      shown(planMoves({ ...inputOf(its), nowMs, memory: seen.memory }));
    assert.deepEqual(at(home, 400_000), [], 'h2 has room, but it comes from there');
    const roomy = { ...home, nodes: { ...home.nodes, h3: { 'e-1': 0.2 } } };
    assert.deepEqual(at(roomy, 400_000), ['c-1 → c-2@h3']);
    assert.deepEqual(at(home, 1_870_000), ['c-1 → c-2@h2'], 'after half an hour');
  });

  it('does not go round between nodes that did not help', () => {
    const jobs = world.jobs ?? {};
    const plan = (its: World, nowMs: number, memory: MoveMemory) =>
      planMoves({ ...inputOf(its), nowMs, memory });
    const home = (room: { readonly h2?: number; readonly h3?: number }): World => ({
      nodes: {
        h1: { 'a-1': 1.4, 'c-1': 0.7 },
        h2: { 'd-1': room.h2 ?? 1.9 },
        h3: { 'e-1': room.h3 ?? 1.9 },
      },
      ...{ unmet: ['c-1'], latencyMs: { 'c-1': 1300 }, jobs },
    });
    const back = later(world, lastMove('c-2'), 70_000);
    const seen = plan(home({ h3: 0.2 }), 80_000, back.memory);
    const third = plan(home({ h3: 0.2 }), 400_000, seen.memory);
    assert.deepEqual(shown(third), ['c-1 → c-2@h3']);
    const there: World = {
      nodes: { h1: { 'a-1': 1.4 }, h2: { 'd-1': 1.6 }, h3: { 'e-1': 1.6, 'c-2': 1 } },
      ...{ unmet: ['c-2'], latencyMs: { 'c-2': 2500 }, jobs },
    };
    const answered = plan(there, 410_000, third.memory);
    const again = plan(there, 480_000, answered.memory);
    assert.deepEqual(shown(again), ['c-2 → c-1@h1']);
    const rest = plan(home({ h2: 0.2, h3: 0.2 }), 500_000, again.memory);
    assert.deepEqual(shown(plan(home({ h2: 0.2, h3: 0.2 }), 900_000, rest.memory)), []);
    assert.deepEqual(
      shown(plan(home({ h2: 0.2, h3: 0.2 }), 1_900_000, rest.memory)),
      ['c-1 → c-2@h2'],
      'half an hour after it left there',
    );
  });

  it('goes where its target is met, if there is such a place, when it has rested', () => {
    const roomy = { ...world, nodes: { ...world.nodes, h3: { 'e-1': 0.2 } } };
    assert.deepEqual(shown(later(roomy, lastMove('c-2'), 70_000)), ['c-2 → c-1@h1']);
    assert.deepEqual(shown(later(roomy, lastMove('c-2'), 120_000)), ['c-2 → c-1@h3']);
  });

  it('counts against the moves of a minute', () => {
    const memory = { ...lastMove('c-2'), countedAtMs: [30_000, 40_000, 50_000, 60_000] };
    assert.deepEqual(shown(later(world, memory, 70_000)), []);
    assert.deepEqual(shown(later(world, memory, 90_000)), ['c-2 → c-1@h1']);
  });
});
