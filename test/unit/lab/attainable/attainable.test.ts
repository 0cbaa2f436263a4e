import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { normalBelow } from '../../../../coordinator/schedule/model/chance.js';
import { attainableOf } from '../../../../lab/attainable/attainable.js';
import { satisfiedChance } from '../../../../lab/attainable/chance.js';
import { closedLoop } from '../../../../lab/attainable/closed-loop.js';
import { costsOf } from '../../../../lab/attainable/costs.js';
import type { SeenInterval } from '../../../../lab/attainable/types.js';
import type { Target } from '../../../../shared/qoe.js';
import { seededRandom } from '../../../../shared/random.js';
import { seen } from './build.js';

const band: Target = { latencyMs: 1000, statistic: 'mean', toleranceRatio: 0.1, mode: 'band' };
const near = (actual: number, expected: number, by: number, what = ''): void =>
  assert.ok(Math.abs(actual - expected) <= by, `${what} ${actual} is not ${expected} ± ${by}`);

describe('attainable: chances', () => {
  it('are those of the normal distribution', () => {
    for (const [x, p] of [
      [0, 0.5],
      [1, 0.841344746],
      [-1.959963985, 0.025],
      [3, 0.998650102],
    ] as const)
      near(normalBelow(x), p, 1e-7);
  });

  it('of a band fall on both sides, of a ceiling on one', () => {
    // In the middle of ± 10 % with 5 %: two deviations on each side.
    near(satisfiedChance(band, 1000, 0.05), 0.954, 0.01);
    near(satisfiedChance(band, 1100, 0.05), 0.5, 0.001);
    near(satisfiedChance(band, 500, 0.05), 0, 1e-6);
    near(satisfiedChance({ ...band, mode: 'ceiling' }, 500, 0.05), 1, 1e-6);
  });

  it('without spread are certain, on the edges too', () => {
    for (const [latencyMs, chance] of [
      [899, 0],
      [900, 1],
      [1100, 1],
      [1101, 0],
    ] as const)
      assert.equal(satisfiedChance(band, latencyMs, 0), chance);
  });
});

describe('attainable: what a run shows of its jobs', () => {
  // Ten jobs of 500 core-ms at half a core; the machine is 10 % slower in every third interval, and
  // a single request varies by 15 %.
  const random = seededRandom(3);
  const chance = (): number =>
    Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const speed = (k: number): number => (k % 3 === 0 ? 1.1 : 1);
  const intervals = Array.from(
    { length: 30 },
    (_, k): SeenInterval => ({
      capacityCores: 5,
      jobs: Array.from({ length: 10 }, (_each, i) =>
        seen(`j${i}`, {
          latencyMs: 1000 * speed(k) * Math.exp((0.15 * chance()) / Math.sqrt(20)),
        }),
      ),
    }),
  );

  it('tells the common speed of an interval from the chance of single jobs', () => {
    const { scales = [], spread = 0 } = costsOf(intervals).get('j3') ?? {};
    near(spread, 0.15, 0.05, 'spread');
    for (const [k, scale] of scales.slice(1).entries())
      near((scale ?? 0) / 500, speed(k + 1), 0.06, `interval ${k + 1}`);
  });

  it('leaves out jobs that do not run or have not answered, and the start of a container', () => {
    const quiet = { latencyMs: null, requests: 0 };
    const run = [
      seen('a', { ...quiet, isRunning: false }),
      seen('a', quiet),
      seen('a', { usageCores: 5 }),
      seen('a'),
      seen('a', quiet),
    ].map((job): SeenInterval => ({ capacityCores: 1, jobs: [job] }));
    const { scales } = costsOf(run).get('a') ?? {};
    assert.deepEqual(
      scales?.map((scale) => (scale === null ? null : Math.round(scale))),
      [null, null, 500, 500, 500],
    );
  });

  it('does not take a change of work or of arrivals for chance', () => {
    const twice = closedLoop(1);
    const steady = (k: number) => seen('a', { latencyMs: k % 2 === 0 ? 990 : 1010 });
    const run = Array.from({ length: 20 }, (_, k): SeenInterval => {
      const job = steady(k);
      const late = k < 10 ? job : { ...job, workFactor: 2, latencyMs: 2 * (job.latencyMs ?? 0) };
      return { capacityCores: 1, jobs: [late] };
    });
    const spread = (intervals: readonly SeenInterval[]): number =>
      costsOf(intervals).get('a')?.spread ?? 9;
    assert.ok(spread(run) < 0.06, String(spread(run)));
    const other = run.map(({ jobs, ...each }, k) => ({
      ...each,
      jobs: jobs.map((job) => ({ ...job, workFactor: 1, ...(k < 10 ? {} : { model: twice }) })),
    }));
    assert.ok(spread(other) < 0.06, String(spread(other)));
  });

  it('follows a change of work that the scenario makes', () => {
    const run = [1, 1, 1, 2, 2].map(
      (workFactor): SeenInterval => ({
        capacityCores: 1,
        jobs: [seen('a', { workFactor, latencyMs: 1000 * workFactor })],
      }),
    );
    const { scales } = costsOf(run).get('a') ?? {};
    assert.deepEqual(
      scales?.map((scale) => Math.round(scale ?? 0)),
      [500, 500, 500, 1000, 1000],
    );
  });
});

describe('attainable: of a run', () => {
  const steady = (capacityCores: number, count = 4): readonly SeenInterval[] =>
    Array.from({ length: 6 }, () => ({
      capacityCores,
      jobs: Array.from({ length: count }, (_, i) => seen(`j${i}`)),
    }));

  it('without chance counts the jobs that fit at the slow edge of their bands', () => {
    // Each needs 500 core-ms in 1100 ms: 0.4545 cores; one that is left keeps 0.01.
    for (const [cores, most] of [
      [1.85, 4],
      [1.8, 3],
      [1.38, 3],
      [1.36, 2],
      [0.02, 0],
    ] as const) {
      const { before, atOnce } = attainableOf(steady(cores), 5000);
      assert.deepEqual(atOnce, Array(6).fill(most), String(cores));
      // A job that nobody has seen before is no job that one could have chosen.
      assert.deepEqual(before, [0, ...Array(5).fill(most)], String(cores));
    }
  });

  it('known one interval before, a shortage costs what fitted before', () => {
    const run = steady(1.85).map((each, k) => (k === 3 ? { ...each, capacityCores: 1.5 } : each));
    const { before, atOnce } = attainableOf(run, 5000);
    assert.equal(atOnce[3], 3);
    assert.ok((before[3] ?? 9) < 3, String(before[3]));
  });

  it('counts a job that only five requests judge by its chance', () => {
    const latencies = [930, 1080, 990, 1075, 925, 1010, 940, 1070, 985, 1000];
    const run = latencies.map(
      (latencyMs): SeenInterval => ({
        capacityCores: 1,
        jobs: [seen('a', { latencyMs, requests: 5 })],
      }),
    );
    const { atOnce } = attainableOf(run, 5000);
    for (const value of atOnce) assert.ok(value > 0.8 && value < 0.97, String(value));
  });

  it('knows nothing better than nothing for an empty run', () => {
    assert.deepEqual(attainableOf([], 5000), { before: [], atOnce: [] });
    assert.deepEqual(attainableOf([{ capacityCores: 1, jobs: [] }], 5000), {
      before: [0],
      atOnce: [0],
    });
  });
});
