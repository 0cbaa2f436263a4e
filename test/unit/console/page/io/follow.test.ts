import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { Client } from '../../../../../console/page/io/client.js';
import { follow } from '../../../../../console/page/io/follow.js';
import { Poller } from '../../../../../console/page/io/poll.js';
import type { PageEvent } from '../../../../../console/page/model/events.js';
import { type Action, reduce, START } from '../../../../../console/page/model/state.js';

const cloudEvent = (type: string) => ({ type, time: '2026-11-26T20:00:00Z', data: { job: 'a' } });
const message = (id: number): string =>
  `id: ${id}\ndata: ${JSON.stringify(cloudEvent('dqoes.job.stopped'))}\n\n`;

describe('following events', () => {
  it('goes on where it was cut off, and says when it is live', async () => {
    const places: (string | undefined)[] = [];
    const seen: PageEvent[] = [];
    const live: boolean[] = [];
    const stop = new AbortController();
    const bodies = [`id: 4\n\n${message(5)}`, message(6)];
    const send = async (_url: string, init: { headers: Record<string, string> }) => {
      places.push(init.headers['last-event-id']);
      const body = bodies.shift();
      if (body === undefined) {
        stop.abort();
        throw new TypeError('refused');
      }
      return new Response(body);
    };
    await follow(
      {
        client: new Client(fetch, null),
        fetch: send as unknown as typeof fetch,
        sleep: async () => {},
        onEvents: (events) => seen.push(...events),
        onLive: (isLive) => live.push(isLive),
        onRefused: () => assert.fail('refused'),
      },
      stop.signal,
    );
    assert.deepEqual(places, [undefined, '5', '6']);
    assert.deepEqual(
      seen.map(({ sequence }) => sequence),
      [5, 6],
    );
    assert.deepEqual(live, [true, false, true, false, false]);
  });
});

describe('polling', () => {
  it('is disconnected after two failures, and reads everything again when it is back', async () => {
    let isUp = true;
    let state = START;
    const stop = new AbortController();
    const connections: string[] = [];
    const send = async (url: string) => {
      if (!isUp) throw new TypeError('refused');
      const value = {
        role: 'viewer',
        nowMs: 0,
        connected: true,
        hasLeader: true,
        jobs: [],
        nodes: [],
      };
      return new Response(JSON.stringify({ ...value, points: [], complete: true, url }));
    };
    let nowMs = 0;
    let passes = 0;
    const poller = new Poller({
      client: new Client(send as unknown as typeof fetch, null),
      dispatch: (action: Action) => {
        state = reduce(state, action);
      },
      now: () => nowMs,
      isHidden: () => false,
      sleep: async (ms) => {
        nowMs += ms;
        connections.push(state.connection);
        passes += 1;
        isUp = passes < 2 || passes > 3;
        if (passes === 6) stop.abort();
      },
    });
    await poller.run(stop.signal);
    assert.deepEqual(connections, [
      'connected',
      'connected',
      'connected',
      'disconnected',
      'connected',
      'connected',
    ]);
    assert.deepEqual([state.jobs, state.nodes, state.role], [[], [], 'viewer']);
  });
});
