import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { dqoesPolicy } from '../../../../../coordinator/schedule/policies/dqoes/dqoes.js';
import {
  LISTENER_START,
  type ListenerMemory,
  listen,
} from '../../../../../coordinator/schedule/policies/dqoes/listener.js';
import { sortIntoSets } from '../../../../../coordinator/schedule/policies/dqoes/sets.js';
import { step } from '../../../../../coordinator/schedule/policies/dqoes/step.js';
import type { SnapshotAllocation } from '../../../../../coordinator/schedule/types.js';
import { allocation, limit, node, PARAMS, target } from '../../build.js';

const seen = (id: string, latencyMs: number | null, change: Partial<SnapshotAllocation> = {}) =>
  allocation(id, { latencyMs, target: target(1000), limit: limit(0.5), ...change });
const setsOf = (...allocations: SnapshotAllocation[]) =>
  sortIntoSets(allocations)
    .map(({ set }) => set)
    .join(' ');

describe('dqoes sets', () => {
  it('sorts by q = o − p against the band, its edges included in S', () => {
    assert.equal(
      setsOf(seen('a', 899), seen('b', 900), seen('c', 1000), seen('d', 1100), seen('e', 1101)),
      'G S S S B',
    );
  });

  it('puts what is not known in S', () => {
    assert.equal(
      setsOf(seen('a', null), seen('b', 500, { target: null }), seen('c', Number.NaN)),
      'S S S',
    );
  });

  it('treats a ceiling as a band', () => {
    assert.equal(setsOf(seen('a', 500, { target: target(1000, { mode: 'ceiling' }) })), 'G');
  });
});

describe('dqoes step', () => {
  const run = (allocations: SnapshotAllocation[], limitsCores: number[], allocatableCores = 2) =>
    step({ members: sortIntoSets(allocations), limitsCores, allocatableCores, releaseRatio: 0.1 })
      .limitsCores;
  const close = (actual: readonly number[], expected: readonly number[]) => {
    assert.equal(actual.length, expected.length);
    for (const [i, value] of actual.entries())
      assert.ok(Math.abs(value - (expected[i] ?? 0)) < 1e-9, `${actual} is not ${expected}`);
  };

  it('takes β of what G holds, shared by q, and gives it to B by |q|', () => {
    // G: q 400 and 200, R_G = 1.0 → frees 0.1: 0.0667 and 0.0333. B: |q| 1000 and 3000 → 0.025 and
    // 0.075.
    close(
      run([seen('a', 600), seen('b', 800), seen('c', 2000), seen('d', 4000)], [0.5, 0.5, 0.5, 0.5]),
      [0.5 - 0.1 * (2 / 3), 0.5 - 0.1 / 3, 0.525, 0.575],
    );
  });

  it('stops G at C/(4n)', () => {
    // n = 2, C = 2 → floor 0.25.
    close(run([seen('a', 100), seen('b', 2000)], [0.26, 1.74]), [0.25, 1.75]);
  });

  it('gives B what lies idle, up to its own maximum', () => {
    close(run([seen('a', 1000), seen('b', 2000, { maxCores: 0.6 })], [0.5, 0.5]), [0.5, 0.6]);
  });

  it('moves nothing when G is empty and all is given out', () => {
    close(run([seen('a', 1000), seen('b', 2000)], [1, 1]), [1, 1]);
  });

  it('cuts G although nobody needs it', () => {
    close(run([seen('a', 100), seen('b', 1000)], [1, 1]), [0.9, 1]);
  });
});

describe('dqoes listener', () => {
  const hear = (nowMs: number, memory: ListenerMemory, ...allocations: SnapshotAllocation[]) =>
    listen(
      { members: sortIntoSets(allocations), nowMs, params: PARAMS, hasNewcomer: false },
      memory,
    );

  it('doubles its interval from act to act while the sets stay, up to the most', () => {
    let memory = hear(0, LISTENER_START, seen('a', 1000)).memory;
    const acted: number[] = [];
    for (let now = 0; now <= 400_000; now += 1000) {
      const heard = hear(now, memory, seen('a', 1000));
      if (heard.heard === 'act') acted.push(now / 1000);
      memory = heard.memory;
    }
    // The first act knows no earlier sets; then 10, 20, 40, 60, 60 …
    assert.deepEqual(acted, [5, 10, 20, 40, 80, 140, 200, 260, 320, 380]);
  });

  it('goes back to the least interval when the sets change, seen only when it acts', () => {
    const calm: ListenerMemory = { intervalMs: 40_000, sinceMs: 0, members: 'a', sets: 'S' };
    assert.equal(hear(39_999, calm, seen('a', 5000)).heard, 'wait');
    const acted = hear(40_000, calm, seen('a', 5000));
    assert.deepEqual(acted, {
      heard: 'act',
      memory: { intervalMs: 5000, sinceMs: 40_000, members: 'a', sets: 'B' },
    });
  });

  it('starts anew at once on an arrival, a departure, or a clock that went back', () => {
    const calm: ListenerMemory = { intervalMs: 40_000, sinceMs: 1000, members: 'a b', sets: 'SS' };
    for (const heard of [
      hear(2000, calm, seen('a', 1000), seen('b', 1000), seen('c', 1000)),
      hear(2000, calm, seen('a', 1000)),
      hear(500, calm, seen('a', 1000), seen('b', 1000)),
    ]) {
      assert.equal(heard.heard, 'reset');
      assert.equal(heard.memory.intervalMs, 5000);
    }
  });

  it('does not care in which order the members come', () => {
    const memory = hear(0, LISTENER_START, seen('a', 500), seen('b', 1000)).memory;
    const one = hear(5000, memory, seen('a', 500), seen('b', 1000));
    assert.deepEqual(one, hear(5000, memory, seen('b', 1000), seen('a', 500)));
  });
});

describe('dqoes policy', () => {
  const decide = (nowMs: number, memory: ListenerMemory, ...allocations: SnapshotAllocation[]) =>
    dqoesPolicy.decide({ node: node('h1', { allocations }), nowMs, params: PARAMS }, memory);
  const coresBy = (decided: ReturnType<typeof decide>) =>
    Object.fromEntries(decided.limits.map(({ allocation, limit }) => [allocation, limit.cpuCores]));

  it('starts everybody at C/n', () => {
    const decided = decide(
      0,
      LISTENER_START,
      allocation('a'),
      allocation('b'),
      allocation('c'),
      allocation('d'),
    );
    assert.deepEqual(coresBy(decided), { a: 0.5, b: 0.5, c: 0.5, d: 0.5 });
    assert.match(decided.limits[0]?.reason ?? '', /^initial share: 2\.000 CPU \/ 4/);
  });

  it('gives a newcomer C/n and shrinks the others by one factor', () => {
    const decided = decide(
      0,
      LISTENER_START,
      seen('a', 1000, { limit: limit(1.5) }),
      seen('b', 1000, { limit: limit(0.5) }),
      allocation('c'),
      allocation('d'),
    );
    assert.deepEqual(coresBy(decided), { a: 0.75, b: 0.25, c: 0.5, d: 0.5 });
  });

  it('leaves the others where there is room', () => {
    const decided = decide(
      0,
      LISTENER_START,
      seen('a', 1000, { limit: limit(0.3) }),
      allocation('b'),
    );
    assert.deepEqual(coresBy(decided), { a: 0.3, b: 1 });
  });

  it('keeps all limits after a restart and steps one interval later', () => {
    const members = [seen('a', 100, { limit: limit(1) }), seen('b', 5000, { limit: limit(1) })];
    const first = decide(70_000, LISTENER_START, ...members);
    assert.deepEqual(first.limits, []);
    assert.deepEqual(decide(74_999, first.memory, ...members).limits, []);
    assert.deepEqual(coresBy(decide(75_000, first.memory, ...members)), { a: 0.9, b: 1.1 });
  });

  it('takes one that comes back with a small limit for a newcomer', () => {
    const before = decide(0, LISTENER_START, seen('a', 1000, { limit: limit(1.9) }));
    const decided = decide(
      1000,
      before.memory,
      seen('a', 1000, { limit: limit(1.9) }),
      seen('b', null, { limit: limit(0.05) }),
    );
    assert.deepEqual(coresBy(decided), { a: 1, b: 1 });
  });

  it('respects the bounds of the containers, and scales the rest to fit', () => {
    const decided = decide(
      0,
      LISTENER_START,
      allocation('a', { maxCores: 0.2 }),
      allocation('b', { minCores: 1.4 }),
      allocation('c'),
    );
    // Wanted 0.2 + 1.4 + 2/3; b stands on its floor, the others share 0.6 by one factor.
    assert.deepEqual(coresBy(decided), { a: 0.13846, b: 1.4, c: 0.46153 });
  });
});
