import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { JobName } from '../../../shared/ids.js';
import { type Held, heldBy } from '../../lib/held-by.js';
import { Churn, JOBS } from './churn.js';
import { World } from './world.js';

const ROUNDS = 100;
const FIRST_LOOK = 40;
/**
 * More entries than any list needs for what runs at a time: 36 containers. Less than there are
 * rounds, so that one for each round is seen.
 */
const MOST_ENTRIES = 90;

/** What grew, largest first. */
const grown = (before: Held, after: Held): readonly string[] =>
  [...after.sizes]
    .filter(([way, size]) => size > Math.max(MOST_ENTRIES, before.sizes.get(way) ?? 0))
    .sort(([, a], [, b]) => b - a)
    .map(([way, size]) => `${way}: ${before.sizes.get(way) ?? 0} -> ${size}`);

describe('what a coordinator holds', () => {
  it('is seen by the test in private lists, too', () => {
    class Keeper {
      readonly #kept = new Map([['a', new Set([1, 2, 3])]]);
      get size(): number {
        return this.#kept.size;
      }
    }
    const { sizes, objects } = heldBy(new Keeper(), []);
    assert.deepEqual(
      [...sizes],
      [
        ['.#kept', 1],
        ['.#kept.*', 3],
      ],
    );
    assert.equal(objects, 3);
  });

  it('does not grow with the jobs that ended, 3000 of them under names of their own', async () => {
    const world = await World.make();
    world.policy = 'adaptive';
    const coordinator = await world.start();
    world.bus.subscribe(world.subjects.allViews, () => undefined);
    const churn = new Churn(world);
    await churn.live(2);
    const looks: Held[] = [];
    const leaveOut = [world.stores, world.clock, world.hub, world.bus];
    for (let number = 0; number < ROUNDS; number += 1)
      await churn.round(number, () => {
        const isDue = number === FIRST_LOOK || number === ROUNDS - 1;
        if (isDue) looks.push(heldBy(coordinator, leaveOut));
      });
    const [before, after] = looks as [Held, Held];
    const { jobs } = coordinator.status();
    await world.stop();
    assert.equal(jobs.length, 0);
    const started = world.facts.flatMap(({ type, data }) =>
      type === 'dqoes.job.started' ? [(data as { readonly job: JobName }).job] : [],
    );
    assert.equal(new Set(started).size, ROUNDS * JOBS);
    assert.deepEqual(grown(before, after), []);
    assert.ok(after.objects < 1.2 * before.objects, `${before.objects} -> ${after.objects}`);
    assert.ok(after.sizes.size > 100, 'it sees the parts of the coordinator');
  }).timeout(120_000);
});
