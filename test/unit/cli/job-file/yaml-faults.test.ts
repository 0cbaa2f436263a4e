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

  it('takes a size without a unit for bytes, and says so', () => {
    const sizeOf = (size: string) => saidOf(`${MINIMAL}resources: { memory: ${size} }\n`).join();
    assert.match(sizeOf('512'), /"512" is 512 bytes: write a number with a unit, such as 512MiB/);
    assert.match(sizeOf('1MiB'), /"1MiB" is below the least .*: use 6MiB or more/);
  });
});
