import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import { describe, it } from 'mocha';
import { readStream } from '../../../../cli/shell/read-text.js';

describe('reading what may not end', () => {
  const never = new AbortController().signal;
  const endless = (): Readable =>
    new Readable({
      read() {
        this.push('name: x\n'.repeat(1000));
      },
    });
  const mute = (): Readable => new Readable({ read() {} });
  const clock = { now: () => 0, wall: () => 0, sleep: async () => {} };

  it('reads a text to its end', async () => {
    assert.deepEqual(await readStream(Readable.from(['a', 'ü']), { maxBytes: 3, signal: never }), {
      ok: true,
      value: 'aü',
    });
  });

  it('refuses what is not UTF-8 where that is asked for, with the line and the cure', async () => {
    const latin = [Buffer.from('name: a\nprice: '), Buffer.from([0xa3]), Buffer.from('5\n')];
    const bounds = { maxBytes: 100, signal: never };
    const read = await readStream(Readable.from(latin), { ...bounds, isUtf8Only: true });
    assert.deepEqual(read, {
      ok: false,
      error: 'is not UTF-8 (line 2): save it as that, as with iconv -f ISO-8859-1 -t UTF-8',
    });
    assert.ok((await readStream(Readable.from(latin), bounds)).ok);
    const split = [Buffer.from([0xc3]), Buffer.from([0xbc, 0xef, 0xbf, 0xbd])];
    const whole = await readStream(Readable.from(split), { ...bounds, isUtf8Only: true });
    assert.deepEqual(whole, { ok: true, value: 'ü\ufffd' });
  });

  it('stops at its bound, at a signal, and after a long silence', async () => {
    const long = await readStream(endless(), { maxBytes: 256 * 1024, signal: never });
    assert.match(long.ok ? '' : long.error, /is longer than 256 KiB/);
    const stop = new AbortController();
    const stopped = readStream(mute(), { maxBytes: 1, signal: stop.signal });
    stop.abort();
    const answer = await stopped;
    assert.match(answer.ok ? '' : answer.error, /the command was stopped/);
    const quiet = await readStream(mute(), {
      maxBytes: 1,
      signal: never,
      silence: { clock, ms: 30_000 },
    });
    assert.match(quiet.ok ? '' : quiet.error, /sent nothing for 30 s/);
  });
});
