import assert from 'node:assert/strict';
// cspell:ignore nlock efgh ｗｉｄｅ שלום
import { describe, it } from 'mocha';
import { asciiText } from '../../../../cli/grid/ascii.js';
import { fitText, glyphsOf, textWidth, wrapText } from '../../../../cli/grid/glyphs.js';

const shown = (text: string): string =>
  glyphsOf(text)
    .map((glyph) => glyph.text)
    .join('');

describe('cli/grid/glyphs', () => {
  it('counts columns, not characters', () => {
    const widths: readonly (readonly [text: string, columns: number])[] = [
      ['face-1', 6],
      ['', 0],
      ['日本', 4],
      ['한국', 4],
      ['ｗｉｄｅ', 8],
      ['é', 1],
      ['e\u0301', 1],
      ['🚀', 2],
      ['≤120ms ±10%', 11],
      ['שלום', 4],
      ['▕──●─▏', 6],
    ];
    for (const [text, columns] of widths) assert.equal(textWidth(text), columns, text);
  });

  it('shows nothing that moves the cursor or turns the direction of writing', () => {
    assert.equal(shown('a\u001b[2Jb'), 'a\uFFFD[2Jb');
    assert.equal(shown('a\u009b2Jb\u0007\u007f'), 'a\uFFFD2Jb\uFFFD\uFFFD');
    assert.equal(shown('a\r\nb\tc'), 'a\uFFFD b c');
    assert.equal(shown('a\u202eb\u2066c\u200fd'), 'a\uFFFDb\uFFFDc\uFFFDd');
    assert.equal(shown('a\u2028b\ud800c\ue000d'), 'a\uFFFDb\uFFFDc\uFFFDd');
  });

  it('leaves out of a sequence of emoji what terminals draw in different widths', () => {
    assert.equal(shown('👩\u200d🚀'), '👩🚀');
    assert.equal(shown('👍🏽'), '👍');
    assert.equal(shown('✔\ufe0f'), '✔');
    assert.equal(shown('🇩🇪'), 'DE');
    assert.equal(textWidth('🇩🇪'), 2);
  });

  it('keeps two marks of a character, and composes what can be composed', () => {
    assert.equal(shown(`x${'\u0323\u0301\u0302\u0303'}y`), 'x\u0323\u0301y');
    assert.equal(textWidth(`x${'\u0323\u0301\u0302\u0303'}y`), 2);
    assert.equal(textWidth('\u1112\u1161\u11ab'), 2);
    assert.equal(shown('\u0301a'), 'a');
  });

  it('knows as wide what Unicode calls emoji or East Asian, and nothing of other scripts', () => {
    const wide = /[\p{Emoji_Presentation}\p{sc=Han}\p{sc=Hiragana}\p{sc=Hangul}\p{sc=Yi}]/u;
    const narrow =
      /[\p{sc=Latin}\p{sc=Greek}\p{sc=Cyrillic}\p{sc=Arabic}\p{sc=Hebrew}\p{sc=Thai}\p{sc=Devanagari}]/u;
    const halves = /[\u1160-\u11ff\ud7b0-\ud7ff\uffa0-\uffdc\u3000-\u303f\u{1f1e6}-\u{1f1ff}]/u;
    const wideForms = /[\uff00-\uff60]/;
    const unmarked = /[\p{M}\p{Cf}\p{Cn}]/u;
    for (let code = 0x80; code < 0x40000; code += 1) {
      const char = String.fromCodePoint(code);
      if (halves.test(char) || unmarked.test(char) || char !== char.normalize('NFC')) continue;
      const name = `U+${code.toString(16)}`;
      if (wide.test(char)) assert.equal(textWidth(char), 2, name);
      else if (narrow.test(char) && !wideForms.test(char)) assert.equal(textWidth(char), 1, name);
    }
    for (const [first, last] of [
      [0x2190, 0x21ff],
      [0x2500, 0x259f],
      [0x2800, 0x28ff],
    ] as const)
      for (let code = first; code <= last; code += 1)
        assert.equal(textWidth(String.fromCodePoint(code)), 1, code.toString(16));
  });

  it('cuts by columns, never through a wide character', () => {
    assert.equal(fitText('face-unlock-12', 9), 'face-unl…');
    assert.equal(fitText('face-unlock-12', 9, 'middle'), 'face…k-12');
    assert.equal(fitText('face-unlock-12', 9, 'start'), '…nlock-12');
    assert.equal(fitText('日本語', 4), '日…');
    assert.equal(fitText('日本語', 6), '日本語');
    assert.equal(fitText('日本語', 0), '');
  });

  it('wraps between words, and through a word that is too long', () => {
    assert.deepEqual(wrapText('0.62 → 0.22 CPU: 800ms expected', 16, 4), [
      '0.62 → 0.22 CPU:',
      '    800ms',
      '    expected',
    ]);
    assert.deepEqual(wrapText('abcdefghij', 4), ['abcd', 'efgh', 'ij']);
    assert.deepEqual(wrapText('日本語', 1), ['日', '本', '語']);
    assert.deepEqual(wrapText('', 10), ['']);
  });

  it('has a stand-in in ASCII for each sign that is drawn', () => {
    assert.equal(asciiText('▕──●─▏'), '|--o-|');
    assert.equal(asciiText('▁▂▃▄▅▆▇█'), '_.-=+*%#');
    assert.equal(asciiText('≥0.24 «» … ↑↓ 日'), '>0.24 <> ~ ^v ?');
  });
});
