import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'mocha';
import { IDLE_MS, LogFollows, MAX_FOLLOWS } from '../../../../agent/inbox/log-follows.js';
import {
  LOG_WAIT_MS,
  type LogFollowReply,
  type LogFollowRequest,
} from '../../../../proto/log-follow.js';
import type { AllocationId, ContainerId } from '../../../../shared/ids.js';
import { FakeEngine } from '../../../lib/fake-engine.js';
import { ManualClock } from '../../../lib/manual-clock.js';

describe('agent: logs kept open for readers', () => {
  let clock: ManualClock;
  let engine: FakeEngine;
  let follows: LogFollows;
  let container: ContainerId;
  beforeEach(() => {
    clock = new ManualClock();
    engine = new FakeEngine();
    follows = new LogFollows(engine, clock);
    container = engine.create({ name: 'talks' }).id;
  });

  const request = (more: Partial<LogFollowRequest> = {}): LogFollowRequest => ({
    ...{ allocation: 'a-1' as AllocationId, container, session: 'abcdefgh', live: true },
    ...more,
  });
  /** The answer, after so much time. */
  const ask = async (
    more: Partial<LogFollowRequest> = {},
    ms = LOG_WAIT_MS,
  ): Promise<LogFollowReply> => {
    const answer = follows.next(request(more));
    await clock.advance(ms);
    const next = await answer;
    assert.ok(next.ok, JSON.stringify(next));
    return next.value;
  };
  const textsOf = ({ lines }: LogFollowReply): readonly string[] => lines.map(([, text]) => text);
  const write = (...lines: readonly string[]): void => {
    for (const line of lines) engine.write(container, line);
  };
  const opened = (): number => engine.calls.filter((call) => call.startsWith('openLog')).length;

  it('give the last lines, then what comes, each once', async () => {
    write('1', '2', '3');
    const first = await ask({ tail: 2 });
    assert.deepEqual(textsOf(first), ['2', '3']);
    assert.ok(!first.isEnd && !first.isGap);
    const waiting = ask({ cursor: first.cursor });
    write('4');
    const second = await waiting;
    assert.deepEqual(textsOf(second), ['4']);
    const third = await ask({ cursor: second.cursor });
    assert.deepEqual(textsOf(third), []);
    assert.equal(opened(), 1);
  });

  it('answer that there is nothing after a while, and go on', async () => {
    const empty = await ask({});
    assert.deepEqual([textsOf(empty), empty.isEnd], [[], false]);
    write('late');
    assert.deepEqual(textsOf(await ask({ cursor: empty.cursor })), ['late']);
  });

  it('are opened again at the cursor after a lost answer or a new start of the agent', async () => {
    write('1', '2');
    const first = await ask({ tail: 100 });
    write('3', '4');
    const lost = await ask({ cursor: first.cursor });
    assert.deepEqual(textsOf(lost), ['3', '4']);
    assert.deepEqual(textsOf(await ask({ cursor: first.cursor })), ['3', '4']);
    follows.close();
    follows = new LogFollows(engine, clock);
    write('5');
    const again = await ask({ cursor: lost.cursor });
    assert.deepEqual([textsOf(again), again.isGap], [['5'], false]);
  });

  it('tell lines with one time apart by their number', async () => {
    const time = '2026-11-26T14:00:00.000000001Z';
    const lines = ['a', 'b', 'c', 'd'].map((text) => ({ time, text }));
    let has = 2;
    const several = new LogFollows(
      {
        openLog: async () => ({
          ok: true,
          value: (async function* () {
            yield lines.slice(0, has);
          })(),
        }),
      },
      clock,
    );
    const next = async (more: Partial<LogFollowRequest>) => {
      const answer = await several.next(request(more));
      assert.ok(answer.ok);
      return answer.value;
    };
    const first = await next({});
    assert.deepEqual([textsOf(first), first.cursor], [['a', 'b'], { time, seen: 2 }]);
    has = 4;
    const second = await next({ cursor: first.cursor });
    assert.deepEqual([textsOf(second), second.cursor], [['c', 'd'], { time, seen: 4 }]);
  });

  it('say that lines may be missing where those at the cursor were rotated away', async () => {
    write('1', '2');
    const first = await ask({});
    write('3', '4', '5');
    follows.close();
    follows = new LogFollows(engine, clock);
    engine.rotate(container, 4);
    const second = await ask({ cursor: first.cursor });
    assert.deepEqual([textsOf(second), second.isGap], [['5'], true]);
    assert.equal((await ask({ cursor: second.cursor })).isGap, false);
  });

  it('end with the container, and go on with its next start', async () => {
    write('1');
    engine.end(container, 1);
    const first = await ask({});
    assert.deepEqual([textsOf(first), first.isEnd], [['1'], true]);
    const still = await ask({ cursor: first.cursor });
    assert.deepEqual([textsOf(still), still.isEnd], [[], true]);
    engine.start(container);
    write('2');
    const next = await ask({ cursor: still.cursor });
    assert.deepEqual([textsOf(next), next.isEnd, next.isGap], [['2'], false, false]);
  });

  it('end with what is there where nobody waits for more', async () => {
    write('1', '2');
    const all = await ask({ live: false });
    assert.deepEqual([textsOf(all), all.isEnd], [['1', '2'], true]);
    assert.equal(follows.size, 0);
  });

  it('hold little of a log that floods: it is read as fast as it is asked for', async () => {
    const long = 'x'.repeat(4000);
    write(...Array.from({ length: 500 }, (_, at) => `${at} ${long}`));
    let read = 0;
    const counting = new LogFollows(
      {
        openLog: async (...asked) => {
          const stream = await engine.openLog(...asked);
          if (!stream.ok) return stream;
          return {
            ok: true,
            value: (async function* () {
              for await (const lines of stream.value) {
                read += lines.length;
                yield lines;
              }
            })(),
          };
        },
      },
      clock,
    );
    const answer = counting.next(request());
    await clock.advance(1);
    const first = await answer;
    assert.ok(first.ok);
    const { lines, isMore, cursor } = first.value;
    assert.ok(isMore && lines.length < 60, `${lines.length} lines`);
    assert.ok(read <= lines.length + 2, `${read} read`);
    await clock.advance(1000);
    assert.ok(read <= lines.length + 2);
    const more = counting.next(request({ cursor }));
    await clock.advance(1000);
    const second = await more;
    assert.ok(second.ok);
    assert.match(textsOf(second.value)[0] ?? '', new RegExp(`^${lines.length} `));
  });

  it('are closed when the reader says so, or asks no more', async () => {
    await ask({});
    assert.equal(follows.size, 1);
    await follows.next(request({ stop: true }));
    assert.equal(follows.size, 0);
    await ask({});
    await clock.advance(IDLE_MS - 1000);
    assert.equal(follows.size, 1);
    await clock.advance(2000);
    assert.equal(follows.size, 0);
    assert.equal(engine.containers.get(container)?.watchers.size, 0);
  });

  it('are sixteen at most, and one request of a reader at a time', async () => {
    for (let at = 0; at < MAX_FOLLOWS; at += 1) await ask({ session: `session${at}x` }, 5000);
    const fresh = Array.from({ length: MAX_FOLLOWS }, (_, at) =>
      follows.next(request({ session: `other${at}xyz` })),
    );
    await clock.advance(LOG_WAIT_MS);
    const refused = (await Promise.all(fresh)).filter((each) => !each.ok);
    assert.ok(refused.length > 0 && follows.size <= MAX_FOLLOWS);
    const alone = new LogFollows(engine, clock);
    const one = alone.next(request());
    await clock.advance(1);
    assert.deepEqual(await alone.next(request()), { ok: false, error: 'twice' });
    alone.close();
    assert.ok((await one).ok);
  });

  it('of a key that has most make room for a key that has fewer', async () => {
    for (let at = 0; at < MAX_FOLLOWS; at += 1) {
      const opened = follows.next(request({ session: `flood${at}xyz` }), 'U1');
      await clock.advance(10);
      void opened;
    }
    assert.equal(follows.size, MAX_FOLLOWS);
    assert.deepEqual(await follows.next(request({ session: 'another1' }), 'U1'), {
      ok: false,
      error: 'full',
    });
    write('1');
    const other = follows.next(request({ session: 'operators1' }), 'U2');
    await clock.advance(10);
    const first = await other;
    assert.ok(first.ok, JSON.stringify(first));
    assert.deepEqual(textsOf(first.value), ['1']);
    assert.equal(follows.size, MAX_FOLLOWS);
    assert.ok(!(await follows.next(request({ session: 'another1' }), 'U1')).ok);
  });

  it('of one key are not ended by another that names the same session', async () => {
    const opened = follows.next(request(), 'U1');
    await clock.advance(LOG_WAIT_MS);
    assert.ok((await opened).ok);
    assert.ok((await follows.next(request({ stop: true }), 'U2')).ok);
    assert.equal(follows.size, 1);
  });

  it("hand on the engine's reason", async () => {
    engine.remove(container);
    const gone = await follows.next(request());
    assert.ok(!gone.ok && typeof gone.error === 'object');
    assert.equal(gone.error.kind, 'gone');
    assert.equal(follows.size, 0);
  });
});
