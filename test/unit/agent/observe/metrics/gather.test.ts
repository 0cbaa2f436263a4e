import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { Gatherer } from '../../../../../agent/observe/metrics/gather.js';
import { type Interval, NO_INTERVAL } from '../../../../../agent/observe/metrics/interval.js';

const answered = (count: number, meanMs: number): Interval => ({
  count,
  sumMs: count * meanMs,
  buckets: null,
  quantilesMs: null,
});

describe('gathering of intervals', () => {
  const look = (gatherer: Gatherer, second: number, interval: Interval) =>
    gatherer.add(interval, { fromMs: (second - 1) * 1000, toMs: second * 1000 });

  it('tells at once what covers ten response times', () => {
    const told = look(new Gatherer(), 1, answered(20, 100));
    assert.deepEqual([told?.interval.count, told?.fromMs, told?.toMs], [20, 0, 1000]);
  });

  it('waits until it does, and then tells everything', () => {
    const gatherer = new Gatherer();
    assert.equal(look(gatherer, 1, answered(3, 250)), null);
    assert.equal(look(gatherer, 2, answered(4, 250)), null);
    const told = look(gatherer, 3, answered(4, 250));
    assert.deepEqual(
      [told?.interval.count, told?.interval.sumMs, told?.fromMs, told?.toMs],
      [11, 2750, 0, 3000],
    );
    assert.equal(look(gatherer, 4, NO_INTERVAL), null);
  });

  it('ends where the last request was seen, and waits for no more than twenty seconds', () => {
    const gatherer = new Gatherer();
    const isEnd = (second: number): boolean => [3, 5, 8, 10, 13, 15, 18, 20].includes(second);
    for (let second = 3; second < 22; second += 1)
      assert.equal(
        look(gatherer, second, isEnd(second) ? answered(1, 2500) : NO_INTERVAL),
        null,
        `second ${second}`,
      );
    const told = look(gatherer, 22, NO_INTERVAL);
    assert.deepEqual([told?.interval.count, told?.fromMs, told?.toMs], [8, 2000, 20_000]);
  });

  it('hands on sparse arrivals and a growing queue at once: no closed loop makes them', () => {
    const sparse = new Gatherer();
    assert.equal(look(sparse, 1, answered(1, 300))?.interval.count, 1);
    assert.equal(look(sparse, 2, answered(1, 300))?.interval.count, 1);
    const queue = new Gatherer();
    assert.equal(look(queue, 1, answered(20, 1300))?.interval.count, 20);
    assert.equal(look(queue, 2, answered(20, 2000))?.interval.count, 20);
  });

  it('tells at once, once looks have shown that these are no clients who wait', () => {
    const known = (meansMs: readonly number[]): Gatherer => {
      const gatherer = new Gatherer();
      for (const [at, meanMs] of meansMs.entries()) look(gatherer, at + 1, answered(20, meanMs));
      return gatherer;
    };
    // Two of 150 ms at a time, which may be two clients.
    assert.equal(look(known([]), 1, answered(13, 150)), null);
    assert.equal(look(known([20, 20, 20]), 4, answered(13, 150))?.interval.count, 13);
    // A lone look tells nothing: a client may have come or gone.
    assert.equal(look(known([20]), 2, answered(13, 150)), null);
    // Clients that wait, for long enough, are told again as such.
    assert.equal(
      look(known([20, 20, 20, ...Array.from({ length: 20 }, () => 50)]), 24, answered(13, 150)),
      null,
    );
  });

  it('loses and doubles nothing', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(5), fc.integer({ min: 1, max: 9000 })), { maxLength: 80 }),
        (looks) => {
          const gatherer = new Gatherer();
          let told = 0;
          let lastTo = 0;
          for (const [at, [count, meanMs]] of [
            ...looks,
            ...Array.from({ length: 40 }, () => [0, 1] as const),
          ].entries()) {
            const gathered = look(
              gatherer,
              at + 1,
              count === 0 ? NO_INTERVAL : answered(count, meanMs),
            );
            if (gathered === null) continue;
            assert.ok(gathered.fromMs >= lastTo && gathered.toMs > gathered.fromMs);
            lastTo = gathered.toMs;
            told += gathered.interval.count;
          }
          assert.equal(
            told,
            looks.reduce((total, [count]) => total + count, 0),
          );
        },
      ),
    );
  });
});
