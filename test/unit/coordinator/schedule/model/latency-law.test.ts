import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import {
  demandCores,
  exceedance,
  latencySeconds,
  quantileRatio,
  savedSeconds,
} from '../../../../../coordinator/schedule/model/latency-law.js';
import {
  normalDeviateOf,
  quantileOf,
  tailRatioOf,
} from '../../../../../coordinator/schedule/model/tail.js';
import { seededRandom } from '../../../../../shared/random.js';
import { summarise } from '../../../../../shared/samples.js';
import { law, near, normal } from '../policies/adaptive/build.js';

describe('adaptive law', () => {
  it('is overhead + work ÷ cores for a closed loop', () => {
    near(latencySeconds(law({ overheadSeconds: 0.05 }), 0.5), 0.25, 1e-12);
    near(demandCores(law({ overheadSeconds: 0.05 }), 0.25), 0.5, 1e-12);
  });

  it('is M/D/1 for open arrivals: at ρ = ½ the mean wait is half the service time', () => {
    near(latencySeconds(law({ ratePerSecond: 5, queueing: 0.5 }), 1), 0.15, 1e-12);
    // ρ = 0.8: 1 + ½·0.8/0.2 = 3.
    near(latencySeconds(law({ ratePerSecond: 8 }), 1), 0.3, 1e-12);
    assert.equal(latencySeconds(law({ ratePerSecond: 10 }), 1), Number.POSITIVE_INFINITY);
  });

  it('never goes under the latency seen without a limit that binds', () => {
    const its = law({ minSeconds: 0.1 });
    assert.equal(latencySeconds(its, 8), 0.1);
    assert.equal(demandCores(its, 0.09), Number.POSITIVE_INFINITY);
    near(demandCores(its, 0.1), 1, 1e-6);
  });

  it('multiplies the mean by the tail ratio', () => {
    near(latencySeconds(law({ quantile: 0.95, tailRatio: 1.5 }), 0.5), 0.3, 1e-12);
    near(demandCores(law({ quantile: 0.95, tailRatio: 1.5 }), 0.3), 0.5, 1e-12);
  });

  it('knows no CPU that beats the overhead', () => {
    assert.equal(demandCores(law({ overheadSeconds: 0.5 }), 0.5), Number.POSITIVE_INFINITY);
    assert.equal(
      demandCores(law({ overheadSeconds: 0.5, ratePerSecond: 1, quantile: 0.95 }), 0.4),
      Number.POSITIVE_INFINITY,
    );
  });

  it('adds what requests wait beside each other, which no other request prolongs', () => {
    const its = law({ ratePerSecond: 5, besideSeconds: 0.2 });
    near(latencySeconds(its, 1), 0.35, 1e-12);
    near(demandCores(its, 0.35), 1, 1e-9);
    assert.equal(demandCores(its, 0.2), Number.POSITIVE_INFINITY);
    const p95 = law({ ratePerSecond: 5, quantile: 0.95, tailRatio: 1.2, besideSeconds: 0.2 });
    near(latencySeconds(p95, 1), latencySeconds({ ...p95, besideSeconds: 0 }, 1) + 0.24, 1e-12);
    near(demandCores(p95, latencySeconds(p95, 1)), 1, 1e-6);
    near(exceedance(p95, 1, latencySeconds(p95, 1)).ratio, 0.05, 1e-9);
  });

  it('never plans a queue near running away: ρ ≤ 0.9 however slow it may be', () => {
    near(demandCores(law({ ratePerSecond: 5, queueing: 0.5 }), 1000), 0.5 / 0.9, 1e-9);
    near(demandCores(law({ ratePerSecond: 5, quantile: 0.99 }), 1000), 0.5 / 0.9, 1e-9);
  });
});

describe('adaptive law of quantiles', () => {
  const shape = (quantile: number, utilisation: number) =>
    quantileRatio({ quantile, ratePerSecond: 5, queueing: 0.5 }, utilisation);

  it('is the mean where no queue can be', () => {
    assert.equal(quantileRatio({ quantile: 0.95, ratePerSecond: 0, queueing: 0.5 }, 0.5), 1);
    assert.equal(quantileRatio({ quantile: 0, ratePerSecond: 5, queueing: 0.5 }, 0.5), 1);
  });

  it('is the bare service time while fewer than 1 − q of the requests wait', () => {
    // Mean ÷ service time at ρ = 0.04.
    near(shape(0.95, 0.04), 1 / (1 + (0.5 * 0.04) / 0.96), 1e-12);
  });

  it('follows x·(1 + v/(1−ρ)·ln(ρ/(1−q)))', () => {
    // ρ = 0.5, p95: 1 + 1·ln 10 against a mean of 1.5.
    near(shape(0.95, 0.5), (1 + Math.log(10)) / 1.5, 1e-12);
  });

  it('needs more CPU for a higher quantile, and more for a higher rate', () => {
    const cores = [0.5, 0.9, 0.95, 0.99].map((quantile) =>
      demandCores(law({ ratePerSecond: 5, quantile }), 0.4),
    );
    for (const [i, each] of cores.entries())
      if (i > 0) assert.ok(each > (cores[i - 1] ?? 0), String(cores));
    assert.ok(
      demandCores(law({ ratePerSecond: 6, quantile: 0.95 }), 0.4) >
        demandCores(law({ ratePerSecond: 5, quantile: 0.95 }), 0.4),
    );
  });
});

describe('adaptive quota that an idle server saves', () => {
  const saved = (ratePerSecond: number, cores: number, periodUs: number) =>
    savedSeconds({ workSeconds: 0.1, overheadSeconds: 0, ratePerSecond }, cores, periodUs);

  it('is nothing for a closed loop and without a limit', () => {
    assert.equal(saved(0, 0.5, 100_000), 0);
    assert.equal(saved(2, Number.POSITIVE_INFINITY, 100_000), 0);
  });

  it('is P·(1 − c/2) for the share of requests that find the server idle', () => {
    // ρ = 2·0.1/0.5 = 0.4.
    near(saved(2, 0.5, 100_000), 0.1 * 0.75 * 0.6, 1e-12);
    near(saved(2, 0.5, 10_000), 0.01 * 0.75 * 0.6, 1e-12);
    // More than a core is no longer throttled within a period.
    near(saved(2, 2, 10_000), 0.01 * 0.5 * 0.9, 1e-12);
  });

  it('is at most half the service time, and nothing where nobody finds it idle', () => {
    near(saved(0.1, 1, 1_000_000), 0.05, 1e-12);
    assert.equal(saved(20, 1, 100_000), 0);
  });
});

describe('adaptive tail', () => {
  const window = (...latenciesMs: number[]) => {
    const summary = summarise(latenciesMs);
    assert.ok(summary !== undefined);
    return summary;
  };

  it('knows the normal deviates', () => {
    assert.equal(normalDeviateOf('mean'), 0);
    assert.ok(Math.abs(normalDeviateOf('p50')) < 1e-3);
    for (const [statistic, deviate] of [
      ['p90', 1.2816],
      ['p95', 1.6449],
      ['p99', 2.3263],
    ] as const)
      assert.ok(Math.abs(normalDeviateOf(statistic) - deviate) < 1e-3, statistic);
    assert.deepEqual(
      (['mean', 'p50', 'p90', 'p95', 'p99'] as const).map(quantileOf),
      [0, 0.5, 0.9, 0.95, 0.99],
    );
  });

  it('is 1 for the mean and where nothing was measured', () => {
    assert.equal(tailRatioOf(window(100, 900), 'mean'), 1);
    assert.equal(tailRatioOf({ ...window(100), meanMs: 0 }, 'p95'), 1);
  });

  it('takes even latencies as they are, and never stretches what lies under the mean', () => {
    assert.equal(tailRatioOf(window(100, 100, 100), 'p95'), 1);
    near(tailRatioOf(window(100, 100, 100, 500), 'p50'), 0.5, 1e-12);
  });

  for (const count of [5, 10, 20, 60]) {
    it(`finds the p95 of a normal distribution in windows of ${count}`, () => {
      const random = seededRandom(count);
      const windows = Array.from({ length: 2000 }, () =>
        window(...Array.from({ length: count }, () => 1000 * (1 + 0.1 * normal(random)))),
      );
      const mean =
        windows.reduce((sum, each) => sum + tailRatioOf(each, 'p95'), 0) / windows.length;
      near(mean - 1, 0.1 * 1.645, 0.12, `surplus in windows of ${count}`);
    });
  }

  it('stretches no window without bound', () => {
    assert.ok(tailRatioOf(window(100, 101), 'p99') < 1.1);
  });
});
