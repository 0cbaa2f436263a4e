import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { parseMoment } from '../../../../cli/services/moment.js';

const NOW = Date.parse('2026-11-26T14:03:07Z');

describe('cli: a moment', () => {
  it('is a day or a minute of UTC, or how long ago', () => {
    const moments = {
      '2026-11-26': '2026-11-26T00:00:00.000Z',
      '2026-11-26T14:00': '2026-11-26T14:00:00.000Z',
      '2026-11-26T14:00:59Z': '2026-11-26T14:00:00.000Z',
      '2024-02-29': '2024-02-29T00:00:00.000Z',
      '90m': '2026-11-26T12:33:07.000Z',
      '36h': '2026-11-25T02:03:07.000Z',
      '7d': '2026-11-19T14:03:07.000Z',
    };
    for (const [text, expected] of Object.entries(moments)) {
      const moment = parseMoment(text, NOW);
      assert.ok(moment.ok, text);
      assert.equal(new Date(moment.value).toISOString(), expected);
    }
  });

  it('is nothing else', () => {
    for (const text of ['', 'yesterday', '2026-13-01', '2026-02-30', '2026-11-26T24:30', '-1h'])
      assert.equal(parseMoment(text, NOW).ok, false, text);
    for (const text of ['2026-11-26T14:00:99Z', '2026-11-26T14:00:60', '2026-11-26T14:61'])
      assert.equal(parseMoment(text, NOW).ok, false, text);
    for (const text of ['2026-11-26 14:00', '1764165787000', '7w', '1.5h', '9999999h'])
      assert.equal(parseMoment(text, NOW).ok, false, text);
  });
});
