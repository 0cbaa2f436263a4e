import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { type EventFlags, showEvents } from '../../../../cli/commands/events.js';
import type { App } from '../../../../cli/shell/app.js';
import type { Session } from '../../../../cli/shell/session.js';
import type { BusMessage } from '../../../../proto/bus.js';
import { encodeEvent } from '../../../../proto/event.js';
import { subjectsOf } from '../../../../proto/subjects.js';
import type { JobName } from '../../../../shared/ids.js';
import { testApp } from '../../../lib/cli-app.js';
import { ManualClock } from '../../../lib/manual-clock.js';
import { type KeptMinute, MinuteStream } from '../../../lib/minute-stream.js';

const [HOUR_MS, PAST] = [3_600_000, 500];

/** One that was stored that number of milliseconds after all others. */
const event = (id: string, atMs = 0): KeptMinute & { readonly data: Uint8Array } => ({
  atMs: HOUR_MS + atMs,
  data: encodeEvent({
    type: 'dqoes.job.stopped',
    id,
    source: '/dqoes/main/coordinator',
    timeMs: HOUR_MS,
    data: { job: 'face' as JobName, reason: '' },
  }),
});
const ids = (from: number, to: number): readonly string[] =>
  Array.from({ length: to - from + 1 }, (_, at) => String(from + at));

class World {
  readonly stream = new MinuteStream(ids(1, PAST).map((id) => event(id)));
  readonly stop = new AbortController();
  readonly clock = new ManualClock();
  readonly #cli = testApp();
  /** Messages on the plain subject that were looked into. */
  opened = 0;
  /** Called after each line. */
  onLine = (): void => {};
  #hear: (message: BusMessage) => void = () => {};

  get ids(): readonly string[] {
    return this.#cli.out.map((line) => (JSON.parse(line) as { readonly id: string }).id);
  }

  /** On the plain subject. */
  say({ data }: { readonly data: Uint8Array }): void {
    const open = (): Uint8Array => {
      this.opened += 1;
      return data;
    };
    this.#hear({
      ...{ subject: '', headers: {} },
      get data() {
        return open();
      },
    });
  }

  follow(flags: Partial<EventFlags> = {}): Promise<number> {
    const { app } = this.#cli;
    const data = (line: string): void => {
      app.output.data(line);
      this.onLine();
    };
    const { clock } = this;
    const own: App = {
      ...{ ...app, clock: Object.assign(clock, { wall: () => HOUR_MS }) },
      ...{ signal: this.stop.signal, output: { ...app.output, data } },
    };
    const subscribe = (_: string, handler: (message: BusMessage) => void) => {
      this.#hear = handler;
      return { unsubscribe: () => {} };
    };
    const bus = { ...this.stream.bus, subscribe };
    const session = { bus, subjects: subjectsOf('main'), cluster: 'main' } as unknown as Session;
    return showEvents(own, session, { output: 'json', since: HOUR_MS, follow: true, ...flags });
  }
}

describe('events that come while the past is read', () => {
  for (const flags of [{}, { tail: 20 }])
    it(`are not held, and shown once, in order (${JSON.stringify(flags)})`, async () => {
      const world = new World();
      let made = PAST;
      world.onLine = () => {
        if (made >= 2 * PAST) return;
        made += 1;
        const next = event(String(made));
        world.stream.add(next);
        world.say(next);
      };
      const following = world.follow(flags);
      await world.clock.advance(60_000);
      world.stop.abort();
      assert.equal(await following, 0);
      assert.deepEqual(world.ids, ids(flags.tail === undefined ? 1 : PAST - 19, made));
      assert.ok(made > PAST);
      assert.equal(world.opened, 0, 'what is heard there was taken for more than a hint');
    });
});

describe('events that are followed', () => {
  it('are shown where nobody heard that they came, as while the connection is lost', async () => {
    const world = new World();
    const following = world.follow({ tail: 0 });
    await world.clock.advance(30_000);
    world.stream.add(event('a'));
    await world.clock.advance(5000);
    world.stop.abort();
    assert.equal(await following, 0);
    assert.deepEqual(world.ids, ['a']);
  });

  it('are shown soon where they are heard a moment before they are stored', async () => {
    const world = new World();
    const following = world.follow({ tail: 0 });
    await world.clock.advance(30_000);
    world.say(event('a'));
    await world.clock.advance(20);
    world.stream.add(event('a'));
    await world.clock.advance(200);
    assert.deepEqual(world.ids, ['a']);
    world.stop.abort();
    assert.equal(await following, 0);
  });

  it('wait where the stream does not answer, and miss nothing', async () => {
    const world = new World();
    const following = world.follow({ tail: 0 });
    await world.clock.advance(1000);
    world.stream.silentAt = PAST + 2;
    world.stream.add(...ids(PAST + 1, PAST + 3).map((id) => event(id)));
    await world.clock.advance(20_000);
    assert.deepEqual(world.ids, [String(PAST + 1)]);
    world.stream.silentAt = undefined;
    await world.clock.advance(2000);
    world.stop.abort();
    assert.equal(await following, 0);
    assert.deepEqual(world.ids, ids(PAST + 1, PAST + 3));
  });

  for (const flags of [{ tail: 0 }, { from: PAST + 1, since: undefined as never }])
    it(`are those of a stream that was made again (${JSON.stringify(flags)})`, async () => {
      const world = new World();
      const following = world.follow(flags);
      await world.clock.advance(1000);
      world.stream.makeAgain([event('a', 1), event('b', 2)]);
      await world.clock.advance(5000);
      world.stop.abort();
      assert.equal(await following, 0);
      assert.deepEqual(world.ids, ['a', 'b']);
    });
});
