import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { lineLog } from '../../../cli/log.js';
import { ManualClock } from '../../lib/manual-clock.js';

describe('the log of a service', () => {
  it('is one line for each record, and none of it controls a terminal', () => {
    const lines: string[] = [];
    const write = (line: string) => void lines.push(line);
    const log = lineLog({ write, clock: new ManualClock(), level: 'info' });
    log.warn('an answer: \u001b[2J\u009b1m\r\n2026 WARN  forged', {
      image: 'a\u009b31m\u202eb\u001b]0;title\u0007',
      plain: 'h1',
    });
    assert.equal(lines.length, 1);
    assert.match(
      lines[0] ?? '',
      / WARN {2}an answer: \\u001b\[2J\\u009b1m 2026 WARN {2}forged image="a\\u009b31m\\u202eb/,
    );
    assert.match(lines[0] ?? '', / plain=h1$/);
    assert.doesNotMatch(lines[0] ?? '', /[\p{Cc}\u202e]/u);
  });
});
