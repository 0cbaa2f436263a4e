import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { showEvents } from '../../../../cli/commands/events.js';
import { subscribeEvents } from '../../../../cli/events/live-events.js';
import { LineSink } from '../../../../cli/lab/record-lines.js';
import type { Session } from '../../../../cli/shell/session.js';
import type { BusMessage } from '../../../../proto/bus.js';
import { encodeEvent } from '../../../../proto/event.js';
import { createMemoryBus } from '../../../../proto/memory/bus.js';
import { subjectsOf } from '../../../../proto/subjects.js';
import type { JobName } from '../../../../shared/ids.js';
import { silentLog } from '../../../../shared/log.js';
import { testApp } from '../../../lib/cli-app.js';
import { ManualClock } from '../../../lib/manual-clock.js';
import { MinuteStream } from '../../../lib/minute-stream.js';

const subjects = subjectsOf('main');
const stopped = (id: string): Uint8Array =>
  encodeEvent({
    type: 'dqoes.job.stopped',
    id,
    source: '/dqoes/main/coordinator',
    timeMs: 0,
    data: { job: `job-${id}` as JobName, reason: '' },
  });

/** What a leader sends while the stream takes nothing: it tries again, and is heard each time. */
const TRIES = ['1', '1', '2', '1', '2', '3'].map(stopped);

describe('events that are sent again, as while the disk of NATS is full', () => {
  const clock = new ManualClock();
  const send = async (bus: ReturnType<typeof createMemoryBus>): Promise<void> => {
    for (const data of TRIES) bus.publish(`${subjects.allEvents.slice(0, -1)}job.stopped`, data);
    await clock.advance(1);
  };

  it('are given once each', async () => {
    const bus = createMemoryBus({ clock, log: silentLog });
    const given: string[] = [];
    const subscription = subscribeEvents(bus, subjects, ({ id }) => given.push(id));
    await send(bus);
    assert.deepEqual(given, ['1', '2', '3']);
    subscription.unsubscribe();
    await send(bus);
    assert.equal(given.length, 3);
  });

  it('are all given where they have no id', async () => {
    const bus = createMemoryBus({ clock, log: silentLog });
    const given: string[] = [];
    subscribeEvents(bus, subjects, ({ type }) => given.push(type));
    const nameless = new TextEncoder().encode('{"type":"dqoes.job.stopped"}');
    for (let each = 0; each < 2; each += 1)
      bus.publish(`${subjects.allEvents.slice(0, -1)}job.stopped`, nameless);
    await clock.advance(1);
    assert.equal(given.length, 2);
  });

  it('are one line each of dqoes events --follow, once they are stored', async () => {
    const live = createMemoryBus({ clock, log: silentLog });
    const stream = new MinuteStream([{ atMs: 0, data: stopped('1') }]);
    const bus = { ...stream.bus, subscribe: live.subscribe.bind(live) };
    const session = { bus, subjects, cluster: 'main' } as unknown as Session;
    const { app, out, problems } = testApp();
    const stop = new AbortController();
    const shown = showEvents({ ...app, clock, signal: stop.signal }, session, {
      ...{ output: 'table', follow: true },
    });
    const jobs = (): readonly (string | undefined)[] => out.map((line) => /job-\d/.exec(line)?.[0]);
    for (let second = 0; second < 8; second += 1) {
      await send(live);
      await clock.advance(1000);
    }
    assert.deepEqual(jobs(), ['job-1']);
    assert.match(problems.join('\n'), /^Events come that NATS does not store yet, [^\n]*$/);
    // One of them was stored twice, as where the answer to the first try was lost.
    stream.add(...['1', '2', '3'].map((id) => ({ atMs: 1, data: stopped(id) })));
    await send(live);
    await clock.advance(1000);
    stop.abort();
    assert.equal(await shown, 0);
    assert.deepEqual([jobs(), problems.length], [['job-1', 'job-2', 'job-3'], 1]);
  });

  it('are one line each of a recording', () => {
    const lines: string[] = [];
    const sink = new LineSink({ subjects, nowMs: () => 0, write: (line) => lines.push(line) });
    for (const data of TRIES) sink.event({ subject: '', data, headers: {} } satisfies BusMessage);
    assert.equal(lines.length, 3);
    assert.equal(sink.counts.events, 3);
  });
});
