import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { parseJobFile } from '../../../../cli/job-file/parse.js';
import { MINIMAL } from './build.js';

describe('job file: words for what was typed wrong', () => {
  const saidOf = (text: string): readonly string[] => {
    const read = parseJobFile(text);
    assert.ok(!read.ok, text);
    return read.error.map(({ message, line, column }) => `${line}:${column} ${message}`);
  };

  it('names lines that do not fit together once, with both causes', () => {
    const target = 'name: a\nimage: b\ntarget:\n  latency: 300ms\n   tolerance: 10%\n';
    for (const text of [target, `${MINIMAL}command: a: b\n`]) {
      const [said = '', ...more] = saidOf(text);
      assert.match(said, /: indent the keys of one mapping alike, and quote texts that hold ": "$/);
      assert.deepEqual(more, [], text);
    }
  });

  it('says what to write instead of tabs', () => {
    assert.deepEqual(saidOf('name: a\n\timage: b\n'), [
      '2:1 tabs are not allowed as indentation: use spaces',
    ]);
  });

  it('says how to mend brackets, quotes and commas', () => {
    const saidAt = (line: string): string => saidOf(`${MINIMAL}${line}\n`)[0] ?? '';
    const cures: readonly (readonly [string, RegExp])[] = [
      ['latency: { source: log\nweight: 1', / a \{ is open here: close it with \}$/],
      ['command: [a, b\nweight: 1', / a \[ is open here: close it with \]$/],
      ['command: [a, b}', / a \[ is open here: close it with \]$/],
      ['latency: {source: log', / a \{ is open here: close it with \}$/],
      ['command: ["a]', / a text that begins with " has no end: close it with "$/],
      ["command: ['a]", / a text that begins with ' has no end: close it with '$/],
      ['resources: { memory: 1GiB cpu: 1 }', / commas part what stands in \{ \} or \[ \]: write /],
      ['env:\n  A: a\n B: b', / indent what belongs together alike, by spaces$/],
      ['onLoss: @keep', / a text cannot begin with @ without quotes: write "@…"$/],
      ['onLoss: %keep', / a text cannot begin with % without quotes: write "%…"$/],
      ['onLoss: "keep" it', / this does not belong here: look at the quotes, brackets and /],
    ];
    for (const [line, cure] of cures) assert.match(saidAt(line), cure, line);
  });

  it('says how a pattern with a backslash is quoted', () =>
    assert.match(
      saidOf(`${MINIMAL}latency: { pattern: "took (?<value>\\d+)" }\n`).join('\n'),
      /^\d+:\d+ \\d means nothing between double quotes: write the text between single ones$/,
    ));

  it('says one thing of one line', () =>
    assert.deepEqual(saidOf('- name: a\nimage: b\n'), [
      '2:1 this does not belong here: look at the quotes, brackets and indentation around it',
    ]));

  it('takes a size without a unit for bytes, and says so', () => {
    const sizeOf = (size: string) => saidOf(`${MINIMAL}resources: { memory: ${size} }\n`).join();
    assert.match(sizeOf('512'), /"512" is 512 bytes: write a number with a unit, such as 512MiB/);
    assert.match(sizeOf('1MiB'), /"1MiB" is below the least .*: use 6MiB or more/);
  });
});
