import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { adaptivePolicy } from '../../../../../../coordinator/schedule/policies/adaptive/adaptive.js';
import { Judge } from '../../../../../../lab/sim/judge.js';
import { simulate } from '../../../../../../lab/sim/simulate.js';
import type { IntervalRecord, JobInterval } from '../../../../../../lab/types.js';
import { model, scenario, simJob } from '../../../../lab/sim/build.js';
import { needing } from './sim-jobs.js';

/** From then on other programs leave a quarter of two cores. */
const FILLED_AT_MS = 60_000;
const END_MS = 100_000;
const INTERVAL_MS = 5000;
/** Time in which the law has seen what is left, and limits have come where they go. */
const SETTLING_MS = 10_000;

const judge = new Judge();

/** Three targets that fit on an idle host, and one that somebody mistyped. */
function play(repetition: number): readonly IntervalRecord[] {
  const typo = simJob('typo', {
    targetMs: 1,
    model: model({ workSeconds: 0.12, noiseRatio: 0.08 }),
  });
  const given = scenario(
    [needing('album', 0.1, 900), needing('face', 0.5, 250), typo, needing('voice', 0.1, 300)],
    {
      durationMs: END_MS,
      intervalMs: INTERVAL_MS,
      disturbances: [
        { kind: 'stolenCpu', atMs: FILLED_AT_MS, forMs: null, node: 'h1', cores: 1.5 },
      ],
    },
  );
  const run = { scenario: given, policy: adaptivePolicy, judge, bySamples: true, repetition };
  return simulate(run).intervals;
}

type Jobs = ReadonlyMap<string, JobInterval>;

/** Jobs of the intervals that lie within this time, once limits have come where they go. */
const jobsIn = (intervals: readonly IntervalRecord[], fromMs: number, untilMs: number): Jobs[] =>
  intervals
    .slice((fromMs + SETTLING_MS) / INTERVAL_MS, untilMs / INTERVAL_MS)
    .map(({ jobs }) => new Map(jobs.map((job) => [job.id, job])));

const usedBy = (jobs: Jobs, id: string): number => jobs.get(id)?.usageCores ?? Number.NaN;
const latenessOf = (jobs: Jobs, id: string): number => {
  const job = jobs.get(id);
  return (job?.latencyMs ?? Number.NaN) / (job?.target.latencyMs ?? Number.NaN);
};

describe('adaptive with a target of 1 ms on a host that other programs fill', () => {
  for (const seed of [1, 2, 3]) {
    const intervals = play(seed);

    it(`holds the targets that fit, and gives it what they leave, seed ${seed}`, () => {
      const before = jobsIn(intervals, 0, FILLED_AT_MS);
      assert.ok(before.length > 0);
      for (const jobs of before) {
        for (const id of ['album', 'face', 'voice'])
          assert.ok(Math.abs(latenessOf(jobs, id) - 1) < 0.15, `${id} ${latenessOf(jobs, id)}`);
        assert.ok(usedBy(jobs, 'typo') > 0.95, `${usedBy(jobs, 'typo')}`);
      }
    });

    it(`starves nobody whose target waits for CPU, seed ${seed}`, () => {
      for (const jobs of jobsIn(intervals, FILLED_AT_MS, END_MS)) {
        const [face, typo] = [usedBy(jobs, 'face'), usedBy(jobs, 'typo')];
        assert.ok(face > 0.7 * typo, `face ${face}, typo ${typo}`);
        // Under plain Docker it is 4.
        assert.ok(latenessOf(jobs, 'face') < 5, `${latenessOf(jobs, 'face')}`);
      }
    });
  }
});
