import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { frameDiff } from '../../../../cli/grid/diff.js';
import {
  blankFrame,
  type Frame,
  frameLines,
  put,
  STYLE,
  styleRow,
} from '../../../../cli/grid/frame.js';
import { Screen } from '../../../lib/screen.js';

const frameOf = (lines: readonly string[], columns = 20): Frame => {
  const frame = blankFrame(columns, lines.length);
  for (const [y, line] of lines.entries()) put(frame, line, { x: 0, y });
  return frame;
};

describe('cli/grid/diff', () => {
  it('draws the whole frame first, then what changed and nothing else', () => {
    const before = frameOf(['face 790ms', 'fast  12ms']);
    const after = frameOf(['face 812ms', 'fast  12ms']);
    const screen = new Screen(20, 2);
    screen.write(frameDiff(undefined, before, false));
    assert.deepEqual(screen.lines, ['face 790ms', 'fast  12ms']);
    assert.equal(frameDiff(before, before, false), '');
    assert.equal(frameDiff(before, after, false), '\u001b[1;6H812');
    screen.write(frameDiff(before, after, false));
    assert.deepEqual(screen.lines, ['face 812ms', 'fast  12ms']);
  });

  it('steps over what stays', () => {
    const [before, after] = [frameOf(['a---b']), frameOf(['x---y'])];
    assert.equal(frameDiff(before, after, false), '\u001b[1;1Hx\u001b[3Cy');
  });

  it('clears the screen where the size is another', () => {
    const [before, after] = [frameOf(['a', 'b']), frameOf(['a'])];
    assert.ok(frameDiff(before, after, false).startsWith('\u001b[0m\u001b[2J'));
  });

  it('writes colours only where they are wanted; bold, dim and reverse always', () => {
    const frame = blankFrame(4, 1);
    put(frame, 'ab', { x: 0, y: 0, style: STYLE.bad });
    const shown = (colour: boolean): string => frameDiff(undefined, frame, colour);
    assert.ok(shown(true).includes('\u001b[0;31mab\u001b[0m'));
    assert.ok(!shown(false).includes('31'));
    styleRow(frame, 0, STYLE.reverse);
    assert.ok(shown(false).includes('\u001b[0;7mab  \u001b[0m'));
    put(frame, 'ab', { x: 0, y: 0, style: STYLE.dim | STYLE.bold });
    assert.ok(shown(false).includes('\u001b[0;2;1mab'));
  });

  it('knows where it is behind a wide character, and never writes half of one', () => {
    const screen = new Screen(20, 1);
    let shown: Frame | undefined;
    for (const text of ['日本語', 'a本語', '日本x', '語語語', 'abcdef', '日本語']) {
      const next = frameOf([text]);
      screen.write(frameDiff(shown, next, false));
      shown = next;
      assert.deepEqual(screen.lines, frameLines(next));
    }
  });

  it('puts texts at either side, and nothing outside', () => {
    const frame = blankFrame(10, 1);
    put(frame, '1.23', { x: 0, y: 0, width: 6, align: 'right' });
    put(frame, 'long name', { x: 7, y: 0 });
    put(frame, 'x', { x: 0, y: 1 });
    put(frame, 'x', { x: 10, y: 0 });
    assert.deepEqual(frameLines(frame), ['  1.23 lo…']);
  });
});
