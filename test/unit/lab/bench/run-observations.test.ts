import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { type JobObservation, recordOf } from '../../../../lab/bench/run-observations.js';
import { benchScoreOf, nullableSpreadOf, summariseRuns } from '../../../../lab/bench/summary.js';
import { workObserved } from '../../../../lab/bench/work-observed.js';
import { scoreRun } from '../../../../lab/score/score.js';
import { job, scenario, workload } from './build.js';

const seen = (changes: Partial<JobObservation> = {}): JobObservation => ({
  node: 'bench',
  latencyMs: 100,
  limitCores: 0.5,
  periodUs: 100_000,
  cpuSeconds: 1,
  requests: 10,
  ...changes,
});

const NO_OTHERS = { othersCores: null, intervalOthersCores: [], foreign: null };

describe('lab bench: what was seen, as a record', () => {
  const jobs = [job('a'), job('b', { atMs: 5000 })];
  const world = scenario({ jobs, durationMs: 15_000 }, [
    { kind: 'target', atMs: 5000, job: 'a', targetMs: 500 },
  ]);
  const looks = [
    new Map([['a', seen()]]),
    new Map([
      ['a', seen({ cpuSeconds: 3.5, limitCores: null })],
      ['b', seen({ cpuSeconds: 1 })],
    ]),
    new Map([['a', seen({ cpuSeconds: 0.5, latencyMs: null })]]),
  ];
  const limit = { job: 'a', fromCores: 1, toCores: 0.5, reason: 'r', isFirst: false };
  const decisions = [
    { ...limit, atMs: 100, isFirst: true },
    { ...limit, atMs: 4999 },
    { ...limit, atMs: 5000 },
    { ...limit, atMs: 9000 },
  ];
  const targetsMs = new Map([
    ['a', 200],
    ['b', 300],
  ]);
  const record = recordOf({
    scenario: world,
    policy: 'p',
    targetsMs,
    seen: { looks, decisions, movedAtMs: [4999, 5000, 9000], ...NO_OTHERS },
  });

  it('holds the jobs that asked to run, seen or not, each with the target of that interval', () => {
    assert.deepEqual(
      record.intervals.map(({ jobs: all }) =>
        all.map(({ id, target, node }) => [id, target.latencyMs, node]),
      ),
      [
        [['a', 200, 'bench']],
        [
          ['a', 100, 'bench'],
          ['b', 300, 'bench'],
        ],
        [
          ['a', 100, 'bench'],
          ['b', 300, null],
        ],
      ],
    );
    assert.equal(record.intervals[2]?.jobs[1]?.latencyMs, null);
  });

  it('takes use from the counters of two looks, and never below nothing', () => {
    assert.deepEqual(
      record.intervals.map(({ jobs: all }) => all.map(({ usageCores }) => usageCores)),
      [[0.2], [0.5, 0.2], [0, 0]],
    );
  });

  it('counts updates by interval, first limits not; keeps every decision', () => {
    assert.deepEqual(
      record.intervals.map(({ limitUpdates }) => limitUpdates),
      [1, 2, 0],
    );
    assert.equal(record.decisions.length, 4);
    assert.deepEqual(Object.keys(record.decisions[0] ?? {}).sort(), [
      'atMs',
      'fromCores',
      'job',
      'reason',
      'toCores',
    ]);
  });

  it('counts moves by interval', () => {
    assert.deepEqual(
      record.intervals.map(({ moves }) => moves),
      [1, 2, 0],
    );
  });

  it('begins to count use anew on another node', () => {
    const places = [seen({ node: 'h1', cpuSeconds: 9 }), seen({ node: 'h2', cpuSeconds: 1 })];
    const moved = recordOf({
      scenario: scenario({ jobs: [job('a')], durationMs: 10_000 }),
      policy: 'p',
      targetsMs,
      seen: {
        looks: places.map((place) => new Map([['a', place]])),
        decisions: [],
        movedAtMs: [],
        ...NO_OTHERS,
      },
    });
    assert.equal(moved.intervals[1]?.jobs[0]?.usageCores, 0.2);
  });

  it('can be scored', () => {
    const score = benchScoreOf(scoreRun(record, [1, 2, 0], 2), {
      repetition: 3,
      workSeconds: new Map(),
      othersCores: null,
      othersPerInterval: [],
      foreign: null,
    });
    assert.deepEqual(score.satisfied, [0, 1, 0]);
    assert.deepEqual([score.repetition, score.aboveOracle], [3, false]);
  });
});

describe('lab bench: what a request cost during a run', () => {
  const look = (
    entries: Readonly<Record<string, readonly [cpuSeconds: number, requests: number]>>,
  ) =>
    new Map(
      Object.entries(entries).map(([id, [cpuSeconds, requests]]) => [
        id,
        seen({ cpuSeconds, requests }),
      ]),
    );

  it('leaves out model loading, jobs with changed work, and kinds with few requests', () => {
    const jobs = [
      job('a'),
      job('b'),
      job('c', { workload: workload({ kind: 'vad' }) }),
      job('d', { workload: workload({ kind: 'ocr-rec' }) }),
    ];
    const world = scenario({ jobs }, [
      { kind: 'workFactor', atMs: 5000, forMs: null, job: 'c', factor: 2 },
    ]);
    const looks = [
      look({ a: [3, 0], b: [3, 1], c: [3, 1], d: [3, 1] }),
      look({ a: [4, 5], b: [4, 11], c: [9, 30], d: [4, 5] }),
      look({ a: [5, 15], b: [6, 31], c: [9, 50], d: [5, 10] }),
    ];
    // a: 10 requests in 1 CPU-s after its first answers; b: 30 in 3.
    assert.deepEqual([...workObserved(world, { looks })], [['ocr-det x2, 1 thread', 0.1]]);
  });

  it('takes a job that moved where it was last', () => {
    const at = (node: string, cpuSeconds: number, requests: number) =>
      new Map([['a', seen({ node, cpuSeconds, requests })]]);
    const looks = [at('h1', 1, 10), at('h1', 90, 20), at('h2', 2, 1), at('h2', 4, 21)];
    assert.deepEqual(
      [...workObserved(scenario({ jobs: [job('a')] }), { looks })],
      [['ocr-det x2, 1 thread', 0.1]],
    );
  });

  it('says nothing of a container that was started anew', () => {
    const looks = [look({ a: [3, 50] }), look({ a: [1, 20] })];
    assert.equal(workObserved(scenario({ jobs: [job('a')] }), { looks }).size, 0);
  });
});

describe('lab bench: medians and spread', () => {
  it('is the middle value, or the mean of the middle two; never sorts last', () => {
    assert.deepEqual(nullableSpreadOf([3, 1, 2]), { median: 2, min: 1, max: 3 });
    assert.deepEqual(nullableSpreadOf([4, 1, 2, 3]), { median: 2.5, min: 1, max: 4 });
    assert.deepEqual(nullableSpreadOf([5, null, 7]), { median: 7, min: 5, max: null });
    assert.deepEqual(nullableSpreadOf([null, null, 7]), { median: null, min: 7, max: null });
  });

  it('has one entry for each scenario and policy, and marks a run that beat its bound', () => {
    const record = { scenario: 's', policy: 'p', seed: 1, intervalMs: 1000, decisions: [] };
    const interval = { jobs: [], changes: [], limitUpdates: 0, moves: 0 };
    const base = scoreRun({ ...record, intervals: [interval, interval, interval] }, [2, 2, 2], 2);
    const run = (satisfiedLastThird: number, policy: string, repetition: number) =>
      benchScoreOf(
        { ...base, policy, summary: { ...base.summary, satisfiedLastThird } },
        {
          repetition,
          workSeconds: new Map(),
          othersCores: null,
          othersPerInterval: [],
          foreign: null,
        },
      );
    const runs = [run(1, 'p', 1), run(2, 'q', 1), run(2.5, 'p', 2)];
    assert.deepEqual(
      runs.map(({ aboveOracle }) => aboveOracle),
      [false, false, true],
    );
    const summaries = summariseRuns(runs);
    assert.deepEqual(
      summaries.map(({ policy, repetitions, summary }) => [
        policy,
        repetitions,
        summary.satisfiedLastThird,
      ]),
      [
        ['p', 2, { median: 1.75, min: 1, max: 2.5 }],
        ['q', 1, { median: 2, min: 2, max: 2 }],
      ],
    );
  });
});
