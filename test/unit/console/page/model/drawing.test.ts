import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { gaugeOf, sparkOf } from '../../../../../console/page/model/band.js';
import {
  allocationsByNode,
  cardsOf,
  hostBarOf,
} from '../../../../../console/page/model/host-bar.js';
import { hourOf } from '../../../../../console/page/model/hour.js';
import { keepNewest } from '../../../../../console/page/model/keep.js';
import { besideOf } from '../../../../../console/page/model/marks.js';
import { readingAt } from '../../../../../console/page/model/reading.js';
import { columnsOf, marksOf } from '../../../../../console/page/model/series.js';
import { stacked } from '../../../../../console/page/model/stack.js';
import { windowOf } from '../../../../../console/page/model/virtual.js';
import { target } from '../../../coordinator/build.js';
import { allocation, nodeStatus } from '../build.js';

describe('the gauge of a target', () => {
  it('has the band around the target, and the marker of now', () => {
    const gauge = gaugeOf(target(100), 100);
    assert.deepEqual(gauge, {
      bandFrom: 0.36,
      bandTo: 110.00000000000001 / 250,
      target: 0.4,
      now: 0.4,
      isBeyond: false,
    });
  });
  it('a ceiling has no lower edge; what is beyond the end says so; nothing has no marker', () => {
    assert.equal(gaugeOf(target(100, { mode: 'ceiling' }), 10).bandFrom, 0);
    const far = gaugeOf(target(100), 9000);
    assert.deepEqual([far.now, far.isBeyond], [1, true]);
    assert.equal(gaugeOf(target(100), null).now, null);
  });
});

describe('a sparkline', () => {
  const box = { width: 100, height: 20 };
  it('leaves gaps, and makes a dot of a lonely point', () => {
    const { line } = sparkOf([100, 100, null, 100], target(100), box);
    assert.equal(line, 'M0 7.9L33.3 7.9M100 7.9L100 7.9');
  });
  it('of nothing is nothing', () => {
    assert.equal(sparkOf([null, null], target(100), box).line, '');
    assert.equal(sparkOf([], target(100), box).line, '');
  });
  it('stays in its box, whatever comes', () => {
    const value = fc.option(fc.double({ min: 0, max: 1e9, noNaN: true }), { nil: null });
    fc.assert(
      fc.property(
        fc.array(value, { maxLength: 60 }),
        fc.double({ min: 0.01, max: 1e6, noNaN: true }),
        (v, t) => {
          const { line, bandTop, bandBottom } = sparkOf(v, target(t), box);
          const ys = [...line.matchAll(/[ML][\d.e+-]+ ([\d.e+-]+)/g)].map(([, y]) => Number(y));
          for (const y of [...ys, bandTop, bandBottom]) assert.ok(y >= 0 && y <= 20, `${y}`);
        },
      ),
    );
  });
});

describe('the bar of a host', () => {
  it('has a segment for each of its allocations, side by side, with what it uses', () => {
    const node = nodeStatus('h1');
    const others = allocation('c-1', { node: 'h2' as never });
    const bar = hostBarOf(node, [allocation('a-1'), allocation('b-1'), others], new Set());
    assert.deepEqual(
      bar.segments.map(({ id, from, width }) => [id, from, width]),
      [
        ['a-1', 0, 0.25],
        ['b-1', 0.25, 0.25],
      ],
    );
    assert.deepEqual([bar.allocatedCores, bar.allocatableCores], [1, 2]);
    assert.match(bar.segments[0]?.label ?? '', /^a-1: 0.5 CPU allocated, .* used; at target$/);
  });
  it('of many hosts those that need a look come first, and no more are made than that', () => {
    const nodes = [
      nodeStatus('h1'),
      nodeStatus('h2', { warnings: ['the clock jumps'] }),
      nodeStatus('h3'),
      nodeStatus('h4', { liveness: 'down' }),
    ];
    const ids = (most: number) => cardsOf(nodes, most).map(({ id }) => id);
    assert.deepEqual(ids(4), ['h1', 'h2', 'h3', 'h4']);
    assert.deepEqual(ids(3), ['h2', 'h4', 'h1']);
    const there = allocationsByNode([allocation('a-1'), allocation('b-1', { node: null })]);
    assert.deepEqual(
      [...there].map(([id, all]) => [id, all.length]),
      [['h1', 1]],
    );
  });
  it('never draws beyond its end', () => {
    const desired = { cpuCores: 1.5, periodUs: 100_000 };
    const all = ['a-1', 'b-1', 'c-1'].map((id) => allocation(id, { desired }));
    const { segments } = hostBarOf(nodeStatus('h1'), all, new Set());
    const end = Math.max(...segments.map(({ from, width }) => from + width));
    assert.ok(end <= 1 + 1e-9, `${end}`);
  });
});

describe('the strip of the hour', () => {
  it('has a slot for each minute; one that is not known is not zero', () => {
    const at = (minute: number): number => minute * 60_000;
    const { slots, meanAtTarget, worst } = hourOf(
      [
        { atMs: at(998), observed: 4, atTarget: 2, notSlower: 4 },
        { atMs: at(1000), observed: 4, atTarget: 4, notSlower: 4 },
        { atMs: at(5), observed: 4, atTarget: 0, notSlower: 4 },
      ],
      at(1000) + 30_000,
    );
    assert.equal(slots.length, 60);
    assert.deepEqual(
      slots.slice(-3).map(({ atTarget }) => atTarget),
      [0.5, null, 1],
    );
    assert.deepEqual([meanAtTarget, worst?.atMs], [0.75, at(998)]);
    assert.equal(hourOf([], at(1000)).meanAtTarget, null);
  });
});

describe('charts', () => {
  const range = { fromMs: 0, toMs: 30_000, stepMs: 10_000 };
  it('a time without a point is a gap', () => {
    const point = { worstMs: null, reservedCores: 1, usedCores: 0.5, throttledRatio: 0.25 };
    const columns = columnsOf({ points: [{ ...point, atMs: 20_000, latencyMs: 7 }] }, range);
    assert.deepEqual(columns.times, [0, 10, 20, 30]);
    assert.deepEqual(columns.latencyMs, [null, null, 7, null]);
    assert.deepEqual(columns.throttledPercent, [null, null, 25, null]);
  });
  it('a minute without moments is what its record says, one with some is not', () => {
    const point = { worstMs: null, reservedCores: 1, usedCores: 1, throttledRatio: null };
    const at = (atMs: number, latencyMs: number) => ({ ...point, atMs, latencyMs });
    const columns = columnsOf(
      { points: [at(70_000, 7)], minutes: [at(0, 3), at(60_000, 4)] },
      { fromMs: 40_000, toMs: 80_000, stepMs: 10_000 },
    );
    assert.deepEqual(columns.latencyMs, [3, 3, null, 7, null]);
  });
  it('a mark stands where the limit of this allocation changed', () => {
    const limit = { cpuCores: 1, periodUs: 100_000 };
    const change = (sequence: number, atMs: number, id: string) => ({
      sequence,
      atMs,
      type: 'dqoes.allocation.limit-changed',
      data: { job: 'a', allocation: id, node: 'h1', from: null, to: limit, reason: 'why' },
      whole: {},
    });
    const events = [change(1, 15_000, 'a-1'), change(2, 15_000, 'b-1'), change(3, 99_000, 'a-1')];
    assert.deepEqual(marksOf(events, 'a-1', range), [
      { sequence: 1, atMs: 15_000, at: 0.5, what: 'limit of a-1: none → 1 CPU', why: 'why.' },
    ]);
  });
  it('arrows go from mark to mark, and stay at the ends', () => {
    const marks = [1, 2, 3].map((sequence) => ({ sequence, atMs: 0, at: 0, what: '', why: '' }));
    const [first, second, third] = marks;
    assert.ok(first !== undefined && second !== undefined && third !== undefined);
    const to = (from: typeof first, key: string) => besideOf(marks, from, key)?.sequence;
    assert.deepEqual([to(second, 'ArrowLeft'), to(second, 'ArrowRight')], [1, 3]);
    assert.deepEqual([to(first, 'ArrowLeft'), to(third, 'ArrowRight')], [1, 3]);
    assert.deepEqual([to(second, 'Home'), to(second, 'End'), to(second, 'Tab')], [1, 3, undefined]);
    assert.equal(to({ ...first, sequence: 9 }, 'Home'), undefined, 'it has left the chart');
  });
  it('of a line that lies on another it says its own part, not where its edge is', () => {
    const lines = [
      { values: [1, null], isFilled: true },
      { values: [3, 2], isFilled: true },
      { values: [4, 4] },
    ];
    assert.deepEqual(
      [0, 1, 2].map((line) => readingAt(lines, line, 0)),
      [1, 2, 4],
    );
    assert.deepEqual([readingAt(lines, 0, 1), readingAt(lines, 1, 1)], [null, 2]);
    assert.equal(readingAt(lines, 5, 0), null);
  });
  it('layers lie on top of each other; where none is known is a gap', () => {
    const edges = stacked([
      { name: 'a', values: [1, null, 1] },
      { name: 'b', values: [2, null, null] },
    ]);
    assert.deepEqual(edges, [
      [1, null, 1],
      [3, null, 1],
    ]);
  });
});

describe('the window of a long list', () => {
  it('makes the rows in sight and stands in for the others exactly', () => {
    fc.assert(
      fc.property(
        fc.nat({ max: 5000 }),
        fc.integer({ min: -50, max: 300_000 }),
        (count, scrollTop) => {
          const rowHeight = 44;
          const { from, to, above, below } = windowOf({ count, rowHeight, scrollTop, height: 640 });
          assert.ok(from >= 0 && from <= to && to <= count);
          assert.equal(above + (to - from) * rowHeight + below, count * rowHeight);
          assert.ok(to - from <= 15 + 16 + 1, 'few');
          const end = Math.max(0, count * rowHeight - 640);
          const top = Math.min(Math.max(0, scrollTop), end);
          if (scrollTop > end) return;
          assert.ok(above <= top && above + (to - from) * rowHeight >= Math.min(top + 640, end));
        },
      ),
    );
  });
});

describe('what is kept for later', () => {
  it('is the newest, however often it was set', () => {
    const kept = new Map<string, number>();
    for (const [i, key] of ['a', 'b', 'a', 'c', 'd'].entries()) keepNewest(kept, [key, i], 3);
    assert.deepEqual(
      [...kept],
      [
        ['a', 2],
        ['c', 3],
        ['d', 4],
      ],
    );
  });
});
