import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { changeLine, diffJob } from '../../../../cli/job-file/diff.js';
import type { SecretName } from '../../../../shared/ids.js';
import { withHiddenEnv } from '../../../../shared/job.js';
import { job, target } from '../../coordinator/build.js';

describe('the difference that a submission would make', () => {
  it('is nothing for the same job', () => {
    assert.deepEqual(diffJob(job('a'), job('a')), { job: 'a', change: 'unchanged', fields: [] });
  });

  it('names each field by the key of the job file', () => {
    const before = job('a', { command: ['sleep', '1'], constraints: { labels: { zone: 'x' } } });
    const after = job('a', { command: ['sleep', '2'], target: target(600), moves: 'never' });
    const { change, fields } = diffJob(before, after);
    assert.equal(change, 'updated');
    assert.deepEqual(fields.map(changeLine).sort(), [
      '+ moves: "never"',
      '- constraints.labels.zone: "x"',
      '~ command: ["sleep","1"] → ["sleep","2"]',
      '~ target.latency: "1000ms" → "600ms"',
    ]);
  });

  it('lists a new job whole', () => {
    const { change, fields } = diffJob(undefined, job('a'));
    assert.equal(change, 'created');
    assert.ok(fields.map(changeLine).includes('+ name: "a"'));
    assert.ok(fields.every(({ from }) => from === undefined));
  });

  it('says of hidden variables that they may differ, and of others that they do', () => {
    const before = withHiddenEnv(job('a', { env: { KEEP: 'secret', GONE: 'x' } }));
    const { fields } = diffJob(before, job('a', { env: { KEEP: 'secret', NEW: 'y' } }));
    assert.deepEqual(fields.map(changeLine).sort(), [
      '+ env.NEW: "(hidden)"',
      '- env.GONE: "(hidden)"',
      '? env.KEEP: perhaps changed (values are not shown)',
    ]);
  });

  it('holds the names of secrets and no value of a variable', () => {
    const env = { 'A.B': 'hush', C: '(hidden)' };
    const after = job('a', { env, secretEnv: { D: 'db' as SecretName } });
    for (const before of [undefined, job('a'), withHiddenEnv(job('a', { env }))]) {
      const change = diffJob(before, after);
      assert.equal(JSON.stringify(change).includes('hush'), false, JSON.stringify(change));
      assert.ok(change.fields.some(({ key, to }) => key === 'env.D.secret' && to === '"db"'));
      assert.ok(change.fields.some(({ key }) => key === 'env.A.B'));
    }
  });

  it('leaves out variables that say that they keep their value', () => {
    const before = withHiddenEnv(job('a', { env: { 'A.B': 'x', C: 'y' } }));
    assert.equal(diffJob(before, before).change, 'unchanged');
    const { fields } = diffJob(before, { ...before, env: { ...before.env, NEW: '(hidden)' } });
    assert.deepEqual(fields.map(changeLine), ['+ env.NEW: "(hidden)"']);
  });
});
