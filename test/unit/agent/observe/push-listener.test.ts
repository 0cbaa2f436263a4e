import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { PushListener } from '../../../../agent/observe/push-listener.js';
import type { PushReceiver } from '../../../../agent/ports/push.js';
import { ManualClock } from '../../../lib/manual-clock.js';

/** A receiver whose port is taken while `fault` says so. */
class Port implements PushReceiver {
  fault = 'listen EADDRNOTAVAIL: address not available 172.17.0.1:8125';
  readonly triedAtMs: number[] = [];
  isOpen = false;
  rejected = 0;
  constructor(readonly clock: ManualClock) {}
  async start(): Promise<{ readonly httpPort: number; readonly udpPort: number }> {
    this.triedAtMs.push(this.clock.now());
    if (this.fault !== '') throw new Error(this.fault);
    this.isOpen = true;
    return { httpPort: 1, udpPort: 2 };
  }
  async close(): Promise<void> {
    this.isOpen = false;
  }
}

function open() {
  const clock = new ManualClock();
  const push = new Port(clock);
  const logged: string[] = [];
  const note = (text: string): void => void logged.push(text);
  const log = { info: note, warn: note, error: note };
  return { clock, push, logged, listener: new PushListener({ push, clock, log }) };
}

describe('a push receiver whose port is not free', () => {
  it('is tried again, ever later up to a minute, and says why until it listens', async () => {
    const { clock, push, logged, listener } = open();
    const startMs = clock.now();
    await listener.start(() => {});
    assert.equal(listener.warning, `${push.fault}; it is tried again`);
    for (let second = 0; second < 200; second += 1) await clock.advance(1000);
    const afterMs = push.triedAtMs.map((atMs) => (atMs - startMs) / 1000);
    assert.deepEqual(afterMs, [0, 1, 3, 7, 15, 31, 63, 123, 183]);
    assert.deepEqual(logged, [push.fault]);
    push.fault = '';
    await clock.advance(60_000);
    assert.deepEqual([push.isOpen, listener.warning], [true, '']);
    assert.deepEqual(logged.slice(1), ['response times can be pushed now']);
    await clock.advance(120_000);
    assert.equal(push.triedAtMs.length, afterMs.length + 1);
  });

  it('is not tried any more once it is closed', async () => {
    const { clock, push, listener } = open();
    await listener.start(() => {});
    await listener.close();
    await clock.advance(600_000);
    assert.equal(push.triedAtMs.length, 1);
    assert.equal(push.isOpen, false);
  });
});
