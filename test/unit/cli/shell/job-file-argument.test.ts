import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { namesJobFile } from '../../../../cli/shell/job-file-argument.js';

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
});
