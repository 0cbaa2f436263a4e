import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { Loop } from '../../../../coordinator/planning/loop.js';
import { silentLog } from '../../../../shared/log.js';
import { ManualClock, settle } from '../../../lib/manual-clock.js';

describe('Loop', () => {
  const looping = (pass: (clock: ManualClock) => Promise<void>) => {
    const clock = new ManualClock();
    const loop = new Loop({
      clock,
      log: silentLog,
      periodMs: 1000,
      coalesceMs: 20,
      rhythmMs: 60,
      pass: () => pass(clock),
    });
    return { clock, loop };
  };

  it('passes at once, on its timer, and once for many wake-ups', async () => {
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
    await clock.advance(19);
    assert.equal(passes, 1);
    await clock.advance(1);
    assert.deepEqual([passes, most], [2, 1]);
    finish();
    await loop.stop();
  });

  /** The wait before the next pass where reports come all the time, ms. */
  const waitAfter = async (tookMs: number): Promise<number> => {
    let passes = 0;
    const { clock, loop } = looping(async (its) => {
      passes += 1;
      await its.sleep(tookMs);
    });
    loop.start();
    await settle();
    loop.wake();
    await clock.advance(tookMs);
    let waitedMs = 0;
    while (passes === 1 && waitedMs < 1000) {
      waitedMs += 1;
      await clock.advance(1);
    }
    const stopped = loop.stop();
    await clock.advance(tookMs);
    await stopped;
    return waitedMs;
  };

  it('waits for as long as a pass took, and keeps its rhythm where passes are long', async () => {
    assert.equal(await waitAfter(5), 20);
    assert.equal(await waitAfter(25), 25);
    assert.equal(await waitAfter(35), 25);
    assert.equal(await waitAfter(50), 20);
    assert.equal(await waitAfter(400), 20);
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
