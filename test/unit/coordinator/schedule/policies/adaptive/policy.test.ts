import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { Disturbance } from '../../../../../../lab/disturbance.js';
import { STATISTICS } from '../../../../../../shared/qoe.js';
import { model, open, scenario, simJob } from '../../../../lab/sim/build.js';
import { needing, tenJobs } from './sim-jobs.js';
import { isJobSatisfied, jobIn, type Played, play, satisfiedIn, updatesAtRest } from './world.js';

const last = ({ record }: Played) => record.intervals.at(-1);

const settled = ({ record }: Played, from: number) => record.intervals.slice(from);

describe('adaptive on a simulated host: demand fits', () => {
  const run = play(scenario(tenJobs(0.9), { durationMs: 120_000 }));

  it('brings all ten to their targets within three intervals, and holds them there', () => {
    for (const [i, interval] of settled(run, 2).entries())
      assert.ok(satisfiedIn(interval).length >= 9, `interval ${i + 2}: ${satisfiedIn(interval)}`);
    assert.equal(satisfiedIn(last(run)).length, 10);
  });

  it('is at rest afterwards: at most one update per container-minute', () => {
    assert.ok(updatesAtRest(run.record, 12) <= 1, `${updatesAtRest(run.record, 12)}`);
  });

  it('leaves what nobody needs idle', () => {
    const limits = (last(run)?.jobs ?? []).reduce(
      (sum, { limitCores }) => sum + (limitCores ?? 0),
      0,
    );
    assert.ok(limits < 2 && limits > 1.6, `${limits}`);
  });

  it('names nothing out of reach', () => {
    assert.deepEqual(run.unreachable, []);
  });
});

describe('adaptive on a simulated host: demand does not fit', () => {
  const run = play(scenario(tenJobs(1.3), { durationMs: 150_000 }));

  it('satisfies nearly as many as can be: the cheapest', () => {
    // The eight cheapest take 1.73 of 2 cores at their targets; the ninth would make it 2.14, at
    // the slow edge of the bands 1.95.
    for (const interval of settled(run, 15))
      assert.ok(satisfiedIn(interval).length >= 8, `${satisfiedIn(interval)}`);
    assert.ok(!isJobSatisfied(jobIn(last(run), 'j9')));
  });

  it('names the others, with what can be reached and what it would take', () => {
    assert.ok(run.unreachable.some(({ job }) => job === 'j9'));
    for (const { targetMs, reachableMs, neededCores, reason } of run.unreachable) {
      assert.ok(reachableMs !== null && reachableMs > 1.1 * targetMs);
      assert.ok(neededCores !== null && neededCores > 0 && neededCores < 2);
      assert.match(reason, /\d/);
    }
  });

  it('is at rest although not all are satisfied', () => {
    assert.ok(updatesAtRest(run.record, 10) <= 1, `${updatesAtRest(run.record, 10)}`);
  });
});

describe('adaptive on a simulated host: targets out of reach', () => {
  it('names one that no CPU meets with the best it can have, and satisfies the others', () => {
    const run = play(
      scenario([
        needing('a', 0.5, 500),
        simJob('slow', {
          targetMs: 300,
          model: model({ workSeconds: 0.1, overheadSeconds: 0.4, noiseRatio: 0.08 }),
        }),
        needing('z', 0.6, 300),
      ]),
    );
    assert.deepEqual(satisfiedIn(last(run)), ['a', 'z']);
    const [one, ...more] = run.unreachable;
    assert.deepEqual([one?.job, one?.neededCores, more.length], ['slow', null, 0]);
    assert.ok(
      (one?.reachableMs ?? 0) > 400 && (one?.reachableMs ?? 0) < 700,
      `${one?.reachableMs}`,
    );
  });

  it('gives back what one cannot use: a single thread gains nothing from a second core', () => {
    const run = play(
      scenario([
        needing('a', 0.9, 500),
        simJob('b', { targetMs: 150, model: model({ workSeconds: 0.2, noiseRatio: 0.08 }) }),
      ]),
    );
    assert.ok(isJobSatisfied(jobIn(last(run), 'a')));
    assert.ok(
      (jobIn(last(run), 'b').limitCores ?? 9) <= 1.15,
      `${jobIn(last(run), 'b').limitCores}`,
    );
    assert.equal(run.unreachable[0]?.job, 'b');
  });
});

describe('adaptive on a simulated host: weights and fairness', () => {
  const jobs = (weight: number) => [
    simJob('big', {
      targetMs: 500,
      weight,
      model: model({ workSeconds: 0.75, parallelism: 2, noiseRatio: 0.08 }),
    }),
    needing('s1', 0.7, 400),
    needing('s2', 0.7, 300),
  ];
  const end = (weight: number, fairness: 'count' | 'weighted' | 'maxmin') =>
    last(play(scenario(jobs(weight)), { fairness }));

  it('prefers one heavy job to two light ones, by weight', () => {
    assert.deepEqual(satisfiedIn(end(3, 'weighted')), ['big']);
    assert.deepEqual(satisfiedIn(end(1.5, 'weighted')), ['s1', 's2']);
  });

  it('prefers the two, by count', () => {
    assert.deepEqual(satisfiedIn(end(3, 'count')), ['s1', 's2']);
  });

  it('brings all equally near with maxmin', () => {
    const interval = end(1, 'maxmin');
    const ratios = (interval?.jobs ?? []).map(
      ({ latencyMs, target }) => (latencyMs ?? 0) / target.latencyMs,
    );
    for (const ratio of ratios) assert.ok(ratio > 1.3 && ratio < 1.7, `${ratios}`);
  });
});

describe('adaptive on a simulated host: statistics and modes', () => {
  for (const statistic of STATISTICS) {
    it(`holds the ${statistic} in its band`, () => {
      const run = play(
        scenario([needing('a', 0.4, 100, { statistic }), needing('b', 0.6, 150, { statistic })]),
      );
      const good = settled(run, 4).filter((interval) => satisfiedIn(interval).length === 2).length;
      assert.ok(good >= 0.8 * settled(run, 4).length, `${good} of ${settled(run, 4).length}`);
    });
  }

  it('never pushes a band job out of its band by speed, and lets a ceiling job be fast', () => {
    const run = play(
      scenario([needing('band', 0.3, 300), needing('ceiling', 0.3, 300, { mode: 'ceiling' })]),
    );
    const interval = last(run);
    assert.deepEqual(satisfiedIn(interval), ['band', 'ceiling']);
    assert.ok((jobIn(interval, 'ceiling').latencyMs ?? 1e9) <= 300 * 1.05);
  });

  it('steers open arrivals: near the target most of the time, and no queue ever runs away', () => {
    const arriving = model({ workSeconds: 0.06, noiseRatio: 0.08, arrivals: open(4) });
    const jobs = [simJob('a', { targetMs: 300, model: arriving }), needing('b', 0.8, 300)];
    const run = play(scenario(jobs, { durationMs: 240_000 }));
    const ratios = settled(run, 6).map(
      (interval) => (jobIn(interval, 'a').latencyMs ?? Number.POSITIVE_INFINITY) / 300,
    );
    const sorted = ratios.map((ratio) => Math.abs(ratio - 1)).sort((a, b) => a - b);
    assert.ok((sorted[Math.floor(sorted.length / 2)] ?? 9) < 0.25, `${ratios}`);
    assert.ok(Math.max(...ratios) < 3, `${Math.max(...ratios)}`);
    for (const interval of settled(run, 6)) assert.ok(isJobSatisfied(jobIn(interval, 'b')));
  });

  it('takes 100 ms for every period where the rule says so', () => {
    const run = play(scenario([needing('a', 0.4, 100), needing('b', 0.6, 400)]), {
      period: 'fixed',
    });
    for (const { jobs } of run.record.intervals)
      for (const { periodUs } of jobs) assert.equal(periodUs, 100_000);
    const free = play(scenario([needing('a', 0.4, 100)]));
    assert.ok((last(free)?.jobs[0]?.periodUs ?? 1e9) < 50_000);
  });

  it('keeps back what it is told to', () => {
    const run = play(scenario(tenJobs(1.5)), { reserveRatio: 0.25 });
    for (const { jobs } of settled(run, 1)) {
      const limits = jobs.reduce((sum, { limitCores }) => sum + (limitCores ?? 0), 0);
      assert.ok(limits <= 1.5 + 1e-6, `${limits}`);
    }
  });
});

describe('adaptive on a simulated host: what changes', () => {
  const BEFORE = 12;
  const withDisturbance = (disturbance: Disturbance, jobs = tenJobs(0.75)) =>
    play(scenario(jobs, { durationMs: 120_000, disturbances: [disturbance] }));
  /** Everybody is satisfied from the third interval after the change on. */
  function assertAnswered(run: Played, least = 10): void {
    assert.ok(satisfiedIn(run.record.intervals[BEFORE - 1]).length >= 9, 'before');
    for (const [i, interval] of run.record.intervals.slice(BEFORE + 3).entries())
      assert.ok(
        satisfiedIn(interval).length >= least - 1,
        `interval ${BEFORE + 3 + i}: ${satisfiedIn(interval)}`,
      );
    assert.ok(satisfiedIn(last(run)).length >= least, `${satisfiedIn(last(run))}`);
  }

  it('answers another target at once', () => {
    assertAnswered(withDisturbance({ kind: 'target', atMs: 60_000, job: 'j8', targetMs: 300 }));
  });

  it('answers a change of work', () => {
    assertAnswered(
      withDisturbance({ kind: 'workFactor', atMs: 60_000, forMs: null, job: 'j8', factor: 1.5 }),
    );
  });

  it('answers an arrival', () => {
    assertAnswered(
      play(
        scenario([...tenJobs(0.75), needing('new', 0.2, 300, { atMs: 60_000 })], {
          durationMs: 120_000,
        }),
      ),
      11,
    );
  });

  it('gives what one that leaves had to those who lacked it', () => {
    const run = play(
      scenario(
        [needing('a', 1, 300), needing('b', 0.9, 300, { untilMs: 60_000 }), needing('c', 0.9, 300)],
        {
          durationMs: 120_000,
        },
      ),
    );
    assert.equal(satisfiedIn(run.record.intervals[11]).length, 2);
    for (const interval of settled(run, BEFORE + 3))
      assert.equal(satisfiedIn(interval).length, 2, `${satisfiedIn(interval)}`);
    assert.deepEqual(satisfiedIn(last(run)), ['a', 'c']);
  });

  it('shrinks to what a disturbed host delivers, and grows back', () => {
    const run = play(
      scenario(tenJobs(0.9), {
        durationMs: 240_000,
        disturbances: [{ kind: 'stolenCpu', atMs: 60_000, forMs: 90_000, node: 'h1', cores: 0.6 }],
      }),
    );
    const during = satisfiedIn(run.record.intervals[29]).length;
    assert.ok(during >= 6, `${during} under the disturbance`);
    assert.ok(satisfiedIn(last(run)).length >= 9);
  });

  it('leaves the limit of a silent job alone', () => {
    const run = withDisturbance({
      kind: 'silence',
      atMs: 60_000,
      forMs: null,
      node: null,
      job: 'j4',
    });
    const late = settled(run, BEFORE + 3).map((interval) => jobIn(interval, 'j4').limitCores);
    assert.equal(new Set(late).size, 1, `${late}`);
  });
});
