import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { createPatternCompiler } from '../../../agent/drivers/host-regexp.js';
import { readLine } from '../../../agent/observe/log-line.js';
import { DEFAULT_LOG_PATTERN } from '../../../shared/job.js';
import { checkLogPattern, MAX_LINE_LENGTH } from '../../../shared/log-pattern.js';

const GOOD = [
  DEFAULT_LOG_PATTERN,
  '^\\S+ \\S+ \\S+ \\[[^\\]]+\\] "[^"]*" \\d+ \\d+ (?<value>\\d+)$',
  '(?:\\d{1,3}\\.){3}\\d+ (?<value>\\d+)ms',
  'took(?: about)? (?<value>[0-9]+(?:\\.[0-9]+)?) ?ms',
  '[(+*]+(?<value>\\d+)',
];
const BAD: readonly (readonly [string, RegExp])[] = [
  ['x'.repeat(201), /201 characters long: use at most 200/],
  ['(?<value>', /not a regular expression/],
  ['ms (\\d+)', /no group called value/],
  ['[(?<value>]+', /no group called value/],
  ['(?:a+)+(?<value>\\d)', /repeats a group that repeats inside/],
  ['(?:(?:a+)b)*(?<value>\\d)', /repeats a group that repeats inside/],
  ['(?<value>\\d+)(?=ms)', /looks ahead or behind/],
  ['(?<q>["\'])(?<value>\\d+)\\k<q>', /refers back/],
  ['a{50}(?<value>\\d+)', /repeats more than 16 times/],
];

describe('log patterns', () => {
  for (const pattern of GOOD)
    it(`accepts ${pattern}, and so does the linear engine`, () => {
      assert.deepEqual(checkLogPattern(pattern), { ok: true, value: pattern });
      assert.equal(createPatternCompiler()(pattern).ok, true);
    });
  for (const [pattern, expected] of BAD)
    it(`refuses ${pattern.slice(0, 40)}`, () => {
      const checked = checkLogPattern(pattern);
      assert.ok(!checked.ok);
      assert.match(checked.error, expected);
    });

  it('compiles to a pattern that a hostile line cannot hold up', () => {
    // Without the linear engine each of these takes minutes or for ever, and this test runs into
    // its deadline.
    const compile = createPatternCompiler();
    for (const source of [
      '.*.*.*.*a(?<value>\\d)',
      '(x|x)*y(?<value>\\d)',
      '(?:x|xx)+y(?<value>\\d)',
    ]) {
      const compiled = compile(source);
      assert.ok(compiled.ok);
      assert.equal(compiled.value.exec('x'.repeat(MAX_LINE_LENGTH)), null);
    }
  });

  it('the compiler refuses what cannot be linear', () => {
    const compiled = createPatternCompiler()('(a)\\1(?<value>b)');
    assert.ok(!compiled.ok);
    assert.match(compiled.error, /linear time/);
  });
});

describe('readLine', () => {
  const pattern = /took (?<value>\S+)/;
  it('yields milliseconds from the unit', () => {
    for (const [unit, latencyMs] of [
      ['us', 0.0125],
      ['ms', 12.5],
      ['s', 12_500],
    ] as const) {
      const reading = readLine('req took 12.5', pattern, unit);
      assert.deepEqual(reading, { kind: 'observation', observation: { latencyMs, weight: 1 } });
    }
  });
  it('tells other lines from unreadable ones', () => {
    assert.equal(readLine('listening on 80', pattern, 'ms').kind, 'other');
    for (const text of ['took ages', 'took -1', 'took NaN', 'took Infinity', 'took 1e12'])
      assert.equal(readLine(text, pattern, 'ms').kind, 'rejected', text);
    assert.equal(readLine(`took 5${' '.repeat(MAX_LINE_LENGTH)}`, pattern, 'ms').kind, 'rejected');
  });
});
