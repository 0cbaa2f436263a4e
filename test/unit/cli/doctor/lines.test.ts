import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { findingLines } from '../../../../cli/doctor/lines.js';
import { limited, missing, works } from '../../../../cli/doctor/section.js';

const FINDINGS = [
  works('Docker Engine', 'version 28.1.1, API 1.49 (1.45 is used)'),
  limited(
    'GPUs for containers',
    'by the nvidia runtime (legacy hook)',
    'enable CDI in Docker: with the hook, a CPU limit can cut off the GPU (docs/gpu.md)',
  ),
  missing('NATS', `nats://10.0.0.5:4222: ${'x'.repeat(70)}`, 'start nats-server there'),
];
const [RED, PLAIN] = ['\u001b[31m', '\u001b[0m'];
const at = (width: number | undefined, colour = false) =>
  findingLines(FINDINGS, { wide: false, colour, width });

describe('the lines of the doctor', () => {
  it('are one table where the terminal is wide enough, or is none', () => {
    assert.equal(at(undefined).length, 4);
    assert.deepEqual(at(400), at(undefined));
    assert.match(at(undefined)[0] ?? '', /^WHAT +STATE +DETAIL +WHAT TO DO$/);
  });

  it('fit 80 columns and narrower terminals without losing a word', () => {
    for (const width of [80, 60, 48]) {
      const lines = at(width);
      assert.ok(
        lines.every((line) => [...line].length <= width),
        lines.join('\n'),
      );
      const text = lines.join(' ').replace(/\s+/g, ' ');
      for (const word of ['(1.45', 'enable', 'limit', '(docs/gpu.md)', 'nats-server'])
        assert.ok(text.includes(word), `${width}: ${word}`);
      assert.equal(text.match(/x/g)?.length, 70);
    }
    assert.deepEqual(at(80).slice(1, 6), [
      'Docker Engine        works    version 28.1.1, API 1.49 (1.45 is used)',
      'GPUs for containers  limited  by the nvidia runtime (legacy hook)',
      '                              → enable CDI in Docker: with the hook, a CPU limit',
      '                                can cut off the GPU (docs/gpu.md)',
      'NATS                 missing  nats://10.0.0.5:4222:',
    ]);
  });

  it('colour the state only', () => {
    const line = at(80, true).find((one) => one.startsWith('NATS'));
    assert.ok(line?.includes(`${RED}missing${PLAIN}  nats://`), line);
  });
});
