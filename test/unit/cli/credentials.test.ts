import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'mocha';
import { readCredentials } from '../../../cli/credentials.js';

describe('a file of credentials', () => {
  it('is asked for where its folder is named, whose rights are no fault', () => {
    const folder = mkdtempSync(join(tmpdir(), 'dqoes-credentials-'));
    try {
      const found = readCredentials(folder, '--creds');
      const said = found.ok ? '' : found.error[0]?.message;
      assert.equal(said, `${folder} (from --creds) is a folder: name the file in it.`);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
