import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import {
  DEMAND_RATIO,
  demandCoresOf,
  demandRatioOf,
  demoJobs,
  demoSpecOf,
  memoryFault,
  threadsFor,
} from '../../../../cli/demo/jobs.js';
import {
  atTargetNow,
  type DemoLook,
  type JobLook,
  meanLatencyMs,
  scorePhase,
  secondsToSettle,
  workSeconds,
} from '../../../../cli/demo/measure.js';
import { liveLine, marksOf, resultLines } from '../../../../cli/demo/screen.js';
import type { JobName } from '../../../../shared/ids.js';

const target = { latencyMs: 100, statistic: 'mean', toleranceRatio: 0.1, mode: 'band' } as const;
const job = (requests: number, latencyMs: number, over: Partial<JobLook> = {}): JobLook => ({
  counters: { requests, latencyMs, cpuSeconds: requests * 0.05 },
  target,
  latencyMs: null,
  qoeClass: null,
  limitCores: 0.5,
  ...over,
});
const look = (atMs: number, one: JobLook, othersCores: number | null = null): DemoLook => ({
  atMs,
  jobs: new Map([['a' as JobName, one]]),
  othersCores,
});

describe('demo: jobs', () => {
  it('asks for just under what the host has, from loose to tight', () => {
    const jobs = demoJobs();
    const demands = jobs.map((each) => demandCoresOf(each, 1.9));
    assert.ok(Math.abs(demands.reduce((a, b) => a + b) - 1.9 * DEMAND_RATIO) < 1e-9);
    assert.ok(demands.every((demand, index) => index === 0 || demand > (demands[index - 1] ?? 0)));
    assert.ok(new Set(jobs.map((each) => each.model)).size >= 3);
  });
  it('never needs more CPU than the threads of a container can use, on any machine', () => {
    for (const cores of [0.95, 1.9, 3.8, 15.2, 60.8, 121.6])
      for (const each of demoJobs())
        assert.ok(demandCoresOf(each, cores) <= threadsFor(cores), `${each.name} on ${cores}`);
  });
  it('is refused at once on a host whose memory ten containers do not fit into', () => {
    assert.equal(memoryFault(5 * 2 ** 30), undefined);
    const fault = memoryFault(3.8 * 2 ** 30);
    assert.equal(fault?.code, 'schedule.no-node');
    assert.match(fault?.message ?? '', /take 5GiB of memory, and this host has 3\.8GiB/);
  });
  it('asks for more of a machine that became slower, and is unknown without an answer', () => {
    const jobs = demoJobs();
    const targets = new Map(jobs.map((each) => [each.name as string, 50 / demandCoresOf(each, 2)]));
    const ratio = demandRatioOf(2, () => 0.05, targets);
    assert.ok(Math.abs((ratio ?? 0) - DEMAND_RATIO) < 1e-9);
    const slower = demandRatioOf(2, (name) => (name === 'car-sign' ? 0.1 : 0.05), targets);
    const last = jobs.at(-1)?.demandRatio ?? 0;
    assert.ok(Math.abs((slower ?? 0) - DEMAND_RATIO * (1 + last)) < 1e-9);
    assert.equal(
      demandRatioOf(2, (name) => (name === 'car-sign' ? null : 0.05), targets),
      null,
    );
    assert.equal(
      demandRatioOf(2, () => 0.05, new Map()),
      null,
    );
  });
  it('gives each its arguments and target', () => {
    const [first] = demoJobs();
    assert.ok(first !== undefined);
    const spec = demoSpecOf(first, 2, 250);
    assert.deepEqual(spec.command, [
      '--model',
      first.model,
      '--batch',
      String(first.batch),
      '--threads',
      '2',
    ]);
    assert.equal(spec.target.latencyMs, 250);
  });
});

describe('demo: measuring', () => {
  it('takes work and mean latency from counters, and says null where nothing ended', () => {
    assert.equal(meanLatencyMs(job(10, 1000), job(20, 2500)), 150);
    assert.ok(Math.abs((workSeconds(job(10, 0), job(20, 0)) ?? 0) - 0.05) < 1e-12);
    assert.equal(meanLatencyMs(job(10, 1000), job(10, 1000)), null);
    assert.equal(workSeconds(job(10, 0), job(12, 0), 3), null);
    assert.equal(meanLatencyMs(undefined, job(1, 1)), null);
  });
  it('tells what everything else on the host used in the last third', () => {
    const looks = [
      look(0, job(0, 0), 1.5),
      look(60_000, job(1, 1), 0.2),
      look(75_000, job(2, 2)),
      look(90_000, job(3, 3), 0.4),
    ];
    assert.ok(Math.abs((scorePhase(looks).othersCores ?? 0) - 0.3) < 1e-9);
    assert.equal(scorePhase([look(0, job(0, 0))]).othersCores, null);
  });
  it('scores a phase by its last third only', () => {
    // 0–60 s at 500 ms, then 30 s at 105 ms.
    const looks = [
      look(0, job(0, 0)),
      look(30_000, job(60, 30_000)),
      look(60_000, job(120, 60_000)),
      look(90_000, job(220, 70_500)),
    ];
    const scored = scorePhase(looks);
    assert.equal(scored.jobs.get('a' as JobName)?.latencyMs, 105);
    assert.deepEqual([scored.atTarget, scored.notSlower], [1, 1]);
  });
  it('counts a faster job as not slower, and one without answers as neither', () => {
    assert.deepEqual(scores(scorePhase([look(0, job(0, 0)), look(90_000, job(10, 500))])), [0, 1]);
    assert.deepEqual(scores(scorePhase([look(0, job(5, 500)), look(90_000, job(5, 500))])), [0, 0]);
    assert.deepEqual(scores(scorePhase([])), [0, 0]);
  });
  it('says when it settled, or that it never did', () => {
    const within = job(1, 1, { qoeClass: 'within' });
    assert.equal(secondsToSettle([look(0, job(1, 1)), look(15_000, within)], 1), 15);
    assert.equal(secondsToSettle([look(0, job(1, 1))], 1), null);
    assert.equal(atTargetNow(look(0, within)), 1);
  });
});

const scores = (scored: ReturnType<typeof scorePhase>): readonly number[] => [
  scored.atTarget,
  scored.notSlower,
];

describe('demo: the summary', () => {
  const ended = (demandRatio: number | null): string =>
    resultLines(
      {
        jobs: demoJobs(),
        before: scorePhase([]),
        after: scorePhase([look(0, job(0, 0)), look(90_000, job(10, 500))]),
        secondsToSettle: null,
        targetsMs: new Map(),
        demandRatio,
      },
      { colour: false, width: 0 },
    ).at(-1) ?? '';
  it('says what the targets take by the end, and that a slow machine cannot meet them', () => {
    assert.match(ended(0.95), /took 93% of the CPU when they were set, 95% at the end\.$/);
    assert.match(ended(1.21), /121% at the end: this machine became too slow for all ten\.$/);
    assert.match(ended(null), /^everything else on this host/);
  });
  it('has a table and sentences that fit 80 columns', () => {
    const times = { latencyMs: 98.7, workSeconds: 1 };
    const score = { ...times, qoeClass: 'slower', limitCores: 1.25 } as const;
    const jobs = new Map(demoJobs().map(({ name }) => [name, score]));
    const phase = { jobs, atTarget: 10, notSlower: 10, othersCores: 0.62 };
    const targetsMs = new Map(demoJobs().map(({ name }) => [name, 89.4]));
    const outcome = { jobs: demoJobs(), before: phase, after: phase, targetsMs };
    const lines = resultLines(
      { ...outcome, secondsToSettle: 15, demandRatio: 1.21 },
      { colour: false, width: 80 },
    ).flatMap((line) => line.split('\n'));
    assert.deepEqual(
      lines.filter((line) => line.length > 80),
      [],
    );
    assert.ok(lines.some((line) => /^car-sign .* 1\.25$/.test(line)));
  });
  it('takes the work of a request from the last third', () => {
    const scored = scorePhase([look(0, job(0, 0)), look(90_000, job(10, 500))]);
    assert.equal(scored.jobs.get('a' as JobName)?.workSeconds, 0.05);
  });
});

describe('demo: the live line', () => {
  it('marks each job, loosest first', () => {
    const [first, second] = demoJobs();
    assert.ok(first !== undefined && second !== undefined);
    const seen: DemoLook = {
      atMs: 20_000,
      othersCores: null,
      jobs: new Map([
        [second.name, job(1, 1, { qoeClass: 'slower' })],
        [first.name, job(1, 1, { qoeClass: 'within' })],
      ]),
    };
    assert.equal(marksOf(seen), '=-........');
    assert.match(
      liveLine('dqoes', seen, 40_000),
      /dqoes {8}\[#{10}\.{10}\] {3}20\/40 s {3}at target {2}1 of 2/,
    );
  });
});
