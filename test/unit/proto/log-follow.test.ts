import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import {
  isLogTime,
  logTimeOf,
  msOfLogTime,
  readFollowReply,
  readFollowRequest,
} from '../../../proto/log-follow.js';

const TIME = '2026-11-26T14:00:00.123456789Z';
const REQUEST = { allocation: 'a-1', container: 'c1', session: 'abcdefgh', live: true };
const bytes = (value: unknown): Uint8Array =>
  new TextEncoder().encode(typeof value === 'string' ? value : JSON.stringify(value));

describe('requests for a log from a place on', () => {
  it('are read as they were written', () => {
    const all = { ...REQUEST, tail: 5, since: TIME, cursor: { time: TIME, seen: 2 } };
    assert.deepEqual(readFollowRequest(all), { ok: true, value: all });
    assert.deepEqual(readFollowRequest({ ...REQUEST, since: 60_000 }), {
      ok: true,
      value: { ...REQUEST, since: 60_000 },
    });
    const stop = readFollowRequest({ ...REQUEST, stop: true });
    assert.ok(stop.ok && stop.value.stop === true);
  });

  it('are refused where a part is not as it should be, with its name', () => {
    for (const [bad, said] of [
      [{ allocation: 'a b' }, /^allocation/],
      [{ allocation: 7 }, /^allocation/],
      [{ container: '../x' }, /^container/],
      [{ container: '' }, /^container/],
      [{ session: 'short' }, /^session/],
      [{ session: 'a'.repeat(41) }, /^session/],
      [{ live: 'yes' }, /^live/],
      [{ tail: -1 }, /^tail/],
      [{ tail: 1.5 }, /^tail/],
      [{ tail: 1e9 }, /^tail/],
      [{ since: 'now' }, /^since/],
      [{ since: Number.NaN }, /^since/],
      [{ since: '2026-99-26T14:00:00.123456789Z' }, /^since/],
      [{ cursor: { time: TIME } }, /^cursor/],
      [{ cursor: { time: TIME, seen: -1 } }, /^cursor/],
      [{ cursor: 'x' }, /^cursor/],
    ] as const) {
      const read = readFollowRequest({ ...REQUEST, ...bad });
      assert.match(read.ok ? '' : read.error, said, JSON.stringify(bad));
    }
  });

  it('have times that agree with those of the engine', () => {
    assert.equal(logTimeOf(msOfLogTime(TIME)), '2026-11-26T14:00:00.123000000Z');
    assert.deepEqual([TIME, '2026-11-26T14:00:00Z', '', 7, null].map(isLogTime), [
      true,
      false,
      false,
      false,
      false,
    ]);
  });
});

describe('answers to them', () => {
  const REPLY = { lines: [[TIME, 'hello']], cursor: { time: TIME, seen: 1 }, isEnd: true };

  it('are read, and what is absent is false', () => {
    const read = readFollowReply(bytes(REPLY));
    assert.ok(read?.ok);
    assert.deepEqual(read.value, { ...REPLY, isMore: false, isGap: false, lagMs: 0 });
  });

  it('that are none are known from those that refuse', () => {
    const refused = readFollowReply(bytes({ fault: { code: 'service.busy', message: 'later' } }));
    assert.ok(refused !== undefined && !refused.ok);
    assert.equal(refused.error.code, 'service.busy');
    for (const other of [
      '',
      'null',
      '7',
      '[]',
      '{',
      { lines: ['a line'] },
      { ...REPLY, lines: [['x']] },
      { ...REPLY, lines: 'x' },
      { ...REPLY, cursor: {} },
      { fault: 'x' },
      { fault: { code: 7 } },
    ])
      assert.equal(readFollowReply(bytes(other)), undefined, JSON.stringify(other));
  });
});
