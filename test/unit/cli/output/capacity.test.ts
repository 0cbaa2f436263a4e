import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import {
  bottleneckText,
  changeLines,
  freeText,
  isSafeWithout,
  missLines,
  ROOM_COLUMNS,
  tradeText,
} from '../../../../cli/output/capacity.js';
import { tableLines } from '../../../../cli/output/table.js';
import type {
  Capacity,
  CapacityLimit,
  CapacityMiss,
  KindRoom,
} from '../../../../proto/schemas/capacity.js';
import type { AllocationId, JobName, NodeId } from '../../../../shared/ids.js';

const miss = (allocation: string, node: string | null): CapacityMiss => ({
  allocation: allocation as AllocationId,
  job: 'car-sign' as JobName,
  node: node as NodeId | null,
  reason: 'too little CPU',
});
const CAPACITY: Capacity = {
  complete: true,
  note: '',
  hosts: [],
  allocatableCores: 6,
  freeCores: 1.86,
  missing: 0,
  misses: [],
  kinds: [],
  room: [],
  trades: [],
};
const nodes = (...names: readonly string[]) => names as unknown as NodeId[];

describe('cli: capacity in words', () => {
  it('says what is free and who misses', () => {
    assert.equal(
      freeText(CAPACITY),
      '1.86 of 6.00 CPU are free on 0 hosts; nobody misses a target',
    );
    assert.match(freeText({ ...CAPACITY, missing: 2 }), /; 2 containers miss their targets:$/);
    const unknown = { ...CAPACITY, freeCores: null };
    assert.equal(
      freeText(unknown),
      'What is free of 6.00 CPU on 0 hosts is not known; nobody misses a target',
    );
    assert.equal(
      freeText({ ...unknown, note: 'policy equal knows nothing' }),
      'What is free of 6.00 CPU on 0 hosts is not known, nor who misses a target',
    );
    assert.deepEqual(missLines([miss('car-sign-1', 'h1'), miss('car-sign-2', null)], 5), [
      '  car-sign-1 on h1: too little CPU',
      '  car-sign-2: too little CPU',
      '  and 3 more',
    ]);
  });

  it('says of the next bottleneck which kind it keeps out first', () => {
    const limit = { resource: 'cpu' as const, node: null, reason: 'best 81ms' };
    const room = (like: string, more: number, its: CapacityLimit | null = limit): KindRoom => ({
      ...{ like: like as JobName, more, atLeast: false, limit: its },
    });
    const other = { ...limit, reason: 'too little memory' };
    assert.equal(
      bottleneckText(limit, [room('llm', 2, other), room('album', 3), room('face', 1)]),
      'Next bottleneck, for more like face: best 81ms',
    );
    assert.equal(bottleneckText(limit, [room('llm', 0, null)]), 'Next bottleneck: best 81ms');
  });

  it('says what a slower target gives', () => {
    const trade = { job: 'album' as JobName, fromMs: 420, toMs: 460, freesCores: 0.21 };
    assert.equal(
      tradeText({ ...trade, gains: [miss('car-sign-1', 'h1')] }),
      'album 420ms → 460ms frees 0.21 CPU, enough for car-sign-1',
    );
    assert.equal(tradeText({ ...trade, gains: [] }), 'album 420ms → 460ms frees 0.21 CPU');
  });

  it('says what other hosts change', () => {
    const without = {
      ...{ nodes: nodes('h3'), missing: 1, misses: [miss('car-sign-1', 'h1')] },
      ...{ gains: [], freeCores: 0.4, note: 'drain them first' },
    };
    const packed = { keep: nodes('h1'), empty: nodes('h2'), pinned: nodes('h1'), proven: false };
    assert.deepEqual(changeLines({ ...CAPACITY, without, packed }), [
      'Without h3: 1 container would miss its target:',
      '  car-sign-1 on h1: too little CPU',
      '  drain them first',
      '1 of 2 hosts would do (fewer may do: not all sets were tried)',
      '  may be emptied: h2 (dqoes node drain)',
      '  hold containers that cannot be moved: h1',
    ]);
    const room = [
      { like: 'a' as JobName, more: 3, atLeast: true, limit: null },
      { like: 'b' as JobName, more: null, atLeast: false, limit: null },
    ];
    const added = {
      ...{ hosts: 2, cpuCores: 8, missing: 0, misses: [], freeCores: 17 },
      ...{ gains: [miss('car-sign-1', null)], room },
    };
    assert.deepEqual(changeLines({ ...CAPACITY, added }), [
      'With 2 more hosts of 8.00 CPU: met then: car-sign-1; 17.00 CPU free',
      '  room for more, of one kind: ≥3 like a',
    ]);
  });

  it('says of hosts that were asked about that nothing is known, where it is not', () => {
    const asked = nodes('h3');
    const without = { nodes: asked, missing: 0, misses: [], gains: [], freeCores: 1, note: '' };
    assert.deepEqual(changeLines(CAPACITY, asked), [
      'Without h3: who would miss a target is not known: there was no time to search it',
    ]);
    const blind = { ...CAPACITY, without, note: 'policy equal knows nothing' };
    const added = { ...{ hosts: 1, cpuCores: 2, missing: 0, misses: [] }, gains: [], room: [] };
    assert.deepEqual(changeLines({ ...blind, added: { ...added, freeCores: null } }, asked), [
      'Without h3: who would miss a target is not known',
      'With one more host of 2.00 CPU: which targets are won is not known; ' +
        'what would be free is not known',
    ]);
    const isSafe = (change: Partial<Capacity>, of = asked): boolean =>
      isSafeWithout({ ...CAPACITY, ...change }, of);
    assert.deepEqual(
      [isSafe({ without }), isSafe({ without: { ...without, missing: 1 } }), isSafe({})],
      [true, false, false],
    );
    assert.deepEqual([isSafe({ without, note: 'nothing' }), isSafe({}, [])], [false, true]);
  });

  it('lists the room for each kind', () => {
    const kind = { like: 'a' as JobName, jobs: 2, targetMs: 100, cpuCores: 0.5 };
    const limit = { resource: 'memory' as const, node: null, reason: 'no memory' };
    const room = { like: kind.like, more: 6, atLeast: false, limit };
    const lines = tableLines(ROOM_COLUMNS, [{ kind, room }], { wide: false, colour: false });
    assert.match(lines[1] ?? '', /^a +100ms +0\.50 +6 +no memory$/);
  });
});
