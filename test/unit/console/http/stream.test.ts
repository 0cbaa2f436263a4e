import assert from 'node:assert/strict';
import type { ServerResponse } from 'node:http';
import { PassThrough } from 'node:stream';
import { describe, it } from 'mocha';
import type { EventFeed } from '../../../../console/cluster/event-feed.js';
import { EventStreams } from '../../../../console/http/stream.js';
import { ManualClock } from '../../../lib/manual-clock.js';

/** A feed in which nothing happens. */
const quietFeed = {
  isKnown: true,
  last: 5,
  after: async () => null,
  waitForMore: (signal: AbortSignal) =>
    new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve())),
} as unknown as EventFeed;

describe('a stream of events', () => {
  const open = (mayRead?: () => Promise<boolean>) => {
    const clock = new ManualClock();
    const limits = { streams: 2, heartbeatMs: 15_000, stalledMs: 1000 };
    const streams = new EventStreams({ feed: quietFeed, clock, limits });
    const response = Object.assign(new PassThrough(), { writeHead: () => {} });
    response.resume();
    const watch = mayRead === undefined ? {} : { mayRead };
    const client = { key: 'a', after: undefined, headers: {}, ...watch };
    const served = streams.serve(response as unknown as ServerResponse, client);
    return { clock, streams, response, served };
  };

  it('ends when its token is revoked or has expired', async () => {
    let isGood = true;
    const { clock, streams, response, served } = open(async () => isGood);
    await clock.advance(10_000);
    assert.equal(streams.size, 1);
    isGood = false;
    await clock.advance(2000);
    await served;
    assert.equal(streams.size, 0);
    assert.ok(response.destroyed);
  });

  it('goes on for who needs no token', async () => {
    const { clock, streams, served } = open();
    await clock.advance(60_000);
    assert.equal(streams.size, 1);
    streams.stop();
    await served;
  });

  it('of who has the most gives way where all places are taken, and of nobody else', async () => {
    const clock = new ManualClock();
    const limits = { streams: 3, heartbeatMs: 15_000, stalledMs: 1000 };
    const streams = new EventStreams({ feed: quietFeed, clock, limits });
    const ended: string[] = [];
    const all: Promise<void>[] = [];
    const openAs = (key: string, name: string): boolean => {
      if (!streams.makeRoomFor(key)) return false;
      const response = Object.assign(new PassThrough(), { writeHead: () => {} });
      response.resume();
      const client = { key, after: undefined, headers: {} };
      const served = streams.serve(response as unknown as ServerResponse, client);
      all.push(served.then(() => void ended.push(name)));
      return true;
    };
    assert.deepEqual([openAs('a', 'a1'), openAs('a', 'a2'), openAs('a', 'a3')], [true, true, true]);
    assert.equal(openAs('a', 'a4'), false, 'one client may have all places, and no more');
    assert.equal(openAs('b', 'b1'), true);
    await clock.advance(100);
    assert.deepEqual(ended, ['a3'], 'the newest of who has most');
    assert.equal(openAs('b', 'b2'), false, 'both would have as many in turn');
    assert.equal(openAs('c', 'c1'), true);
    await clock.advance(100);
    assert.deepEqual(ended, ['a3', 'a2']);
    assert.equal(openAs('d', 'd1'), false, 'nobody has more than one');
    assert.equal(streams.size, 3);
    streams.stop();
    await clock.advance(100);
    await Promise.all(all);
    assert.equal(streams.size, 0);
  });
});
