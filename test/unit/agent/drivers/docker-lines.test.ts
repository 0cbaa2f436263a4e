import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { uptimeSeconds } from '../../../../agent/drivers/docker-inspect.js';
import { LineSplitter, LogLines, MAX_LINE_BYTES } from '../../../../agent/drivers/docker-lines.js';
import { pinOf } from '../../../../agent/drivers/docker-version.js';

function frame(stream: 1 | 2, text: string): Buffer {
  const payload = Buffer.from(text);
  const header = Buffer.alloc(8);
  header[0] = stream;
  header.writeUInt32BE(payload.length, 4);
  return Buffer.concat([header, payload]);
}

/** Lines of a stream that comes in pieces of `size` bytes. */
function linesOf(bytes: Buffer, size: number, tty = false): readonly string[] {
  const lines: string[] = [];
  const reader = new LogLines((line) => lines.push(line), tty);
  for (let at = 0; at < bytes.length; at += size) reader.push(bytes.subarray(at, at + size));
  reader.flush();
  return lines;
}

describe('log lines', () => {
  const stream = Buffer.concat([
    frame(1, 'one\ntw'),
    frame(2, 'bad\n'),
    frame(1, 'o\n'),
    frame(1, 'café\r\n'),
    frame(1, 'end'),
  ]);

  it('are the same however the stream is cut', () => {
    for (let size = 1; size <= stream.length; size += 1)
      assert.deepEqual(
        linesOf(stream, size),
        ['one', 'bad', 'two', 'café', 'end'],
        `pieces of ${size}`,
      );
  });

  it('come unframed from a terminal', () => {
    assert.deepEqual(linesOf(Buffer.from('a\r\nb\r\n'), 3, true), ['a', 'b']);
  });

  it('are cut at their bound, and the next one is whole', () => {
    const long = 'x'.repeat(3 * MAX_LINE_BYTES);
    assert.deepEqual(linesOf(frame(1, `${long}\nnext\n`), 1000), [
      'x'.repeat(MAX_LINE_BYTES),
      'next',
    ]);
  });

  it('say that they were cut, of each line anew', () => {
    const seen: [number, boolean][] = [];
    const reader = new LogLines((line, isCut) => seen.push([line.length, isCut]), false);
    const fits = 'x'.repeat(MAX_LINE_BYTES);
    for (const line of [fits, `${fits}y`, 'short']) reader.push(frame(1, `${line}\n`));
    assert.deepEqual(seen, [
      [MAX_LINE_BYTES, false],
      [MAX_LINE_BYTES, true],
      [5, false],
    ]);
  });

  it('never throw, whatever the bytes', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 500 }),
        fc.integer({ min: 1, max: 50 }),
        (bytes, size) => {
          for (const line of linesOf(Buffer.from(bytes), size))
            assert.ok(Buffer.byteLength(line) <= 3 * MAX_LINE_BYTES);
        },
      ),
    );
  });

  it('keep what a splitter was given', () => {
    fc.assert(
      fc.property(fc.array(fc.stringMatching(/^[a-z]{1,20}$/)), (lines) => {
        const seen: string[] = [];
        const splitter = new LineSplitter((line) => seen.push(line));
        splitter.push(Buffer.from(lines.map((line) => `${line}\n`).join('')));
        assert.deepEqual(seen, lines);
      }),
    );
  });
});

describe('uptimeSeconds', () => {
  const cases: readonly [string, number][] = [
    ['Up Less than a second', 0],
    ['Up 1 second', 1],
    ['Up 59 seconds', 59],
    ['Up About a minute', 60],
    ['Up 12 minutes (healthy)', 720],
    ['Up About an hour', 3600],
    ['Up 3 days', 259_200],
    ['Up 2 weeks (Paused)', 1_209_600],
  ];
  for (const [status, seconds] of cases)
    it(`reads ${status}`, () => {
      assert.equal(uptimeSeconds(status), seconds);
    });
  for (const status of ['Exited (0) 2 hours ago', 'Created', 'Restarting (1) 5 seconds ago', ''])
    it(`finds none in ${JSON.stringify(status)}`, () => {
      assert.ok(Number.isNaN(uptimeSeconds(status)));
    });
});

describe('pinOf', () => {
  it('takes the engine’s version, at most ours, at least its least', () => {
    assert.equal(pinOf('1.41', '1.24'), '1.41');
    assert.equal(pinOf('1.52', '1.44'), '1.45');
    assert.equal(pinOf('1.60', '1.50'), '1.50');
    assert.equal(pinOf('1.9', '1.2'), '1.9');
    assert.equal(pinOf(undefined, undefined), '1.45');
  });
});
