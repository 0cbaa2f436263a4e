import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { PARTS_AHEAD, PartsInOrder } from '../../../proto/parts-in-order.js';
import { eventsOf, StreamReader } from '../../../proto/stream-reader.js';
import { MinuteStream } from '../../lib/minute-stream.js';

const COUNT = 20_000;

/** A stream of messages whose subjects are made of their numbers. */
function world(subjectOf: (sequence: number) => string) {
  const stream = new MinuteStream(
    Array.from({ length: COUNT }, (_, at) => ({
      ...{ atMs: at, data: new Uint8Array() },
      subject: subjectOf(at + 1),
    })),
  );
  const read = async (...subjects: [string, ...string[]]) => {
    const reader = new StreamReader(stream.bus, eventsOf('main'));
    const parts = new PartsInOrder(reader, { first: 1, last: COUNT }, subjects);
    const found: number[] = [];
    for (let part = await parts.next(); part !== undefined; part = await parts.next()) {
      found.push(...part.messages.map(({ sequence }) => sequence));
      if (!part.complete) return { found, complete: false };
    }
    return { found, complete: true };
  };
  return { stream, read };
}
const numbers = (wanted: (sequence: number) => boolean, last = COUNT): readonly number[] =>
  Array.from({ length: last }, (_, at) => at + 1).filter(wanted);

describe('the parts of a stream', () => {
  it('have the messages of several subjects in one order', async () => {
    const { read } = world((sequence) => `s.${'abc'[sequence % 3]}`);
    assert.deepEqual(await read('s.a', 's.b'), {
      found: numbers((sequence) => sequence % 3 !== 2),
      complete: true,
    });
  });

  it('end before a gap, also with what other subjects have behind it', async () => {
    const { read, stream } = world((sequence) => (sequence % 2 === 0 ? 's.a' : 's.b'));
    stream.silentAt = 7001;
    // The one that follows the even numbers asks for those behind each of them.
    assert.deepEqual(await read('s.a', 's.b'), {
      found: numbers(() => true, 7000),
      complete: false,
    });
  });

  it('pass over a long way without a message of the subject', async () => {
    const wanted = new Set([5, 6, 9000, 19_999]);
    const { read, stream } = world((sequence) => (wanted.has(sequence) ? 's.a' : 's.b'));
    assert.deepEqual(await read('s.a'), { found: [...wanted], complete: true });
    const most = 2 * PARTS_AHEAD * (wanted.size + 1);
    assert.ok(stream.asked.length <= most, `${stream.asked.length} were asked for`);
  });
});
