import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { POLICIES } from '../../../../../../coordinator/schedule/policies/index.js';
import { scenario } from '../../../../lab/sim/build.js';
import { node, PARAMS } from '../../../build.js';
import { tenJobs } from './sim-jobs.js';
import { play } from './world.js';

describe('adaptive decisions', () => {
  it('carry numbers, all of them', () => {
    const { record } = play(scenario(tenJobs(1.3)));
    assert.ok(record.decisions.length > 10);
    for (const { reason } of record.decisions) assert.match(reason, /\d/);
  });

  it('change no limit by more than a factor of four', () => {
    for (const load of [0.5, 1.3])
      for (const { fromCores, toCores, reason } of play(scenario(tenJobs(load))).record.decisions)
        if (fromCores !== null && toCores !== null)
          assert.ok(
            toCores / fromCores < 4.02 && fromCores / toCores < 4.02,
            `${fromCores} → ${toCores} ${reason}`,
          );
  });

  it('start from nothing known', () => {
    assert.deepEqual(
      POLICIES.adaptive.decide(
        { node: node('h1'), nowMs: 0, params: PARAMS },
        POLICIES.adaptive.start,
      ).limits,
      [],
    );
  });
});
