import { describe, it } from 'mocha';
import { Judge } from '../../../../lab/sim/judge.js';
import { assertNear, hostWith, limit, meanOf, model, open, percentileOf } from './build.js';

/**
 * Measured on a real host, 20 s each: open Poisson arrivals of a 22 ms inference at a
 * single-threaded server. Rate per second, limit, then mean and p95 in ms with a period of 100 ms
 * and of 10 ms.
 */
const OPEN = [
  { rate: 5, cores: 0.45, long: { mean: 24, p95: 38 }, short: { mean: 46, p95: 74 } },
  { rate: 5, cores: 0.6, long: { mean: 24, p95: 37 }, short: { mean: 31, p95: 52 } },
  { rate: 5, cores: 0.9, long: { mean: 23, p95: 36 }, short: { mean: 23, p95: 33 } },
  { rate: 15, cores: 0.45, long: { mean: 78, p95: 398 }, short: { mean: 98, p95: 247 } },
  { rate: 15, cores: 0.6, long: { mean: 35, p95: 85 }, short: { mean: 45, p95: 92 } },
  { rate: 15, cores: 0.9, long: { mean: 26, p95: 41 }, short: { mean: 27, p95: 45 } },
] as const;
const PERIODS = { long: 100_000, short: 10_000 } as const;

describe('the host model against measurements', () => {
  const judge = new Judge();
  for (const { rate, cores, ...measured } of OPEN)
    for (const which of ['long', 'short'] as const)
      it(`open arrivals, ${rate}/s at ${cores} CPU, period ${PERIODS[which] / 1000} ms`, () => {
        const served = model({ workSeconds: 0.022, noiseRatio: 0.08, arrivals: open(rate) });
        const under = { workFactor: 1, rateFactor: 1, limitCores: cores, periodUs: PERIODS[which] };
        const value = (statistic: 'mean' | 'p95') =>
          judge.aloneMs({ model: served, statistic }, under);
        assertNear(value('mean'), measured[which].mean, 0.25, 'mean');
        // Twenty seconds hold 100 to 300 requests; their p95 spreads from 140 to 376 ms where the
        // queue is long.
        assertNear(value('p95'), measured[which].p95, rate === 15 ? 0.45 : 0.35, 'p95');
      });

  it('closed loop of 22 ms at 0.6 CPU: a short period cuts the tail, not the mean', () => {
    const served = model({ workSeconds: 0.022, noiseRatio: 0.08 });
    const value = (periodUs: number, statistic: 'mean' | 'p95' | 'p99') =>
      judge.aloneMs(
        { model: served, statistic },
        { workFactor: 1, rateFactor: 1, limitCores: 0.6, periodUs },
      );
    assertNear(value(100_000, 'p95'), 62, 0.1);
    assertNear(value(100_000, 'p99'), 64, 0.1);
    assertNear(value(10_000, 'p95'), 40, 0.1);
    assertNear(value(10_000, 'p99'), 42, 0.15);
    assertNear(value(10_000, 'mean'), value(100_000, 'mean'), 0.02);
  });
});

describe('Judge against the event-driven host', () => {
  const judge = new Judge();
  const cases = [
    {
      name: 'closed, limited',
      model: model({ workSeconds: 0.3, noiseRatio: 0.08 }),
      limit: limit(0.37),
    },
    {
      name: 'closed, parallel',
      model: model({ workSeconds: 1, parallelism: 4, noiseRatio: 0.1 }),
      limit: limit(1.7),
    },
    {
      name: 'closed, overhead',
      model: model({ overheadSeconds: 0.03, noiseRatio: 0.08 }),
      limit: limit(0.5, 20_000),
    },
    { name: 'closed, unlimited', model: model({ noiseRatio: 0.2 }), limit: limit(null) },
    {
      name: 'open',
      model: model({ workSeconds: 0.02, noiseRatio: 0.1, arrivals: open(12) }),
      limit: limit(0.5),
    },
    {
      name: 'open, short period',
      model: model({
        workSeconds: 0.02,
        overheadSeconds: 0.005,
        noiseRatio: 0.1,
        arrivals: open(12),
      }),
      limit: limit(0.5, 10_000),
    },
  ];
  for (const each of cases)
    it(`${each.name}: the same statistics as a long run of the host`, () => {
      const { host, running } = hostWith(8, [each]);
      host.advance(1_500_000);
      const samples = (running[0]?.samples ?? []).slice(20);
      const value = (statistic: 'mean' | 'p50' | 'p95') =>
        judge.aloneMs(
          { model: each.model, statistic },
          {
            workFactor: 1,
            rateFactor: 1,
            limitCores: each.limit.cpuCores,
            periodUs: each.limit.periodUs,
          },
        );
      assertNear(value('mean'), meanOf(samples), 0.05, 'mean');
      assertNear(value('p50'), percentileOf(samples, 0.5), 0.06, 'p50');
      assertNear(value('p95'), percentileOf(samples, 0.95), 0.08, 'p95');
    });

  it('limits that fill the host are delivered: nobody is slower than alone', () => {
    const cores = [0.1, 0.15, 0.2, 0.25, 0.3, 0.45, 0.55];
    const wanted = cores.map((each, i) => ({
      model: model({ workSeconds: 0.1 + 0.05 * i, noiseRatio: 0.08 }),
      limit: limit(each, i % 2 === 0 ? 100_000 : 25_000),
    }));
    const { host, running } = hostWith(2, wanted);
    host.advance(400_000);
    for (const [i, each] of wanted.entries()) {
      const { cpuCores: limitCores, periodUs } = each.limit;
      const alone = judge.aloneMs(
        { model: each.model, statistic: 'mean' },
        { workFactor: 1, rateFactor: 1, limitCores, periodUs },
      );
      assertNear(meanOf(running[i]?.samples ?? []), alone, 0.03, `job ${i}`);
    }
  });

  const closed = (workSeconds: number, cores: number | null, overheadSeconds = 0) => ({
    model: model({ workSeconds, overheadSeconds, noiseRatio: 0.08 }),
    limit: limit(cores),
  });
  const opened = (workSeconds: number, rate: number, cores: number | null, periodUs = 100_000) => ({
    model: model({ workSeconds, noiseRatio: 0.08, arrivals: open(rate) }),
    limit: limit(cores, periodUs),
  });
  const nodes = [
    {
      name: 'light servers beside closed loops, limits that fill the node',
      members: [
        opened(0.023, 4, 0.24),
        opened(0.025, 5, 0.3),
        opened(0.025, 4.5, 0.26, 10_000),
        opened(0.025, 5, 0.3, 10_000),
        closed(0.1, 0.44),
        closed(0.092, 0.46),
      ],
      within: 0.05,
    },
    {
      name: 'the same without limits',
      members: [
        opened(0.023, 4, null),
        opened(0.025, 5, null),
        opened(0.025, 4.5, null),
        closed(0.1, null),
        closed(0.09, null),
      ],
      within: 0.04,
    },
    {
      name: 'closed loops that sleep, without limits',
      members: [
        closed(0.1, null, 0.05),
        closed(0.2, null, 0.1),
        closed(0.1, null),
        closed(0.3, null),
      ],
      within: 0.02,
    },
    {
      name: 'many servers on a busy node',
      members: [
        opened(0.05, 6, null),
        opened(0.05, 6, null),
        opened(0.1, 3, null),
        opened(0.1, 3, null),
        opened(0.05, 5, null),
      ],
      within: 0.15,
    },
  ];
  for (const { name, members, within } of nodes)
    it(`${name}: the same means as a long run of the node`, () => {
      const { host, running } = hostWith(2, members, 3);
      host.advance(1_500_000);
      const judgedMs = judge.onNodeMs(
        members.map((member) => ({
          ...member,
          statistic: 'mean' as const,
          load: { workFactor: 1, rateFactor: 1 },
        })),
        2,
      );
      for (const [i, value] of judgedMs.entries())
        assertNear(value, meanOf((running[i]?.samples ?? []).slice(20)), within, `job ${i}`);
    });
});
