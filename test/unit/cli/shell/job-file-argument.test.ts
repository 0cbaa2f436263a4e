import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { namesJobFile, readJobs } from '../../../../cli/shell/job-file-argument.js';
import { testApp } from '../../../lib/cli-app.js';

describe('cli: a job file or the name of a job', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'dqoes-argument-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('is a file where there is one; a folder called as a job is none', () => {
    writeFileSync(join(folder, 'job.yaml'), 'name: a');
    mkdirSync(join(folder, 'signs'));
    const named = ['job.yaml', 'signs', 'face'].map((name) => namesJobFile(join(folder, name)));
    assert.deepEqual(named, [true, false, false]);
    assert.equal(namesJobFile('-'), true);
    assert.equal(namesJobFile('a'.repeat(5000)), false);
  });

  it('is refused in another encoding, in which a value would be another one', async () => {
    const file = join(folder, 'latin.yaml');
    const text = 'name: a\nimage: b\ntarget: { latency: 800ms }\nenv: { PRICE: £5 }\n';
    writeFileSync(file, text, 'latin1');
    const { app, problems } = testApp();
    assert.deepEqual(await readJobs(app, file), { exit: 2 });
    assert.match(problems.join('\n'), /^\S+: The job file is not UTF-8 \(line 4\): save/);
    writeFileSync(file, `\ufeff${text.replaceAll('\n', '\r\n')}`);
    const read = await readJobs(app, file);
    assert.deepEqual('specs' in read ? read.specs[0]?.env : read, { PRICE: '£5' });
  });
});
