import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { isLike, missingLine } from '../../lib/tutorial/compare.js';
import { parseTutorial } from '../../lib/tutorial/parse.js';

describe('the test of the tutorial', () => {
  it('overlooks numbers, classes and the width of columns, and nothing else', () => {
    const shown = 'signs  signs-1  h1  300ms mean ±10%  301ms  within  0.24  …';
    assert.ok(isLike(shown, 'signs signs-1     h1 300ms mean ±10% 1.2s slower 0.301 0.24 why'));
    assert.ok(!isLike(shown, 'signs signs-1 h1 300ms mean ±10% - slower 0.30 0.24 why'));
    assert.ok(!isLike(shown, 'signs signs-2 h1 300ms mean ±10% 301ms within 0.24 0.24'));
    assert.ok(!isLike(shown, 'album signs-1 h1 300ms mean ±10% 301ms within 0.24 0.24'));
    assert.ok(isLike('{"type":"…","code":"a.b",…', '{"type":"x","code":"a.b","more":1}'));
    assert.ok(!isLike('Stopped.', 'Stopped'));
  });

  it('finds the lines in order, with others in between', () => {
    assert.equal(missingLine(['a', 'c'], 'a\nb\nc\n'), undefined);
    assert.equal(missingLine(['c', 'a'], 'a\nb\nc\n'), 'a');
    assert.equal(missingLine([], ''), undefined);
  });

  it('reads commands with what they print, files, and what is not run', () => {
    const text = [
      '```console\n$ one \\\n    --more\n$ two\nprinted\n```',
      '<!-- tutorial: file a.yaml -->\n\n```yaml\na: 1\n```',
      '<!-- tutorial: not run; long -->\n\n```console\n$ never\n```',
      '<!-- tutorial: end -->\n\n```console\n^C\nStopped.\n```',
      '```yaml\nb: 2\n```',
    ];
    assert.deepEqual(parseTutorial(text.join('\n\n')), [
      { kind: 'command', command: 'one --more', expected: [] },
      { kind: 'command', command: 'two', expected: ['printed'] },
      { kind: 'file', name: 'a.yaml', text: 'a: 1\n' },
      { kind: 'end', expected: ['Stopped.'] },
    ]);
    assert.throws(() => parseTutorial('<!-- tutorial: sing -->\n\n```sh\nx\n```'), /sing/);
  });
});
