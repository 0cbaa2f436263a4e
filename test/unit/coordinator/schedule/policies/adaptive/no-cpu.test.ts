import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { model, scenario, simJob } from '../../../../lab/sim/build.js';
import { isJobSatisfied, jobIn, play, updatesAtRest } from './world.js';

/** A client that waits; of an answer at 0.3 CPU this share takes no CPU. */
const waiting = (share: number) => {
  const busySeconds = 0.02 / 0.3;
  const overheadSeconds = (busySeconds * share) / (1 - share);
  return simJob('j1', {
    targetMs: 1000 * (overheadSeconds + busySeconds),
    model: model({ workSeconds: 0.02, overheadSeconds, noiseRatio: 0.1 }),
  });
};

describe('adaptive where much of an answer takes no CPU', () => {
  for (const share of [0.2, 0.5, 0.8])
    it(`holds a mean of which ${100 * share} % is no CPU, and comes to rest`, () => {
      const { record } = play(scenario([waiting(share)], { durationMs: 150_000 }));
      const late = record.intervals.slice(6);
      const held = late.filter((interval) => isJobSatisfied(jobIn(interval, 'j1')));
      assert.equal(held.length, late.length);
      assert.ok(updatesAtRest(record, 20) <= 1, `${updatesAtRest(record, 20)}`);
    });
});
