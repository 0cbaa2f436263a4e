import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { Discovery } from '../../../../agent/discover/discovery.js';
import {
  type EngineContainer,
  type EngineEvent,
  type EngineFailure,
  RESUBSCRIBED,
} from '../../../../agent/ports/engine.js';
import { silentLog } from '../../../../shared/log.js';
import { err, ok, type Result } from '../../../../shared/result.js';
import { ManualClock, settle } from '../../../lib/manual-clock.js';
import { container } from '../observe/build.js';

type Listed = Result<readonly EngineContainer[], EngineFailure>;

function world(answers: (call: number) => Listed | Promise<Listed> = () => ok([container()])) {
  const clock = new ManualClock();
  const seen = { lists: 0, inFlight: 0, most: 0, aborted: false };
  let hint: (event: EngineEvent) => void = () => {};
  const engine = {
    list: async () => {
      seen.lists += 1;
      seen.inFlight += 1;
      seen.most = Math.max(seen.most, seen.inFlight);
      const answer = await answers(seen.lists);
      seen.inFlight -= 1;
      return answer;
    },
    events: (onEvent: (event: EngineEvent) => void, signal: AbortSignal) => {
      hint = onEvent;
      signal.addEventListener('abort', () => {
        seen.aborted = true;
      });
    },
  };
  const discovery = new Discovery({
    engine,
    clock,
    log: silentLog,
    relistMs: 30_000,
    coalesceMs: 100,
    retryMs: 1000,
  });
  const event = (action = 'start') => hint({ action, containerId: container().id });
  return { clock, seen, discovery, event };
}
const down: Listed = err({ kind: 'unavailable', message: 'no engine' });

describe('Discovery', () => {
  it('knows nothing before the engine has answered', () => {
    const { discovery } = world();
    assert.deepEqual(discovery.current().containers, null);
    assert.match(discovery.current().warning ?? '', /has not answered/);
  });

  it('lists at start and again on the timer', async () => {
    const { clock, seen, discovery } = world();
    discovery.start();
    await clock.advance(0);
    assert.equal(seen.lists, 1);
    assert.equal(discovery.current().containers?.length, 1);
    assert.equal(discovery.current().warning, null);
    await clock.advance(29_999);
    assert.equal(seen.lists, 1);
    await clock.advance(1);
    assert.equal(seen.lists, 2);
    await discovery.stop();
  });

  it('makes one list of many hints', async () => {
    const { clock, seen, discovery, event } = world();
    discovery.start();
    await clock.advance(0);
    for (let n = 0; n < 50; n += 1) event();
    await clock.advance(50);
    event();
    await clock.advance(50);
    assert.equal(seen.lists, 2);
    await clock.advance(1000);
    assert.equal(seen.lists, 2);
    await discovery.stop();
    assert.equal(seen.aborted, true);
  });

  it('never lists twice at a time, and does not lose a hint that came meanwhile', async () => {
    let release: (value: Listed) => void = () => {};
    const { clock, seen, discovery, event } = world((call) =>
      call === 1 ? new Promise<Listed>((resolve) => (release = resolve)) : ok([]),
    );
    discovery.start();
    await clock.advance(0);
    event();
    discovery.wake();
    await clock.advance(5000);
    assert.equal(seen.lists, 1);
    release(ok([container()]));
    await clock.advance(100);
    assert.equal(seen.lists, 2);
    assert.equal(seen.most, 1);
    await discovery.stop();
  });

  it('keeps the last list when the engine fails, and retries with growing pauses', async () => {
    const { clock, seen, discovery } = world((call) =>
      call === 1 || call > 4 ? ok([container()]) : down,
    );
    discovery.start();
    await clock.advance(30_000);
    assert.equal(seen.lists, 2);
    assert.equal(discovery.current().containers?.length, 1);
    assert.match(discovery.current().warning ?? '', /may be old: no engine/);
    await clock.advance(1000);
    assert.equal(seen.lists, 3);
    await clock.advance(1999);
    assert.equal(seen.lists, 3);
    await clock.advance(1);
    assert.equal(seen.lists, 4);
    await clock.advance(4000);
    assert.equal(seen.lists, 5);
    assert.equal(discovery.current().warning, null);
    await discovery.stop();
  });

  it('says of a list whether the engine was away before it', async () => {
    let release: (value: Listed) => void = () => {};
    const { clock, discovery, event } = world((call) =>
      call === 2 ? new Promise<Listed>((resolve) => (release = resolve)) : ok([container()]),
    );
    const returnsNow = (): number => discovery.current().engineReturns;
    discovery.start();
    await clock.advance(0);
    event();
    await clock.advance(100);
    // The list in flight may be of the time before.
    event(RESUBSCRIBED);
    release(ok([container()]));
    await settle();
    assert.equal(returnsNow(), 0);
    await clock.advance(100);
    assert.equal(returnsNow(), 1);
    await discovery.stop();
  });

  it('stops while it sleeps and leaves nothing asleep', async () => {
    const { clock, discovery } = world();
    discovery.start();
    await settle();
    await discovery.stop();
    assert.equal(clock.sleeping, 0);
  });
});
