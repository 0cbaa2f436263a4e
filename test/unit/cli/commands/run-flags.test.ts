import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { jobValueOf } from '../../../../cli/commands/run-image.js';
import { parseJobValue } from '../../../../cli/job-file/parse.js';

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
});
