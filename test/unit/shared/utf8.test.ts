import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { notUtf8, utf8Text } from '../../../shared/utf8.js';
import { bytes } from '../../lib/utf8.js';

describe('the text of a file', () => {
  it('is UTF-8, with its BOM', () => {
    for (const text of ['', 'café\r\n', '\ufeffa: \ufffd\n', '\u{1f600}'])
      assert.deepEqual(utf8Text(bytes(text)), { ok: true, value: text });
  });

  it('of another encoding is refused at its first line that is not', () => {
    const lineOf = (before: string, after = ''): unknown => {
      const read = utf8Text(new Uint8Array([...bytes(before), 0xfc, ...bytes(after)]));
      return read.ok ? read : read.error;
    };
    assert.equal(lineOf(''), 1);
    assert.equal(lineOf('a\n', '\nb'), 2);
    assert.equal(lineOf('a: \ufffd\r\n\r\nb: gr', 'n\n'), 3);
    assert.deepEqual(utf8Text(bytes('ü').subarray(0, 1)), { ok: false, error: 1 });
  });

  it('is told where and how to mend it', () => {
    assert.match(notUtf8(), /^is not UTF-8: save it as that, as with iconv/);
    assert.match(notUtf8(7), /^is not UTF-8 \(line 7\): save it as that, as with iconv/);
  });
});
