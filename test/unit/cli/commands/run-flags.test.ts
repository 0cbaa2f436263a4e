import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { jobValueOf } from '../../../../cli/commands/run-image.js';
import { parseJobValue } from '../../../../cli/job-file/parse.js';
import { runProgram } from '../../../../cli/program.js';
import { testApp } from '../../../lib/cli-app.js';

const specOf = (flags: Parameters<typeof jobValueOf>[0]['flags']) =>
  parseJobValue(
    jobValueOf({ image: 'vllm/vllm-openai:v0.9', command: [], flags }, { env: {}, labels: {} }),
  );

describe('flags of dqoes run', () => {
  it('say which metrics endpoint tells the response time', () => {
    const spec = specOf({
      ...{ target: '800ms', latencySource: 'prometheus' },
      ...{ latencyPreset: 'vllm-ttft', latencyPort: '8000' },
    });
    assert.ok(spec.ok, JSON.stringify(spec));
    const { source, preset, port } = spec.value.latency as unknown as Record<string, unknown>;
    assert.deepEqual(
      { source, preset, port },
      {
        ...{ source: 'prometheus', preset: 'vllm-ttft' },
        port: 8000,
      },
    );
  });

  it('that do not fit the source are refused by their key', () => {
    const spec = specOf({ target: '800ms', latencyPreset: 'vllm' });
    assert.ok(!spec.ok);
    assert.match(JSON.stringify(spec.error), /latency\.preset/);
  });

  it('say which variable or label is too long, and how many are possible', async () => {
    const refusalOf = async (flag: string, ...pairs: readonly string[]): Promise<string> => {
      const { app, problems } = testApp();
      const given = pairs.flatMap((pair) => [flag, pair]);
      assert.equal(await runProgram(['run', '--target', '1s', ...given, 'dqoes/tiny:1'], app), 2);
      return problems.join('\n');
    };
    assert.match(
      await refusalOf('-e', `A.B=${'x'.repeat(8193)}`, 'C=1'),
      /^--env A\.B: is 8193 characters long: use at most 8192 \[job\.bad-value\]$/,
    );
    assert.match(
      await refusalOf('--constraint', `zone=${'x'.repeat(257)}`),
      /^--constraint zone: is 257 characters long: use at most 256 \[job\.bad-value\]$/,
    );
    const many = Array.from({ length: 257 }, (_, at) => `N${at}=x`);
    assert.match(await refusalOf('-e', ...many), /^--env: has 257 values: write at most 256 /);
  });
});
