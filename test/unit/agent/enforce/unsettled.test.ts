import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { UNSETTLED_MS, Unsettled } from '../../../../agent/enforce/unsettled.js';
import type { AllocationId } from '../../../../shared/ids.js';
import { idOf, limitOf } from './build.js';

const web = 'web-1' as AllocationId;

describe('what may yet come into force', () => {
  it('is the largest write without an answer, until a later one is answered', () => {
    const unsettled = new Unsettled();
    unsettled.wrote(idOf(1), 0.5, 0);
    unsettled.wrote(idOf(1), 0.3, 10);
    assert.equal(unsettled.maxCoresOf(idOf(1), 20), 0.5);
    unsettled.settled(idOf(1));
    assert.equal(unsettled.maxCoresOf(idOf(1), 20), null);
  });

  it('is given up after a while', () => {
    const unsettled = new Unsettled();
    unsettled.wrote(idOf(1), 0.5, 0);
    unsettled.began(web, 0.4, -UNSETTLED_MS);
    assert.equal(unsettled.maxCoresOf(idOf(1), UNSETTLED_MS), 0.5);
    assert.equal(unsettled.maxCoresOf(idOf(1), UNSETTLED_MS + 1), null);
    assert.deepEqual([...unsettled.starts(UNSETTLED_MS + 1)], [[web, 0.4]], 'it is in progress');
    unsettled.ended(web, 0);
    assert.deepEqual([...unsettled.starts(UNSETTLED_MS)], [[web, 0.4]]);
    assert.deepEqual([...unsettled.starts(UNSETTLED_MS + 1)], []);
  });

  it('is what was started, until it is listed', () => {
    const unsettled = new Unsettled();
    unsettled.began(web, 0.6, 0);
    unsettled.began(web, 0.4, 10);
    assert.deepEqual([...unsettled.starts(20)], [[web, 0.6]]);
    unsettled.made(web, idOf(2));
    // A list from before shows an older container of that name.
    unsettled.seen(web, idOf(1));
    assert.deepEqual([...unsettled.starts(20)], [[web, 0.6]]);
    unsettled.seen(web, idOf(2));
    assert.deepEqual([...unsettled.starts(20)], []);
  });

  it('forgets what is too late and that nobody waits for', () => {
    const unsettled = new Unsettled();
    const jobOf = (serial: number) => `job-${serial}` as AllocationId;
    for (let serial = 0; serial < 1000; serial += 1) {
      unsettled.began(jobOf(serial), 0.1, 0, limitOf(0.1));
      unsettled.wrote(idOf(serial), 0.1, 0);
    }
    unsettled.retain(new Set([jobOf(7)]), UNSETTLED_MS);
    assert.equal(unsettled.starts(0).size, 1000, 'not before its time');
    unsettled.retain(new Set([jobOf(7)]), UNSETTLED_MS + 1);
    // Asked as of then, so that what is held shows, whether it still counts or not.
    assert.deepEqual([...unsettled.starts(0).keys()], [jobOf(7)]);
    assert.deepEqual(unsettled.startedWith(jobOf(7)), limitOf(0.1));
    assert.equal(unsettled.maxCoresOf(idOf(5), 0), null);
  });

  it('is what an earlier start may have made, when a later one was refused', () => {
    const unsettled = new Unsettled();
    unsettled.began(web, 0.6, 0);
    unsettled.began(web, 0.8, 10)();
    assert.deepEqual([...unsettled.starts(20)], [[web, 0.6]]);
    const other = new Unsettled();
    other.began(web, 0.6, 0)();
    assert.deepEqual([...other.starts(20)], []);
  });
});
