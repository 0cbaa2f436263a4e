import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { Day } from '../../../../console/history/day.js';
import { DayLoader } from '../../../../console/history/loader.js';
import type { Bus, BusState } from '../../../../proto/bus.js';
import { createMemoryHub } from '../../../../proto/memory/bus.js';
import { historyStreamOf, subjectsOf } from '../../../../proto/subjects.js';
import { encodeMinute } from '../../../../proto/view.js';
import { silentLog } from '../../../../shared/log.js';
import { MemoryStream } from '../../../lib/api/memory-stream.js';
import { ManualClock } from '../../../lib/manual-clock.js';
import { allocationId, jobName, nodeId } from '../../coordinator/build.js';

const SUBJECTS = subjectsOf('test');
const ALL = { step: '1m', fromMs: 0, toMs: Number.POSITIVE_INFINITY } as const;
const A_1 = {
  ...{ id: allocationId('a-1'), job: jobName('a'), requests: 1, meanMs: 50, worstMs: 80 },
  ...{ seconds: 60, observedSeconds: 60, atTargetSeconds: 60, notSlowerSeconds: 60 },
  ...{ reservedCpuSeconds: 60, usedCpuSeconds: 30, energyJoules: null, throttledRatio: 0 },
};

describe('the stored minutes of a console', () => {
  let clock: ManualClock;
  let stored: MemoryStream;
  let day: Day;
  let loader: DayLoader;
  /** Of the connection of the console. */
  let state: BusState = 'connected';
  let say: (state: BusState) => void;
  /** Requests of that number are not answered. */
  let silentFrom = Number.POSITIVE_INFINITY;
  const minute = (): number => Math.floor(clock.wall() / 60_000);
  const known = (): readonly number[] =>
    day.pointsOf('a-1', ALL)?.points.map(({ atMs }) => atMs / 60_000) ?? [];
  const store = (at: number): void => {
    const data = encodeMinute({
      ...{ schema: 1, node: nodeId('h1'), minute: at, epoch: 1, seconds: 60 },
      allocations: [A_1],
    });
    stored.keep(SUBJECTS.minute(nodeId('h1')), String(at), data);
  };

  beforeEach(async () => {
    clock = new ManualClock();
    stored = new MemoryStream(() => clock.wall());
    day = new Day(10);
    state = 'connected';
    silentFrom = Number.POSITIVE_INFINITY;
    const hub = createMemoryHub({ clock, log: silentLog });
    await stored.serve(hub.connect(), historyStreamOf('test'));
    const inner = hub.connect();
    let asked = 0;
    const listeners = new Set<(state: BusState) => void>();
    say = (next) => {
      state = next;
      for (const each of listeners) each(next);
    };
    const bus: Bus = {
      ...inner,
      get state() {
        return state;
      },
      subscribe: (subject, handler) => inner.subscribe(subject, handler),
      request: async (...args) => {
        asked += 1;
        if (asked < silentFrom) return inner.request(...args);
        await clock.sleep(5000);
        return { ok: false, error: 'timeout' };
      },
      onState: (listener) => {
        listeners.add(listener);
        return { unsubscribe: () => void listeners.delete(listener) };
      },
    };
    loader = new DayLoader({ bus, cluster: 'test', clock, log: silentLog, day });
  });
  afterEach(async () => {
    const stopped = loader.stop();
    await clock.advance(20_000);
    await stopped;
  });

  it('those that came while the connection was lost are read when it is back', async () => {
    const first = minute();
    store(first);
    loader.start();
    await clock.advance(100);
    assert.deepEqual([known(), day.isComplete], [[first], true]);
    say('reconnecting');
    assert.equal(day.isComplete, false, 'something may be missing');
    store(first + 1);
    await clock.advance(60_000);
    assert.deepEqual(known(), [first], 'it was never heard');
    say('connected');
    await clock.advance(100);
    assert.deepEqual([known(), day.isComplete], [[first, first + 1], true]);
  });

  it('are known as they are read, not when all are', async () => {
    for (let at = 0; at < 40; at += 1) store(minute() - at);
    silentFrom = 20;
    loader.start();
    await clock.advance(100);
    assert.ok(known().length > 5, `${known().length} of those that were answered`);
    assert.equal(day.isComplete, false);
    silentFrom = Number.POSITIVE_INFINITY;
    await clock.advance(20_000);
    assert.deepEqual([known().length, day.isComplete], [40, true]);
  });
});
