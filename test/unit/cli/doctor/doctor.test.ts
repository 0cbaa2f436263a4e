import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'mocha';
import { runProgram } from '../../../../cli/program.js';
import { testApp } from '../../../lib/cli-app.js';
import { metricPage } from '../../../lib/metric-pages.js';

const folder = mkdtempSync(join(tmpdir(), 'dqoes-doctor-'));
const save = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};

async function run(...argv: readonly string[]) {
  const { app, out, problems } = testApp([metricPage('vllm-2')]);
  return {
    code: await runProgram(['doctor', 'metrics', ...argv], app),
    out: out.join('\n'),
    problems,
  };
}

describe('dqoes doctor metrics', () => {
  after(() => rmSync(folder, { recursive: true }));
  const [older, newer] = [save('1.txt', metricPage('vllm-1')), save('2.txt', metricPage('vllm-2'))];

  it('answers programs with what it found and nothing else', async () => {
    const { code, out } = await run(
      '--preset',
      'vllm',
      '--statistic',
      'p95',
      '--target-ms',
      '800',
      '-o',
      'json',
      older,
      newer,
    );
    assert.equal(code, 0);
    assert.deepEqual(JSON.parse(out), {
      ...{
        preset: 'vllm',
        server: 'vLLM',
        metric: 'vllm:e2e_request_latency_seconds',
        kind: 'histogram',
        unit: 's',
      },
      ...{
        requests: 100,
        statistic: 'p95',
        valueMs: 1250,
        atLeast: false,
        meanMs: 620,
        satisfiedRatio: 0.8,
      },
    });
  });

  it('answers people in lines, and takes a page from standard input', async () => {
    const { code, out } = await run(
      '--statistic',
      'p95',
      '--target-ms',
      '800',
      '--seconds',
      '30',
      older,
      '-',
    );
    assert.equal(code, 0);
    assert.deepEqual(out.split('\n'), [
      'server         vLLM (preset vllm)',
      'metric         vllm:e2e_request_latency_seconds (histogram, s)',
      'requests       100 (3.33 a second)',
      'p95            1.25s',
      'mean           620ms',
      'within target  80 %, exactly',
    ]);
  });

  it('does not make up a percentile of a mean, and says what to do instead', async () => {
    const pages = [save('t1.txt', metricPage('triton-1')), save('t2.txt', metricPage('triton-2'))];
    const json = await run('--preset', 'triton', '--statistic', 'p95', '-o', 'json', ...pages);
    const { requests, valueMs, meanOnly, meanMs } = JSON.parse(json.out) as Record<string, unknown>;
    assert.deepEqual([requests, valueMs, meanOnly, meanMs], [200, null, true, 20]);
    assert.match(
      (await run('--statistic', 'p95', ...pages)).out,
      /means only, so a p95 target cannot be judged; use/,
    );
  });

  it('refuses a bad page in one sentence with file and line, exit code 1', async () => {
    const cut = save('cut.txt', metricPage('vllm-2').slice(0, 3000));
    const bad = await run('--preset', 'vllm', older, cut);
    assert.equal(bad.code, 1);
    assert.equal(bad.problems.length, 1);
    assert.match(
      bad.problems[0] ?? '',
      /cut\.txt:\d+:1: ends in the middle of .*: the page was cut \[metrics\.bad-page\]$/,
    );
    const other = await run('--preset', 'vllm', save('tgi.txt', metricPage('tgi-1')), newer);
    assert.match(
      other.problems.join(),
      /tgi\.txt:\d+:1: the page has no vllm:e2e.*Text Generation Inference/,
    );
  });

  it('refuses what it was not told rightly, exit code 2', async () => {
    assert.equal((await run(older, join(folder, 'no.txt'))).code, 2);
    assert.match(
      (await run('--preset', 'vlm', older, newer)).problems.join(),
      /did you mean vllm\?/,
    );
    for (const bad of [
      ['--match', 'model=face'],
      ['--statistic', 'p42'],
      ['--target-ms', '0'],
      ['--metric', 'x'],
    ])
      assert.equal((await run(...bad, older, newer)).code, 2, bad.join(' '));
  });
});
