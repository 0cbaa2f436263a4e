import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, it } from 'mocha';

interface Line {
  readonly ready?: boolean;
  readonly change?: boolean;
  readonly summary?: boolean;
  readonly ms?: number;
  readonly batch?: number;
  readonly requests?: number;
  readonly dropped?: number;
  readonly results?: readonly { readonly output: readonly number[]; readonly finite: boolean }[];
}

async function sample(...words: readonly string[]): Promise<readonly Line[]> {
  const { stdout } = await promisify(execFile)('docker', [
    'run',
    '--rm',
    '--network=none',
    'dqoes/sample:1',
    ...words,
  ]);
  return stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Line);
}

describe('sample image', () => {
  it('serves an open loop whose batch grows, and says what it did', async () => {
    const words = '--model ocr-cls --mode open --rate 200 --requests 60 --at 100ms:batch=3x'.split(
      ' ',
    );
    const lines = await sample(...words);
    assert.equal(lines[0]?.ready, true);
    const answers = lines.filter(({ ms }) => ms !== undefined);
    assert.equal(answers.length, 60);
    const batches = answers.map(({ batch }) => batch ?? 0);
    assert.ok(
      batches.every(
        (batch, index) => batch === 1 || (batch === 3 && (batches[index + 1] ?? 3) === 3),
      ),
    );
    assert.equal(batches.at(-1), 3);
    assert.equal(lines.filter(({ change }) => change === true).length, 1);
    assert.deepEqual(
      [lines.at(-1)?.summary, lines.at(-1)?.requests, lines.at(-1)?.dropped],
      [true, 60, 0],
    );
  });

  it('runs a network with random weights and finite answers', async () => {
    const [line] = await sample('--model', 'mobilenet-v2', '--check');
    assert.deepEqual(line?.results?.[0]?.output, [1, 1000]);
    assert.equal(line?.results?.[0]?.finite, true);
  });
});
