import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { findInLog, LOG_FORMS } from '../../../../agent/doctor/logs.js';
import { createPatternCompiler } from '../../../../agent/drivers/host-regexp.js';
import { checkLogPattern } from '../../../../shared/log-pattern.js';

describe('response times in a log', () => {
  it('are looked for by patterns that the agent takes', () => {
    for (const { pattern } of LOG_FORMS) {
      assert.ok(checkLogPattern(pattern).ok, pattern);
      assert.ok(createPatternCompiler()(pattern).ok, pattern);
    }
  });

  const found = (...lines: readonly string[]) => {
    const finding = findInLog(lines);
    return finding === null
      ? null
      : [finding.form.name, finding.requests, Number(finding.meanMs.toPrecision(6))];
  };

  it('are found in the forms that servers write', () => {
    assert.deepEqual(found('{"ready":true}', '{"ms":12.5}', '{"ms":13.5}'), [
      'JSON lines with "ms"',
      2,
      13,
    ]);
    assert.deepEqual(found('{"level":"info","duration_ms": 40}'), [
      'JSON lines with "duration_ms"',
      1,
      40,
    ]);
    assert.deepEqual(found('level=info msg=done took=1.5s', 'level=info took=500ms'), [
      'key=value with a duration',
      2,
      1000,
    ]);
  });

  it("are found in Ollama's access log in any unit, of answered requests only", () => {
    const lines = [
      '[GIN] 2026/11/25 - 12:00:00 | 200 |      1m2.5s |       127.0.0.1 | POST     ' +
        '"/api/generate"',
      '[GIN] 2026/11/25 - 12:00:01 | 200 |  812.4ms |       127.0.0.1 | POST     "/api/chat"',
      '[GIN] 2026/11/25 - 12:00:02 | 200 |   45.1µs |       127.0.0.1 | GET      "/api/tags"',
      '[GIN] 2026/11/25 - 12:00:03 | 500 |   1.2s |       127.0.0.1 | POST     "/api/chat"',
    ];
    assert.deepEqual(found(...lines), [
      'access log of Gin (Ollama, LocalAI)',
      2,
      (62_500 + 812.4) / 2,
    ]);
  });

  it('are not seen where there are none', () => {
    assert.equal(found('listening on :8080', 'ms', '{"ms":"x"}'), null);
    assert.equal(found(), null);
  });
});
