import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import {
  type ForecastErrors,
  foldForecastErrors,
  isOtherLimit,
  NO_FORECAST_ERRORS,
  forecastSpread as spreadOf,
} from '../../../../../../coordinator/schedule/policies/adaptive/forecast-errors.js';
import { seededRandom } from '../../../../../../shared/random.js';
import { container, latency, limit, target } from '../../../build.js';
import { goal, type MemberChange, member, near, normal } from './build.js';

const WINDOW = 5;
const forecastSpread = (errors: ForecastErrors, isMoved: boolean): number =>
  spreadOf(errors, { statistic: 'mean', isMoved }).lasting;

const PRIOR = 0.055;

interface Report {
  readonly atMs: number;
  /** Response time ÷ what the law says of the limit. */
  readonly ratio: number;
  /** Requests answered so far. */
  readonly count: number;
  readonly cores?: number;
  readonly change?: MemberChange;
  readonly lifeId?: string;
}

/** A closed loop of 0.1 core-seconds: it takes a second with a tenth of a core. */
function reporting({ atMs, ratio, count, cores = 0.1, change = {}, lifeId = 'life' }: Report) {
  const ms = (100 / cores) * ratio;
  const { window } = latency(ms);
  const held = limit(cores);
  return member('a-1', {
    heldCores: cores,
    goal: goal(),
    lifeId,
    model: { workSeconds: 10, workCount: 100 },
    allocation: {
      observedAtMs: atMs,
      latencyMs: ms,
      target: target(1000),
      report: container('a-1', {
        observed: held,
        cpu: { usageCores: cores, usageTotalSeconds: 1, throttledRatio: 1, pressureRatio: 0 },
        latency: latency(ms, {
          window: { ...window, count: WINDOW },
          sinceChangeCount: WINDOW,
          totalCount: count,
        }),
      }),
    },
    ...change,
  });
}

const fold = (reports: readonly Report[]): ForecastErrors =>
  reports.reduce(
    (errors, each) => foldForecastErrors(errors, [reporting(each)]),
    NO_FORECAST_ERRORS,
  );

/** Reports every five seconds, with no request in common. */
const apart = (count: number, ratioOf: (i: number) => number, more: Partial<Report> = {}) =>
  Array.from(
    { length: count },
    (_, i): Report => ({
      ...{ atMs: 5000 * (i + 1), ratio: ratioOf(i), count: WINDOW * (i + 1) },
      ...more,
    }),
  );

describe('errors of forecasts', () => {
  it('are guessed before a report was held against one', () => {
    for (const isMoved of [false, true])
      near(forecastSpread(NO_FORECAST_ERRORS, isMoved), PRIOR, 1e-9);
    // Of the first seconds nothing counts: the forecast has not aged.
    near(forecastSpread(fold(apart(3, () => 1.2)), false), PRIOR, 1e-9);
  });

  it('are what lasts from one report to the next', () => {
    const errors = fold(apart(720, () => 1.1));
    near(forecastSpread(errors, false), Math.log(1.1), 0.05);
    near(forecastSpread(errors, true), PRIOR, 1e-9, 'no limit has changed:');
  });

  it('are small where each report is off by chance', () => {
    const random = seededRandom(5);
    const errors = fold(apart(720, () => Math.exp(0.1 * normal(random))));
    assert.ok(forecastSpread(errors, false) < 0.04, String(forecastSpread(errors, false)));
  });

  it('are not taken from reports that share requests', () => {
    const random = seededRandom(7);
    const single = Array.from({ length: 3600 }, () => 0.2 * normal(random));
    const overlapping = single.slice(WINDOW).map((_, i): Report => {
      const mean = single.slice(i, i + WINDOW).reduce((sum, each) => sum + each, 0) / WINDOW;
      return { atMs: 1000 * (i + 1), ratio: Math.exp(mean), count: WINDOW + i };
    });
    const spread = forecastSpread(fold(overlapping), false);
    assert.ok(spread < 0.04, String(spread));
  });

  it('of another limit count apart', () => {
    const before = apart(6, () => 1);
    const later = apart(720, () => 1.15, { cores: 0.2 }).map((each) => ({
      ...each,
      atMs: each.atMs + 30_000,
      count: each.count + 30,
    }));
    const errors = fold([...before, ...later.slice(0, 6)]);
    assert.ok(forecastSpread(errors, true) > PRIOR, String(forecastSpread(errors, true)));
    assert.ok(forecastSpread(errors, false) < PRIOR);
    // What is foretold afterwards is foretold of that limit.
    assert.ok(forecastSpread(fold([...before, ...later]), false) > 0.1);
    assert.deepEqual([isOtherLimit(0.1, 0.108), isOtherLimit(0.1, 0.12)], [false, true]);
    assert.equal(isOtherLimit(0.12, 0.1), true);
  });

  it('one error counts so much at most', () => {
    const most = forecastSpread(fold(apart(720, () => 40)), false);
    assert.ok(most > 0.25 && most < 0.31, String(most));
  });

  /** The same of a p95, which the law says to be the mean where nothing was seen of its tail. */
  const tails = (reports: readonly Report[]): readonly Report[] =>
    reports.map((each) => {
      const { allocation } = reporting(each);
      const p95 = { ...target(1000), statistic: 'p95' as const };
      return { ...each, change: { allocation: { ...allocation, target: p95 } } };
    });
  const p95Of = (errors: ForecastErrors) => spreadOf(errors, { statistic: 'p95', isMoved: false });

  it('of percentiles count apart, and are guessed to be larger', () => {
    near(p95Of(NO_FORECAST_ERRORS).lasting, 0.08, 1e-9);
    const means = fold(apart(60, () => 1.2));
    near(p95Of(means).lasting, 0.08, 1e-9, 'no percentile was seen:');
    const percentiles = fold(tails(apart(60, () => 1.2)));
    near(forecastSpread(percentiles, false), PRIOR, 1e-9, 'no mean was seen:');
    assert.ok(p95Of(percentiles).lasting > 0.1, String(p95Of(percentiles).lasting));
  });

  it('of single reports are learnt where chance does not explain them', () => {
    // The work of a request varies by 2 %, and each second report is a fifth slower.
    const excessOf = (errors: ForecastErrors) =>
      spreadOf(errors, { statistic: 'mean', isMoved: false }).excessVariance;
    const noiseless = { model: { workSeconds: 10, workCount: 100, noiseRatio: 0.02 } };
    const uneven = fold(apart(720, (i) => (i % 2 === 0 ? 1 : 1.2), { change: noiseless }));
    near(Math.sqrt(excessOf(uneven)), Math.log(1.2) / Math.SQRT2, 0.1);
    const even = fold(apart(720, () => 1.1, { change: noiseless }));
    assert.equal(excessOf(even), 0);
    // What chance in the requests explains is no excess.
    const noisy = { model: { workSeconds: 10, workCount: 100, noiseRatio: 0.5 } };
    const explained = fold(apart(720, (i) => (i % 2 === 0 ? 1 : 1.2), { change: noisy }));
    assert.equal(excessOf(explained), 0);
    assert.equal(excessOf(NO_FORECAST_ERRORS), 0);
  });

  it('of single reports are learnt beside a job whose requests vary beyond all bounds', () => {
    // An error is cut to 0.3, so the chance in these requests must not count as 0.9.
    const random = seededRandom(11);
    const model = { workSeconds: 10, workCount: 100 };
    const noisy = { model: { ...model, noiseRatio: 2 } };
    const calm = { model: { ...model, noiseRatio: 0.02 } };
    const errors = apart(720, (i) => (i % 2 === 0 ? 1 : 1.3)).reduce<ForecastErrors>(
      (before, each) => {
        const { allocation, ...its } = reporting({ ...each, change: calm });
        const ratio = Math.exp(0.9 * normal(random));
        const beside = reporting({ ...each, ratio, change: noisy });
        const id = 'b-1' as typeof allocation.id;
        return foldForecastErrors(before, [
          { ...its, allocation },
          { ...beside, allocation: { ...beside.allocation, id } },
        ]);
      },
      NO_FORECAST_ERRORS,
    );
    const { excessVariance } = spreadOf(errors, { statistic: 'mean', isMoved: false });
    assert.ok(excessVariance > 0.004, String(excessVariance));
  });

  it('are not sought where no quota decides, or nothing can be said yet', () => {
    const others: readonly MemberChange[] = [
      { goal: goal({ law: { ratePerSecond: 1 } }) },
      { isWeighted: true },
      { isStale: true },
      { goal: null },
      { model: { workSeconds: 1, workCount: 10 } },
    ];
    for (const change of others) {
      const errors = fold(apart(60, () => 1.2, { change }));
      assert.deepEqual([errors.foretold, errors.held.weight], [[], 0], JSON.stringify(change));
    }
    // Whether the second core helps is not known.
    assert.deepEqual(fold(apart(60, () => 1.2, { cores: 2 })).foretold, []);
    const seen = { model: { workSeconds: 10, workCount: 100, seenCores: 2 } };
    assert.ok(fold(apart(60, () => 1.2, { cores: 2, change: seen })).held.weight > 0);
  });

  it('a report counts once, and a new life begins again at nothing', () => {
    const reports = apart(60, () => 1.2);
    const once = fold(reports);
    const last = reports.at(-1);
    assert.ok(last !== undefined);
    assert.equal(foldForecastErrors(once, [reporting(last)]), once);
    // After the agent was started again its counter is lower: that pair is lost, no other.
    const afterwards = reports.map((each, i) => (i < 30 ? each : { ...each, count: 5 * (i - 29) }));
    assert.ok(fold(afterwards).held.weight > 0.9 * once.held.weight);
    const lives = reports.map((each, i) => ({ ...each, lifeId: `life-${i}` }));
    assert.equal(fold(lives).held.weight, 0);
  });

  it('all jobs of a host are one forecast', () => {
    const alone = fold(apart(60, () => 1.1));
    const ids = ['a-1', 'b-1', 'c-1'];
    const together = apart(60, () => 1.1).reduce<ForecastErrors>((errors, each) => {
      const { allocation, ...its } = reporting(each);
      return foldForecastErrors(
        errors,
        ids.map((id) => ({
          ...its,
          allocation: { ...allocation, id: id as typeof allocation.id },
        })),
      );
    }, NO_FORECAST_ERRORS);
    near(together.held.weight, alone.held.weight, 1e-9);
    near(together.held.product, alone.held.product, 1e-9);
  });
});
