import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { Loop } from '../../../../coordinator/planning/loop.js';
import { silentLog } from '../../../../shared/log.js';
import { ManualClock, settle } from '../../../lib/manual-clock.js';

describe('Loop', () => {
  const looping = (pass: () => Promise<void>) => {
    const clock = new ManualClock();
    const loop = new Loop({
      clock,
      log: silentLog,
      periodMs: 1000,
      coalesceMs: 20,
      mostCoalesceMs: 100,
      pass,
    });
    return { clock, loop };
  };

  it('passes at once, on its timer, and soon after a wake-up; many count as one', async () => {
    let passes = 0;
    const { clock, loop } = looping(async () => {
      passes += 1;
    });
    loop.start();
    await clock.advance(0);
    assert.equal(passes, 1);
    await clock.advance(2000);
    assert.equal(passes, 3);
    for (let i = 0; i < 10; i += 1) loop.wake();
    await clock.advance(19);
    assert.equal(passes, 3);
    await clock.advance(1);
    assert.equal(passes, 4);
    await loop.stop();
    await clock.advance(5000);
    assert.equal(passes, 4);
  });

  it('never runs two passes at once, and passes again for what came meanwhile', async () => {
    let running = 0;
    let most = 0;
    let passes = 0;
    let finish: () => void = () => {};
    const { clock, loop } = looping(async () => {
      running += 1;
      most = Math.max(most, running);
      passes += 1;
      await new Promise<void>((resolve) => {
        finish = resolve;
      });
      running -= 1;
    });
    loop.start();
    await settle();
    loop.wake();
    await clock.advance(5000);
    assert.equal(passes, 1);
    finish();
    // After a long pass the loop waits the longest for more.
    await clock.advance(99);
    assert.equal(passes, 1);
    await clock.advance(1);
    assert.deepEqual([passes, most], [2, 1]);
    finish();
    await loop.stop();
  });

  it('goes on after a pass that throws', async () => {
    let passes = 0;
    const { clock, loop } = looping(async () => {
      passes += 1;
      throw new Error('bug');
    });
    loop.start();
    await clock.advance(3000);
    assert.equal(passes, 4);
    await loop.stop();
  });
});
