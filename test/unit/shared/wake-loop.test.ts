import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { WakeLoop } from '../../../shared/wake-loop.js';
import { ManualClock } from '../../lib/manual-clock.js';

function looping(pass: (woken: AbortSignal) => Promise<void>, coalesceMs = 0) {
  const clock = new ManualClock();
  const errors: unknown[] = [];
  const loop = new WakeLoop({
    clock,
    pass,
    onError: (cause) => errors.push(cause),
    pauseMs: () => 1000,
    coalesceMs: () => coalesceMs,
  });
  return { clock, loop, errors };
}

describe('WakeLoop', () => {
  it('passes at once, after each pause, and when it is woken', async () => {
    let passes = 0;
    const { clock, loop } = looping(async () => {
      passes += 1;
    });
    loop.start();
    await clock.advance(0);
    assert.equal(passes, 1);
    await clock.advance(1000);
    assert.equal(passes, 2);
    loop.wake();
    loop.wake();
    await clock.advance(0);
    assert.equal(passes, 3);
    await loop.stop();
    await clock.advance(5000);
    assert.equal(passes, 3);
    assert.equal(clock.sleeping, 0);
  });

  it('passes once more for wake-ups during a pass, and shows them to that pass', async () => {
    const seen: boolean[] = [];
    let finish = (): void => {};
    const { clock, loop } = looping(async (woken) => {
      await new Promise<void>((resolve) => {
        finish = resolve;
      });
      seen.push(woken.aborted);
    });
    loop.start();
    await clock.advance(0);
    loop.wake();
    finish();
    await clock.advance(0);
    finish();
    await clock.advance(0);
    assert.deepEqual(seen, [true, false]);
    await clock.advance(999);
    assert.equal(seen.length, 2);
    await loop.stop();
  });

  it('waits before the pass that a wake-up asks for, so that many make one', async () => {
    let passes = 0;
    const { clock, loop } = looping(async () => {
      passes += 1;
    }, 100);
    loop.start();
    await clock.advance(0);
    loop.wake();
    await clock.advance(99);
    loop.wake();
    assert.equal(passes, 1);
    await clock.advance(1);
    assert.equal(passes, 2);
    await clock.advance(999);
    assert.equal(passes, 2);
    await loop.stop();
  });

  it('goes on after a pass that fails', async () => {
    let passes = 0;
    const { clock, loop, errors } = looping(async () => {
      passes += 1;
      throw new Error(`pass ${passes}`);
    });
    loop.start();
    await clock.advance(1000);
    assert.deepEqual(errors, [new Error('pass 1'), new Error('pass 2')]);
    await loop.stop();
  });
});
