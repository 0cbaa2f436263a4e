import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import {
  joinedMemories,
  memoryAt,
  memoryOf,
  type NodeMemories,
  withMemories,
} from '../../../../coordinator/schedule/node-memories.js';
import { NO_MEMORY, schedule } from '../../../../coordinator/schedule/schedule.js';
import type { Policy } from '../../../../coordinator/schedule/types.js';
import { node, PARAMS, snapshot } from '../build.js';

const TWO: NodeMemories = { ids: ['h1', 'h2'], values: ['one', 'two'] };

describe('what is remembered of nodes', () => {
  it('is found wherever a node stands, and where none does nothing is', () => {
    assert.equal(memoryOf(TWO, 'h2'), 'two');
    assert.equal(memoryOf(TWO, 'h3'), undefined);
    for (const place of [-1, 0, 1, 2]) {
      assert.equal(memoryAt(TWO, 'h1', place), 'one');
      assert.equal(memoryAt(TWO, 'h3', place), undefined);
    }
  });

  it('is changed of some, and joined, in the same order', () => {
    const changed = withMemories(TWO, new Map([['h2', 'other']]));
    assert.deepEqual(changed, { ids: ['h1', 'h2'], values: ['one', 'other'] });
    assert.deepEqual(TWO.values, ['one', 'two']);
    const joined = joinedMemories([TWO, { ids: ['h0'], values: [null] }]);
    assert.deepEqual(joined, { ids: ['h1', 'h2', 'h0'], values: ['one', 'two', null] });
  });
});

describe('memories from plan to plan', () => {
  /** Remembers the node, and how often it was asked. */
  const counting: Policy<string> = {
    name: 'counting',
    start: '',
    decide: ({ node: { id } }, memory) => ({
      limits: [],
      memory: memory === '' ? `${id} 1` : `${id} ${Number(memory.split(' ')[1]) + 1}`,
    }),
  };
  const decide = (names: readonly string[], memory = NO_MEMORY) => {
    const seen = snapshot(
      names.map((name) => node(name)),
      [],
    );
    const input = { snapshot: seen, nowMs: 0, params: PARAMS, policy: counting as Policy };
    return schedule(input, memory).memory;
  };

  it('follow nodes that stand elsewhere, and go with those that are gone', () => {
    const first = decide(['h1', 'h3']);
    const second = decide(['h0', 'h1', 'h2', 'h3'], first);
    assert.deepEqual(second.nodes.values, ['h0 1', 'h1 2', 'h2 1', 'h3 2']);
    const third = decide(['h1', 'h3', 'h4', 'h5'], second);
    assert.deepEqual(third.nodes.values, ['h1 3', 'h3 3', 'h4 1', 'h5 1']);
    const fourth = decide(['h3'], third);
    assert.deepEqual(fourth.nodes, { ids: ['h3'], values: ['h3 4'] });
  });

  it('share the names of nodes while these are the same', () => {
    const first = decide(['h1', 'h2']);
    const second = decide(['h1', 'h2'], first);
    assert.equal(second.nodes.ids, first.nodes.ids);
    assert.notEqual(decide(['h1', 'h3'], second).nodes.ids, first.nodes.ids);
    assert.notEqual(decide(['h1', 'h2', 'h3'], second).nodes.ids, first.nodes.ids);
  });
});
