import assert from 'node:assert/strict';
import type { ServerResponse } from 'node:http';
import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { EventFeed } from '../../../../console/cluster/event-feed.js';
import { EventStreams } from '../../../../console/http/stream.js';
import { createMemoryHub } from '../../../../proto/memory/bus.js';
import { eventStreamOf, subjectsOf } from '../../../../proto/subjects.js';
import { silentLog } from '../../../../shared/log.js';
import { MemoryStream } from '../../../lib/api/memory-stream.js';
import { ManualClock } from '../../../lib/manual-clock.js';

const SUBJECT = subjectsOf('test').allEvents.replace('>', 'x').replaceAll('*', 'x');

describe('the feed of events', () => {
  let clock: ManualClock;
  let stored: MemoryStream;
  let feed: EventFeed;
  let serve: () => Promise<void>;
  beforeEach(async () => {
    clock = new ManualClock();
    const hub = createMemoryHub({ clock, log: silentLog });
    stored = new MemoryStream(() => clock.wall());
    let current = hub.connect();
    serve = async () => {
      await current.close();
      current = hub.connect();
      await stored.serve(current, eventStreamOf('test'));
    };
    await serve();
    feed = new EventFeed({ bus: hub.connect(), cluster: 'test', clock });
  });
  afterEach(async () => {
    const stopped = feed.stop();
    await clock.advance(20_000);
    await stopped;
  });

  const say = (id: string): void =>
    stored.keep(SUBJECT, id, new TextEncoder().encode(JSON.stringify({ id })));
  /** All that a client is sent. */
  const open = () => {
    const limits = { streams: 2, heartbeatMs: 600_000, stalledMs: 1000 };
    const streams = new EventStreams({ feed, clock, limits });
    const response = Object.assign(new PassThrough(), { writeHead: () => {} });
    let text = '';
    response.on('data', (piece: Buffer) => {
      text += piece.toString();
    });
    const client = { key: 'a', after: undefined, headers: {} };
    const served = streams.serve(response as unknown as ServerResponse, client);
    return { streams, served, ids: () => [...text.matchAll(/"id":"(\w+)"/g)].map(([, id]) => id) };
  };

  it('a stream that was lost and made again is read from its first event on', async () => {
    for (const id of ['a', 'b', 'c', 'd']) say(id);
    feed.start();
    await clock.advance(100);
    const { streams, served, ids } = open();
    say('e');
    await clock.advance(6000);
    assert.deepEqual(ids(), ['e']);
    stored = new MemoryStream(() => clock.wall());
    await serve();
    await clock.advance(6000);
    for (const id of ['f', 'g']) say(id);
    await clock.advance(12_000);
    assert.deepEqual(ids(), ['e', 'f', 'g']);
    assert.equal(feed.last, 2);
    streams.stop();
    await served;
  });

  it('nothing begins again while nothing happens', async () => {
    for (const id of ['a', 'b']) say(id);
    feed.start();
    await clock.advance(30_000);
    assert.deepEqual([feed.last, feed.begun], [2, 0]);
    say('c');
    await clock.advance(6000);
    assert.deepEqual([feed.last, feed.begun], [3, 0]);
  });

  /** A page, and what it cost the store. */
  const pageOf = async (after: number | undefined, limit: number) => {
    const before = stored.asked;
    const reading = feed.page(after, limit);
    await clock.advance(1000);
    const page = await reading;
    assert.ok(page.ok, JSON.stringify(page));
    const ids = page.value.events.map((each) => (each as { event: { id: string } }).event.id);
    return { ids: ids.join(' '), asked: stored.asked - before };
  };

  it('a page that was read costs no more than to see where the stream ends', async () => {
    for (const id of ['a', 'b', 'c', 'd']) say(id);
    feed.start();
    await clock.advance(100);
    assert.deepEqual(await pageOf(undefined, 3), { ids: 'b c d', asked: 5 });
    assert.deepEqual(await pageOf(undefined, 3), { ids: 'b c d', asked: 2 });
    assert.deepEqual(await pageOf(0, 3), { ids: 'a b c', asked: 3 });
    say('e');
    await clock.advance(5500);
    // The newest was read for the streams.
    assert.deepEqual(await pageOf(undefined, 2), { ids: 'd e', asked: 2 });
  });

  it('no page is of a stream that was lost meanwhile', async () => {
    for (const id of ['a', 'b', 'c', 'd']) say(id);
    feed.start();
    await clock.advance(100);
    await pageOf(undefined, 4);
    stored = new MemoryStream(() => clock.wall());
    await serve();
    for (const id of ['f', 'g']) say(id);
    assert.equal((await pageOf(undefined, 4)).ids, 'f g');
    await clock.advance(12_000);
    assert.equal((await pageOf(undefined, 4)).ids, 'f g');
  });
});
