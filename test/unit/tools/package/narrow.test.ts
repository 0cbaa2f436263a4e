import assert from 'node:assert/strict';
import { SourceMap } from 'node:module';
import { before, describe, it } from 'mocha';
import { packageModule } from './modules.js';

interface Narrow {
  narrowed(code: string): string;
  narrowedMappings(mappings: string, code: string): string;
}

const evaluated = (code: string): unknown => new Function(`return ${code}`)();

describe('tools/package/narrow', () => {
  let narrow: Narrow;
  before(async () => {
    narrow = await packageModule<Narrow>('narrow.mjs');
  });
  const isLatin1 = (text: string): boolean => [...text].every((char) => char.charCodeAt(0) <= 0xff);

  it('writes texts, templates, patterns and names that mean the same', () => {
    for (const code of [
      "'a … b → c é'",
      ['`≤$', '{1 + 1} 😀`'].join(''),
      "'\\\\…'",
      "/[…–]+/.exec('a–…')[0]",
      "/^[😀-😂]$/u.test('😁')",
      '(() => { const breadthΩ = 7; return breadthΩ; })()',
    ]) {
      const now = narrow.narrowed(code);
      assert.ok(isLatin1(now), now);
      assert.deepEqual(evaluated(now), evaluated(code), now);
    }
  });

  it('leaves alone what is escaped, and what fits', () => {
    for (const code of ["'\\…'", "'é ± ×'", '1 + 1']) assert.equal(narrow.narrowed(code), code);
  });

  it('moves what a source map points at', () => {
    // Two lines; a, b and c of each stand behind one wide character more.
    const code = "f('…',a,'→→',b);c\nf('x',a,'\\…',b)";
    // Columns 0, 6, 13 and 16, then 0, 6 and 13; each points at the same column of the source.
    // cspell:ignore MAAM OAAO GAAG
    const mappings = 'AAAA,MAAM,OAAO,GAAG;AAChB,MAAM,OAAO';
    const now = narrow.narrowed(code).split('\n');
    const moved = narrow.narrowedMappings(mappings, code);
    const map = new SourceMap({
      ...{ file: '', version: 3, sources: ['s.ts'], sourcesContent: [], names: [] },
      ...{ mappings: moved, sourceRoot: '' },
    });
    const columnsOf = (line: number, ...words: readonly string[]): readonly number[] =>
      words.map((word) => {
        const entry = map.findEntry(line, now[line]?.indexOf(word) ?? -1);
        return 'originalColumn' in entry ? entry.originalColumn : -1;
      });
    assert.deepEqual(columnsOf(0, 'f(', 'a,', 'b)', 'c'), [0, 6, 13, 16]);
    assert.deepEqual(moved.split(';')[1], mappings.split(';')[1]);
  });
});
