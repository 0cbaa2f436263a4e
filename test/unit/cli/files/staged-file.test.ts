import assert from 'node:assert/strict';
import {
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import type { NewFile } from '../../../../cli/files/replace-file.js';
import { createFile, putFile, stageFile } from '../../../../cli/files/staged-file.js';

describe('a file that is made whole or not at all', () => {
  let folder = '';
  let file: NewFile;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'dqoes-staged-'));
    file = { path: join(folder, 'a.nk'), text: 'the whole text', mode: 0o600 };
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('is there with its text and its mode, and nothing beside it', () => {
    createFile(file);
    assert.equal(readFileSync(file.path, 'utf8'), file.text);
    assert.equal(statSync(file.path).mode & 0o777, 0o600);
    assert.deepEqual(readdirSync(folder), ['a.nk']);
  });

  it('is not there where the disk is full after its first bytes', () => {
    const full = ({ path, text }: NewFile): void => {
      writeFileSync(path, text.slice(0, 5));
      throw Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' });
    };
    assert.throws(() => createFile(file, full), /ENOSPC/);
    assert.deepEqual(readdirSync(folder), []);
  });

  it('takes the place of nothing, not even of a link that leads nowhere', () => {
    symlinkSync(join(folder, 'nowhere'), file.path);
    assert.throws(() => createFile(file), { code: 'EEXIST' });
    assert.deepEqual(readdirSync(folder), ['a.nk']);
  });

  it('stays beside its place until it is put there', () => {
    writeFileSync(file.path, 'before');
    const staged = stageFile(file);
    assert.equal(readFileSync(file.path, 'utf8'), 'before');
    staged.discard();
    assert.deepEqual(readdirSync(folder), ['a.nk']);
    stageFile(file).replace();
    assert.equal(readFileSync(file.path, 'utf8'), file.text);
    assert.deepEqual(readdirSync(folder), ['a.nk']);
  });

  it('leaves alone what another process is about to put into the same place', () => {
    const ofAnother = [`${file.path}.next`, `${file.path}.1.next`];
    for (const path of ofAnother) writeFileSync(path, 'half of an');
    putFile(file);
    assert.equal(readFileSync(file.path, 'utf8'), file.text);
    for (const path of ofAnother) assert.equal(readFileSync(path, 'utf8'), 'half of an');
  });
});
