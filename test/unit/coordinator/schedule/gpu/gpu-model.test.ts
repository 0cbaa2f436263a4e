import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import {
  EMPTY_GPU_MODEL,
  foldReport,
  type GpuModel,
  hasQueue,
} from '../../../../../coordinator/schedule/gpu/gpu-model.js';
import {
  elasticityOf,
  relativeErrorOf,
  serviceMsOf,
} from '../../../../../coordinator/schedule/gpu/queue.js';
import { container, latency } from '../../build.js';
import { knownAs, level } from './gpu-models.js';

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
    let model = foldReport(EMPTY_GPU_MODEL, seen(answers(10, 100), 1000));
    assert.deepEqual(model.levels, []);
    model = foldReport(model, seen(answers(20, 100), 2000));
    assert.deepEqual(model.levels[0], { value: 1410, count: 10, meanMs: 100, ratePerMs: 0 });
    assert.equal(foldReport(model, seen(answers(30, 100), 2000)), model);
  });

  it('leaves out requests that may have begun under another clock', () => {
    let model = foldReport(EMPTY_GPU_MODEL, seen(answers(10, 100), 1000));
    model = foldReport(model, seen(answers(20, 100), 2000));
    // The clock changed at 2000: the first report after it, and the one it is measured from.
    const lowered = (count: number, atMs: number) => seen(answers(count, 100), atMs, 900, 2000);
    model = foldReport(model, lowered(30, 2500));
    assert.equal(model.levels[0]?.value, 1410);
    model = foldReport(model, lowered(40, 3000));
    assert.deepEqual([model.levels[0]?.value, model.levels[1]?.value], [900, 1410]);
  });

  it('begins anew when the container or its counters do', () => {
    let model = foldReport(EMPTY_GPU_MODEL, seen(answers(10, 100), 1000));
    model = foldReport(model, seen(answers(5, 100), 2000));
    assert.deepEqual(model.levels, []);
    model = foldReport(model, seen({ ...answers(50, 100), lifeId: 'another' }, 3000));
    assert.deepEqual(model.levels, []);
  });

  it('forgets what it saw under other clocks as requests are answered, and keeps four', () => {
    const first = foldReport(EMPTY_GPU_MODEL, seen(answers(10, 100), 1000, 500));
    const levels = [level(500, 100, 50), ...[600, 700, 800].map((mhz) => level(mhz, 90, 200))];
    const model = foldReport(
      { ...first, levels, underValue: 900 },
      seen(answers(40, 100), 2000, 900, -1000),
    );
    assert.deepEqual(
      model.levels.map(({ value, count }) => [value, count]),
      [900, 600, 700, 800].map((value) => [value, value === 900 ? 30 : 190]),
    );
  });

  it('reads the time a request keeps its server from that of a queue', () => {
    // M/D/1 at half use: L = s·(1 + ½·½/½) = 1.5 s.
    assert.ok(Math.abs(serviceMsOf({ meanMs: 150, ratePerMs: 0.005 }) - 100) < 1e-9);
    assert.equal(serviceMsOf({ meanMs: 150, ratePerMs: 0 }), 150);
    // dL/ds = 1 + ½·(1 − ¼)/¼ = 2.5, of L/s = 1.5.
    assert.ok(Math.abs(elasticityOf({ meanMs: 150, ratePerMs: 0.005 }) - 2.5 / 1.5) < 1e-9);
  });

  it('takes requests that queue for less exact', () => {
    assert.equal(relativeErrorOf({ noiseRatio: 0.05, meanMs: 100, ratePerMs: 0 }, 25), 0.01);
    const queue = relativeErrorOf({ noiseRatio: 0.05, meanMs: 150, ratePerMs: 0.005 }, 25);
    assert.ok(queue > 0.1 && queue < 0.5, `${queue}`);
  });

  /** Reports of a second each, by latencies of the requests answered in it. */
  function heard(seconds: readonly (readonly number[])[]): GpuModel {
    let model = EMPTY_GPU_MODEL;
    let [count, totalMs] = [0, 0];
    for (const [second, latencies] of seconds.entries()) {
      count += latencies.length;
      totalMs += latencies.reduce((sum, each) => sum + each, 0);
      const report = container('a-1', {
        latency: latency(100, { totalCount: count, totalMs, newestAgeMs: 0 }),
      });
      model = foldReport(model, seen(report, 1000 * (second + 1)));
    }
    return model;
  }

  it('tells a closed loop from open arrivals, and counts the rate of the latter', () => {
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
    let model = knownAs({
      ...foldReport(EMPTY_GPU_MODEL, seen(answers(10, 100), 1000)),
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
    model = foldReport(model, slower(7, 2000));
    // Once may be chance.
    assert.equal(model.levels[1]?.meanMs, 140);
    model = foldReport(model, slower(14, 3000));
    assert.deepEqual([model.levels[0]?.count, model.levels[0]?.meanMs], [14, 150]);
    assert.ok((model.levels[1]?.meanMs ?? 0) > 200, `${model.levels[1]?.meanMs} ms`);
  });
});
