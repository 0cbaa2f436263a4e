import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { Judge } from '../../../../../../lab/sim/judge.js';
import { model, open, scenario, simJob } from '../../../../lab/sim/build.js';
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

/** The same with requests that queue, half an answer without CPU, as a known limit meets it. */
function queueing(cores: number) {
  const seconds = 0.02 / cores;
  const its = model({
    ...{ workSeconds: 0.02, overheadSeconds: seconds, noiseRatio: 0.1 },
    arrivals: open(0.55 / (2 * seconds)),
  });
  const under = { limitCores: cores, periodUs: 10_000, workFactor: 1, rateFactor: 1 };
  const targetMs = new Judge().aloneMs({ model: its, statistic: 'mean' }, under);
  return simJob('j1', { targetMs, model: its });
}

describe('adaptive where much of an answer takes no CPU', () => {
  for (const share of [0.2, 0.5, 0.8])
    it(`holds a mean of which ${100 * share} % is no CPU, and comes to rest`, () => {
      const { record } = play(scenario([waiting(share)], { durationMs: 150_000 }));
      const late = record.intervals.slice(6);
      const held = late.filter((interval) => isJobSatisfied(jobIn(interval, 'j1')));
      assert.equal(held.length, late.length);
      assert.ok(updatesAtRest(record, 20) <= 1, `${updatesAtRest(record, 20)}`);
    });

  for (const cores of [0.3, 0.6])
    it(`holds the mean of a queue of which half is no CPU, at ${cores} CPU`, () => {
      const { record } = play(scenario([queueing(cores)], { durationMs: 300_000 }));
      const late = record.intervals.slice(24);
      const held = late.filter((interval) => isJobSatisfied(jobIn(interval, 'j1')));
      assert.ok(held.length >= 0.9 * late.length, `${held.length} of ${late.length}`);
    });
});
