import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { type Arrivals, type Chance, type Changes, type Piece, programModule } from './program.js';

const { piecesOf, pieceAt, readChange } = await programModule<Changes>('changes.mjs');
const { poissonArrivals } = await programModule<Arrivals>('arrivals.mjs');
const { seededRandom } = await programModule<Chance>('random.mjs');

const steady = (rate: number): readonly Piece[] => piecesOf({ rate, batch: 1 }, [], 0);

function until(endMs: number, pieces: readonly Piece[], seed: number): readonly number[] {
  const moments: number[] = [];
  for (const at of poissonArrivals(pieces, seededRandom(seed))) {
    if (at >= endMs) return moments;
    moments.push(at);
  }
  return moments;
}

const mean = (values: readonly number[]): number =>
  values.reduce((a, b) => a + b, 0) / values.length;

describe('sample image: arrivals of the open loop', () => {
  it('come at the same moments with the same seed, and at others with another', () => {
    assert.deepEqual(until(10_000, steady(4), 3), until(10_000, steady(4), 3));
    assert.notDeepEqual(until(10_000, steady(4), 3), until(10_000, steady(4), 4));
  });

  // 20 000 gaps: four standard errors are 2.8 % of the mean, and about as much of the deviation.
  it('have gaps with the mean, the spread and the tail of an exponential', () => {
    const moments = until(5_000_000, steady(4), 11);
    const gaps = moments.map((at, index) => at - (moments[index - 1] ?? 0));
    const average = mean(gaps);
    const deviation = Math.sqrt(mean(gaps.map((gap) => (gap - average) ** 2)));
    assert.ok(Math.abs(average / 250 - 1) < 0.03, `mean gap ${average} ms`);
    assert.ok(
      Math.abs(deviation / average - 1) < 0.04,
      `spread ${deviation / average} of the mean`,
    );
    const late = gaps.filter((gap) => gap > 2 * 250).length / gaps.length;
    assert.ok(Math.abs(late - Math.exp(-2)) < 0.01, `${late} of the gaps beyond twice the mean`);
    assert.ok(gaps.every((gap) => gap >= 0));
  });

  it('have no memory: counts of seconds vary as Poisson counts, apart from each other', () => {
    const counts = new Array<number>(4000).fill(0);
    for (const at of until(4_000_000, steady(5), 2))
      counts[Math.floor(at / 1000)] = (counts[Math.floor(at / 1000)] ?? 0) + 1;
    const average = mean(counts);
    const variance = mean(counts.map((count) => (count - average) ** 2));
    const together = mean(
      counts.slice(1).map((count, index) => (count - average) * ((counts[index] ?? 0) - average)),
    );
    assert.ok(
      Math.abs(variance / average - 1) < 0.1,
      `variance ${variance} at a mean of ${average}`,
    );
    assert.ok(Math.abs(together / variance) < 0.07, `correlation ${together / variance}`);
  });

  it('change their rate at the very moment, in the middle of a gap too', () => {
    const pieces = piecesOf(
      { rate: 2, batch: 1 },
      [readChange('1000s:rate=5x'), readChange('2000s:rate=0.5x')],
      0,
    );
    const moments = until(3_000_000, pieces, 5);
    const countIn = (from: number): number =>
      moments.filter((at) => at >= from && at < from + 1_000_000).length;
    const counts = [countIn(0), countIn(1_000_000), countIn(2_000_000)];
    for (const [index, expected] of [2000, 10_000, 1000].entries()) {
      const count = counts[index] ?? 0;
      assert.ok(
        Math.abs(count - expected) < 4 * Math.sqrt(expected),
        `${count} arrivals instead of ${expected}`,
      );
    }
    const first = moments.findIndex((at) => at >= 1_000_000);
    // Were the gap across the change drawn at the old rate alone, it would be five times as long.
    const across = mean(
      Array.from(
        { length: 400 },
        (_, seed) =>
          (until(1_100_000, pieces.slice(0, 2), seed).find((at) => at >= 1_000_000) ?? 0) -
          1_000_000,
      ),
    );
    assert.ok(first > 0);
    assert.ok(
      Math.abs(across / 100 - 1) < 0.2,
      `${across} ms from the change to the first arrival instead of 100`,
    );
  });
});

describe('sample image: the load over time', () => {
  const changes = [
    readChange('10s:rate=2x'),
    readChange('20s:batch=1.4x'),
    readChange('30s:rate=1x'),
  ];

  it('takes factors of the start and keeps what a change leaves out', () => {
    const pieces = piecesOf({ rate: 3, batch: 4 }, changes, 0);
    const at = (ms: number) => {
      const { rate, batch } = pieceAt(pieces, ms);
      return [rate, batch];
    };
    assert.deepEqual(
      [at(0), at(9999), at(10_000), at(20_000), at(30_000)],
      [
        [3, 4],
        [3, 4],
        [6, 4],
        [6, 6],
        [3, 6],
      ],
    );
  });

  it('rounds batches to whole inferences, at least one', () => {
    const batchOf = (batch: number, text: string) =>
      pieceAt(piecesOf({ rate: 1, batch }, [readChange(text)], 0), 1e9).batch;
    assert.equal(batchOf(3, '1s:batch=1.5x'), 5);
    assert.equal(batchOf(1, '1s:batch=0.1x'), 1);
  });

  it('counts from another moment when told, so that what is past holds from the start', () => {
    const pieces = piecesOf({ rate: 1, batch: 1 }, changes, -15_000);
    assert.equal(pieceAt(pieces, 0).rate, 2);
    assert.equal(pieceAt(pieces, 4999).batch, 1);
    assert.equal(pieceAt(pieces, 15_000).rate, 1);
    const moments = until(
      10_000_000,
      piecesOf({ rate: 1, batch: 1 }, [readChange('10s:rate=10x')], -15_000),
      1,
    );
    assert.ok(Math.abs(moments.length - 100_000) < 1300, `${moments.length} arrivals`);
  });
});
