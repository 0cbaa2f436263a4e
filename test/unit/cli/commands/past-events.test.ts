import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { type EventFlags, showEvents } from '../../../../cli/commands/events.js';
import type { App } from '../../../../cli/shell/app.js';
import type { Session } from '../../../../cli/shell/session.js';
import type { Bus } from '../../../../proto/bus.js';
import { encodeEvent } from '../../../../proto/event.js';
import { PART_SIZE, PARTS_AHEAD } from '../../../../proto/parts-in-order.js';
import { subjectsOf } from '../../../../proto/subjects.js';
import type { JobName } from '../../../../shared/ids.js';
import { testApp } from '../../../lib/cli-app.js';
import { MinuteStream } from '../../../lib/minute-stream.js';

const HOUR_MS = 3_600_000;
const COUNT = 5000;

/** Their ids are their numbers in the stream. */
const stored = Array.from({ length: COUNT }, (_, at) => ({
  atMs: HOUR_MS + at,
  data: encodeEvent({
    type: 'dqoes.job.stopped',
    id: String(at + 1),
    source: '/dqoes/main/coordinator',
    timeMs: HOUR_MS + at,
    data: { job: 'face' as JobName, reason: '' },
  }),
}));
const numbers = (from: number, to = COUNT): readonly string[] =>
  Array.from({ length: to - from + 1 }, (_, at) => String(from + at));

interface World {
  readonly stream: MinuteStream;
  readonly out: readonly string[];
  readonly problems: readonly string[];
  readonly stop: AbortController;
  /** `bus`: what it answers else. */
  show(flags?: Partial<EventFlags>, bus?: Partial<Bus>): Promise<number>;
  ids(): readonly string[];
}

/** `onLine` is called after each line; `isEndAsked`: the abort is by Ctrl-C. */
function world(onLine: (world: World) => void = () => {}, isEndAsked = false): World {
  const { app, out, problems } = testApp();
  const stream = new MinuteStream(stored);
  const stop = new AbortController();
  const data = (line: string): void => {
    app.output.data(line);
    onLine(made);
  };
  const own: App = {
    ...app,
    ...{ signal: stop.signal, isEndAsked: () => isEndAsked },
    clock: { ...app.clock, wall: () => 2 * HOUR_MS },
    output: { ...app.output, data },
  };
  const sessionOver = (bus: Partial<Bus>): Session =>
    ({ bus, subjects: subjectsOf('main'), cluster: 'main' }) as unknown as Session;
  const quiet = { ...stream.bus, subscribe: () => ({ unsubscribe: () => {} }) };
  const made: World = {
    ...{ stream, out, problems, stop },
    show: (flags = {}, bus = {}) => {
      const since = flags.from === undefined ? { since: HOUR_MS } : {};
      const session = sessionOver({ ...quiet, ...bus });
      return showEvents(own, session, { output: 'json', ...since, ...flags });
    },
    ids: () => out.map((line) => (JSON.parse(line) as { readonly id: string }).id),
  };
  return made;
}

describe('past events of a long time', () => {
  it('are printed in order while they are read: few are held', async () => {
    let most = 0;
    const { show, ids, problems } = world(({ stream, out }) => {
      most = Math.max(most, stream.asked.length - out.length);
    });
    assert.deepEqual([await show(), problems], [0, []]);
    assert.deepEqual(ids(), numbers(1));
    // Beside the messages: the range, and the search for the first one.
    assert.ok(most < PART_SIZE * PARTS_AHEAD + 100, `${most} were read before they were printed`);
  });

  it('begin at the moment, and may be the newest only', async () => {
    const late = world();
    assert.equal(await late.show({ since: HOUR_MS - 1000 }), 0);
    assert.deepEqual(late.ids(), numbers(1001));
    const newest = world();
    assert.equal(await newest.show({ tail: 3 }), 0);
    assert.deepEqual(newest.ids(), numbers(COUNT - 2));
  });

  for (const [flags, code] of [
    [{}, 1],
    [{ from: 1 }, 1],
    [{ follow: true }, 0],
  ] as const)
    it(`end at once by Ctrl-C, with ${code} (${JSON.stringify(flags)})`, async () => {
      const { show, out, problems } = world(({ stop }) => stop.abort(), true);
      assert.deepEqual([await show(flags), problems], [code, []]);
      assert.ok(out.length <= PART_SIZE, `${out.length} lines`);
    });

  it('end at once and well where their reader closes the pipe', async () => {
    for (const flags of [{}, { from: 1 }]) {
      const { show, out, problems } = world(({ stop }) => stop.abort());
      assert.deepEqual([await show(flags), problems], [0, []]);
      assert.ok(out.length <= PART_SIZE, `${out.length} lines`);
    }
  });

  it('end at once where the stream is slow to answer', async () => {
    const { show, stop, out } = world(undefined, true);
    const silent = new Promise<never>(() => {});
    const showing = show({}, { request: () => silent });
    stop.abort();
    assert.deepEqual([await showing, out], [1, []]);
  });

  it('are a fault behind those before a gap', async () => {
    const { show, stream, ids, problems } = world();
    stream.silentAt = 3000;
    assert.equal(await show(), 1);
    assert.match(problems.join(), /event stream dqoes-main-events does not answer/);
    assert.deepEqual(ids(), numbers(1, 2999));
  });
});
