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
    const client = { after: undefined, headers: {}, ...(mayRead === undefined ? {} : { mayRead }) };
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
});
