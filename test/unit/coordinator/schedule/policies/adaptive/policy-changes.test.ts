import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { Disturbance } from '../../../../../../lab/types.js';
import { scenario } from '../../../../lab/sim/build.js';
import { last, needing, settled, tenJobs } from './policy-build.js';
import { jobIn, type Played, play, satisfiedIn } from './world.js';

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
