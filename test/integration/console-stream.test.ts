import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { after, before, describe, it } from 'mocha';
import { type EventSource, followEvents } from '../lib/event-source.js';
import { until } from '../lib/until.js';
import { job } from '../unit/coordinator/build.js';
import { ConsoleWorld } from './console-world.js';

describe('the stream of the console', function () {
  this.timeout(60_000);
  let world: ConsoleWorld;
  before(async () => {
    world = await ConsoleWorld.make({ limits: { heartbeatMs: 100, streams: 2 } });
  });
  after(() => world.close());

  describe('events as they come', () => {
    it('have the sequence of the stream, and go on after the last one that is known', async () => {
      const first = await followEvents(world.url);
      await world.cluster.call('job-submit', { jobs: [job('sse')] });
      await until(
        () => first.events.some(({ data }) => data.includes('job.submitted')),
        'the event',
      );
      const cut = first.events.find(({ data }) => data.includes('job.submitted'))?.id ?? 0;
      first.end();
      await world.cluster.call('job-stop', { name: job('sse').name });
      const again = await followEvents(world.url, { 'last-event-id': String(cut) });
      await until(() => again.events.some(({ data }) => data.includes('job.stopped')), 'the rest');
      const ids = again.events.map(({ id }) => id);
      assert.deepEqual(
        ids,
        ids.map((_, index) => cut + 1 + index),
        'none is missing or twice',
      );
      const stored = await world.ask(`events?after=${cut}&limit=1000`);
      const { events } = stored.json as unknown as {
        events: { sequence: number; event: { id: string } }[];
      };
      const told = again.events.map(({ data }) => (JSON.parse(data) as { id: string }).id);
      assert.deepEqual(
        told,
        events.slice(0, told.length).map(({ event }) => event.id),
      );
      await until(() => again.beats > 0, 'a sign of life');
      again.end();
    });

    it('no more streams than there may be', async () => {
      const open = [await followEvents(world.url), await followEvents(world.url)];
      const { status, json } = await world.ask('stream');
      assert.deepEqual([status, json?.code], [429, 'http.too-many']);
      for (const each of open) each.end();
      await until(async () => {
        const one = await followEvents(world.url).catch(() => undefined);
        one?.end();
        return one !== undefined;
      }, 'a place');
    });
  });

  it('a client that takes nothing is cut, and holds up nobody', async () => {
    const url = await world.open({ limits: { stalledMs: 300, streams: 2 } });
    const { hostname, port } = new URL(url);
    const stuck = connect({ host: hostname, port: Number(port) });
    stuck.on('error', () => {});
    stuck.pause();
    stuck.write('GET /api/v1/stream HTTP/1.1\r\nHost: localhost\r\n\r\n');
    const other = await followEvents(url);
    await until(async () => {
      const more = await followEvents(url).catch(() => undefined);
      more?.end();
      return more === undefined;
    }, 'both to be there');
    const log = await world.cluster.user.stores.openEvents('web');
    assert.ok(log.ok);
    const subject = world.cluster.subjects.event('job', 'placed');
    // More than what the kernel keeps between the two.
    const text = 'x'.repeat(60_000);
    for (let i = 0; i < LARGE; i += 1) {
      const data = new TextEncoder().encode(JSON.stringify({ i, text }));
      await log.value.append(subject, `large-${i}`, data);
    }
    await until(() => other.events.length >= LARGE, 'the other client', 30_000);
    const third = await followSoon(url);
    third.end();
    other.end();
    stuck.destroy();
  });
});

/** Messages of 60 kB. */
const LARGE = 400;

/** A client, as soon as there is a place for one. */
async function followSoon(url: string): Promise<EventSource> {
  let found: EventSource | undefined;
  await until(async () => {
    found = await followEvents(url).catch(() => undefined);
    return found !== undefined;
  }, 'a place');
  assert.ok(found);
  return found;
}
