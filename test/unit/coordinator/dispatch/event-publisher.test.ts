import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { EventPublisher } from '../../../../coordinator/dispatch/event-publisher.js';
import type { DqoesEvent } from '../../../../proto/schemas/event.js';
import type { EventLog, StoreFailure } from '../../../../proto/store.js';
import { subjectsOf } from '../../../../proto/subjects.js';
import { silentLog } from '../../../../shared/log.js';
import { err, ok } from '../../../../shared/result.js';
import { ManualClock, settle } from '../../../lib/manual-clock.js';
import { job } from '../build.js';

describe('EventPublisher', () => {
  const event = (id: string): DqoesEvent => ({
    type: 'dqoes.job.stopped',
    id,
    source: '/test',
    timeMs: 0,
    data: { job: job('a').name, reason: 'test' },
  });
  function publishing() {
    const clock = new ManualClock();
    const appended: string[] = [];
    const state: { failure?: StoreFailure | undefined; refused?: string; answersMs?: number } = {};
    const events: EventLog = {
      append: async (_, id) => {
        if (state.answersMs !== undefined) await clock.sleep(state.answersMs);
        if (state.failure !== undefined) return err(state.failure);
        if (state.refused === id) return err('refused');
        appended.push(id);
        return ok(undefined);
      },
    };
    return {
      clock,
      appended,
      state,
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

  it('drops an event that the stream never takes, and goes on with the others', async () => {
    const { publisher, appended, state } = publishing();
    state.refused = '2';
    publisher.add([event('1'), event('2'), event('3')]);
    await settle();
    assert.deepEqual(appended, ['1', '3']);
    assert.deepEqual(publisher.counters, { published: 2, dropped: 1, waiting: 0 });
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
