import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import {
  foldReport,
  hasQueue,
  type KnownOnGpu,
  NOTHING_ON_GPU,
} from '../../../../../coordinator/schedule/gpu/known.js';
import { errorOf, serviceMsOf, stretchOf } from '../../../../../coordinator/schedule/gpu/queue.js';
import { container, latency } from '../../build.js';
import { knownAs, level } from './known-build.js';

describe('gpu knowledge', () => {
  const answers = (totalCount: number, meanMs: number) =>
    container('a-1', { latency: latency(meanMs, { totalCount, totalMs: totalCount * meanMs }) });
  const seen = (
    report: ReturnType<typeof answers>,
    observedAtMs: number,
    value = 1410,
    sinceMs = 0,
  ) => ({ report, observedAtMs, statistic: 'mean', value, sinceMs }) as const;

  it('counts what was answered between two reports under one clock', () => {
    let known = foldReport(NOTHING_ON_GPU, seen(answers(10, 100), 1000));
    assert.deepEqual(known.levels, []);
    known = foldReport(known, seen(answers(20, 100), 2000));
    assert.deepEqual(known.levels[0], { value: 1410, count: 10, meanMs: 100, ratePerMs: 0 });
    assert.equal(foldReport(known, seen(answers(30, 100), 2000)), known);
  });

  it('leaves out requests that may have begun under another clock', () => {
    let known = foldReport(NOTHING_ON_GPU, seen(answers(10, 100), 1000));
    known = foldReport(known, seen(answers(20, 100), 2000));
    // The clock changed at 2000: the first report after it, and the one it is measured from.
    const lowered = (count: number, atMs: number) => seen(answers(count, 100), atMs, 900, 2000);
    known = foldReport(known, lowered(30, 2500));
    assert.equal(known.levels[0]?.value, 1410);
    known = foldReport(known, lowered(40, 3000));
    assert.deepEqual([known.levels[0]?.value, known.levels[1]?.value], [900, 1410]);
  });

  it('begins anew when the container or its counters do', () => {
    let known = foldReport(NOTHING_ON_GPU, seen(answers(10, 100), 1000));
    known = foldReport(known, seen(answers(5, 100), 2000));
    assert.deepEqual(known.levels, []);
    known = foldReport(known, seen({ ...answers(50, 100), lifeId: 'another' }, 3000));
    assert.deepEqual(known.levels, []);
  });

  it('forgets what it saw under other clocks as requests are answered, and keeps four', () => {
    const first = foldReport(NOTHING_ON_GPU, seen(answers(10, 100), 1000, 500));
    const levels = [level(500, 100, 50), ...[600, 700, 800].map((mhz) => level(mhz, 90, 200))];
    const known = foldReport(
      { ...first, levels, underValue: 900 },
      seen(answers(40, 100), 2000, 900, -1000),
    );
    assert.deepEqual(
      known.levels.map(({ value, count }) => [value, count]),
      [900, 600, 700, 800].map((value) => [value, value === 900 ? 30 : 190]),
    );
  });

  it('reads the time a request keeps its server from that of a queue', () => {
    // M/D/1 at half use: L = s·(1 + ½·½/½) = 1.5 s.
    assert.ok(Math.abs(serviceMsOf({ meanMs: 150, ratePerMs: 0.005 }) - 100) < 1e-9);
    assert.equal(serviceMsOf({ meanMs: 150, ratePerMs: 0 }), 150);
    // dL/ds = 1 + ½·(1 − ¼)/¼ = 2.5, of L/s = 1.5.
    assert.ok(Math.abs(stretchOf({ meanMs: 150, ratePerMs: 0.005 }) - 2.5 / 1.5) < 1e-9);
  });

  it('takes requests that queue for less exact', () => {
    assert.equal(errorOf({ noiseRatio: 0.05, meanMs: 100, ratePerMs: 0 }, 25), 0.01);
    const queue = errorOf({ noiseRatio: 0.05, meanMs: 150, ratePerMs: 0.005 }, 25);
    assert.ok(queue > 0.1 && queue < 0.5, `${queue}`);
  });

  /** Reports of a second each, by latencies of the requests answered in it. */
  function heard(seconds: readonly (readonly number[])[]): KnownOnGpu {
    let known = NOTHING_ON_GPU;
    let [count, totalMs] = [0, 0];
    for (const [second, latencies] of seconds.entries()) {
      count += latencies.length;
      totalMs += latencies.reduce((sum, each) => sum + each, 0);
      const report = container('a-1', {
        latency: latency(100, { totalCount: count, totalMs, newestAgeMs: 0 }),
      });
      known = foldReport(known, seen(report, 1000 * (second + 1)));
    }
    return known;
  }

  it('tells closed loops from open arrivals, and counts their rate', () => {
    const waits = heard(Array.from({ length: 30 }, () => Array.from({ length: 10 }, () => 100)));
    assert.equal(hasQueue(waits), false);
    const come = heard(
      Array.from({ length: 60 }, (_, i) => Array.from({ length: i % 2 === 0 ? 3 : 1 }, () => 100)),
    );
    assert.equal(hasQueue(come), true);
    const { count, ms } = come.arrivals.counted;
    assert.ok(Math.abs(count / ms - 0.002) < 0.0002, `${count} in ${ms} ms`);
  });

  it('throws away what it knew of work that has changed, and keeps the slope in proportion', () => {
    let known = knownAs({
      ...foldReport(NOTHING_ON_GPU, seen(answers(10, 100), 1000)),
      levels: [level(1410, 100, 150), level(900, 140)],
    });
    const slower = (count: number, atMs: number) =>
      seen(
        container('a-1', {
          latency: latency(150, {
            totalCount: 10 + count,
            totalMs: 1000 + count * 150,
            newestAgeMs: 0,
          }),
        }),
        atMs,
      );
    known = foldReport(known, slower(7, 2000));
    // Once may be chance.
    assert.equal(known.levels[1]?.meanMs, 140);
    known = foldReport(known, slower(14, 3000));
    assert.deepEqual([known.levels[0]?.count, known.levels[0]?.meanMs], [14, 150]);
    assert.ok((known.levels[1]?.meanMs ?? 0) > 200, `${known.levels[1]?.meanMs} ms`);
  });
});
