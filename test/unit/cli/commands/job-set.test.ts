import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { type SetFlags, setKeys } from '../../../../cli/commands/job-set.js';
import type { Session } from '../../../../cli/shell/session.js';
import type { JobSpec } from '../../../../shared/job.js';
import { HIDDEN } from '../../../../shared/job.js';
import { ok, type Result } from '../../../../shared/result.js';
import { testApp } from '../../../lib/cli-app.js';
import { job, target } from '../../coordinator/build.js';

type Given = Readonly<Record<string, unknown>>;
const FACE = job('face', {
  command: ['--batch', '4'],
  env: { MODEL: HIDDEN },
  resources: { cpu: { minCores: 0.05, maxCores: 2 }, memoryBytes: 512 * 1024 ** 2 },
  latency: { source: 'prometheus', preset: 'vllm' },
  moves: 'never',
});

/** Sets keys of a job that is like this; what was submitted and printed. */
async function set(given: Given, spec: JobSpec = FACE, origin = 'dqoes') {
  const { app, out, messages, problems } = testApp();
  let submitted: JobSpec | undefined;
  const call = async (verb: string, asked: unknown): Promise<Result<unknown>> => {
    if (verb === 'job-status') return ok({ job: { origin, spec } });
    assert.equal(verb, 'job-submit');
    [submitted] = (asked as { readonly jobs: readonly JobSpec[] }).jobs;
    return ok({ created: [], updated: ['face'], unchanged: [] });
  };
  const flags = { output: 'table', waitTimeout: 1000, ...given } as unknown as SetFlags;
  const session = { call } as unknown as Session;
  const code = await setKeys(app, session, { name: 'face', flags });
  return { code, out, messages, problems, submitted };
}

describe('dqoes job set', () => {
  it('changes what is named, and nothing else', async () => {
    const { code, out, messages, submitted } = await set({ target: '250ms' });
    assert.deepEqual([code, out], [0, ['face updated']]);
    assert.deepEqual(messages, ['  ~ target.latency: "1000ms" → "250ms"']);
    assert.deepEqual(submitted, { ...FACE, target: target(250) });
  });

  it('says where it takes new containers', async () => {
    const { messages, submitted } = await set({ image: 'face:2', env: ['ROLLED=2'] });
    assert.match(messages.join('\n'), /\+ env\.ROLLED: "\(hidden\)"\n.*started again, one after/);
    assert.equal(submitted?.image, 'face:2');
    assert.deepEqual(submitted?.env, { MODEL: HIDDEN, ROLLED: '2' });
  });

  it('follows a new statistic with its usual mode, unless another one was chosen', async () => {
    const usual = await set({ stat: 'p95' });
    assert.equal(usual.submitted?.target.mode, 'ceiling');
    assert.match(usual.messages.join('\n'), /~ target\.mode: "band" → "ceiling"/);
    const chosen = job('face', { target: target(1000, { mode: 'ceiling' }) });
    assert.equal((await set({ stat: 'p95' }, chosen)).submitted?.target.mode, 'ceiling');
    const held = job('face', { target: target(1000, { statistic: 'p95', mode: 'band' }) });
    assert.equal((await set({ stat: 'p99' }, held)).submitted?.target.mode, 'band');
    assert.equal((await set({ stat: 'p95', mode: 'band' })).submitted?.target.mode, 'band');
  });

  it('refuses a wrong value by its option, and changes nothing', async () => {
    const wrong = await set({ target: '300', cpuMin: 'much' });
    assert.equal(wrong.code, 2);
    assert.match(wrong.problems.join('\n'), /--target: "300" is not a duration.*such as 250ms/);
    assert.match(wrong.problems.join('\n'), /--cpu-min: /);
    assert.equal(wrong.submitted, undefined);
    for (const given of [{}, { env: ['X'] }]) {
      const { code, submitted } = await set(given);
      assert.deepEqual([code, submitted], [2, undefined]);
    }
  });

  it('says of containers with labels where they are changed', async () => {
    const { code, problems } = await set({ target: '1s' }, FACE, 'label');
    assert.equal(code, 1);
    assert.match(problems.join(), /change the labels of its containers/);
  });
});
