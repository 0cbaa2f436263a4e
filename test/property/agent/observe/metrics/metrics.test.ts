import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import {
  type Interval,
  intervalBetween,
  joinIntervals,
  NO_INTERVAL,
} from '../../../../../agent/observe/metrics/interval.js';
import { readPage } from '../../../../../agent/observe/metrics/page.js';
import { planOfPreset } from '../../../../../agent/observe/metrics/plan.js';
import { satisfiedRatio, statisticIn } from '../../../../../agent/observe/metrics/statistic.js';
import { parseMatch } from '../../../../../shared/metrics/match.js';
import { STATISTICS } from '../../../../../shared/qoe.js';
import { seededRandom } from '../../../../../shared/random.js';
import { summarise } from '../../../../../shared/samples.js';
import { fuzzCase } from '../../../../lib/metric-fuzz.js';
import { histogramPage } from '../../../../lib/metric-pages.js';

const PLAN = planOfPreset('vllm').map(({ reading }) => reading);
const [READING] = PLAN;
const read = (text: string) => readPage(text, { readings: PLAN, isStrict: true });
const bounds = fc
  .uniqueArray(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 8 })
  .map((list) => list.sort((a, b) => a - b).map((n) => n / 8));
/** Whole milliseconds, by label set. */
const requests = fc.array(fc.tuple(fc.constantFrom('a', 'b'), fc.integer({ min: 1, max: 6000 })), {
  maxLength: 60,
});

function between(before: string, after: string): Interval {
  assert.ok(READING !== undefined);
  const found = intervalBetween(read(before), read(after), 0, READING);
  assert.ok(found.kind === 'interval', JSON.stringify(found));
  return found.interval;
}

describe('metrics (properties)', () => {
  it('a histogram has the same totals however its scrapes are split', () => {
    fc.assert(
      fc.property(bounds, requests, fc.array(fc.nat(60), { maxLength: 6 }), (le, all, cuts) => {
        const pageAt = (count: number): string => {
          const done = all.slice(0, count);
          // A client library says nothing of a label set before its first request.
          return ['a', 'b']
            .map((model) => ({
              model,
              latencies: done.filter(([name]) => name === model).map(([, ms]) => ms),
            }))
            .filter(({ latencies }) => latencies.length > 0)
            .map(({ model, latencies }) => histogramPage(latencies, le, `model="${model}"`))
            .join('')
            .concat('up 1\n');
        };
        const stops = [
          0,
          ...cuts.map((cut) => Math.min(cut, all.length)).sort((a, b) => a - b),
          all.length,
        ];
        let joined = NO_INTERVAL;
        for (const [index, stop] of stops.entries())
          if (index > 0)
            joined = joinIntervals(joined, between(pageAt(stops[index - 1] ?? 0), pageAt(stop)));
        const whole = between(pageAt(0), pageAt(all.length));
        assert.equal(joined.count, whole.count);
        assert.ok(Math.abs((joined.sumMs ?? 0) - (whole.sumMs ?? 0)) < 1e-6);
        assert.deepEqual(joined.buckets, whole.buckets);
      }),
    );
  });

  it('a quantile lies in the bucket of its request, and never falls when the share grows', () => {
    fc.assert(
      fc.property(
        bounds,
        fc.array(fc.integer({ min: 1, max: 6000 }), { minLength: 1, maxLength: 60 }),
        (le, latencies) => {
          const interval = between('up 1\n', histogramPage(latencies, le));
          const exact = summarise(latencies);
          assert.ok(exact !== undefined);
          const limits = [0, ...le.map((bound) => bound * 1000)];
          let last = 0;
          for (const statistic of STATISTICS) {
            const found = statisticIn(interval, statistic);
            assert.ok(found !== null);
            if (statistic === 'mean') {
              assert.ok(Math.abs(found.valueMs - exact.meanMs) < 1e-6);
              continue;
            }
            const real: number = {
              p50: exact.p50Ms,
              p90: exact.p90Ms,
              p95: exact.p95Ms,
              p99: exact.p99Ms,
            }[statistic];
            const upper: number | undefined = limits.find((limit) => limit >= real);
            const lower = limits.filter((limit) => limit < real).at(-1) ?? 0;
            assert.equal(found.isAtLeast, upper === undefined);
            assert.ok(
              found.valueMs >= lower - 1e-6 && found.valueMs <= (upper ?? lower) + 1e-6,
              `${found.valueMs} not in (${lower}, ${upper}]`,
            );
            assert.ok(found.valueMs >= last);
            last = found.valueMs;
          }
        },
      ),
    );
  });

  it('the share within a bound is that of the requests', () => {
    fc.assert(
      fc.property(
        bounds,
        fc.array(fc.integer({ min: 1, max: 6000 }), { minLength: 1, maxLength: 60 }),
        (le, latencies) => {
          const target = (le[0] ?? 1) * 1000;
          const within = latencies.filter((ms) => ms <= target).length / latencies.length;
          assert.equal(
            satisfiedRatio(between('up 1\n', histogramPage(latencies, le)), target),
            within,
          );
        },
      ),
    );
  });

  it('no page crashes the reader, holds it, or is read otherwise in pieces', () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => fuzzCase(seededRandom(seed))),
      { numRuns: 3000 },
    );
  });

  it('a choice of labels never throws', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom(...'a="!,\\{} ') })),
        (text) => void parseMatch(text),
      ),
    );
  });
});
