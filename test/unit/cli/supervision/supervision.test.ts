import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'mocha';
import { readCliConfig } from '../../../../cli/config.js';
import type { Notice } from '../../../../cli/supervision/notifier.js';
import {
  NotifiedSupervision,
  supervisionOf,
  UNSUPERVISED,
} from '../../../../cli/supervision/supervision.js';
import { silentLog } from '../../../../shared/log.js';
import { ManualClock } from '../../../lib/manual-clock.js';

describe('supervision', () => {
  let sent: Notice[] = [];
  let nowMs = 0;
  const clock = { now: () => nowMs, wall: () => 0, sleep: async () => {} };
  const notifier = {
    send: (notice: Notice) => void sent.push(notice),
    flush: async () => {},
  };
  const supervised = (pauseMs = 2000, watchdogMs: number | undefined = 60_000) =>
    new NotifiedSupervision(
      { loops: ['enforce', 'report'], pauseMs, status: () => 'all well' },
      { notifier, clock, watchdogMs },
    );
  beforeEach(() => {
    sent = [];
    nowMs = 0;
  });

  it('says what it waits for, and once that it is ready', () => {
    const one = supervised();
    one.starting('waits for NATS');
    one.ready();
    one.ready();
    one.starting('never said');
    assert.deepEqual(sent, [{ STATUS: 'waits for NATS' }, { READY: '1', STATUS: 'all well' }]);
  });

  it('feeds the watchdog when both loops have gone round, three times in its time', () => {
    const one = supervised();
    one.ready();
    for (nowMs = 1000; nowMs <= 60_000; nowMs += 1000) {
      one.passed('enforce');
      one.passed('report');
    }
    const food = sent.filter(({ WATCHDOG }) => WATCHDOG === '1');
    assert.equal(food.length, 3);
    assert.equal(food[0]?.STATUS, 'all well');
    // What was said at the start may have been lost.
    for (const { READY } of food) assert.equal(READY, '1');
  });

  it('lets it starve when one loop hangs', () => {
    const one = supervised();
    one.ready();
    for (nowMs = 1000; nowMs <= 600_000; nowMs += 1000) one.passed('report');
    assert.deepEqual(sent.slice(1), []);
  });

  it('feeds nothing before it is ready', () => {
    const one = supervised();
    nowMs = 100_000;
    one.passed('enforce');
    one.passed('report');
    assert.deepEqual(sent, []);
  });

  it('lets a service that fails at once live for five seconds, unless it is to stop', async () => {
    const slow = new ManualClock();
    const failing = () =>
      new NotifiedSupervision(
        { loops: [], pauseMs: 2000, status: () => '' },
        { notifier, clock: slow, watchdogMs: 60_000 },
      );
    const one = failing();
    await slow.advance(1000);
    let hasEnded = false;
    const ended = one.failed(new AbortController().signal).then(() => {
      hasEnded = true;
    });
    await slow.advance(3999);
    assert.equal(hasEnded, false);
    await slow.advance(1);
    await ended;
    // One that has lived for longer ends at once.
    await one.failed(new AbortController().signal);
    await failing().failed(AbortSignal.abort());
    await UNSUPERVISED.failed(new AbortController().signal);
  });

  it('asks for more time where the loops are slow', () => {
    supervised(120_000).ready();
    assert.equal(sent[0]?.WATCHDOG_USEC, '480000000');
  });

  it('keeps the status up to date where there is no watchdog', () => {
    const one = new NotifiedSupervision(
      { loops: ['follow'], pauseMs: 1000, status: () => 'leads' },
      { notifier, clock },
    );
    one.ready();
    nowMs = 20_000;
    one.passed('follow');
    assert.deepEqual(sent[1], { READY: '1', STATUS: 'leads' });
  });

  it('says once that it stops, with time for it, and feeds no more', async () => {
    const one = supervised();
    one.ready();
    await one.stopping('puts the limits back');
    await one.stopping('again');
    nowMs = 100_000;
    one.passed('enforce');
    one.passed('report');
    assert.deepEqual(sent.slice(1), [
      { STOPPING: '1', STATUS: 'puts the limits back', WATCHDOG_USEC: '300000000' },
    ]);
  });

  const own = (env: NodeJS.ProcessEnv) => readCliConfig({ HOME: '/nowhere', ...env });

  it('is that of systemd only where it waits for notices', () => {
    assert.equal(own({}).serviceManager, undefined);
    assert.deepEqual(own({ NOTIFY_SOCKET: '/run/x' }).serviceManager, {});
    const asked = { NOTIFY_SOCKET: '/run/x', WATCHDOG_USEC: '60000000' };
    assert.deepEqual(own(asked).serviceManager, { watchdogMs: 60_000 });
    assert.deepEqual(own({ ...asked, WATCHDOG_PID: '1' }).serviceManager, {});
    const service = { loops: ['a'], pauseMs: 1, status: () => '' };
    assert.equal(supervisionOf(own({}), service, { clock, log: silentLog }), UNSUPERVISED);
  });
});
