import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { putBackWhileWaiting } from '../../../../cli/services/limits-while-waiting.js';
import { ManualClock } from '../../../lib/manual-clock.js';

describe('limits while an agent waits for NATS', () => {
  function open(afterMs: number) {
    const [clock, ending] = [new ManualClock(), new AbortController()];
    const seen = { times: 0, hasEnded: false };
    let done = (): void => {};
    const putBack = (): Promise<void> => {
      seen.times += 1;
      return new Promise<void>((resolve) => (done = resolve));
    };
    const { signal } = ending;
    void putBackWhileWaiting({ clock, afterMs, signal, putBack }).then(() => {
      seen.hasEnded = true;
    });
    return { clock, seen, end: () => ending.abort(), done: () => done() };
  }

  it('are put back after a while, and looked at again after each further one', async () => {
    const { clock, seen, done } = open(60_000);
    await clock.advance(59_999);
    assert.equal(seen.times, 0);
    await clock.advance(1);
    assert.equal(seen.times, 1);
    done();
    await clock.advance(60_000);
    assert.equal(seen.times, 2);
  });

  it('stay where NATS comes in time, and where they are never to be put back', async () => {
    const { clock, seen, end } = open(60_000);
    await clock.advance(59_000);
    end();
    await clock.advance(60_000);
    assert.deepEqual(seen, { times: 0, hasEnded: true });
    const never = open(0);
    await never.clock.advance(1e9);
    assert.deepEqual(never.seen, { times: 0, hasEnded: true });
  });

  it('are all back before the agent begins', async () => {
    const { clock, seen, end, done } = open(60_000);
    await clock.advance(60_000);
    end();
    await clock.advance(1000);
    assert.equal(seen.hasEnded, false);
    done();
    await clock.advance(0);
    assert.equal(seen.hasEnded, true);
  });
});
