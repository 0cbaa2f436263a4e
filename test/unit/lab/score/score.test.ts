import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { lastThird, scoreRun, withAttainable } from '../../../../lab/score/score.js';
import { secondsTo90 } from '../../../../lab/score/settle.js';
import { judgeJob } from '../../../../lab/score/verdict.js';
import type { IntervalRecord } from '../../../../lab/types.js';
import { interval, jobInterval, latencies, record, target } from './build.js';

const verdict = (latencyMs: number | null, mode: 'band' | 'ceiling' = 'band') => {
  const { atTarget, notSlower, satisfied } = judgeJob(
    jobInterval('a', latencyMs, { target: target(1000, { mode, toleranceRatio: 0.125 }) }),
  );
  return `${atTarget} ${notSlower} ${satisfied}`;
};

describe('score: judging a job', () => {
  it('counts the edges of the band as within', () => {
    assert.equal(verdict(875), 'true true true');
    assert.equal(verdict(1125), 'true true true');
    assert.equal(verdict(1126), 'false false false');
  });

  it('is satisfied with too fast only where the job asks for a ceiling', () => {
    assert.equal(verdict(500), 'false true false');
    assert.equal(verdict(500, 'ceiling'), 'false true true');
  });

  it('gives nothing to a job without a judged latency', () => {
    assert.equal(verdict(null, 'ceiling'), 'false false false');
    assert.equal(verdict(Number.NaN), 'false false false');
  });
});

describe('score: a run', () => {
  const three = (a: number | null, b: number | null, c: number | null) =>
    interval([
      jobInterval('a', a),
      jobInterval('b', b),
      jobInterval('c', c, { target: target(1000, { mode: 'ceiling' }) }),
    ]);

  it('counts per interval and takes means over the last third', () => {
    const score = scoreRun(
      record([three(null, 2000, 500), three(500, 1000, 500), three(1000, 1000, 1000)]),
      [3, 3, 2],
      3,
    );
    assert.deepEqual(score.atTarget, [0, 1, 3]);
    assert.deepEqual(score.notSlower, [1, 3, 3]);
    assert.deepEqual(score.satisfied, [1, 2, 3]);
    assert.equal(score.oracle, 2);
    assert.equal(score.summary.satisfiedLastThird, 3);
    assert.equal(score.summary.ratioToOracle, 1.5);
    assert.equal(score.summary.regret, 2 + 1 + 0);
    assert.deepEqual(
      [score.n, score.intervals, score.scenario, score.policy, score.seed],
      [3, 3, 'test', 'adaptive', 1],
    );
  });

  it('takes the last third rounded up', () => {
    assert.deepEqual(lastThird([1, 2, 3, 4]), [3, 4]);
    assert.deepEqual(lastThird([1, 2, 3]), [3]);
    assert.deepEqual(lastThird([]), []);
  });

  it('is 1 where nothing can be satisfied', () => {
    assert.equal(scoreRun(record(latencies(2000, 2000)), [0, 0], 1).summary.ratioToOracle, 1);
  });

  it('counts updates per minute of placed containers', () => {
    const one = jobInterval('a', 1000);
    const waiting = jobInterval('b', null, { node: null, limitCores: null, usageCores: 0 });
    const minute = Array.from({ length: 12 }, (_, k) =>
      interval([one, waiting], { limitUpdates: k === 11 ? 4 : 1 }),
    );
    const { summary } = scoreRun(
      record(minute),
      minute.map(() => 1),
      2,
    );
    assert.equal(summary.updatesPerContainerMinute, 15);
    assert.equal(summary.updatesPerContainerMinuteLastThird, 21);
  });

  it('counts moves over the whole run', () => {
    const intervals = [2, 0, 1].map((moves) => interval([jobInterval('a', 1000)], { moves }));
    assert.equal(scoreRun(record(intervals), [1, 1, 1], 1).summary.moves, 3);
  });

  it('reserves the limits, and the use where there is no limit', () => {
    const jobs = [
      jobInterval('a', 1000, { limitCores: 0.5 }),
      jobInterval('b', 1000, { limitCores: null, usageCores: 0.3 }),
    ];
    assert.equal(
      scoreRun(record([interval(jobs), interval([])]), [2, 0], 2).summary.reservedCores,
      0.4,
    );
  });

  it('counts band exits only where nothing changed and something was seen', () => {
    const steps: readonly IntervalRecord[] = [
      ...latencies(1000, 1200, 1000, null, 1000),
      ...latencies(500).map((one) => ({ ...one, changes: ['target of a: 1s to 2s'] })),
    ];
    assert.equal(
      scoreRun(
        record(steps),
        steps.map(() => 1),
        1,
      ).summary.bandExits,
      1,
    );
  });

  it('does not take being faster than a ceiling for an exit', () => {
    const ceiling = { target: target(1000, { mode: 'ceiling' as const }) };
    const steps = [1000, 500].map((ms) => interval([jobInterval('a', ms, ceiling)]));
    assert.equal(scoreRun(record(steps), [1, 1], 1).summary.bandExits, 0);
  });

  it('scores an empty run as nothing', () => {
    const { summary, oracle } = scoreRun(record([]), [], 0);
    assert.equal(oracle, 0);
    assert.equal(summary.ratioToOracle, 1);
    assert.equal(summary.reservedCores, 0);
  });

  it('refuses an oracle of another length', () => {
    assert.throws(() => scoreRun(record(latencies(1000)), [], 1), RangeError);
  });
});

describe('score: what was attainable', () => {
  const score = scoreRun(record(latencies(1000, 1000, 100, 1000)), [1, 1, 1, 1], 1);

  it('is a mean over the last third, and a ratio to it', () => {
    const { summary, attainable } = withAttainable(score, {
      before: [0, 0, 0.5, 0.75],
      atOnce: [1, 1, 0.8, 1],
    });
    assert.deepEqual(attainable?.before, [0, 0, 0.5, 0.75]);
    assert.deepEqual(
      [
        summary.satisfiedLastThird,
        summary.attainableBefore,
        summary.ratioToAttainableBefore,
        summary.attainableAtOnce,
        summary.ratioToAttainableAtOnce,
      ],
      [0.5, 0.625, 0.8, 0.9, 0.555556],
    );
  });

  it('is met where nothing was attainable', () => {
    const none = [0, 0, 0, 0];
    const { summary } = withAttainable(score, { before: none, atOnce: none });
    assert.deepEqual([summary.ratioToAttainableBefore, summary.ratioToAttainableAtOnce], [1, 1]);
  });

  it('refuses series of another length', () => {
    assert.throws(() => withAttainable(score, { before: [1], atOnce: [1] }), RangeError);
  });
});

describe('score: time to 90 % of the oracle', () => {
  const settle = (changes: string, satisfied: readonly number[], oracle = 10) =>
    secondsTo90({
      changed: [...changes].map((mark) => mark === 'x'),
      satisfied,
      oracle: satisfied.map(() => oracle),
      intervalMs: 5000,
    });

  it('counts from the start of the interval of the change', () => {
    assert.equal(settle('x...', [0, 0, 9, 0]), 15);
  });

  it('takes one interval for an answer found in the interval of the change', () => {
    assert.equal(settle('x...', [9, 9, 9, 9]), 5);
  });

  it('is the longest over all changes', () => {
    assert.equal(settle('x..x...', [9, 9, 9, 0, 8, 10, 10]), 15);
    assert.equal(settle('x..x...', [0, 8, 9, 9, 0, 0, 0]), 15);
  });

  it('judges consecutive changes from the latest, even when an earlier one was answered', () => {
    assert.equal(settle('xxx..', [9, 9, 0, 0, 9]), 15);
  });

  it('judges an unanswered change from the one that follows', () => {
    assert.equal(settle('x..x..', [0, 0, 0, 0, 9, 9]), 10);
  });

  it('is null when the last change was never answered', () => {
    assert.equal(settle('x..x..', [9, 9, 9, 0, 0, 8]), null);
  });

  it('is 0 when nothing changed', () => {
    assert.equal(settle('...', [0, 0, 0]), 0);
  });

  it('takes a change nobody could answer for answered', () => {
    assert.equal(settle('x..', [0, 0, 0], 0), 5);
  });
});
