import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { NO_MOVES, planMoves } from '../../../../../coordinator/schedule/moves/moves.js';
import { jobName } from '../../build.js';
import { inputOf, later, shown, type World } from './world.js';

describe('moves: a target that is not met', () => {
  const squeezed: World = {
    nodes: { h1: { 'a-1': 0.9, 'b-1': 0.9, 'c-1': 0.7 }, h2: { 'd-1': 1.1 } },
    unmet: ['c-1'],
  };

  it('is moved to where it can be met, after 20 s', () => {
    const input = inputOf(squeezed);
    const first = planMoves({ ...input, nowMs: 0, memory: NO_MOVES });
    assert.deepEqual(shown(first), []);
    assert.deepEqual(shown(planMoves({ ...input, nowMs: 19_999, memory: first.memory })), []);
    const moved = planMoves({ ...input, nowMs: 20_000, memory: first.memory });
    assert.deepEqual(shown(moved), ['c-1 → c-2@h2']);
    assert.equal(
      moved.decisions[0]?.reason,
      'moves from h1: 1s cannot be met on h1; here it takes 0.700 CPU, 0.840 of 2.000 CPU are ' +
        'free; starting takes about 10s',
    );
  });

  it('begins anew when it was met in between', () => {
    const input = inputOf(squeezed);
    const first = planMoves({ ...input, nowMs: 0, memory: NO_MOVES });
    const met = planMoves({
      ...inputOf({ ...squeezed, unmet: [] }),
      nowMs: 10_000,
      memory: first.memory,
    });
    assert.equal(met.memory.unmetSinceMs.size, 0);
    const again = planMoves({ ...input, nowMs: 15_000, memory: met.memory });
    assert.deepEqual(shown(planMoves({ ...input, nowMs: 21_000, memory: again.memory })), []);
  });

  it('stays where no node has room, may take it, or its job must not be moved', () => {
    const full = { ...squeezed, nodes: { ...squeezed.nodes, h2: { 'd-1': 1.4 } } };
    assert.deepEqual(
      shown(later({ ...full, jobs: { a: { moves: 'never' }, b: { moves: 'never' } } })),
      [],
    );
    const shut = { h2: { schedulable: false, unschedulableReason: 'cordoned' } };
    assert.deepEqual(shown(later({ ...squeezed, change: shut })), []);
    const pinned: World = {
      ...squeezed,
      jobs: { a: { moves: 'never' }, b: { moves: 'never' }, c: { moves: 'never' } },
    };
    assert.deepEqual(shown(later(pinned)), []);
  });

  it('stays, and has nobody moved, where its owner lets it use less than it takes', () => {
    const resourcesOf = (maxCores: number) => ({ cpu: { minCores: 0.05, maxCores } });
    const bounded = (maxCores: number): World => ({
      ...squeezed,
      jobs: { c: { resources: resourcesOf(maxCores) } },
    });
    assert.deepEqual(shown(later(bounded(0.7))), ['c-1 → c-2@h2']);
    assert.deepEqual(shown(later(bounded(0.5))), []);
    const pinned = { resources: resourcesOf(0.5), moves: 'never' } as const;
    assert.deepEqual(shown(later({ ...squeezed, jobs: { c: pinned } })), []);
  });

  it('stays, and so does a neighbour, while its job is being changed', () => {
    const begun = (world: World, changing: string) => {
      const input = { ...inputOf(world), changing: new Set([jobName(changing)]) };
      const first = planMoves({ ...input, nowMs: 0, memory: NO_MOVES });
      return shown(planMoves({ ...input, nowMs: 20_000, memory: first.memory }));
    };
    assert.deepEqual(begun(squeezed, 'c'), []);
    assert.deepEqual(begun(squeezed, 'a'), ['c-1 → c-2@h2']);
    const nodes = { h1: { 'a-1': 0.5, 'b-1': 0.9, 'c-1': 0.7 }, h2: { 'd-1': 1.1 } };
    const pinned: World = { nodes, unmet: ['c-1'], jobs: { c: { moves: 'never' } } };
    assert.deepEqual([begun(pinned, 'd'), begun(pinned, 'a')], [['a-1 → a-2@h2'], []]);
  });

  it('has a neighbour moved where it must not be moved itself', () => {
    const world: World = {
      nodes: { h1: { 'a-1': 0.5, 'b-1': 0.9, 'c-1': 0.7 }, h2: { 'd-1': 1.1 } },
      unmet: ['c-1'],
      jobs: { c: { moves: 'never' } },
    };
    assert.deepEqual(shown(later(world)), ['a-1 → a-2@h2']);
  });

  it('has a neighbour moved whose leaving makes enough room, the one that asks least', () => {
    const world: World = {
      nodes: { h1: { 'a-1': 0.5, 'b-1': 0.7, 'c-1': 1.3 }, h2: { 'd-1': 1.1 } },
      unmet: ['c-1'],
    };
    assert.deepEqual(shown(later(world)), ['b-1 → b-2@h2']);
    assert.match(later(world).decisions[0]?.reason ?? '', /frees CPU for c-1 on h1/);
    // a alone would not be enough.
    assert.deepEqual(shown(later({ ...world, jobs: { b: { moves: 'never' } } })), []);
  });

  it('rests two minutes after a move', () => {
    const moved = later(squeezed);
    assert.deepEqual(shown(later(squeezed, moved.memory, 60_000)), []);
    assert.deepEqual(shown(later(squeezed, moved.memory, 140_000)), ['c-1 → c-2@h2']);
  });

  it('is moved at most so often in a minute, heavier jobs first', () => {
    const nodes = {
      h1: { 'a-1': 1.9, 'b-1': 0.3 },
      h2: { 'c-1': 1.9, 'd-1': 0.3 },
      h3: {},
      h4: {},
    };
    const world: World = { nodes, unmet: ['b-1', 'd-1'], jobs: { d: { weight: 5 } } };
    const input = { ...inputOf(world), movesPerMinute: 1 };
    const first = planMoves({ ...input, nowMs: 0, memory: NO_MOVES });
    const moved = planMoves({ ...input, nowMs: 20_000, memory: first.memory });
    assert.deepEqual(shown(moved), ['d-1 → d-2@h3']);
    const after: World = {
      ...world,
      nodes: { ...nodes, h2: { 'c-1': 1.9 }, h3: { 'd-2': 0.3 } },
      unmet: ['b-1'],
    };
    const next = { ...inputOf(after), movesPerMinute: 1 };
    assert.deepEqual(shown(planMoves({ ...next, nowMs: 79_000, memory: moved.memory })), []);
    assert.deepEqual(shown(planMoves({ ...next, nowMs: 81_000, memory: moved.memory })), [
      'b-1 → b-2@h3',
    ]);
    assert.deepEqual(shown(later(world)), ['d-1 → d-2@h3', 'b-1 → b-2@h3']);
  });
});

describe('moves: a node that is drained', () => {
  it('gives up all that is ours and may move, at once', () => {
    const world: World = {
      nodes: { h1: { 'a-1': 0.4, 'b-1': 0.4, 'c-1': 0.4 }, h2: {}, h3: { 'd-1': 1 } },
      draining: 'h1',
      jobs: { c: { moves: 'never' } },
    };
    assert.deepEqual(shown(planMoves({ ...inputOf(world), nowMs: 0, memory: NO_MOVES })), [
      'a-1 → a-2@h3',
      'b-1 → b-2@h3',
    ]);
  });

  it('moves one replica of a job at a time', () => {
    const world: World = { nodes: { h1: { 'a-1': 0.4, 'a-2': 0.4 }, h2: {} }, draining: 'h1' };
    assert.deepEqual(shown(planMoves({ ...inputOf(world), nowMs: 0, memory: NO_MOVES })), [
      'a-1 → a-3@h2',
    ]);
  });

  it('leaves a node alone for two minutes where a successor has failed', () => {
    const nodes = { h1: { 'a-1': 0.4 }, h2: {}, h3: { 'd-1': 1 } };
    const world: World = { nodes, draining: 'h1' };
    const input = inputOf(world);
    const first = planMoves({ ...input, nowMs: 0, memory: NO_MOVES });
    assert.deepEqual(shown(first), ['a-1 → a-2@h3']);
    // It failed: the next plan sees the old one alone again.
    const second = planMoves({ ...input, nowMs: 5000, memory: first.memory });
    assert.deepEqual(shown(second), ['a-1 → a-2@h2']);
    const third = planMoves({ ...input, nowMs: 10_000, memory: second.memory });
    assert.deepEqual(shown(third), [], 'it failed on both');
    const fourth = planMoves({ ...input, nowMs: 121_000, memory: third.memory });
    assert.deepEqual(shown(fourth), ['a-1 → a-2@h3']);
    const two: World = { ...world, nodes: { h1: { 'a-1': 0.4 }, h2: {} } };
    const only = inputOf(two);
    const begun = planMoves({ ...only, nowMs: 0, memory: NO_MOVES });
    const rests = planMoves({ ...only, nowMs: 119_000, memory: begun.memory });
    assert.deepEqual(shown(rests), []);
    const again = planMoves({ ...only, nowMs: 123_000, memory: rests.memory });
    assert.deepEqual(shown(again), ['a-1 → a-2@h2']);
  });

  it('keeps what fits nowhere', () => {
    const world: World = {
      nodes: { h1: { 'a-1': 0.4 }, h2: {} },
      draining: 'h1',
      change: { h2: { labels: {}, schedulable: false, unschedulableReason: 'the node is down' } },
    };
    assert.deepEqual(shown(planMoves({ ...inputOf(world), nowMs: 0, memory: NO_MOVES })), []);
  });
});
