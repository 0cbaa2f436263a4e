import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { allocationStatuses } from '../../../coordinator/state/allocation-status.js';
import type { JobSpec } from '../../../shared/job.js';
import { job } from './build.js';
import { RolloutHosts } from './rollout-hosts.js';

const web = (image: string, change: Partial<JobSpec> = {}): JobSpec =>
  job('web', { image, replicas: 3, moves: 'never', ...change });

/** Of each container that is there: its image, and whether it is said to be outdated. */
const seenIn = ({ state, second }: RolloutHosts): readonly (readonly [string, boolean])[] =>
  allocationStatuses(state, second * 1000).flatMap(({ container, isOutdated }) =>
    container === null ? [] : [[container.image, isOutdated === true] as const],
  );

describe('what is said of the containers of a changed job', () => {
  it('is that each is outdated until the new one is there, whatever it waits for', () => {
    for (const pulled of [0, 5]) {
      const made = new RolloutHosts(['h1', 'h2', 'h3']);
      made.run(2);
      made.submit(web('v1'));
      made.run(10);
      assert.deepEqual(seenIn(made), [
        ['v1', false],
        ['v1', false],
        ['v1', false],
      ]);
      made.pulls.set('v2', pulled);
      made.submit(web('v2'));
      assert.ok(seenIn(made).every(([, isOutdated]) => isOutdated));
      for (let second = 0; second < 60; second += 1) {
        made.run(1);
        for (const [image, isOutdated] of seenIn(made)) assert.equal(isOutdated, image === 'v1');
      }
      assert.deepEqual(seenIn(made).length, 3);
      assert.ok(seenIn(made).every(([image]) => image === 'v2'));
    }
  });
});
