import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { demandOf, periodsFor } from '../../../../lab/sim/demand.js';
import { Judge, type JudgedContainer } from '../../../../lab/sim/judge.js';
import { scenarioTargetOf } from '../../../../lab/sim/spec.js';
import type { ScenarioJob } from '../../../../lab/types.js';
import { assertNear, hostWith, limit, meanOf, model, open, simJob } from './build.js';

const NO_LOAD = { workFactor: 1, rateFactor: 1 };
const judge = new Judge();
const judged = (change: Partial<JudgedContainer>): JudgedContainer => ({
  model: model(),
  statistic: 'mean',
  load: NO_LOAD,
  limit: limit(null),
  ...change,
});

describe('Judge', () => {
  it('is W/min(c, p) + a for a closed loop in the fluid limit', () => {
    for (const [cores, parallelism] of [
      [0.2, 1],
      [0.9, 1],
      [1.7, 4],
      [6, 4],
    ] as const) {
      const served = model({ workSeconds: 5, overheadSeconds: 0.1, parallelism });
      const value = judge.aloneMs(
        { model: served, statistic: 'mean' },
        { ...NO_LOAD, limitCores: cores, periodUs: 10_000 },
      );
      assertNear(
        value,
        5000 / Math.min(cores, parallelism) + 100,
        0.02,
        `${cores} of ${parallelism}`,
      );
    }
  });

  it('has the noise in its percentiles and not in its mean', () => {
    const served = model({ workSeconds: 1, noiseRatio: 0.1 });
    const value = (statistic: 'mean' | 'p50' | 'p95') =>
      judge.aloneMs(
        { model: served, statistic },
        { ...NO_LOAD, limitCores: null, periodUs: 100_000 },
      );
    assertNear(value('mean'), 1000, 0.005);
    assertNear(value('p95'), 1000 * Math.exp(1.645 * 0.0998 - 0.005), 0.01);
    assertNear(value('p50'), 1000 * Math.exp(-0.005), 0.005);
  });

  it('is what the host shows for a server whose requests wait beside each other', () => {
    for (const change of [{}, { concurrency: 3 }, { concurrency: 1 }]) {
      const served = model({
        workSeconds: 0.02,
        noiseRatio: 0.08,
        waitSeconds: 0.1,
        arrivals: open(6),
        ...change,
      });
      const value = judge.aloneMs(
        { model: served, statistic: 'mean' },
        { ...NO_LOAD, limitCores: 0.4, periodUs: 10_000 },
      );
      const { host, running } = hostWith(2, [{ model: served, limit: limit(0.4, 10_000) }]);
      host.advance(3_000_000);
      assertNear(value, meanOf(running[0]?.samples ?? []), 0.06, JSON.stringify(change));
    }
  });

  it('never grows with the limit by more than a rounding', () => {
    for (const served of [
      model({ noiseRatio: 0.08 }),
      model({ workSeconds: 0.02, arrivals: open(8) }),
    ]) {
      const values = Array.from({ length: 40 }, (_, i) =>
        judge.aloneMs(
          { model: served, statistic: 'mean' },
          { ...NO_LOAD, limitCores: 0.2 + 0.02 * i, periodUs: 10_000 },
        ),
      );
      for (const [i, value] of values.entries())
        if (i > 0) assert.ok(value <= (values[i - 1] ?? 0) * 1.01, `${i}`);
    }
  });

  it('knows what a quota that is kept is worth, as the simulated host has it', () => {
    const served = model({ workSeconds: 0.03, noiseRatio: 0.05, arrivals: open(8) });
    for (const burstUs of [10_000, 40_000]) {
      const bound = { ...limit(0.5, 20_000), burstUs };
      const [value = 0] = judge.onNodeMs([judged({ model: served, limit: bound })], 2);
      const { host, running } = hostWith(2, [{ model: served, limit: bound }]);
      host.advance(1_000_000);
      assertNear(value, meanOf(running[0]?.samples ?? []), 0.05, `${burstUs}`);
    }
  });

  it('shares by weight where nobody has a quota', () => {
    const free = limit(null);
    const members = [0.3, 0.1].map((weightCores) => judged({ limit: { ...free, weightCores } }));
    const [heavy = 0, light = 0] = judge.onNodeMs(members, 1);
    assertNear(heavy, 100 / 0.75, 0.02);
    assertNear(light, 100 / 0.25, 0.02);
  });

  it('applies the factors on work and rate', () => {
    const served = model({ workSeconds: 0.02, noiseRatio: 0, arrivals: open(10) });
    const value = (load: { readonly workFactor: number; readonly rateFactor: number }) =>
      judge.aloneMs(
        { model: served, statistic: 'mean' },
        { ...load, limitCores: null, periodUs: 100_000 },
      );
    assertNear(value({ workFactor: 1, rateFactor: 4 }), 20 * (1 + 0.8 / 0.4), 0.1);
    assertNear(value({ workFactor: 4, rateFactor: 1 }), 80 * (1 + 0.8 / 0.4), 0.1);
  });

  it('shares a full node by weight among containers without a limit', () => {
    const values = judge.onNodeMs(
      [judged({}), judged({}), judged({ model: model({ workSeconds: 0.2 }) })],
      1.5,
    );
    assertNear(values[0] ?? 0, 200, 0.001);
    assertNear(values[2] ?? 0, 400, 0.001);
  });

  it('gives a limited container no more than its limit, and the rest to the others', () => {
    const wide = judged({ model: model({ parallelism: 4 }) });
    const values = judge.onNodeMs([judged({ limit: limit(0.25) }), wide], 2);
    assertNear(values[0] ?? 0, 400, 0.02);
    assertNear(values[1] ?? 0, 100 / 1.75, 0.02);
  });

  it('weighs a limited container by its limit, as the agent does', () => {
    const values = judge.onNodeMs(
      [judged({ limit: limit(0.25) }), judged({}), judged({}), judged({})],
      0.275,
    );
    assertNear(values[0] ?? 0, 800, 0.001);
    assertNear(values[1] ?? 0, 2000, 0.001);
  });

  it('leaves each its value alone where the limits fit', () => {
    const limits = [0.3, 0.7, 1];
    const values = judge.onNodeMs(
      limits.map((cores) => judged({ limit: limit(cores) })),
      2,
    );
    for (const [i, cores] of limits.entries()) assertNear(values[i] ?? 0, 100 / cores, 0.01);
  });

  it('leaves a mostly idle server its share when it wakes, and the rest to the others', () => {
    const light = judged({ model: model({ workSeconds: 0.02, arrivals: open(5) }) });
    const values = judge.onNodeMs([light, judged({}), judged({})], 1.1);
    assertNear(values[1] ?? 0, 200, 0.02);
    assertNear(values[0] ?? 0, 20 / (1.1 / 3), 0.2);
  });
});

describe('demandOf', () => {
  const demand = (change: Partial<ScenarioJob>, maxCores = 8) => {
    const job = simJob('a', change);
    return demandOf(judge, {
      job,
      target: scenarioTargetOf(job, job.targetMs),
      load: NO_LOAD,
      maxCores,
    });
  };

  it('is W/(o(1+α) − a) for a closed loop', () => {
    const served = model({ workSeconds: 0.46, overheadSeconds: 0.02 });
    assertNear(demand({ targetMs: 2000, model: served }).cores, 0.46 / (2.2 - 0.02), 0.02);
  });

  it('is infinite where no CPU is enough', () => {
    assert.equal(demand({ targetMs: 80 }).cores, Number.POSITIVE_INFINITY);
    assert.equal(
      demand({ targetMs: 100, model: model({ parallelism: 4 }) }, 0.5).cores,
      Number.POSITIVE_INFINITY,
    );
  });

  it('is the least that holds the band: there it is within, a little below it is slower', () => {
    for (const arrivals of [open(2), open(20)]) {
      const served = model({ workSeconds: 0.022, noiseRatio: 0.08, arrivals });
      const { cores, periodUs } = demand({ targetMs: 60, model: served });
      const value = (limitCores: number) =>
        judge.aloneMs({ model: served, statistic: 'mean' }, { ...NO_LOAD, limitCores, periodUs });
      assert.ok(value(cores) <= 66 && value(cores) >= 54, `${cores} ${value(cores)}`);
      assert.ok(value(cores * 0.99) > 66, `${value(cores * 0.99)}`);
    }
  });

  it('lets a ceiling job be as fast as it likes', () => {
    const light = model({ workSeconds: 0.022, noiseRatio: 0.08, arrivals: open(0.2) });
    assert.ok(demand({ targetMs: 500, mode: 'ceiling', model: light }).cores <= 0.1);
  });

  it('chooses among the periods a host may use for the target', () => {
    assert.deepEqual(periodsFor(5000), [100_000]);
    assert.deepEqual(periodsFor(1000), [100_000, 50_000]);
    assert.deepEqual(periodsFor(60), [100_000, 10_000]);
  });
});
