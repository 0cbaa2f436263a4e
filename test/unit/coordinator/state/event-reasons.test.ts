import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { reasonsForEvent } from '../../../../coordinator/state/event-reasons.js';
import { encodeJson } from '../../../../proto/codec/json.js';

const MAX_BYTES = 32 * 1024 + 2;
const times = (count: number, text: string): string[] => Array.from({ length: count }, () => text);

describe('the reasons of an event', () => {
  it('are as they were said where they are short', () => {
    assert.deepEqual(reasonsForEvent(['h1: no room', 'h2: "cold"']), ['h1: no room', 'h2: "cold"']);
    assert.deepEqual(reasonsForEvent([]), []);
  });

  it('are cut at 500 characters, never inside one', () => {
    const [plain, wide] = reasonsForEvent(['x'.repeat(501), `${'x'.repeat(499)}\u{1f600}y`]);
    assert.equal(plain, `${'x'.repeat(500)}…`);
    assert.equal(wide, `${'x'.repeat(499)}…`);
  });

  it('take at most 32 KiB of JSON, whatever they are made of', () => {
    for (const text of ['\u0001', '€', '"', '\ud800', '\u{1f600}', 'é', 'x\n'])
      for (const count of [1, 3, 100, 5000]) {
        const kept = reasonsForEvent(times(count, text.repeat(4096 / text.length)));
        const { length } = encodeJson(kept);
        assert.ok(length <= MAX_BYTES, `${count} of ${JSON.stringify(text)}: ${length} bytes`);
        assert.ok(kept.length > 0 && kept.length <= Math.min(count, 100));
        for (const each of kept) assert.equal(each.isWellFormed() || text === '\ud800', true);
      }
  });
});
