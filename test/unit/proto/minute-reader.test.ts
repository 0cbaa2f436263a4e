import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { eachMinute, type MinuteQuestion } from '../../../proto/minute-reader.js';
import type { MinuteRecord } from '../../../proto/schemas/view.js';
import { type KeptMinute, MinuteStream } from '../../lib/minute-stream.js';
import { ran, recordOf } from '../console/ledger/build.js';

const MINUTE = 60_000;
const DAY = 1440;
/** Two days of a node. */
const records = Array.from({ length: 2 * DAY }, (_, index) =>
  recordOf('h1', 10_000 + index, [ran('a-1')]),
);
const kept = (...more: readonly KeptMinute[]): readonly KeptMinute[] => [
  ...records.map((data) => ({ data })),
  ...more,
];

async function read(stream: MinuteStream, question: Partial<MinuteQuestion> = {}) {
  const found: MinuteRecord[] = [];
  const asked = { cluster: 'main', fromMs: 0, toMs: 20_000 * MINUTE, ...question };
  const answer = await eachMinute(stream.bus, asked, (record) => void found.push(record));
  return { answer, found, minutes: new Set(found.map(({ minute }) => minute)) };
}

describe('reading minutes', () => {
  it('hands on each once, and says since when there are any', async () => {
    const { answer, found, minutes } = await read(new MinuteStream(kept()));
    assert.deepEqual(answer, {
      ok: true,
      value: { storedSinceMs: 10_000 * MINUTE, unreadable: 0 },
    });
    assert.deepEqual([found.length, minutes.size], [2 * DAY, 2 * DAY]);
  });

  it('reads no more than is near the time, and all of it', async () => {
    const stream = new MinuteStream(kept());
    const [from, to] = [11_000, 11_060];
    const { minutes } = await read(stream, { fromMs: from * MINUTE, toMs: to * MINUTE });
    for (let minute = from; minute < to; minute += 1) assert.ok(minutes.has(minute), `${minute}`);
    assert.ok(stream.asked.length < 250, `${stream.asked.length} messages were asked for`);
  });

  it('has what was written late, and by a clock that is not that of the store', async () => {
    const late = recordOf('h2', 11_050, [ran('b-1')]);
    const end = (10_000 + 2 * DAY) * MINUTE;
    const all = kept({ atMs: end + 50 * MINUTE, data: late });
    const { found } = await read(new MinuteStream(all), { fromMs: end - 10 * MINUTE, toMs: end });
    assert.ok(found.some(({ node }) => node === 'h2'));
    const slow = records.map((data) => ({ data, atMs: (data.minute - 8) * MINUTE }));
    const question = { fromMs: 10_500 * MINUTE, toMs: 10_600 * MINUTE };
    const { minutes } = await read(new MinuteStream(slow), question);
    assert.ok(minutes.has(10_500) && minutes.has(10_599));
  });

  it('has all that was written after a long break: what is late comes first', async () => {
    const nodes = ['h1', 'h2', 'h3'];
    const of = (minute: number, atMs: number) =>
      nodes.map((node) => ({ atMs, data: recordOf(node, minute, [ran('a-1')]) }));
    const minutes = (from: number, to: number) =>
      Array.from({ length: to - from }, (_, index) => from + index);
    const end = (minute: number): number => (minute + 1) * MINUTE;
    const back = end(10_400);
    const all = [
      ...minutes(10_000, 10_100).flatMap((each) => of(each, end(each))),
      ...minutes(10_100, 10_400).flatMap((each) => of(each, back)),
      ...minutes(10_400, 10_500).flatMap((each) => of(each, end(each))),
    ];
    const question = { fromMs: 10_050 * MINUTE, toMs: 10_150 * MINUTE };
    const { found } = await read(new MinuteStream(all), question);
    const asked = found.filter(({ minute }) => minute >= 10_050 && minute < 10_150);
    assert.equal(asked.length, 100 * nodes.length);
    assert.ok(found.length < 400, `${found.length} were read`);
  });

  it('counts what it cannot read', async () => {
    const { answer, found } = await read(
      new MinuteStream(kept({ atMs: 12_000 * MINUTE, data: Uint8Array.of(1, 2, 3) })),
    );
    assert.ok(answer.ok);
    assert.deepEqual([answer.value.unreadable, found.length], [1, 2 * DAY]);
  });

  it('nothing is stored: there is nothing, and no fault', async () => {
    const { answer } = await read(new MinuteStream([]));
    assert.deepEqual(answer, { ok: true, value: { storedSinceMs: null, unreadable: 0 } });
  });

  it('a stream that does not answer for one is a fault: a part would look like all', async () => {
    const stream = new MinuteStream(kept());
    stream.silentAt = 777;
    const { answer } = await read(stream, { toMs: 10_900 * MINUTE });
    assert.equal(answer.ok ? '' : answer.error[0]?.code, 'service.unavailable');
  });

  it('ends where nobody waits for it any more', async () => {
    const stream = new MinuteStream(kept());
    const ending = new AbortController();
    ending.abort();
    const { answer, found } = await read(stream, { signal: ending.signal });
    assert.ok(!answer.ok);
    assert.ok(found.length < 64, `${found.length} were read`);
  });
});
