import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { EventPublisher } from '../../../../coordinator/dispatch/event-publisher.js';
import type { DqoesEvent } from '../../../../proto/schemas/event.js';
import type { EventLog, StoreFailure } from '../../../../proto/store.js';
import { subjectsOf } from '../../../../proto/subjects.js';
import { silentLog } from '../../../../shared/log.js';
import { err, ok } from '../../../../shared/result.js';
import { ManualClock, settle } from '../../../lib/manual-clock.js';
import { allocationId, job, nodeId } from '../build.js';

describe('EventPublisher', () => {
  const event = (id: string, name = 'a'): DqoesEvent => ({
    type: 'dqoes.job.stopped',
    id,
    source: '/test',
    timeMs: 0,
    data: { job: job(name).name, reason: 'test' },
  });
  function publishing() {
    const clock = new ManualClock();
    const appended: string[] = [];
    const failing = new Set<string>();
    const state: { failure?: StoreFailure | undefined; refused?: string; answersMs?: number } = {};
    const events: EventLog = {
      append: async (_, id) => {
        if (state.answersMs !== undefined) await clock.sleep(state.answersMs);
        if (state.failure !== undefined) return err(state.failure);
        if (failing.has(id)) return err('unknown');
        if (state.refused === id) return err('refused');
        appended.push(id);
        return ok(undefined);
      },
    };
    return {
      clock,
      appended,
      state,
      failing,
      publisher: new EventPublisher({
        log: silentLog,
        clock,
        subjects: subjectsOf('main'),
        events,
      }),
    };
  }

  it('appends in order, in the background', async () => {
    const { publisher, appended } = publishing();
    publisher.add([event('1'), event('2')]);
    publisher.add([event('3')]);
    assert.deepEqual(appended.length <= 1, true);
    await settle();
    assert.deepEqual(appended, ['1', '2', '3']);
  });

  it('appends those of different jobs side by side, those of one job in order', async () => {
    const { publisher, appended, state, clock } = publishing();
    state.answersMs = 100;
    publisher.add([event('a1', 'a'), event('b1', 'b'), event('c1', 'c')]);
    publisher.add([event('b2', 'b'), event('d1', 'd')]);
    await clock.advance(100);
    assert.deepEqual(appended, ['a1', 'b1', 'c1']);
    await clock.advance(100);
    assert.deepEqual(appended, ['a1', 'b1', 'c1', 'b2', 'd1']);
  });

  it('stores no event of a job before an earlier one that failed', async () => {
    const { publisher, appended, failing, clock } = publishing();
    failing.add('a1');
    publisher.add([event('a1', 'a'), event('b1', 'b'), event('a2', 'a'), event('b2', 'b')]);
    await settle();
    assert.deepEqual(appended, ['b1']);
    failing.clear();
    await clock.advance(1000);
    assert.deepEqual(appended, ['b1', 'a1', 'a2', 'b2']);
  });

  it('sends what is about no job alone', async () => {
    const { publisher, appended, state, clock } = publishing();
    state.answersMs = 100;
    const silent: DqoesEvent = {
      type: 'dqoes.node.suspect',
      id: 'n1',
      source: '/test',
      timeMs: 0,
      data: { node: nodeId('n1'), silentMs: 1 },
    };
    publisher.add([event('a1', 'a'), silent, event('b1', 'b')]);
    for (const count of [1, 2, 3]) {
      await clock.advance(100);
      assert.equal(appended.length, count);
    }
    assert.deepEqual(appended, ['a1', 'n1', 'b1']);
  });

  it('keeps events that the stream refuses, in order and within bounds', async () => {
    const { publisher, appended, state, clock } = publishing();
    state.failure = 'unknown';
    publisher.add(Array.from({ length: 6000 }, (_, i) => event(String(i))));
    await settle();
    assert.deepEqual(publisher.counters, { published: 0, dropped: 1000, waiting: 5000 });
    state.failure = undefined;
    await clock.advance(1000);
    for (let i = 0; i < 100 && publisher.counters.waiting > 0; i += 1) await settle();
    assert.deepEqual([appended.length, appended[0], appended.at(-1)], [5000, '1000', '5999']);
  });

  it('drops changed limits before anything else', async () => {
    const { publisher, appended, state, clock } = publishing();
    state.failure = 'unknown';
    publisher.add([event('first', 'a')]);
    const limits = Array.from({ length: 6000 }, (_, i): DqoesEvent => {
      const to = { cpuCores: 1, periodUs: 100_000 };
      const place = { job: job(`j${i}`).name, allocation: allocationId(`j${i}-1`) };
      return {
        type: 'dqoes.allocation.limit-changed',
        id: String(i),
        source: '/test',
        timeMs: 0,
        data: { ...place, node: nodeId('h1'), from: null, to, reason: 'test' },
      };
    });
    publisher.add(limits);
    publisher.add([event('last', 'a')]);
    await settle();
    assert.deepEqual(publisher.counters, { published: 0, dropped: 1002, waiting: 5000 });
    state.failure = undefined;
    await clock.advance(1000);
    for (let i = 0; i < 100 && publisher.counters.waiting > 0; i += 1) await settle();
    const [first, second] = appended;
    assert.deepEqual([first, second, appended.at(-1)], ['first', '1002', 'last']);
  });

  it('drops an event that the stream never takes, and goes on with the others', async () => {
    const { publisher, appended, state } = publishing();
    state.refused = '2';
    publisher.add([event('1'), event('2'), event('3')]);
    await settle();
    assert.deepEqual(appended, ['1', '3']);
    assert.deepEqual(publisher.counters, { published: 2, dropped: 1, waiting: 0 });
  });

  it('goes on past an event that is never taken and never refused', async () => {
    const { publisher, appended, failing, clock } = publishing();
    failing.add('a1');
    publisher.add([event('a1', 'a'), event('a2', 'a'), event('b1', 'b'), event('c1', 'c')]);
    publisher.add(['d', 'e', 'f'].map((name) => event(`${name}1`, name)));
    await clock.advance(4000);
    assert.deepEqual(appended, []);
    await clock.advance(60_000);
    assert.deepEqual(appended, ['b1', 'c1', 'd1', 'a2', 'e1', 'f1']);
    assert.deepEqual(publisher.counters, { published: 6, dropped: 1, waiting: 0 });
  });

  it('keeps an event while the stream takes no other either', async () => {
    const { publisher, appended, state, clock } = publishing();
    state.failure = 'unknown';
    publisher.add([event('a1', 'a'), event('b1', 'b')]);
    await clock.advance(600_000);
    state.failure = undefined;
    await clock.advance(1000);
    assert.deepEqual([...appended].sort(), ['a1', 'b1']);
    assert.equal(publisher.counters.dropped, 0);
  });

  it('stores nothing of a job before an event that may still be stored', async () => {
    const { publisher, appended, failing, clock } = publishing();
    failing.add('a1');
    publisher.add([event('a1', 'a'), event('a2', 'a')]);
    await clock.advance(60_000);
    assert.deepEqual(appended, []);
    failing.clear();
    await clock.advance(1000);
    assert.deepEqual(appended, ['a1', 'a2']);
  });

  it('does not hold up a stop', async () => {
    const { publisher, state } = publishing();
    state.failure = 'unknown';
    publisher.add([event('1')]);
    await settle();
    await publisher.stop();
    assert.equal(publisher.counters.waiting, 1);
  });

  it('gives a stream that answers slowly five seconds at a stop', async () => {
    const { publisher, clock, state, appended } = publishing();
    state.answersMs = 1000;
    publisher.add(Array.from({ length: 20 }, (_, i) => event(String(i))));
    const stopped = publisher.stop();
    await clock.advance(20_000);
    await stopped;
    assert.deepEqual(appended, ['0', '1', '2', '3', '4']);
    assert.equal(publisher.counters.waiting, 15);
  });
});
