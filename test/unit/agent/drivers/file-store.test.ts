import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { createFileStore } from '../../../../agent/drivers/file-store.js';

describe('the files of an agent', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'dqoes-files-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('leave no half of one behind that could not be written', async () => {
    const files = createFileStore(folder);
    await files.writeDurable('journal', 'before');
    // What is no text stands for a disk that is full by now.
    const refused = 7 as never;
    await assert.rejects(files.writeDurable('journal', refused));
    await assert.rejects(files.create('c1', refused));
    assert.deepEqual(readdirSync(folder), ['journal']);
    assert.equal(await files.read('journal'), 'before');
  });

  it('nor a whole one that could not be put into its place', async () => {
    mkdirSync(join(folder, 'journal'));
    await assert.rejects(createFileStore(folder).writeDurable('journal', 'new'), /EISDIR/);
    assert.deepEqual(readdirSync(folder), ['journal']);
  });
});
