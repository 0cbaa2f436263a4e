import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { frameDiff } from '../../../../cli/grid/diff.js';
import { blankFrame, type Frame, frameLines, put } from '../../../../cli/grid/frame.js';
import { glyphsOf, textWidth, wrapText } from '../../../../cli/grid/glyphs.js';
import { readKeys } from '../../../../cli/grid/keys.js';
import { Screen } from '../../../lib/screen.js';

const COLUMNS = 12;
const ROWS = 4;
/** Anything at all, and often what is hard to measure. */
const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.string({ unit: fc.constantFrom('a', ' ', '日', '🚀', 'é', '\u0301', '\u200d', '\u001b[2J') }),
);
const anyFrame = fc
  .array(
    fc.record({
      text: anyText,
      x: fc.integer({ min: 0, max: COLUMNS - 1 }),
      y: fc.integer({ min: 0, max: ROWS - 1 }),
      style: fc.constantFrom(0, 1, 4, 9, 16, 27),
    }),
    { maxLength: 6 },
  )
  .map((places): Frame => {
    const frame = blankFrame(COLUMNS, ROWS);
    // One text a row: those that overlap would leave half of a wide glyph.
    const byRow = new Map(places.map((place) => [place.y, place]));
    for (const { text, ...place } of byRow.values()) put(frame, text, place);
    return frame;
  });

describe('cli/grid laws', () => {
  it('a terminal that gets the differences shows each frame', () => {
    fc.assert(
      fc.property(fc.array(anyFrame, { maxLength: 5 }), fc.boolean(), (frames, colour) => {
        const screen = new Screen(COLUMNS, ROWS);
        let shown: Frame | undefined;
        for (const frame of frames) {
          screen.write(frameDiff(shown, frame, colour));
          assert.deepEqual(screen.lines, frameLines(frame));
          shown = frame;
        }
      }),
    );
  });

  it('no text writes outside of its columns', () => {
    fc.assert(
      fc.property(anyText, fc.integer({ min: 1, max: 12 }), (text, width) => {
        const frame = blankFrame(20, 1);
        put(frame, text, { x: 3, y: 0, width });
        assert.ok(frame.cells.slice(0, 3).every((cell) => cell === ' '));
        assert.ok(frame.cells.slice(3 + width).every((cell) => cell === ' '));
        const joined = glyphsOf(text)
          .map((glyph) => glyph.text)
          .join('');
        assert.equal(textWidth(joined), textWidth(text));
      }),
    );
  });

  it('a wrapped text keeps all its glyphs but spaces, in lines that fit', () => {
    fc.assert(
      fc.property(anyText, fc.integer({ min: 2, max: 30 }), (text, width) => {
        const lines = wrapText(text, width);
        for (const line of lines) assert.ok(textWidth(line) <= width, JSON.stringify(line));
        const bare = (some: string): string => some.replaceAll(' ', '');
        const all = glyphsOf(text)
          .map((glyph) => glyph.text)
          .join('');
        assert.equal(bare(lines.join('')), bare(all));
      }),
    );
  });

  it('keys are the same however their bytes come in parts', () => {
    const anyKeys = fc.array(
      fc.constantFrom('\u001b[A', '\u001b[5~', 'q', 'é', '\r', '\u001b[200~', '\u001bOF'),
    );
    fc.assert(
      fc.property(anyKeys, fc.nat(), (codes, at) => {
        const text = codes.join('');
        const cut = text.length === 0 ? 0 : at % text.length;
        const first = readKeys(text.slice(0, cut));
        const second = readKeys(first.rest + text.slice(cut));
        assert.deepEqual([...first.keys, ...second.keys], readKeys(text).keys);
      }),
    );
  });
});
