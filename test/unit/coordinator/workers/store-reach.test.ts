import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'mocha';
import { StoreReach } from '../../../../coordinator/workers/body/store-reach.js';
import type { StoreFailure } from '../../../../proto/store.js';
import { err, ok, type Result } from '../../../../shared/result.js';
import { ManualClock } from '../../../lib/manual-clock.js';

describe('whether a worker reaches the store', () => {
  let clock: ManualClock;
  let reach: StoreReach;
  let asked: number;
  let answer: () => Promise<Result<number, StoreFailure>>;
  beforeEach(() => {
    clock = new ManualClock();
    asked = 0;
    answer = async () => ok(1);
    const lastRevision = () => {
      asked += 1;
      return answer();
    };
    reach = new StoreReach({ store: { lastRevision }, clock });
  });

  it('is asked now and then, and nobody waits while it answers', async () => {
    for (let second = 0; second < 60; second += 1) {
      assert.equal(reach.look(), undefined);
      await clock.advance(1000);
    }
    assert.ok(asked >= 15 && asked <= 30, `${asked} times a minute`);
  });

  it('is false once it was silent for long, each time until it answers', async () => {
    answer = async () => err('unknown');
    await clock.advance(4900);
    assert.equal(reach.look(), undefined);
    for (let time = 0; time < 2; time += 1) {
      await clock.advance(200);
      assert.equal(await reach.look(), false);
    }
    answer = async () => ok(1);
    assert.equal(await reach.look(), true);
    assert.equal(reach.look(), undefined);
  });

  it('is asked before that is said, where nobody looked for long', async () => {
    await clock.advance(60_000);
    assert.equal(await reach.look(), true);
  });

  it('is true where the store refuses: that is an answer', async () => {
    answer = async () => err('missing-bucket');
    await clock.advance(6000);
    assert.equal(await reach.look(), true);
  });

  it('has one question under way at a time', async () => {
    let end: (value: Result<number, StoreFailure>) => void = () => {};
    answer = () =>
      new Promise((resolve) => {
        end = resolve;
      });
    await clock.advance(3000);
    assert.equal(reach.look(), undefined);
    await clock.advance(3000);
    const both = [reach.look(), reach.look()];
    assert.equal(asked, 1);
    end(err('unknown'));
    assert.deepEqual(await Promise.all(both), [false, false]);
  });
});
