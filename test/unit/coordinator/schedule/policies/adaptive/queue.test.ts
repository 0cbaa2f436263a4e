import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { Field } from '../../../../../../coordinator/schedule/model/allocation-model.js';
import { fittedLaw } from '../../../../../../coordinator/schedule/model/fitted-law.js';
import {
  exceedance,
  latencySeconds,
} from '../../../../../../coordinator/schedule/model/latency-law.js';
import { observedExceedance } from '../../../../../../coordinator/schedule/model/tail.js';
import { shareBestEffort } from '../../../../../../coordinator/schedule/policies/adaptive/divide/best-effort.js';
import type { Evidence } from '../../../../../../coordinator/schedule/policies/adaptive/learn/evidence.js';
import { afterChange } from '../../../../../../coordinator/schedule/policies/adaptive/learn/learn.js';
import {
  isNeverIdle,
  learnBusy,
  queueTail,
} from '../../../../../../coordinator/schedule/policies/adaptive/learn/queue.js';
import type { LatencyReport } from '../../../../../../shared/report.js';
import { summarise } from '../../../../../../shared/samples.js';
import { model as jobModel, open, scenario, simJob } from '../../../../lab/sim/build.js';
import { limit, target } from '../../../build.js';
import { draft, type Fields, law, model, near } from './build.js';
import { jobIn, play } from './world.js';

const P95 = target(150, { statistic: 'p95', toleranceRatio: 0.2 });
/** 40 requests a second of 14 ms CPU. */
const QUEUE: Partial<Fields> = {
  workSeconds: 1.4,
  workCount: 100,
  isOpen: 1,
  arrivedCount: 400,
  arrivedSeconds: 10,
  doneCount: 1,
};
const evidence = (change: Partial<Evidence> = {}): Evidence => ({
  seconds: 1,
  usedSeconds: 0.56,
  count: 40,
  waitedSeconds: 2,
  limitCores: 0.7,
  periodUs: 5000,
  regime: 'bound',
  doneAtMs: 1000,
  doneCpuSeconds: 1,
  isSteady: true,
  isClean: true,
  ...change,
});
const seen = (change: Partial<LatencyReport> = {}): LatencyReport => ({
  window: summarise([100]) ?? assert.fail(),
  newestAgeMs: 0,
  sinceChangeCount: 1,
  totalCount: 1,
  totalMs: 100,
  rejectedCount: 0,
  ...change,
});

describe('adaptive law of who is late', () => {
  const queue = law({ workSeconds: 0.014, ratePerSecond: 40, quantile: 0.95, tailRatio: 1.1 });

  it('is the law of the quantile, turned round', () => {
    for (const cores of [0.6, 0.7, 0.9])
      near(exceedance(queue, cores, latencySeconds(queue, cores)).ratio, 0.05, 1e-6);
  });

  it('tells how the share grows with k', () => {
    const { ratio, slope } = exceedance(queue, 0.7, 0.15);
    const further = exceedance({ ...queue, tailRatio: queue.tailRatio * 1.001 }, 0.7, 0.15);
    near((further.ratio - ratio) / 0.001, slope, 0.01);
  });

  it('is everybody where the queue runs away', () => {
    assert.deepEqual(exceedance(queue, 0.5, 0.15), { ratio: 1, slope: 0 });
  });
});

describe('adaptive law of a queue, as known', () => {
  const of = (change: Partial<Fields>, statistic: 'mean' | 'p95' = 'p95') =>
    fittedLaw(model({ ...QUEUE, noiseRatio: 0.1, requestsPerReport: 40, ...change }), statistic) ??
    assert.fail();

  it('lets uneven work make longer queues, but not what straddles the ends of reports', () => {
    near(of({ noiseRatio: 0.6 }).queueing, (1 + 0.36 - 0.5 / 40) / 2, 1e-9);
    near(of({ noiseRatio: 0.3, requestsPerReport: 4 }).queueing, 0.5, 1e-9);
  });

  it('learns the overhead from few answers of an idle server, from many of a queue', () => {
    const answers = { overheadSeconds: 20 * 0.1, overheadWeight: 20, elapsedSeconds: 100 };
    near(of({ ...answers, waitingSeconds: 5 }, 'mean').overheadSeconds, 0.1 * (20 / 21), 1e-9);
    near(of({ ...answers, waitingSeconds: 200 }, 'mean').overheadSeconds, 0.1 * (20 / 820), 1e-9);
  });

  it('goes by the work of the latest requests where that is more and a percentile is meant', () => {
    near(of({ recentWork: 0.02 }).workSeconds, 0.02, 1e-9);
    near(of({ recentWork: 0.01 }).workSeconds, 0.014, 1e-9);
    near(of({ recentWork: 0.02 }, 'mean').workSeconds, 0.014, 1e-9);
    near(of({ recentWork: 0.02, isOpen: 0 }).workSeconds, 0.014, 1e-9);
  });
});

describe('adaptive share of those who were late', () => {
  const window = summarise(Array.from({ length: 100 }, (_, i) => i + 1)) ?? assert.fail();

  it('is what the source tells', () => {
    near(observedExceedance({ window, satisfiedRatio: 0.93 }, 40) ?? 0, 0.07, 1e-9);
  });

  it('lies between the percentiles else', () => {
    assert.equal(observedExceedance({ window }, 100), 0);
    near(observedExceedance({ window }, 95) ?? 0, 0.05, 1e-9);
    near(observedExceedance({ window }, 70) ?? 0, Math.sqrt(0.05), 0.01);
    near(observedExceedance({ window }, 25) ?? 0, Math.sqrt(0.5), 0.01);
  });

  it('is not known of a source that tells means only', () => {
    assert.equal(observedExceedance({ window: { ...window, p90Ms: null } }, 95), null);
  });
});

describe('adaptive tail of a queue', () => {
  const tail = (
    satisfiedRatio: number,
    change: Partial<Fields> = {},
    its: Partial<Evidence> = {},
  ) =>
    queueTail(model({ ...QUEUE, ...change }), evidence(its), {
      latency: seen({ satisfiedRatio }),
      target: P95,
    });

  it('is longer where more are late than should be, and shorter where fewer', () => {
    assert.ok((tail(0.8) ?? 0) > 1.5);
    assert.ok((tail(1) ?? 2) < 0.8);
  });

  it('is not told by a limit under which hardly anybody or nearly everybody is late', () => {
    assert.equal(tail(1, {}, { limitCores: 1.5 }), null);
    assert.equal(tail(0, {}, { limitCores: 0.57 }), null);
    assert.equal(tail(1, {}, { limitCores: Number.POSITIVE_INFINITY }), null);
  });

  it('is not told by a limit under which one request alone takes longer than the target', () => {
    assert.equal(tail(0, { arrivedCount: 10 }, { limitCores: 0.05 }), null);
    assert.ok(tail(0.9, { arrivedCount: 100 }, { limitCores: 0.2 }) !== null);
  });

  it('is not told after a large change of the limit, until a whole report lies after it', () => {
    const moved = afterChange(model(QUEUE), limit(0.4), limit(0.7));
    assert.equal(
      queueTail(moved, evidence(), { latency: seen({ satisfiedRatio: 0.8 }), target: P95 }),
      null,
    );
    const nudged = afterChange(model(QUEUE), limit(0.69), limit(0.7));
    assert.ok(
      queueTail(nudged, evidence(), { latency: seen({ satisfiedRatio: 0.8 }), target: P95 }) !==
        null,
    );
  });
});

describe('adaptive server that is never idle', () => {
  it('is one with eight or more under way, under one limit', () => {
    assert.equal(isNeverIdle(model(QUEUE), evidence({ waitedSeconds: 9 })), true);
    assert.equal(isNeverIdle(model(QUEUE), evidence({ waitedSeconds: 7 })), false);
    assert.equal(isNeverIdle(model(QUEUE), evidence({ waitedSeconds: 9, isSteady: false })), false);
  });

  it('tells at once what keeps it beside its CPU', () => {
    const its = draft(QUEUE);
    // 25 ms each, of which 20 are CPU.
    learnBusy(its, evidence({ waitedSeconds: 40 }), 0.014);
    const { overheadSeconds = 0 } = fittedLaw(its, 'mean') ?? {};
    assert.ok(overheadSeconds > 0.004 && overheadSeconds <= 0.005, `${overheadSeconds}`);
  });
});

describe('adaptive share of the rest for queues', () => {
  it('is all of it where not even the queues can be kept from growing', () => {
    const [cores = 0] = shareBestEffort(
      [
        {
          law: law({ workSeconds: 0.014, ratePerSecond: 60 }),
          aimSeconds: 0.15,
          weight: 1,
          floorCores: 0.01,
          maxCores: 4,
        },
      ],
      0.56,
    );
    near(cores, 0.56, 1e-6);
  });
});

describe('adaptive under open arrivals that double', () => {
  const SEEDS = 10;
  const at = (seed: number) => {
    const job = simJob('j1', {
      targetMs: 150,
      statistic: 'p95',
      toleranceRatio: 0.2,
      model: jobModel({ workSeconds: 0.014, noiseRatio: 0.1, arrivals: open(20) }),
    });
    const doubled = {
      kind: 'rateFactor',
      atMs: 60_000,
      forMs: null,
      job: 'j1',
      factor: 2,
    } as const;
    const its = scenario([job], { seed, durationMs: 140_000, disturbances: [doubled] });
    let isClosed = false;
    const { record } = play(its, {}, ({ nowMs }, memory) => {
      const [one] = (memory as { readonly models: readonly Fields[] }).models;
      if (nowMs > 20_000 && (one as unknown as number[] | undefined)?.[Field.isOpen] === 0)
        isClosed = true;
    });
    const settled = record.intervals.flatMap((interval, i) => {
      const endMs = (i + 1) * record.intervalMs;
      const isSettled = (endMs > 25_000 && endMs <= 60_000) || endMs > 85_000;
      return isSettled ? [jobIn(interval, 'j1').latencyMs ?? Number.NaN] : [];
    });
    return { settled, isClosed };
  };
  const runs = Array.from({ length: SEEDS }, (_, i) => at(i + 1));

  it('keeps the p95 at most in its band in nine of ten intervals, and never far above', () => {
    const all = runs.flatMap(({ settled }) => settled);
    const slower = all.filter((ms) => ms > 180).length / all.length;
    assert.ok(slower < 0.1, `${slower}`);
    assert.ok(Math.max(...all) < 300, `${Math.max(...all)}`);
  });

  it('gives no more CPU than that takes', () => {
    const all = runs.flatMap(({ settled }) => settled).sort((a, b) => a - b);
    const middle = all[Math.floor(all.length / 2)] ?? 0;
    assert.ok(middle > 120, `${middle}`);
  });

  it('never takes the queue that a step leaves behind for clients that wait', () => {
    assert.ok(runs.every(({ isClosed }) => !isClosed));
  });
});
