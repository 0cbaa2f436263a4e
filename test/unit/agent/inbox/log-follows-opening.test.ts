import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { LogFollows, MAX_FOLLOWS } from '../../../../agent/inbox/log-follows.js';
import type { LogFollowRequest } from '../../../../proto/log-follow.js';
import type { AllocationId } from '../../../../shared/ids.js';
import { ManualClock } from '../../../lib/manual-clock.js';

describe('agent: logs that are being opened for readers', () => {
  const request = (more: Partial<LogFollowRequest> = {}): LogFollowRequest => ({
    ...{ allocation: 'a-1' as AllocationId, container: 'c1', session: 'abcdefgh', live: true },
    ...more,
  });

  /** Logs of an engine that opens one for as long as it is not left. */
  const hanging = () => {
    const waiting = new Set<AbortSignal>();
    const logs = new LogFollows(
      {
        openLog: (_id, _start, signal) =>
          new Promise((resolve) => {
            waiting.add(signal);
            const leave = (): void => {
              waiting.delete(signal);
              resolve({ ok: false, error: { kind: 'refused', message: 'left' } });
            };
            signal.addEventListener('abort', leave, { once: true });
          }),
      },
      new ManualClock(),
    );
    return { logs, waiting };
  };

  it('are left by a reader that goes away', async () => {
    const { logs, waiting } = hanging();
    const gone = logs.next(request());
    assert.deepEqual([waiting.size, logs.size], [1, 1]);
    assert.ok((await logs.next(request({ stop: true }))).ok);
    assert.deepEqual([waiting.size, logs.size], [0, 0]);
    assert.ok(!(await gone).ok);
  });

  it('are not ended by another key that names the same session', async () => {
    const { logs, waiting } = hanging();
    void logs.next(request(), 'U1');
    assert.ok((await logs.next(request({ stop: true }), 'U2')).ok);
    assert.equal(waiting.size, 1);
    logs.close();
    assert.deepEqual([waiting.size, logs.size], [0, 0]);
  });

  it('are asked for once by each reader, and again after it left', async () => {
    const { logs, waiting } = hanging();
    const first = logs.next(request());
    assert.deepEqual(await logs.next(request()), { ok: false, error: 'twice' });
    await logs.next(request({ stop: true }));
    void logs.next(request());
    assert.ok(!(await first).ok);
    assert.deepEqual([waiting.size, logs.size], [1, 1]);
    logs.close();
  });

  it('make room for a key that has fewer', async () => {
    const { logs, waiting } = hanging();
    const flood = Array.from({ length: MAX_FOLLOWS }, (_, at) =>
      logs.next(request({ session: `flood${at}xyz` }), 'U1'),
    );
    void logs.next(request({ session: 'operators1' }), 'U2');
    assert.deepEqual(await flood.at(-1), { ok: false, error: 'full' });
    assert.deepEqual([waiting.size, logs.size], [MAX_FOLLOWS, MAX_FOLLOWS]);
    assert.deepEqual(await logs.next(request({ session: 'another1' }), 'U1'), {
      ok: false,
      error: 'full',
    });
    logs.close();
  });
});
