import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { NO_MEMORY } from '../../../coordinator/schedule/schedule.js';
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

const seenIds = ({ state, second }: RolloutHosts): readonly (string | null | undefined)[] =>
  allocationStatuses(state, second * 1000).map(({ container }) => container?.containerId);

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

describe('hosts that say what each container was made from', () => {
  const CHANGED = web('v1', { env: { LEVEL: '2' } });
  const running = (): RolloutHosts => {
    const made = new RolloutHosts(['h1', 'h2', 'h3']);
    made.tellsVersions = true;
    made.run(2);
    made.submit(web('v1'));
    made.run(10);
    assert.equal(seenIn(made).length, 3);
    made.watch();
    return made;
  };
  /** How many hosts are asked for the changed one. */
  const asked = (made: RolloutHosts): number =>
    [...made.state.nodes.values()]
      .flatMap(({ desired }) => desired?.allocations ?? [])
      .filter(({ spec }) => spec?.env.LEVEL === '2').length;

  it('take turns under another leader, too: one that runs on is not taken for the new one', () => {
    const made = running();
    made.lingerSeconds = 200;
    made.submit(CHANGED);
    made.run(100);
    assert.equal(asked(made), 1);
    made.memory = NO_MEMORY;
    made.run(90);
    assert.equal(asked(made), 1);
    assert.match(made.reasons.join('\n'), /^2 of 3 .*is not started again yet$/m);
    made.run(900);
    assert.deepEqual([made.fewest, asked(made), made.reasons], [2, 3, []]);
    assert.ok(seenIn(made).every(([, isOutdated]) => !isOutdated));
  });

  it('begin and cease to say it, as in an upgrade: nothing is started again', () => {
    const made = running();
    const before = seenIds(made);
    for (const tells of [false, true, false, true]) {
      made.tellsVersions = tells;
      made.memory = NO_MEMORY;
      made.run(100);
      assert.deepEqual(seenIds(made), before);
      assert.ok(seenIn(made).every(([, isOutdated]) => !isOutdated));
      assert.deepEqual(made.reasons, []);
    }
    assert.equal(made.fewest, 3);
  });
});
