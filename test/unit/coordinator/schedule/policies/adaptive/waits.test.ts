import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { ModelDraft } from '../../../../../../coordinator/schedule/model/allocation-model.js';
import { fittedLaw } from '../../../../../../coordinator/schedule/model/fitted-law.js';
import { leastWaitOf } from '../../../../../../coordinator/schedule/model/waits.js';
import type { Evidence } from '../../../../../../coordinator/schedule/policies/adaptive/learn/evidence.js';
import { isNeverIdle } from '../../../../../../coordinator/schedule/policies/adaptive/learn/queue.js';
import {
  foldMeanWait,
  learnLeastWait,
} from '../../../../../../coordinator/schedule/policies/adaptive/learn/waits.js';
import type { LatencyReport } from '../../../../../../shared/report.js';
import { summarise } from '../../../../../../shared/samples.js';
import { model as jobModel, open, scenario, simJob } from '../../../../lab/sim/build.js';
import { draft, type Fields, near, read } from './build.js';
import { isJobSatisfied, jobIn, play, updatesAtRest } from './world.js';

/** Ten requests a second of 20 ms CPU. */
const QUEUE: Partial<Fields> = {
  workSeconds: 2,
  workCount: 100,
  isOpen: 1,
  arrivedCount: 1000,
  arrivedSeconds: 100,
  doneCount: 1,
};
/** A second under 0.4 CPU, which is busy half of the time. */
const evidence = (change: Partial<Evidence> = {}): Evidence => ({
  seconds: 1,
  usedSeconds: 0.2,
  count: 10,
  waitedSeconds: 2,
  limitCores: 0.4,
  periodUs: 5000,
  regime: 'mixed',
  doneAtMs: 1000,
  doneCpuSeconds: 1,
  isSteady: true,
  isClean: true,
  ...change,
});
/** The last five seconds, all of them under the limit. */
const seen = (medianMs: number, change: Partial<LatencyReport> = {}): LatencyReport => ({
  // One is answered from a cache, so that the shortest tells nothing.
  window: summarise([1, ...Array.from({ length: 49 }, () => medianMs)]) ?? assert.fail(),
  newestAgeMs: 0,
  sinceChangeCount: 50,
  totalCount: 50,
  totalMs: 50 * medianMs,
  rejectedCount: 0,
  ...change,
});

/** One report a second, with these medians, from `fromMs` on. */
function tell(
  its: ModelDraft,
  mediansMs: readonly number[],
  { fromMs = 1000, change = {} }: { fromMs?: number; change?: Partial<Evidence> } = {},
): void {
  mediansMs.forEach((ms, i) => {
    learnLeastWait(its, evidence({ doneAtMs: fromMs + 1000 * i, ...change }), seen(ms));
  });
}
const times = (count: number, ms: number): readonly number[] =>
  Array.from({ length: count }, () => ms);

describe('adaptive waits beside a queue', () => {
  it('are the least that medians show beyond the queue, once a block of reports has ended', () => {
    const its = draft(QUEUE);
    tell(its, [...times(10, 300), ...times(10, 260)]);
    assert.equal(leastWaitOf(its), 0);
    tell(its, times(2, 260), { fromMs: 21_000 });
    // 50 ms of service, less what a whole quota saves, and a margin.
    const wait = leastWaitOf(its);
    assert.ok(wait > 0.19 && wait < 0.21, `${wait}`);
  });

  it('shrink at once, and grow when two blocks of reports have shown it', () => {
    const its = draft(QUEUE);
    tell(its, times(22, 260));
    tell(its, times(1, 160), { fromMs: 23_000 });
    near(leastWaitOf(its), 0.1, 0.1);
    tell(its, times(22, 360), { fromMs: 24_000 });
    near(leastWaitOf(its), 0.1, 0.1);
    tell(its, times(22, 360), { fromMs: 46_000 });
    near(leastWaitOf(its), 0.3, 0.05);
  });

  it('are none where the medians are those of a queue', () => {
    const its = draft(QUEUE);
    tell(its, [...times(30, 120), 55, ...times(30, 120), 55, ...times(30, 120), 55]);
    assert.equal(leastWaitOf(its), 0);
  });

  it('are told by the shortest response where the median may be that of a queue', () => {
    const [busy, even] = [draft({ ...QUEUE, arrivedCount: 1800 }), draft(QUEUE)];
    const windowOf = (leastMs: number, stepMs: number) =>
      summarise(Array.from({ length: 50 }, (_, i) => leastMs + stepMs * i)) ?? assert.fail();
    for (let second = 0; second < 22; second += 1) {
      const at = evidence({ doneAtMs: 1000 * second });
      learnLeastWait(busy, at, seen(0, { window: windowOf(250, 6) }));
      learnLeastWait(even, at, seen(0, { window: windowOf(40, 0.5) }));
    }
    // 50 ms of service at nine tenths of use: a median of 195 ms and more is that of a queue.
    near(leastWaitOf(busy), 0.2, 0.01);
    assert.equal(leastWaitOf(even), 0);
  });

  it('are not learnt while the server is busy all the time', () => {
    const its = draft(QUEUE);
    tell(its, times(50, 5000), { change: { usedSeconds: 0.39 } });
    assert.equal(leastWaitOf(its), 0);
    assert.equal(read(its).leastWaitCount, 0);
  });

  it('are learnt while limits change, from what the lower of two would explain', () => {
    const its = draft(QUEUE);
    tell(its, times(22, 260), { change: { isClean: false, isSteady: false } });
    assert.ok(leastWaitOf(its) > 0.19);
    const raised = draft({ ...QUEUE, limitCores: 0.25 });
    tell(raised, times(22, 260));
    const [wait, all] = [leastWaitOf(raised), leastWaitOf(its)];
    assert.ok(wait > 0 && wait < all - 0.05, `${wait} ${all}`);
  });

  it('are not learnt without a limit, where neighbours on the host delay requests', () => {
    const its = draft({ ...QUEUE, limitCores: 0 });
    tell(its, times(50, 260), { change: { limitCores: Number.POSITIVE_INFINITY } });
    assert.equal(leastWaitOf(its), 0);
  });

  it('are not learnt from a source that tells means only', () => {
    const its = draft(QUEUE);
    const { window } = seen(500);
    for (let second = 0; second < 50; second += 1)
      learnLeastWait(
        its,
        evidence({ doneAtMs: 1000 * second }),
        seen(500, { window: { ...window, p50Ms: null } }),
      );
    assert.equal(leastWaitOf(its), 0);
  });

  it('go by the mean where a median from coarse buckets is above it', () => {
    const its = draft(QUEUE);
    const { window } = seen(55);
    for (let second = 0; second < 50; second += 1)
      learnLeastWait(
        its,
        evidence({ doneAtMs: 1000 * second }),
        seen(55, { window: { ...window, p50Ms: 175 } }),
      );
    assert.equal(leastWaitOf(its), 0);
  });

  const WAITING: Partial<Fields> = {
    ...QUEUE,
    leastWaitBefore: 0.2,
    waitingSeconds: 27.5,
    elapsedSeconds: 10,
    overheadSeconds: 40,
    overheadWeight: 4000,
  };

  it('take the place of time in which the server was thought to be occupied', () => {
    const its = fittedLaw(draft(WAITING), 'mean') ?? assert.fail();
    near(its.besideSeconds, 0.2, 1e-9);
    assert.equal(its.overheadSeconds, 0);
    // A percentile goes by the tail that was seen.
    assert.equal(fittedLaw(draft(WAITING), 'p95')?.besideSeconds, 0);
    const short = { ...WAITING, leastWaitBefore: 0.01, besideByMeans: 1 };
    const small = fittedLaw(draft(short), 'mean') ?? assert.fail();
    assert.ok(
      small.overheadSeconds > 0 && small.overheadSeconds < 0.01,
      `${small.overheadSeconds}`,
    );
  });

  /** 40 s of means, beside a queue of 75 ms. */
  const afterMeans = (meanMs: number, leastWaitBefore: number): ModelDraft => {
    const its = draft({ ...WAITING, leastWaitBefore });
    for (let second = 0; second < 40; second += 1)
      foldMeanWait(its, evidence({ waitedSeconds: (10 * meanMs) / 1000 }));
    return its;
  };

  it('are believed where the mean is too short for time that occupies the server', () => {
    // 50 ms of service and 50 ms that occupied the server, too, would make an unbounded queue.
    const its = fittedLaw(afterMeans(125, 0.05), 'mean') ?? assert.fail();
    near(its.besideSeconds, 0.05, 0.05);
    assert.equal(its.overheadSeconds, 0);
  });

  it('are not believed before the mean is known, or where one server can be occupied so', () => {
    // 50 ms of service and 30 ms without CPU at ten a second: 240 ms.
    for (const its of [draft({ ...WAITING, leastWaitBefore: 0.03 }), afterMeans(240, 0.03)]) {
      const law = fittedLaw(its, 'mean') ?? assert.fail();
      assert.equal(law.besideSeconds, 0);
      assert.deepEqual(law, fittedLaw(draft({ ...WAITING, leastWaitBefore: 0 }), 'mean'));
    }
  });

  it('follow the mean where it is above what medians show, up to three times as much', () => {
    const its = draft(WAITING);
    // The queue alone is 75 ms.
    for (let second = 0; second < 400; second += 1)
      foldMeanWait(its, evidence({ waitedSeconds: 10 * 0.375 }));
    near(fittedLaw(its, 'mean')?.besideSeconds ?? 0, 0.3, 0.03);
    for (let second = 0; second < 4000; second += 1)
      foldMeanWait(its, evidence({ waitedSeconds: 10 * 9 }));
    near(fittedLaw(its, 'mean')?.besideSeconds ?? 0, 0.6, 0.05);
  });

  it('are no sign of a server that is never idle', () => {
    const many = { waitedSeconds: 10 * 1.05, doneAtMs: 1000 };
    assert.equal(isNeverIdle(draft(QUEUE), evidence(many)), true);
    const waiting = { ...WAITING, leastWaitBefore: 1, waitingSeconds: 105 };
    assert.equal(isNeverIdle(draft(waiting), evidence(many)), false);
  });
});

describe('adaptive beside servers that wait with many requests at once', () => {
  const JUDGED_FROM = 24;
  /** A mean that `cores` meets exactly, as an M/D/1 queue. */
  const heldRatio = (waitMs: number, workSeconds: number, cores: number): readonly boolean[] => {
    const rate = (0.5 * cores) / workSeconds;
    const serviceMs = (1000 * workSeconds) / cores;
    const job = simJob('j1', {
      targetMs: waitMs + 1.5 * serviceMs,
      model: jobModel({
        workSeconds,
        noiseRatio: 0.1,
        waitSeconds: waitMs / 1000,
        arrivals: open(rate),
      }),
    });
    return [1, 2, 3].flatMap((seed) => {
      const { record } = play(scenario([job], { seed, durationMs: 240_000 }));
      assert.ok(updatesAtRest(record, 24) < 3, `${updatesAtRest(record, 24)}`);
      return record.intervals
        .slice(JUDGED_FROM)
        .map((interval) => isJobSatisfied(jobIn(interval, 'j1')));
    });
  };

  it('plans time that occupies the server as such', () => {
    const job = simJob('j1', {
      targetMs: 267,
      model: jobModel({
        workSeconds: 0.1,
        overheadSeconds: 0.06,
        noiseRatio: 0.02,
        arrivals: open(0.98),
      }),
    });
    const held = [1, 2, 3, 4, 5, 6].flatMap((seed) => {
      const { record } = play(scenario([job], { seed, durationMs: 400_000 }));
      return record.intervals.slice(40).map((interval) => isJobSatisfied(jobIn(interval, 'j1')));
    });
    const ratio = held.filter((isHeld) => isHeld).length / held.length;
    assert.ok(ratio > 0.9, `${ratio}`);
  });

  for (const [waitMs, workSeconds, cores, least] of [
    // A quarter of a request waits at any time: only means tell it.
    [50, 0.05, 0.5, 0.8],
    [50, 0.005, 0.3, 0.9],
    [200, 0.02, 0.4, 0.9],
    [1000, 0.02, 0.4, 0.9],
  ] as const)
    it(`holds a mean of which ${waitMs} ms are such a wait, with ${workSeconds} s of work`, () => {
      const held = heldRatio(waitMs, workSeconds, cores);
      const ratio = held.filter((isHeld) => isHeld).length / held.length;
      assert.ok(ratio > least, `${ratio}`);
    });
});
